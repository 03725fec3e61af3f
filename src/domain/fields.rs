//! What can be written about a person. Forms, imports and the history all walk [`Field::ALL`].
use super::event::Change;
use super::{Catalogue, Email, FieldErrors, Phone, Result, Role, Username, custom, fold, text};
use std::collections::BTreeMap;

macro_rules! fields {
    ($($variant:ident $name:literal),+ $(,)?) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Field { $($variant),+ }

        impl Field {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its name in forms, in files and in the history.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }
    };
}

fields! {
    Name "name", FirstName "first_name", LastName "last_name", Title "title",
    Email "email", Phone "phone", Username "username",
    Organisation "organisation", Groups "groups", Tags "tags", Language "language", Timezone "timezone",
    Tier "tier", Kind "kind",
    Bio "bio", Details "details", Notes "notes", Remark "remark",
}

impl Field {
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|field| field.name() == name)
    }

    /// Written by staff about the person, and not shown to them.
    pub fn is_for_staff(self) -> bool {
        matches!(
            self,
            Self::Organisation
                | Self::Groups
                | Self::Tags
                | Self::Tier
                | Self::Kind
                | Self::Details
                | Self::Notes
                | Self::Remark
        )
    }
}

/// The editable values of one person, parsed. Texts are empty when not known.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Fields {
    pub name: String,
    pub first_name: String,
    pub last_name: String,
    pub title: String,
    pub email: Option<Email>,
    pub phone: Option<Phone>,
    pub username: Option<Username>,
    /// By name; the store finds or makes it.
    pub organisation: String,
    /// By name, sorted, each once; they must exist.
    pub groups: Vec<String>,
    /// By name, sorted, each once; new ones are made.
    pub tags: Vec<String>,
    pub language: String,
    pub timezone: String,
    pub tier: i16,
    pub kind: i16,
    pub bio: String,
    pub details: String,
    pub notes: String,
    pub remark: String,
    /// The custom fields by name, as their kinds write values; blank ones are left out.
    pub custom: BTreeMap<String, String>,
}

impl Fields {
    /// What somebody new starts with.
    pub fn blank(catalogue: &Catalogue, role: Role) -> Self {
        let initial = catalogue.of(role).filter(|field| !field.initial.is_empty());
        let custom = initial.map(|field| (field.name.clone(), field.initial.clone())).collect();
        Self { custom, ..Self::default() }
    }

    /// Somebody new: what is not given starts as its field says, and what is required must be there.
    pub fn draft<'a>(catalogue: &Catalogue, role: Role, raw: impl Fn(&str) -> Option<&'a str>) -> Result<Self> {
        let mut fields = Self::blank(catalogue, role);
        let mut errors = fields.read(catalogue, role, raw);
        for field in catalogue.of(role).filter(|field| field.required) {
            if !fields.custom.contains_key(&field.name) && errors.on(&field.form_name()).is_none() {
                errors.add(field.form_name(), "custom.required");
            }
        }
        errors.or(fields)
    }

    /// Reads every field, custom ones too, from what `raw` gives under its form name.
    pub fn parse_all<'a>(
        mut self,
        catalogue: &Catalogue,
        role: Role,
        raw: impl Fn(&str) -> Option<&'a str>,
    ) -> Result<Self> {
        self.read(catalogue, role, raw).or(self)
    }

    /// Reads every field but custom ones from what `raw` gives; what it does not give stays as it is.
    pub fn parse<'a>(self, raw: impl Fn(Field) -> Option<&'a str>) -> Result<Self> {
        self.parse_all(&Catalogue::default(), Role::EndUser, |name| Field::named(name).and_then(&raw))
    }

    fn read<'a>(&mut self, catalogue: &Catalogue, role: Role, raw: impl Fn(&str) -> Option<&'a str>) -> FieldErrors {
        let mut errors = FieldErrors::default();
        for &field in Field::ALL {
            if let Some(Err(key)) = raw(field.name()).map(|value| self.set(field, value)) {
                errors.add(field.name(), key);
            }
        }
        for field in catalogue.of(role) {
            if let Some(Err(key)) = raw(&field.form_name()).map(|value| self.set_custom(field, value)) {
                errors.add(field.form_name(), key);
            }
        }
        if errors.is_empty() && !self.is_somebody() {
            errors.add(Field::Email.name(), "email.nobody");
        }
        errors
    }

    /// Somebody must be reachable or at least nameable.
    pub fn is_somebody(&self) -> bool {
        self.email.is_some() || self.phone.is_some() || self.username.is_some()
    }

    pub fn label(&self) -> Option<String> {
        let named = Some(self.name.clone()).filter(|name| !name.is_empty());
        let email = || self.email.as_ref().map(|e| e.as_str().to_owned());
        let username = || self.username.as_ref().map(|u| u.as_str().to_owned());
        named.or_else(email).or_else(username).or_else(|| self.phone.as_ref().map(|p| p.as_str().to_owned()))
    }

    /// As a form or a file shows it.
    pub fn get(&self, field: Field) -> String {
        match field {
            Field::Name => self.name.clone(),
            Field::FirstName => self.first_name.clone(),
            Field::LastName => self.last_name.clone(),
            Field::Title => self.title.clone(),
            Field::Email => self.email.as_ref().map_or_else(String::new, |e| e.as_str().into()),
            Field::Phone => self.phone.as_ref().map_or_else(String::new, |p| p.as_str().into()),
            Field::Username => self.username.as_ref().map_or_else(String::new, |u| u.as_str().into()),
            Field::Organisation => self.organisation.clone(),
            Field::Groups => self.groups.join(", "),
            Field::Tags => self.tags.join(", "),
            Field::Language => self.language.clone(),
            Field::Timezone => self.timezone.clone(),
            Field::Tier => self.tier.to_string(),
            Field::Kind => self.kind.to_string(),
            Field::Bio => self.bio.clone(),
            Field::Details => self.details.clone(),
            Field::Notes => self.notes.clone(),
            Field::Remark => self.remark.clone(),
        }
    }

    /// Parses one value; on an error nothing changes.
    pub fn set(&mut self, field: Field, raw: &str) -> Result<(), &'static str> {
        match field {
            Field::Name => self.name = text::line(raw, 200)?,
            Field::FirstName => self.first_name = text::line(raw, 100)?,
            Field::LastName => self.last_name = text::line(raw, 100)?,
            Field::Title => self.title = text::line(raw, 200)?,
            Field::Email => self.email = unless_blank(raw, Email::parse)?,
            Field::Phone => self.phone = unless_blank(raw, Phone::parse)?,
            Field::Username => self.username = unless_blank(raw, Username::parse)?,
            Field::Organisation => self.organisation = text::line(raw, 200)?,
            Field::Groups => self.groups = text::names(raw)?,
            Field::Tags => self.tags = text::tags(raw)?,
            Field::Language => self.language = text::language(raw)?,
            Field::Timezone => self.timezone = text::timezone(raw)?,
            Field::Tier => self.tier = text::small_number(raw)?,
            Field::Kind => self.kind = text::small_number(raw)?,
            Field::Bio => self.bio = text::lines(raw, 2_000)?,
            Field::Details => self.details = text::lines(raw, 10_000)?,
            Field::Notes => self.notes = text::lines(raw, 10_000)?,
            Field::Remark => self.remark = text::lines(raw, 2_000)?,
        }
        Ok(())
    }

    /// Parses one custom value; on an error nothing changes. A blank clears what may be blank; what is required
    /// stays once it is there, and is not asked of people who never had it.
    pub fn set_custom(&mut self, field: &custom::CustomField, raw: &str) -> Result<(), &'static str> {
        let value = field.parse_over(self.get_custom(&field.name), raw)?;
        match value.is_empty() {
            true if field.required && !self.get_custom(&field.name).is_empty() => return Err("custom.required"),
            true => drop(self.custom.remove(&field.name)),
            false => drop(self.custom.insert(field.name.clone(), value)),
        }
        Ok(())
    }

    /// As a form or a file shows it; empty when there is none.
    pub fn get_custom(&self, name: &str) -> &str {
        self.custom.get(name).map_or("", String::as_str)
    }

    /// What `self` was and `now` is, field by field; equal ones are left out.
    pub fn changes_to(&self, now: &Self) -> Vec<Change> {
        let known = Field::ALL.iter().filter(|f| self.differs(now, **f));
        let mut changes: Vec<Change> = known.map(|f| Change::new(f.name(), self.get(*f), now.get(*f))).collect();
        for name in self.custom_differences(now) {
            changes.push(Change::new(&custom::form_name(name), self.get_custom(name), now.get_custom(name)));
        }
        changes
    }

    /// The names of the custom fields whose values differ, in the order of the alphabet.
    pub fn custom_differences<'a>(&'a self, other: &'a Self) -> Vec<&'a str> {
        let mut names: Vec<&str> = self.custom.keys().chain(other.custom.keys()).map(String::as_str).collect();
        names.sort_unstable();
        names.dedup();
        names.into_iter().filter(|name| self.get_custom(name) != other.get_custom(name)).collect()
    }

    /// Tags, groups and organisations are the same whatever their case: renaming one is no person's change.
    pub fn differs(&self, other: &Self, field: Field) -> bool {
        let (one, two) = (self.get(field), other.get(field));
        match field {
            Field::Organisation | Field::Groups | Field::Tags => fold(&one) != fold(&two),
            _ => one != two,
        }
    }
}

fn unless_blank<T>(raw: &str, parse: impl Fn(&str) -> Result<T, &'static str>) -> Result<Option<T>, &'static str> {
    if raw.trim().is_empty() { Ok(None) } else { parse(raw).map(Some) }
}
