//! `/people/{id}`: one person.
use crate::actions::people::extras::Extras;
use crate::actions::people::password::{self, Temporary};
use crate::actions::people::{self, activity, profile};
use crate::actions::tags;
use crate::domain::extra::{Extra, PREFIX};
use crate::domain::kept::Kept;
use crate::domain::{Error, Field, Fields, Identity, Person, PersonId, Profile, Turn, Verb, fold};
use crate::panel::entries::{Line, lines};
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use actix_web::web;
use askama::Template;
use std::collections::HashMap;

/// Beside the profile stand this many of the latest entries.
const RECENT: usize = 5;

/// The head that all pages of a person share.
pub struct Head<'a> {
    pub v: &'a View,
    pub person: &'a Person,
    /// `profile`, `permissions`, `access`, `activity`, or nothing for a page that is no tab.
    pub tab: &'static str,
}

#[derive(Template)]
#[template(path = "people/show.html")]
struct ShowPage<'a> {
    v: &'a View,
    person: &'a Person,
    head: Head<'a>,
    hues: HashMap<String, i16>,
    /// Of staff, for whoever may change it.
    profile: Option<Profile>,
    identities: Vec<Identity>,
    extras: Extras,
    kept: Kept,
    temporary: Option<Temporary>,
    recent: Vec<Line>,
}

/// A filled field, built in or custom.
struct Shown {
    name: String,
    label: String,
    value: String,
    /// Names that are shown one by one.
    chips: Vec<String>,
    /// Where several of them lead.
    chip_filter: &'static str,
    may_edit: bool,
}

pub async fn show(visit: Visit, id: web::Path<i64>) -> Answer {
    let id = PersonId(*id);
    let (person, entries, hues, profile, identities, extras, kept, temporary) = visit
        .read(move |act| {
            let (person, entries) = activity::index(act, id, &Turn::First, RECENT)?;
            let hues = tags::hues(act, &person.fields.tags)?;
            let profile = match profile::edit(act, id) {
                Ok((_, profile)) => Some(profile),
                Err(Error::Forbidden(_) | Error::NotFound) => None,
                Err(e) => return Err(e),
            };
            let identities = people::identities::index(act, id)?;
            let extras = people::extras::of(act, std::slice::from_ref(&person))?.remove(&id).unwrap_or_default();
            let kept = people::kept::of(act, std::slice::from_ref(&person))?.remove(&id).unwrap_or_default();
            let temporary = password::temporary(act, &person)?;
            Ok((person, entries, hues, profile, identities, extras, kept, temporary))
        })
        .await?;
    let (v, person) = (&visit.view, &person);
    let head = Head { v, person, tab: "profile" };
    let page = ShowPage {
        v,
        person,
        head,
        hues,
        profile,
        identities,
        extras,
        kept,
        temporary,
        recent: lines(v, &entries.list),
    };
    visit.held(page.render())
}

impl Head<'_> {
    pub fn may_delete(&self) -> bool {
        self.v.can(Verb::Delete, self.person)
    }

    pub fn may_merge(&self) -> bool {
        !self.person.role.is_staff() && self.v.can(Verb::Merge, self.person)
    }

    pub fn may_change_password(&self) -> bool {
        self.v.can(Verb::SetPassword, self.person)
    }

    pub fn has_more(&self) -> bool {
        self.may_delete()
            || self.may_change_password()
            || self.v.can(Verb::ChangeRole, self.person)
            || self.v.can(Verb::Edit, self.person)
    }
}

impl ShowPage<'_> {
    /// The filled fields that this reader may see, in groups.
    fn groups(&self) -> Vec<(&'static str, Vec<Shown>)> {
        let filled = |fields: &[Field]| {
            let shown = fields.iter().copied().filter(|field| self.may_see(*field) && self.is_filled(*field));
            shown.map(|field| self.built_in(field)).collect::<Vec<_>>()
        };
        let groups = super::form::GROUPS.iter().map(|(name, fields)| (*name, filled(fields)));
        let custom = std::iter::once(("custom", self.custom()));
        groups.chain(custom).filter(|(_, fields)| !fields.is_empty()).collect()
    }

    /// Name in the form, label and value.
    fn appearance(&self, profile: &Profile) -> [(&'static str, String, String); 2] {
        [("display_name", profile.display_name.clone()), ("signature", profile.signature.clone())]
            .map(|(name, value)| (name, self.v.t(&format!("field.{name}")), value))
    }

    fn built_in(&self, field: Field) -> Shown {
        let (chips, chip_filter) = match field {
            Field::Tags => (self.person.fields.tags.clone(), "tag"),
            Field::Groups => (self.person.fields.groups.clone(), "group"),
            _ => (vec![], ""),
        };
        let label = self.v.t(&format!("field.{}", field.name()));
        let (name, value) = (field.name().to_owned(), self.person.fields.get(field));
        Shown { name, label, value, chips, chip_filter, may_edit: self.may_edit(field.is_for_staff()) }
    }

    fn custom(&self) -> Vec<Shown> {
        let catalogue = self.v.catalogue();
        let filled = catalogue.of(self.person.role).filter(|field| {
            (!field.staff_only || self.v.can(Verb::SeeStaffFields, self.person))
                && !self.person.fields.get_custom(&field.name).is_empty()
        });
        let shown = |field: &crate::domain::CustomField| Shown {
            name: field.form_name(),
            label: self.v.label(field),
            value: self.v.custom_value(field, self.person.fields.get_custom(&field.name)),
            chips: vec![],
            chip_filter: "",
            may_edit: self.may_edit(field.staff_only),
        };
        filled.map(shown).collect()
    }

    /// The fields that nobody has filled yet: name in the form, label, and whether this reader may fill it.
    fn blank(&self) -> Vec<(String, String, bool)> {
        let fields = super::form::GROUPS.iter().flat_map(|(_, fields)| fields.iter().copied());
        let built_in = fields.filter(|field| self.may_see(*field) && !self.is_filled(*field));
        let built_in = built_in.map(|field| {
            let label = self.v.t(&format!("field.{}", field.name()));
            (field.name().to_owned(), label, self.may_edit(field.is_for_staff()))
        });
        let catalogue = self.v.catalogue();
        let custom = catalogue.of(self.person.role).filter(|field| {
            (!field.staff_only || self.v.can(Verb::SeeStaffFields, self.person))
                && self.person.fields.get_custom(&field.name).is_empty()
        });
        let custom = custom.map(|field| (field.form_name(), self.v.label(field), self.may_edit(field.staff_only)));
        built_in.chain(custom).collect()
    }

    fn may_see(&self, field: Field) -> bool {
        !field.is_for_staff() || self.v.can(Verb::SeeStaffFields, self.person)
    }

    fn may_edit(&self, staff_only: bool) -> bool {
        self.v.can(Verb::Edit, self.person) && (!staff_only || self.v.can(Verb::EditStaffFields, self.person))
    }

    fn is_filled(&self, field: Field) -> bool {
        self.person.fields.differs(&Fields::default(), field)
    }

    /// Label and value of what programs and identity providers know.
    fn kept(&self) -> Vec<(String, String)> {
        let value = |extra: &Extra, value: &String| match extra {
            Extra::Star => self.v.t("answer.yes"),
            _ => value.clone(),
        };
        let told =
            |(extra, text): (&Extra, &String)| (self.v.t(&format!("field.{}", extra.name())), value(extra, text));
        let scim =
            self.kept.told().into_iter().map(|(list, said)| (self.v.field_label(&format!("{PREFIX}{list}")), said));
        self.extras.iter().map(told).chain(scim).collect()
    }

    /// Providers that the house has no word for are called as they are.
    fn provider(&self, identity: &Identity) -> String {
        match identity.provider.as_str() {
            known @ ("email" | "phone" | "username" | "wechat" | "wechat_miniprogram" | "scim") => {
                self.v.t(&format!("provider.{known}"))
            }
            other => other.to_owned(),
        }
    }

    fn hue(&self, chip_filter: &str, name: &str) -> i16 {
        if chip_filter == "tag" { self.hues.get(&fold(name)).copied().unwrap_or(0) } else { 0 }
    }
}
