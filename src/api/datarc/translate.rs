//! Between datarc's accounts and the house's people (contract, 4). A value that says what stands there already
//! changes nothing: so what datarc cannot tell apart survives it.
use super::wire::{Account, Owner};
use crate::actions::people::extras::Extras;
use crate::api::{Fault, Given};
use crate::domain::extra::Extra;
use crate::domain::{Error, Field, FieldErrors, Fields, Person, Role, Status};
use serde_json::{Value, json};
use uuid::Uuid;

/// As it is told to whoever may see what staff wrote, and to others.
pub fn account(person: &Person, extras: Option<&Extras>, sees_all: bool) -> Account {
    let fields = told(&person.fields, sees_all);
    let kept = extras.and_then(|known| known.get(&Extra::Metadata));
    Account {
        uid: person.uid.to_string(),
        status: status_number(person.status),
        username: fields.get(Field::Username),
        phone: fields.get(Field::Phone),
        email: fields.get(Field::Email),
        nickname: fields.name,
        desc: fields.details,
        role: role_number(person.role),
        tier: tier_number(fields.tier),
        kind: kind_number(fields.kind),
        metadata: kept.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_else(|| json!({})),
    }
}

/// The fields without what only staff see, unless that may be seen.
fn told(fields: &Fields, sees_all: bool) -> Fields {
    let mut told = fields.clone();
    if !sees_all {
        (told.details, told.tier, told.kind) = (String::new(), 0, 0);
    }
    told
}

pub fn owner(person: &Person, sees_all: bool) -> Owner {
    let Account { uid, email, nickname, desc, status, .. } = account(person, None, sees_all);
    Owner { uid, email, nickname, desc, status }
}

/// 0 is for accounts that are gone.
fn status_number(status: Status) -> i64 {
    match status {
        Status::Active => 1,
        Status::Unverified => 2,
        Status::Locked => 3,
        Status::Suspended => 4,
    }
}

fn role_number(role: Role) -> i64 {
    match role {
        Role::EndUser => 1,
        Role::Agent => 2,
        Role::Admin => 3,
    }
}

/// Whoever is in no tier is in the lowest.
fn tier_number(tier: i16) -> i64 {
    if (1..=3).contains(&tier) { tier.into() } else { 3 }
}

/// Temporary people are of kind 2; all others are formal.
const TEMPORARY: i16 = 2;

fn kind_number(kind: i16) -> i64 {
    (kind != TEMPORARY).into()
}

/// The number of a status, as something else than what is said already.
pub fn status(given: &Given, now: Option<Status>) -> Result<Option<Status>, Fault> {
    let Some(number) = given.number("status")?.filter(|n| now.is_none_or(|now| *n != status_number(now))) else {
        return Ok(None);
    };
    let found = Status::ALL.into_iter().find(|status| status_number(*status) == number);
    found.map(Some).ok_or_else(|| Fault::value("status", "must be 1, 2, 3 or 4; delete the account for 0"))
}

/// Older clients write a boolean, which says nothing but the usual role.
pub fn role(given: &Given, now: Option<Role>) -> Result<Option<Role>, Fault> {
    if given.value("role").is_some_and(Value::is_boolean) {
        return Ok(None);
    }
    let Some(number) = given.number("role")?.filter(|n| now.is_none_or(|now| *n != role_number(now))) else {
        return Ok(None);
    };
    let found = Role::ALL.into_iter().find(|role| role_number(*role) == number);
    found.map(Some).ok_or_else(|| Fault::value("role", "must be 1, 2 or 3"))
}

pub fn uid(raw: &str) -> Result<Uuid, Fault> {
    Uuid::try_parse(raw).map_err(|_| Fault::value("uid", "must be a uuid4"))
}

/// What is hidden is told as if it were not there; anything else would be a guess, and its answer a hint.
fn no_guess(sees_all: bool) -> Result<(), Fault> {
    if sees_all { Ok(()) } else { Err(Error::Forbidden("forbidden.staff_fields").into()) }
}

/// Writes what is given over the fields, where it differs from what is told.
pub fn fields(mut fields: Fields, given: &Given, sees_all: bool) -> Result<Fields, Fault> {
    let said = told(&fields, sees_all);
    let plain = [
        ("username", Field::Username),
        ("phone", Field::Phone),
        ("email", Field::Email),
        ("nickname", Field::Name),
        ("desc", Field::Details),
    ];
    let mut errors = FieldErrors::default();
    for (key, field) in plain {
        let Some(text) = given.text(key)?.filter(|text| *text != said.get(field)) else { continue };
        if field.is_for_staff() {
            no_guess(sees_all)?;
        }
        if let Err(key) = fields.set(field, &text) {
            errors.add(field.name(), key);
        }
    }
    if let Some(tier) = given.number("tier")?.filter(|n| *n != tier_number(said.tier)) {
        no_guess(sees_all)?;
        let tier = i16::try_from(tier).ok().filter(|tier| (1..=3).contains(tier));
        fields.tier = tier.ok_or_else(|| Fault::value("tier", "must be 1, 2 or 3"))?;
    }
    let kind = given.number("type")?.filter(|n| *n != kind_number(said.kind));
    if kind.is_some() {
        no_guess(sees_all)?;
    }
    match kind {
        None => {}
        Some(0) => fields.kind = TEMPORARY,
        Some(1) => fields.kind = 0,
        Some(_) => return Err(Fault::value("type", "must be 0 or 1")),
    }
    if errors.is_empty() { Ok(fields) } else { Err(Error::Invalid(errors).into()) }
}

/// Metadata as they are given, replaced as a whole; whoever may not see them is told of none, and says nothing by that.
pub fn extras(given: &Given, sees_all: bool) -> Result<Extras, Fault> {
    let mut extras = Extras::new();
    if given.has("metadata") {
        let kept = given.object("metadata")?.filter(|map| !map.is_empty());
        if kept.is_none() && !sees_all {
            return Ok(extras);
        }
        let text = kept.map_or(Ok(String::new()), serde_json::to_string).map_err(Error::broken)?;
        extras.insert(Extra::Metadata, text);
    }
    Ok(extras)
}
