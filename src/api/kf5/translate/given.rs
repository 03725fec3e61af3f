//! What a client writes of a user, as changes of a person (contract, 5.1, 7.7 and 7.8).
use super::standing::{appearance, choice, role, status};
use super::{field_name, user};
use crate::actions::people::extras::{self, Extras};
use crate::actions::people::{self, identities, list, password, role, suspension};
use crate::actions::{Act, organisations};
use crate::api::{Fault, Given};
use crate::domain::extra::Extra;
use crate::domain::password::Hash;
use crate::domain::person::Provider;
use crate::domain::{Error, Field, FieldErrors, Fields, Person, PersonId, Result, Role, Status, Verb};
use serde_json::Value;

/// Somebody new: an end user who has not come in yet, unless it says otherwise.
pub fn create(act: &mut Act, given: &Given, hash: Option<Hash>) -> Result<PersonId, Fault> {
    let role = role(given)?.unwrap_or(Role::EndUser);
    let blank = people::blank(act, role)?;
    let mut fields = fields(act, blank, role, given)?;
    if fields.name.is_empty() {
        let local = fields.email.as_ref().and_then(|email| email.as_str().split('@').next().map(str::to_owned));
        fields.name = local.unwrap_or_else(|| fields.get(Field::Phone));
    }
    let status = status(given)?.unwrap_or(Status::Unverified);
    let person = people::create(act, people::Draft { fields, role, status }, hash)?;
    beyond(act, &person, given)?;
    Ok(person.id)
}

/// What staff wrote, or how they know somebody.
const FOR_STAFF: [&str; 10] = [
    "remark_name",
    "details",
    "notes",
    "tags",
    "organization_id",
    "mark_star",
    "wechat_appid",
    "wechat_openid",
    "wechat_miniprogram_appid",
    "wechat_miniprogram_openid",
];

/// What needs another permission than to change fields, and none beside it.
const APART: [&str; 9] = [
    "status",
    "role",
    "manage_people",
    "public_comments",
    "moderator",
    "ticket_restriction",
    "custom_role_id",
    "agent_display_name",
    "signature",
];

/// What is not given stays, and so does what says what is told already.
pub fn update(act: &mut Act, id: PersonId, given: Given, hash: Option<Hash>) -> Result<(), Fault> {
    let person = people::hold(act, id)?;
    let told = serde_json::to_value(user(act, &person, "")?).map_err(Error::broken)?;
    let given = given.beyond(&told);
    // What is hidden is told as blank; anything else would be a guess, and its answer a hint.
    if !act.actor.can(Verb::SeeStaffFields, &person) && FOR_STAFF.iter().any(|key| given.has(key)) {
        return Err(Error::Forbidden("forbidden.staff_fields").into());
    }
    let fields = fields(act, person.fields.clone(), role(&given)?.unwrap_or(person.role), &given)?;
    let apart = hash.is_some() || APART.iter().any(|key| given.has(key));
    let mut person =
        if apart && fields == person.fields { person } else { people::edit(act, id, person.version, fields)? };
    person = beyond(act, &person, &given)?;
    if let Some(status) = status(&given)? {
        suspension::set(act, person.id, status)?;
    }
    if let Some(hash) = hash {
        password::set(act, person.id, &hash)?;
    }
    Ok(())
}

/// Role and rights, what staff appear as, and what only programs know.
fn beyond(act: &mut Act, person: &Person, given: &Given) -> Result<Person, Fault> {
    let mut person = person.clone();
    extras::update(act, person.id, &extras(given)?)?;
    for kind in Provider::WECHAT {
        if let Some(text) = given.text(kind.field())? {
            identities::set(act, person.id, kind, &text)?;
        }
    }
    if let Some(choice) = choice(act, &person, given)? {
        person = role::update(act, person.id, choice)?;
    }
    appearance(act, &person, given)?;
    Ok(person)
}

fn fields(act: &mut Act, mut fields: Fields, role: Role, given: &Given) -> Result<Fields, Fault> {
    let plain = [
        ("email", Field::Email),
        ("name", Field::Name),
        ("remark_name", Field::Remark),
        ("phone", Field::Phone),
        ("details", Field::Details),
        ("notes", Field::Notes),
    ];
    let mut errors = FieldErrors::default();
    for (key, field) in plain {
        let Some(text) = given.text(key)? else { continue };
        errors.take(field.name(), fields.set(field, &text));
    }
    if let Some(text) = given.text("language")? {
        errors.take("language", fields.set(Field::Language, &tag(&text)));
    }
    if let Some(tags) = tags(given)? {
        errors.take("tags", fields.set(Field::Tags, &tags));
    }
    if given.has("organization_id") {
        fields.organisation = organisation(act, given)?;
    }
    custom(act, &mut fields, role, given, &mut errors)?;
    if errors.is_empty() && !fields.is_somebody() {
        errors.add("email", "email.nobody");
    }
    Ok(errors.or(fields)?)
}

/// `zh_cn` as everybody else writes it.
fn tag(text: &str) -> String {
    match text.trim().split_once(['_', '-']) {
        Some((language, region)) if region.len() == 2 => format!("{language}-{}", region.to_uppercase()),
        _ => text.to_owned(),
    }
}

/// As a list of texts, or one text with commas between.
fn tags(given: &Given) -> Result<Option<String>, Fault> {
    if let Some(Value::String(text)) = given.value("tags") {
        return Ok(Some(text.clone()));
    }
    let Some(list) = given.list("tags")? else { return Ok(given.has("tags").then(String::new)) };
    let texts = list.iter().map(|one| one.as_str().ok_or_else(|| Fault::value("tags", "must be strings")));
    Ok(Some(texts.collect::<Result<Vec<_>, _>>()?.join(";")))
}

fn organisation(act: &mut Act, given: &Given) -> Result<String, Fault> {
    let Some(id) = given.number("organization_id")?.filter(|id| *id != 0) else { return Ok(String::new()) };
    match organisations::name(act, id) {
        Err(Error::NotFound) => Err(Fault::value("organization_id", "must be the number of an organization")),
        name => Ok(name?),
    }
}

/// Each is written by its name; those that are not named stay.
fn custom(
    act: &mut Act,
    fields: &mut Fields,
    role: Role,
    given: &Given,
    errors: &mut FieldErrors,
) -> Result<(), Fault> {
    let Some(list) = given.list("user_fields")? else { return Ok(()) };
    let catalogue = list::catalogue(act)?;
    for one in list {
        let name = one.get("name").and_then(Value::as_str).unwrap_or_default();
        let Some(field) = catalogue.of(role).find(|field| field_name(field.id) == name) else {
            return Err(Fault::value(
                "user_fields",
                "must be a list of {\"name\":\"field_{id}\",\"value\":…} of known fields",
            ));
        };
        let text = match one.get("value") {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => text.clone(),
            Some(Value::Array(parts)) if parts.iter().all(Value::is_string) => {
                parts.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(";")
            }
            Some(Value::Array(_) | Value::Object(_)) => return Err(Fault::value(name, "must be a string")),
            Some(plain) => plain.to_string(),
        };
        if text != fields.get_custom(&field.name) {
            let written = fields.set_custom(field, &text);
            written.unwrap_or_else(|key| errors.add(field_name(field.id), key));
        }
    }
    Ok(())
}

fn extras(given: &Given) -> Result<Extras, Fault> {
    let mut extras = Extras::new();
    let plain = [
        ("landline", Extra::Landline),
        ("wechat_appid", Extra::WechatApp),
        ("wechat_miniprogram_appid", Extra::MiniprogramApp),
    ];
    for (key, extra) in plain {
        extras.extend(given.text(key)?.map(|text| (extra, text.trim().to_owned())));
    }
    if let Some(star) = given.flag("mark_star").map_err(|_| Fault::value("mark_star", "must be 0 or 1"))? {
        extras.insert(Extra::Star, if star { "1".into() } else { String::new() });
    }
    Ok(extras)
}
