//! `create-accounts`, `update-accounts` and `delete-accounts`: all of them or none (contract, 5.2, 5.4, 5.9).
use super::accounts::{Change, New, delete};
use super::translate::uid;
use super::wire::{done, success};
use crate::actions::Act;
use crate::actions::people::named;
use crate::api::{Answer, Call, Fault, Given};
use crate::domain::{Error, Person};
use serde_json::Value;

/// A batch has so many accounts at most.
const MOST: usize = 500;

pub async fn create(call: Call) -> Answer {
    let mut new = vec![];
    for (place, one) in items(&call)?.iter().enumerate() {
        new.push(New::read(&call, one).await.map_err(|fault| at(place, fault))?);
    }
    let made = call.write(move |act| {
        let made = new.into_iter().enumerate().map(|(place, one)| one.create(act).map_err(|fault| at(place, fault)));
        made.collect::<Result<Vec<_>, Fault>>()
    });
    Ok(success(made.await?))
}

pub async fn update(call: Call) -> Answer {
    let mut changes = vec![];
    for (place, one) in items(&call)?.iter().enumerate() {
        changes.push(Change::read(&call, one).await.map_err(|fault| at(place, fault))?);
    }
    let changed = call.write(move |act| {
        let one = |(place, change): (usize, Change)| {
            let person = meant(act, &change.given).map_err(|fault| at(place, fault))?;
            change.update(act, person).map_err(|fault| at(place, fault))
        };
        changes.into_iter().enumerate().map(one).collect::<Result<Vec<_>, Fault>>()
    });
    Ok(success(changed.await?))
}

/// Unknown ones are passed over.
pub async fn destroy(call: Call) -> Answer {
    let given = call.given()?;
    let list = match given.list("accountUids")? {
        Some(list) => Some(list),
        None => given.list("account_uids")?,
    };
    let list = list.ok_or_else(|| Fault::value("accountUids", "is required"))?;
    bounded(list.len(), "accountUids")?;
    let read = |one: &Value| uid(one.as_str().unwrap_or_default());
    let uids = list.iter().map(read).collect::<Result<Vec<_>, Fault>>()?;
    call.write(move |act| {
        for uid in uids {
            match named::by_uid(act, &uid.to_string()) {
                Ok(person) => delete(act, person.id)?,
                Err(Error::NotFound) => {}
                Err(e) => return Err(e.into()),
            }
        }
        Ok(())
    })
    .await?;
    Ok(done())
}

fn items(call: &Call) -> Result<Vec<Given>, Fault> {
    let given = call.given()?;
    let list = given.list("accounts")?.ok_or_else(|| Fault::value("accounts", "is required"))?;
    bounded(list.len(), "accounts")?;
    let item = |(place, one): (usize, &Value)| match one {
        Value::Object(map) => Ok(Given::from(map.clone())),
        _ => Err(Fault::value(format!("accounts[{place}]"), "must be an object")),
    };
    list.iter().enumerate().map(item).collect()
}

fn bounded(length: usize, key: &str) -> Result<(), Fault> {
    if length > MOST { Err(Fault::value(key, format!("may have {MOST} items at most"))) } else { Ok(()) }
}

/// By the uid; without one by the first of username, phone and e-mail that is somebody's.
fn meant(act: &mut Act, given: &Given) -> Result<Person, Fault> {
    if let Some(raw) = given.text("uid")?.filter(|raw| !raw.is_empty()) {
        return Ok(named::by_uid(act, &uid(&raw)?.to_string())?);
    }
    for key in ["username", "phone", "email"] {
        let Some(login) = given.text(key)?.filter(|login| !login.is_empty()) else { continue };
        if let Some(person) = named::by_login(act, &login)? {
            return Ok(person);
        }
    }
    Err(Error::NotFound.into())
}

/// The same fault, told of which item it is.
fn at(place: usize, fault: Fault) -> Fault {
    fault.of(format!("accounts[{place}]"))
}
