//! Whom users know and shut out, their groups and rooms (contract, 5).
use super::error::illegal;
use super::users::names;
use super::wire::{Frame, Here, entities, find, texts};
use crate::actions::{Act, chats};
use crate::api::{Answer, Call, Fault, Given};
use crate::domain::chat::ChatKind;
use crate::domain::{Person, PersonId, Result as Outcome};
use serde_json::{Value, json};

/// A list of the shut-out has so many, and so many join a chat at once.
const MOST: usize = 500;

fn pair(act: &mut Act, call: (&str, &str)) -> Result<(Person, Person), Fault> {
    Ok((find(act, call.0)?, find(act, call.1)?))
}

async fn change(call: Call, action: &'static str, does: fn(&mut Act, PersonId, PersonId) -> Outcome<()>) -> Answer {
    let here = Here::of(&call)?;
    let (one, other) = (call.place("user").to_owned(), call.place("other").to_owned());
    let changed = call.write(move |act| {
        let (person, friend) = pair(act, (&one, &other))?;
        does(act, person.id, friend.id)?;
        entities(act, &[friend])
    });
    here.answer(&call, action, Frame::Whole, json!({ "entities": changed.await? }))
}

pub async fn add_contact(call: Call) -> Answer {
    change(call, "post", chats::add_contact).await
}

pub async fn remove_contact(call: Call) -> Answer {
    change(call, "delete", chats::remove_contact).await
}

pub async fn unblock(call: Call) -> Answer {
    change(call, "delete", chats::unblock).await
}

async fn list(call: Call, of: fn(&mut Act, PersonId) -> Outcome<Vec<Person>>) -> Answer {
    let here = Here::of(&call)?;
    let name = call.place("user").to_owned();
    let found = call.read(move |act| {
        let person = find(act, &name)?;
        Ok(names(&of(act, person.id)?))
    });
    let names = found.await?;
    here.answer(&call, "get", Frame::Whole, json!({ "entities": [], "count": names.len(), "data": names }))
}

pub async fn contacts(call: Call) -> Answer {
    list(call, chats::contacts).await
}

pub async fn blocks(call: Call) -> Answer {
    list(call, chats::blocked).await
}

/// The names of several users.
fn several(given: &Given, name: &str) -> Result<Vec<String>, Fault> {
    let names = texts(given, name)?;
    if names.len() > MOST { Err(illegal(format!("{name} may have {MOST} elements at most"))) } else { Ok(names) }
}

pub async fn block(call: Call) -> Answer {
    let here = Here::of(&call)?;
    let others = several(&call.given()?, "usernames")?;
    let name = call.place("user").to_owned();
    let changed = call.write(move |act| {
        let person = find(act, &name)?;
        let mut blocked = vec![];
        for other in others {
            let other = find(act, &other)?;
            chats::block(act, person.id, other.id)?;
            blocked.push(other);
        }
        Ok(names(&blocked))
    });
    here.answer(&call, "post", Frame::Whole, json!({ "entities": [], "data": changed.await? }))
}

async fn create(call: Call, kind: ChatKind, (name, id): (&'static str, &'static str)) -> Answer {
    let here = Here::of(&call)?;
    let given = call.given()?;
    let members = several(&given, "members")?;
    let required = |name: &str| {
        given.text(name)?.filter(|text| !text.is_empty()).ok_or_else(|| illegal(format!("{name} is required")))
    };
    let (called, owner) = (required(name)?, required("owner")?);
    let description = match given.text("description")? {
        Some(text) => text,
        None => given.text("desc")?.unwrap_or_default(),
    };
    let made = call.write(move |act| {
        let owner = find(act, &owner)?;
        let chat = chats::create(act, kind, owner.id, &called, &description)?;
        let mut people = vec![];
        for member in members {
            people.push(find(act, &member)?.id);
        }
        people.sort_unstable();
        people.dedup();
        people.retain(|person| *person != owner.id);
        if !people.is_empty() {
            chats::join(act, chat, &people)?;
        }
        Ok(chat.to_string())
    });
    here.answer(&call, "post", Frame::Whole, json!({ "entities": [], "data": { id: made.await? } }))
}

pub async fn create_group(call: Call) -> Answer {
    create(call, ChatKind::Group, ("groupname", "groupid")).await
}

pub async fn create_room(call: Call) -> Answer {
    create(call, ChatKind::Room, ("name", "id")).await
}

pub async fn joined_groups(call: Call) -> Answer {
    let here = Here::of(&call)?;
    let name = call.place("user").to_owned();
    let found = call.read(move |act| {
        let person = find(act, &name)?;
        Ok(chats::joined(act, person.id)?)
    });
    let all = found.await?;
    let groups = all.iter().filter(|chat| chat.kind == ChatKind::Group);
    let told: Vec<Value> =
        groups.map(|chat| json!({ "groupid": chat.id.to_string(), "groupname": chat.name })).collect();
    here.answer(&call, "get", Frame::Whole, json!({ "entities": [], "count": told.len(), "data": told }))
}
