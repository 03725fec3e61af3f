//! `/metadata/user`: what users say of themselves to a chat client (contract, 5).
use super::error::illegal;
use super::wire::{Frame, Here, find, texts};
use crate::actions::{Act, chats};
use crate::api::{Answer, Call, Fault};
use crate::domain::{Error, PersonId};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Asked for at once.
const MOST: usize = 100;

/// Unknown ones say nothing.
fn found(act: &mut Act, name: &str) -> Result<Option<PersonId>, Fault> {
    match find(act, name) {
        Ok(person) => Ok(Some(person.id)),
        Err(Fault::Refused(Error::NotFound)) => Ok(None),
        Err(other) => Err(other),
    }
}

fn said(act: &mut Act, name: &str) -> Result<BTreeMap<String, String>, Fault> {
    match found(act, name)? {
        Some(id) => Ok(chats::attributes(act, id)?),
        None => Ok(BTreeMap::new()),
    }
}

pub async fn show(call: Call) -> Answer {
    let here = Here::of(&call)?;
    let name = call.place("user").to_owned();
    let told = call.read(move |act| said(act, &name)).await?;
    here.answer(&call, "get", Frame::Bare, json!({ "data": told }))
}

/// A form; what is not in it stays, and a blank value clears.
pub async fn update(call: Call) -> Answer {
    let here = Here::of(&call)?;
    let clean = |text: &str| text.chars().filter(|c| !c.is_control()).collect::<String>();
    let pairs: Vec<(String, String)> = url::form_urlencoded::parse(call.body())
        .map(|(name, value)| (clean(&name), clean(&value)))
        .filter(|(name, _)| !name.is_empty())
        .collect();
    if pairs.is_empty() {
        return Err(illegal("The body must be a form with at least one value"));
    }
    let name = call.place("user").to_owned();
    let told = call.write(move |act| {
        let person = find(act, &name)?;
        let mut all = chats::attributes(act, person.id)?;
        for (name, value) in pairs {
            if value.is_empty() { drop(all.remove(&name)) } else { drop(all.insert(name, value)) }
        }
        chats::set_attributes(act, person.id, &all)?;
        Ok(all)
    });
    here.answer(&call, "put", Frame::Bare, json!({ "data": told.await? }))
}

pub async fn destroy(call: Call) -> Answer {
    let here = Here::of(&call)?;
    let name = call.place("user").to_owned();
    call.write(move |act| {
        if let Some(id) = found(act, &name)? {
            chats::set_attributes(act, id, &BTreeMap::new())?;
        }
        Ok(())
    })
    .await?;
    here.answer(&call, "delete", Frame::Bare, json!({ "data": true }))
}

pub async fn of_several(call: Call) -> Answer {
    let here = Here::of(&call)?;
    let given = call.given()?;
    let (targets, properties) = (texts(&given, "targets")?, texts(&given, "properties")?);
    if targets.is_empty() || targets.len() > MOST {
        return Err(illegal(format!("targets must have 1 to {MOST} names")));
    }
    let told = call.read(move |act| {
        let mut told = Map::new();
        for name in targets {
            let mut said = said(act, &name)?;
            said.retain(|property, _| properties.is_empty() || properties.contains(property));
            told.insert(name, json!(said));
        }
        Ok(Value::Object(told))
    });
    here.answer(&call, "get", Frame::Bare, json!({ "data": told.await? }))
}

/// In bytes, of all users that this app sees.
pub async fn capacity(call: Call) -> Answer {
    let here = Here::of(&call)?;
    let bytes = call.read(|act| Ok(chats::attribute_bytes(act)?)).await?;
    here.answer(&call, "get", Frame::Bare, json!({ "data": bytes }))
}
