//! `/api/users` (contract, 4.1 to 4.5).
use super::translate::{self, refusal, required, spelled, user};
use super::wire::{Paging, User};
use crate::actions::Act;
use crate::actions::people::extras::Extras;
use crate::actions::people::{self, Draft, deletion, extras, list, password};
use crate::api::{Answer, Call, Fault};
use crate::domain::belonging::{Choices, Hand};
use crate::domain::{Error, PeopleFilter, Person, PersonId, Result, Role, Sort, Status};
use actix_web::HttpResponse;
use actix_web::http::header;
use std::collections::HashMap;

const STAFF: [Role; 2] = [Role::Agent, Role::Admin];

pub async fn index(call: Call) -> Answer {
    let paging = Paging::of(&call);
    let email = call.asked("email").map(str::to_owned);
    let filter = PeopleFilter { roles: STAFF.into(), email, ..PeopleFilter::default() };
    let page = (paging.number, paging.size);
    let (people, total, extras) = call
        .read(move |act| {
            let (people, total) = list::numbered(act, &filter, &Sort::default(), page)?;
            let extras = extras::of(act, &people)?;
            Ok((people, total, extras))
        })
        .await?;
    let users: Vec<User> = people.iter().map(|one| user(one, extras.get(&one.id), &call.origin)).collect();
    Ok(paging.answer("users", &users, total))
}

pub async fn show(call: Call) -> Answer {
    let id = call.person()?;
    let (person, extras) = call.read(move |act| Ok(shown(act, id)?)).await?;
    Ok(HttpResponse::Ok().json(user(&person, extras.get(&id), &call.origin)))
}

pub async fn create(call: Call) -> Answer {
    let given = spelled(call.given()?);
    required(&given)?;
    let extras = translate::extras(&given)?;
    let hash = call.hashed(&given, "password").await?;
    let status = if hash.is_some() { Status::Active } else { Status::Unverified };
    let (person, extras) = call
        .write(move |act| {
            let fields = translate::fields(people::blank(act, Role::Agent)?, &given)?;
            let draft = Draft { fields, role: Role::Agent, status };
            let person = people::create(act, draft, hash)?;
            extras::update(act, person.id, &extras)?;
            Ok(shown(act, person.id)?)
        })
        .await?;
    let id = person.id.0;
    Ok(HttpResponse::Created()
        .insert_header(("Resource-ID", id))
        .insert_header((header::LOCATION, format!("{}/api/users/{id}", call.origin)))
        .json(user(&person, extras.get(&person.id), &call.origin)))
}

pub async fn update(call: Call) -> Answer {
    let (id, given) = (call.person()?, spelled(call.given()?));
    call.read(move |act| Ok(staff(act, id)?)).await?;
    let extras = translate::extras(&given)?;
    let hash = call.hashed(&given, "password").await?;
    call.write(move |act| {
        let known = people::hold(act, id).and_then(is_staff)?;
        let fields = translate::fields(known.fields, &given)?;
        people::edit(act, id, known.version, fields)?;
        extras::update(act, id, &extras)?;
        if let Some(hash) = hash {
            password::set(act, id, &hash)?;
        }
        Ok(())
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Whoever is not named as an heir inherits nothing: open tickets are nobody's, and what the person owned is the
/// key's owner's from now on.
pub async fn destroy(call: Call) -> Answer {
    let id = call.person()?;
    let asked = parameters(&call)?;
    let by = asked.iter().find(|(name, _)| name == "byUserId").map(|(_, value)| value.clone());
    let hands = asked.iter().filter_map(|(name, value)| hand(name, value)).collect();
    let owner = call.caller.actor.id().ok_or(Error::NotFound)?;
    let choices = Choices { open_of_group: hands, ..Choices::inherited_by(owner) };
    let erased = call.write_anew(move |act| Ok(erase(act, id, by.clone(), choices.clone())?));
    let unknown = erased.await.map_err(refusal)?;
    match unknown {
        None => Ok(HttpResponse::NoContent().finish()),
        Some(by) => Err(Fault::Told(400, format!("User (byUserId) with the following ID not found: {by}"))),
    }
}

/// Answers who it was said to be on behalf of, when there is nobody like that.
fn erase(act: &mut Act, id: PersonId, by: Option<String>, choices: Choices) -> Result<Option<String>> {
    staff(act, id)?;
    deletion::permit(act, id)?;
    if let Some(by) = by.filter(|by| !by.is_empty()) {
        let known = by.parse().ok().map(PersonId).map(|id| staff(act, id));
        match known {
            Some(Ok(person)) => act.on_behalf_of = Some((person.id, person.label())),
            None | Some(Err(Error::NotFound)) => return Ok(Some(by)),
            Some(Err(e)) => return Err(e),
        }
    }
    deletion::outright(act, id, choices).map(|_| None)
}

/// Of the query and of the body, as the original merges them.
fn parameters(call: &Call) -> Result<Vec<(String, String)>, Fault> {
    let mut all = call.query().to_vec();
    if !call.has_body() {
        return Ok(all);
    }
    let given = spelled(call.given().unwrap_or_default());
    all.extend(given.text("byUserId")?.map(|by| ("byUserId".to_owned(), by)));
    for (mailbox, heir) in given.object("assignTo")?.into_iter().flatten() {
        let heir = heir.as_i64().map_or_else(|| heir.as_str().unwrap_or_default().to_owned(), |id| id.to_string());
        all.push((format!("assignTo[{mailbox}]"), heir));
    }
    Ok(all)
}

/// `assignTo[2]=7`, also nested as `assignTo=assignTo[2]=7`; anything else is nobody's.
fn hand(name: &str, value: &str) -> Option<(i64, Hand)> {
    let (name, value) = match name {
        "assignTo" => value.split_once('=')?,
        _ => (name, value),
    };
    let mailbox = name.strip_prefix("assignTo[")?.strip_suffix(']')?.parse().ok()?;
    let heir: i64 = value.parse().ok()?;
    (heir > 0).then_some((mailbox, Hand::Person(PersonId(heir))))
}

/// Staff only: customers are no users of FreeScout's.
fn staff(act: &mut Act, id: PersonId) -> Result<Person> {
    people::show(act, id).and_then(is_staff)
}

fn is_staff(person: Person) -> Result<Person> {
    if person.role.is_staff() { Ok(person) } else { Err(Error::NotFound) }
}

fn shown(act: &mut Act, id: PersonId) -> Result<(Person, HashMap<PersonId, Extras>)> {
    let person = staff(act, id)?;
    let extras = extras::of(act, std::slice::from_ref(&person))?;
    Ok((person, extras))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heirs_are_read_in_both_spellings() {
        let seven = Some((2, Hand::Person(PersonId(7))));
        assert_eq!(hand("assignTo[2]", "7"), seven);
        assert_eq!(hand("assignTo", "assignTo[2]=7"), seven);
        for (name, value) in [("assignTo[2]", "-1"), ("assignTo", "7"), ("assignTo[x]", "7"), ("page", "2")] {
            assert_eq!(hand(name, value), None, "{name}={value}");
        }
    }
}
