//! `/users`: registering, reading and deleting (contract, 3.3 to 3.8).
use super::error::illegal;
use super::wire::{Frame, Here, LONGEST_NAME, entities, find, legal, name_of, nickname, password as passable};
use crate::actions::people::{self, deletion, list, named};
use crate::actions::{Act, chat_apps};
use crate::api::{Answer, Call, Fault, Given};
use crate::domain::belonging::Choices;
use crate::domain::key::Key;
use crate::domain::password::Hash;
use crate::domain::{Actor, Column, Cursor, Error, Field, PeopleFilter, Person, Role, Sort, Status, Turn};
use serde_json::{Value, json};

/// A request registers so many at most.
const MOST: usize = 60;

/// One user as a client describes them.
struct Item {
    username: String,
    password: String,
    nickname: String,
}

impl Item {
    fn parse(raw: &Value) -> Result<Self, Fault> {
        let given = Given::from(raw.as_object().cloned().ok_or_else(|| illegal("A user must be an object"))?);
        let text = |name: &str| Ok::<_, Fault>(given.text(name)?.filter(|text| !text.is_empty()));
        let username = text("username")?.ok_or_else(|| illegal("Entity user requires a property named username"))?;
        if username.len() > LONGEST_NAME {
            return Err(illegal("USERNAME_TOO_LONG"));
        }
        let username = legal(&username).ok_or_else(|| illegal(format!("username [{username}] is not legal")))?;
        let password = text("password")?.ok_or_else(|| illegal("password or pin must provided"))?;
        Ok(Self {
            username,
            password: passable(password)?,
            nickname: nickname(&text("nickname")?.unwrap_or_default())?,
        })
    }
}

fn taken(key: &Key, username: &str) -> Fault {
    let told = format!(
        "Application {} Entity user requires that property named username be unique, value of {username} exists",
        chat_apps::uuid_of(key)
    );
    Fault::Coded("duplicate_unique_property_exists", told)
}

/// An end user of this name.
pub fn register(
    act: &mut Act,
    key: &Key,
    username: &str,
    password: Option<Hash>,
    nickname: &str,
) -> Result<Person, Fault> {
    let mut fields = people::blank(act, Role::EndUser)?;
    let legal = legal(username).ok_or_else(|| illegal(format!("username [{username}] is not legal")))?;
    fields.set(Field::Username, &legal).map_err(|_| illegal(format!("username [{username}] is not legal")))?;
    fields.set(Field::Name, nickname).map_err(|_| illegal("NICKNAME_TOO_LONG"))?;
    let is_uid = named::by_uid(act, &legal).is_ok();
    match named::free_for(act, None, &fields) {
        Ok(()) if !is_uid => {}
        Ok(()) | Err(Error::Conflict(_)) => return Err(taken(key, &legal)),
        Err(other) => return Err(other.into()),
    }
    let draft = people::Draft { fields, role: Role::EndUser, status: Status::Active };
    Ok(people::create(act, draft, password)?)
}

pub async fn create(mut call: Call) -> Answer {
    let here = Here::of(&call)?;
    let body: Value =
        serde_json::from_slice(call.body()).map_err(|e| Fault::Body(format!("The body is no JSON: {e}.")))?;
    if matches!(call.caller.actor, Actor::Visitor) {
        if !here.app.open_registration || body.is_array() {
            return Err(Fault::Told(401, "Open registration doesn't allow, so register user need token".into()));
        }
        let key = here.key.clone();
        let owner = call.app.read(&call.caller, move |act| chat_apps::owner(act, &key)).await?;
        call.caller.actor = owner.ok_or(Fault::Stranger)?;
    }
    let items = match &body {
        Value::Array(list) if list.is_empty() => return Err(illegal("Request body array is empty")),
        Value::Array(list) if list.len() > MOST => {
            let told = format!(
                "Request body array size[{}] had almost reached or been greater than the upper range value[{MOST}]",
                list.len()
            );
            return Err(illegal(told));
        }
        Value::Array(list) => list.iter().map(Item::parse).collect::<Result<Vec<_>, _>>()?,
        single => vec![Item::parse(single)?],
    };
    for (place, item) in items.iter().enumerate() {
        let same = items[..place].iter().find(|other| other.username == item.username);
        if same.is_some_and(|other| other.password != item.password) {
            return Err(taken(&here.key, &item.username));
        }
    }
    let many = items.len() > 1;
    let mut hashed = vec![];
    for Item { username, password, nickname } in items {
        let given = Given::from(serde_json::Map::from_iter([("password".to_owned(), json!(password))]));
        hashed.push((username, call.hashed(&given, "password").await?, nickname));
    }
    let key = here.key.clone();
    let made = call.write(move |act| {
        let (mut people, mut failed) = (vec![], vec![]);
        for (username, hash, nickname) in hashed {
            match register(act, &key, &username, hash, &nickname) {
                Ok(person) => people.push(person),
                Err(Fault::Coded("duplicate_unique_property_exists", _)) if many => {
                    let reason = format!("the {username} already exists");
                    failed.push(json!({ "username": username, "registerUserFailReason": reason }));
                }
                Err(fault) => return Err(fault),
            }
        }
        Ok((entities(act, &people)?, failed))
    });
    let (entities, failed) = made.await?;
    let mut more = json!({ "entities": entities });
    if many {
        more["data"] = json!(failed);
    }
    here.answer(&call, "post", Frame::Whole, more)
}

pub async fn show(call: Call) -> Answer {
    let here = Here::of(&call)?;
    let name = call.place("user").to_owned();
    let found = call.read(move |act| {
        let person = find(act, &name)?;
        entities(act, &[person])
    });
    here.answer(&call, "get", Frame::Path, json!({ "entities": found.await?, "count": 1 }))
}

fn customers() -> (PeopleFilter, Sort) {
    let filter = PeopleFilter { roles: vec![Role::EndUser], ..PeopleFilter::default() };
    (filter, Sort { column: Column::Created, descending: false })
}

fn turn(call: &Call, sort: &Sort) -> Result<Turn, Fault> {
    let cursor = call.asked("cursor").map(|raw| Cursor::parse(raw, &sort.to_string()).map(Turn::After));
    cursor.unwrap_or(Some(Turn::First)).ok_or_else(|| illegal("cursor is not one of this list"))
}

pub async fn index(call: Call) -> Answer {
    let here = Here::of(&call)?;
    let limit = call.asked("limit").and_then(|raw| raw.parse().ok()).filter(|limit| *limit > 0).unwrap_or(10);
    let (filter, sort) = customers();
    let turn = turn(&call, &sort)?;
    let found = call.read(move |act| {
        let page = list::page(act, &filter, &sort, &turn, usize::min(limit, 100))?;
        Ok((entities(act, &page.people)?, page.after))
    });
    let (entities, after) = found.await?;
    let mut more = json!({ "count": entities.len(), "entities": entities });
    if let Some(after) = after {
        more["cursor"] = json!(after.to_string());
    }
    here.answer(&call, "get", Frame::Path, more)
}

/// Nobody inherits: groups and rooms that they owned go as a whole (contract, 5).
fn delete(act: &mut Act, person: &Person) -> Result<(), Fault> {
    Ok(deletion::outright(act, person.id, Choices::without_heirs()).map(drop)?)
}

pub async fn destroy(call: Call) -> Answer {
    let here = Here::of(&call)?;
    let name = call.place("user").to_owned();
    if name == "null" || legal(&name).is_none() {
        let told = format!("User with id {name} does not exist in app {}", here.app.app);
        return Err(Fault::Coded("management", told));
    }
    let gone = call.write_anew(move |act| {
        let person = find(act, &name)?;
        let told = entities(act, std::slice::from_ref(&person))?;
        delete(act, &person)?;
        Ok(told)
    });
    here.answer(&call, "delete", Frame::Whole, json!({ "entities": gone.await? }))
}

/// The oldest ones, or those behind a cursor. A wrong number deletes nobody.
pub async fn destroy_all(call: Call) -> Answer {
    let here = Here::of(&call)?;
    here.may_delete_many()?;
    let limit = match call.asked("limit") {
        None => 10,
        Some(raw) => {
            let limit = raw.parse::<usize>().ok().filter(|limit| *limit > 0);
            limit.ok_or_else(|| illegal("limit must be an integer from 1 to 100"))?.min(100)
        }
    };
    let (filter, sort) = customers();
    let turn = turn(&call, &sort)?;
    let gone = call.write_anew(move |act| {
        let page = list::page(act, &filter, &sort, &turn, limit)?;
        let told = entities(act, &page.people)?;
        for person in &page.people {
            delete(act, person)?;
        }
        Ok((told, page.after))
    });
    let (entities, after) = gone.await?;
    let mut more = json!({ "entities": entities });
    if let Some(after) = after {
        more["cursor"] = json!(after.to_string());
    }
    here.answer(&call, "delete", Frame::Whole, more)
}

/// Names of several, in their order.
pub fn names(people: &[Person]) -> Vec<String> {
    people.iter().map(name_of).collect()
}
