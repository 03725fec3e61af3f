//! Between Audience Manager's users and the house's people (contract, 6). A value that says what stands there already
//! changes nothing.
use super::wire::{PID, User};
use crate::actions::people::suspension;
use crate::actions::{Act, groups, people};
use crate::api::{Fault, Given, names};
use crate::domain::{Error, Field, FieldErrors, Fields, Person, PersonId, Result, Role, Status, Target, Verb, text};
use serde_json::Value;

/// In their order, as this actor may see them.
pub fn users(act: &mut Act, people: &[Person]) -> Result<Vec<User>> {
    let sees_all = act.actor.can(Verb::SeeStaffFields, Target::House);
    let known = if sees_all { groups::known(act)? } else { vec![] };
    let user = |person: &Person| {
        let fields = &person.fields;
        let (first_name, last_name) = names::of(fields);
        let unless_blank = |text: String| (!text.is_empty()).then_some(text);
        User {
            pid: PID,
            user_id: person.id.0,
            username: fields.get(Field::Username),
            status: status_name(person.status),
            first_name,
            last_name,
            email: fields.get(Field::Email),
            title: unless_blank(fields.title.clone()),
            phone_number: unless_blank(fields.get(Field::Phone)),
            groups: known.iter().filter(|group| fields.groups.contains(&group.name)).map(|group| group.id).collect(),
            is_admin: person.role == Role::Admin,
        }
    };
    Ok(people.iter().map(user).collect())
}

pub fn user(act: &mut Act, id: PersonId) -> Result<User> {
    let person = people::show(act, id)?;
    users(act, &[person])?.pop().ok_or(Error::NotFound)
}

/// Whoever was invited may come in, so they are active here.
fn status_name(status: Status) -> &'static str {
    match status {
        Status::Active | Status::Unverified => "ACTIVE",
        Status::Suspended => "INACTIVE",
        Status::Locked => "LOCKED",
    }
}

pub fn status(given: &Given) -> Result<Option<Status>, Fault> {
    let Some(name) = given.text("status")?.filter(|name| !name.is_empty()) else { return Ok(None) };
    let known = [Status::Active, Status::Suspended, Status::Locked];
    let found = known.into_iter().find(|status| status_name(*status) == name);
    found.map(Some).ok_or_else(|| Fault::value("status", "must be ACTIVE, INACTIVE or LOCKED"))
}

/// Under its name of today, or the one of before 2019; the official script says `admin`.
pub fn spelled(mut given: Given) -> Given {
    for (name, other) in [("email", "emailAddress"), ("isAdmin", "admin")] {
        if let (false, Some(value)) = (given.has(name), given.value(other).cloned()) {
            given.set(name, value);
        }
    }
    given
}

/// Writes what is given over the fields.
pub fn fields(act: &mut Act, mut fields: Fields, given: &Given) -> Result<Fields, Fault> {
    let plain = [
        ("username", Field::Username),
        ("email", Field::Email),
        ("title", Field::Title),
        ("phoneNumber", Field::Phone),
    ];
    let mut errors = FieldErrors::default();
    for (key, field) in plain {
        let Some(text) = given.text(key)? else { continue };
        errors.take(field.name(), fields.set(field, &text));
    }
    names::write(&mut fields, given.text("firstName")?, given.text("lastName")?, &mut errors);
    if given.has("groups") {
        fields.groups = group_names(act, given)?;
    }
    if errors.is_empty() && !fields.is_somebody() {
        errors.add("email", "email.nobody");
    }
    Ok(errors.or(fields)?)
}

fn group_names(act: &mut Act, given: &Given) -> Result<Vec<String>, Fault> {
    let unknown = || Fault::value("groups", "must be the numbers of groups");
    let Some(list) = given.list("groups")?.filter(|list| !list.is_empty()) else { return Ok(vec![]) };
    if list.len() > text::MOST_NAMES {
        return Err(Fault::value("groups", format!("may have {} items at most", text::MOST_NAMES)));
    }
    let known = groups::known(act)?;
    let name = |one: &Value| {
        let id = one.as_i64().or_else(|| one.as_str()?.trim().parse().ok())?;
        known.iter().find(|group| group.id == id).map(|group| group.name.clone())
    };
    let mut names = list.iter().map(name).collect::<Option<Vec<_>>>().ok_or_else(unknown)?;
    names.sort_by_key(|name| crate::domain::fold(name));
    names.dedup();
    Ok(names)
}

/// What is not given stays, and so does what says what is told already.
pub fn update(act: &mut Act, id: PersonId, given: &Given) -> Result<(), Fault> {
    let person = people::hold(act, id)?;
    let told = serde_json::to_value(user(act, id)?).map_err(Error::broken)?;
    let given = given.clone().beyond(&told);
    // What is hidden is told as blank; anything else would be a guess, and its answer a hint.
    if given.has("groups") && !act.actor.can(Verb::SeeStaffFields, &person) {
        return Err(Error::Forbidden("forbidden.staff_fields").into());
    }
    let fields = fields(act, person.fields.clone(), &given)?;
    if fields != person.fields || !given.has("status") {
        people::edit(act, id, person.version, fields)?;
    }
    if let Some(status) = status(&given)? {
        suspension::set(act, id, status)?;
    }
    Ok(())
}
