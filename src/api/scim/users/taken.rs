//! What SCIM clients say of users, as the house keeps it (contract, 4.1 and 8). What says what stands there already
//! changes nothing.
use super::told::{house_values, usual};
use crate::actions::Act;
use crate::actions::people::{self, identities, kept, named, role, suspension};
use crate::api::Fault;
use crate::api::scim::attributes::ENTERPRISE;
use crate::api::scim::schema::Document;
use crate::domain::kept::{Element, Kept};
use crate::domain::password::Hash;
use crate::domain::person::Provider;
use crate::domain::{Field, FieldErrors, Fields, Person, PersonId, Phone, Rights, Role, Status, text};
use serde_json::{Value, json};

/// Of a resource as it was told, and as it should be.
pub struct Wish<'d> {
    pub old: &'d Document,
    pub new: &'d Document,
    /// It was sent as a whole.
    pub whole: bool,
}

pub fn create(act: &mut Act, new: &Document, password: Option<Hash>) -> Result<Person, Fault> {
    let wish = Wish { old: &Document::new(), new, whole: true };
    let role = wish.role().unwrap_or(Role::EndUser);
    let blank = people::blank(act, role)?;
    let fields = wish.fields(act, None, blank)?;
    let status = if new.get("active") == Some(&json!(false)) { Status::Suspended } else { Status::Active };
    let person = people::create(act, people::Draft { fields, role, status }, password)?;
    let mut told = new.clone();
    told.entry("active").or_insert(json!(true));
    Wish { new: &told, ..wish }.rest(act, &person)?;
    Ok(people::show(act, person.id)?)
}

pub fn update(act: &mut Act, id: PersonId, wish: &Wish, password: Option<Hash>) -> Result<Person, Fault> {
    let mut person = people::hold(act, id)?;
    let fields = wish.fields(act, Some(id), person.fields.clone())?;
    if fields != person.fields {
        person = people::edit(act, id, person.version, fields)?;
    }
    if let Some(role) = wish.role().filter(|role| *role != person.role) {
        let choice = role::Choice { role, rights: Rights::default(), custom_role: None, sure: true };
        person = role::update(act, id, choice)?;
    }
    let active = wish.new.get("active").is_none_or(|active| active == true);
    if active != person.status.may_sign_in() {
        person = match (active, person.status) {
            (false, _) => suspension::set(act, id, Status::Suspended)?,
            (true, Status::Suspended) => suspension::destroy(act, id)?,
            (true, _) => suspension::set(act, id, Status::Active)?,
        };
    }
    if let Some(hash) = password {
        people::password::set(act, id, &hash)?;
    }
    wish.rest(act, &person)?;
    Ok(people::show(act, id)?)
}

fn text_of<'d>(of: &'d Document, name: &str) -> Option<&'d str> {
    of.get(name).and_then(Value::as_str)
}

fn part_of<'d>(of: &'d Document, name: &str, part: &str) -> Option<&'d str> {
    of.get(name).and_then(|value| value.get(part)).and_then(Value::as_str)
}

fn list_of<'d>(of: &'d Document, name: &str) -> &'d [Value] {
    of.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The place of the element that is the house's: the primary one, else the first; of roles, one of the house's.
fn main_of(list: &str, elements: &[Value]) -> Option<usize> {
    if list == "roles" {
        return elements.iter().position(|element| house_role(element).is_some());
    }
    let primary = elements.iter().position(|element| element["primary"] == true);
    primary.or((!elements.is_empty()).then_some(0))
}

fn house_role(element: &Value) -> Option<Role> {
    let value = element["value"].as_str()?;
    Role::ALL.into_iter().find(|role| role.name().eq_ignore_ascii_case(value))
}

fn main_value<'d>(of: &'d Document, list: &str) -> Option<&'d str> {
    let elements = list_of(of, list);
    elements.get(main_of(list, elements)?)?["value"].as_str()
}

impl Wish<'_> {
    fn fields(&self, act: &mut Act, id: Option<PersonId>, mut fields: Fields) -> Result<Fields, Fault> {
        let mut errors = FieldErrors::default();
        let Wish { old, new, .. } = self;
        let changed = |read: &dyn Fn(&Document) -> Option<String>| {
            (read(old) != read(new)).then(|| read(new).unwrap_or_default())
        };
        let plain = |name: &'static str| move |of: &Document| text_of(of, name).map(str::to_owned);
        let part = |part: &'static str| move |of: &Document| part_of(of, "name", part).map(str::to_owned);
        let organisation = |of: &Document| part_of(of, ENTERPRISE.urn, "organization").map(str::to_owned);
        let email = |of: &Document| main_value(of, "emails").map(str::to_owned);
        let asked = [
            (Field::Username, changed(&plain("userName"))),
            (Field::Name, changed(&plain("displayName"))),
            (Field::FirstName, changed(&part("givenName"))),
            (Field::LastName, changed(&part("familyName"))),
            (Field::Title, changed(&plain("title"))),
            (Field::Organisation, changed(&organisation)),
            (Field::Email, changed(&email)),
        ];
        for (field, value) in asked {
            let Some(value) = value else { continue };
            errors.take(field.name(), fields.set(field, &value));
        }
        if self.whole && fields.name.is_empty() {
            let whole = format!("{} {}", fields.first_name, fields.last_name);
            let formatted = part_of(new, "name", "formatted").map_or(whole, str::to_owned);
            errors.take("name", fields.set(Field::Name, &formatted));
        }
        // Whatever is no language or time zone is kept as it was sent.
        if let Some(value) = changed(&plain("preferredLanguage")) {
            fields.language = text::language(&value).unwrap_or_default();
        }
        if let Some(value) = changed(&plain("timezone")) {
            fields.timezone = text::timezone(&value).unwrap_or_default();
        }
        if main_value(old, "phoneNumbers") != main_value(new, "phoneNumbers") {
            let phone = main_value(new, "phoneNumbers").and_then(|value| Phone::parse(value).ok());
            // Offices share numbers: the second one with it keeps it without being found by it.
            fields.phone = match phone {
                Some(phone) if named::phone_is_free(act, id, &phone)? => Some(phone),
                _ => None,
            };
        }
        if errors.is_empty() && !fields.is_somebody() {
            errors.add("email", "email.nobody");
        }
        let fields = errors.or(fields)?;
        named::free_for(act, id, &fields)?;
        Ok(fields)
    }

    /// Nothing when it stays. Nobody loses a role because a client that knows none sends the whole without it.
    fn role(&self) -> Option<Role> {
        let named = |of: &Document| list_of(of, "roles").iter().find_map(house_role);
        match (named(self.old), named(self.new)) {
            (old, Some(new)) => (old != Some(new)).then_some(new),
            (Some(_), None) if !self.whole => Some(Role::EndUser),
            _ => None,
        }
    }

    /// What stands beside the fields.
    fn rest(&self, act: &mut Act, person: &Person) -> Result<(), Fault> {
        let external = |of: &Document| text_of(of, "externalId").unwrap_or_default().to_owned();
        if external(self.old) != external(self.new) {
            identities::set(act, person.id, Provider::Scim, &external(self.new))?;
        }
        Ok(kept::update(act, person.id, &kept_of(self.new, person, self.whole))?)
    }
}

/// What the house's fields do not tell.
fn kept_of(new: &Document, person: &Person, whole: bool) -> Kept {
    let mut kept = Kept::default();
    let value = |value: &str| Element::from_iter([("value".to_owned(), json!(value))]);
    let fields = &person.fields;
    for name in ["nickName", "profileUrl", "userType", "locale"] {
        text_of(new, name).into_iter().for_each(|text| kept.put(name, 0, value(text)));
    }
    for (name, now) in [("preferredLanguage", &fields.language), ("timezone", &fields.timezone)] {
        text_of(new, name).filter(|text| text != now).into_iter().for_each(|text| kept.put(name, 0, value(text)));
    }
    kept.put("name", 0, name_of(new, fields, whole));
    if !new.contains_key("active") {
        kept.put("active", 0, Element::from_iter([("unassigned".to_owned(), json!("true"))]));
    }
    for (list, now) in house_values(person) {
        shared(&mut kept, list, list_of(new, list), now);
    }
    for list in ["ims", "photos", "addresses", "entitlements", "x509Certificates"] {
        for (place, element) in list_of(new, list).iter().enumerate() {
            kept.put(list, place, written(element));
        }
    }
    let enterprise = new.get(ENTERPRISE.urn).and_then(Value::as_object);
    for (name, told) in enterprise.into_iter().flatten() {
        match (name.as_str(), told) {
            ("organization", _) => {}
            (name, Value::String(text)) => kept.put(name, 0, value(text)),
            (name, other) => kept.put(name, 0, written(other)),
        }
    }
    kept
}

/// The parts of a name that the house does not know, and the whole of it where the house calls them something else.
fn name_of(new: &Document, fields: &Fields, whole: bool) -> Element {
    let mut name = new.get("name").map(written).unwrap_or_default();
    name.retain(|part, _| !matches!(part.as_str(), "givenName" | "familyName"));
    let formatted = name.get("formatted").and_then(Value::as_str).unwrap_or_default();
    if formatted == fields.name || (formatted.is_empty() && whole) {
        name.remove("formatted");
    } else {
        name.insert("under".into(), json!(fields.name));
    }
    name
}

/// The house's own first, as far as it is not told like that anyway.
fn shared(kept: &mut Kept, list: &'static str, elements: &[Value], now: Option<String>) {
    let main = main_of(list, elements).filter(|_| now.is_some());
    let others = elements.iter().enumerate().filter(|(place, _)| Some(*place) != main);
    for (place, (_, element)) in others.enumerate() {
        kept.put(list, place + 1, written(element));
    }
    let (Some(main), Some(now)) = (main.map(|place| &elements[place]), now) else { return };
    let mut usual = usual(list);
    usual.insert("value".into(), json!(now));
    if *main != Value::Object(usual) {
        kept.put(list, 0, written(main));
    }
}

/// Flags as texts, so that the database compares them alike.
fn written(element: &Value) -> Element {
    let mut parts = element.as_object().cloned().unwrap_or_default();
    for flag in parts.values_mut().filter(|value| value.is_boolean()) {
        *flag = json!(flag.to_string());
    }
    parts
}
