//! Passwords, bans, sessions and who is online (contract, 3.9 and 3.11 to 3.13).
use super::error::{NO_ENTITY, illegal};
use super::wire::{Frame, Here, entity, find, password as passable, texts};
use crate::actions::chat_apps;
use crate::actions::people::{access, password, suspension};
use crate::api::{Answer, Call, Fault, Given};
use crate::domain::{Error, Status};
use serde_json::{Map, Value, json};

/// Asked for at once.
const MOST: usize = 100;

/// All their sessions and tokens end.
pub async fn password(call: Call) -> Answer {
    let here = Here::of(&call)?;
    let given = call.given()?;
    let word = given.text("newpassword")?.filter(|word| !word.is_empty());
    let word = word.ok_or_else(|| illegal("newpassword is required"))?;
    let given = Given::from(Map::from_iter([("password".to_owned(), json!(passable(word)?))]));
    let hash = call.hashed(&given, "password").await?.ok_or_else(|| illegal("newpassword is required"))?;
    let name = call.place("user").to_owned();
    call.write(move |act| {
        let person = find(act, &name).map_err(|fault| match fault {
            Fault::Refused(Error::NotFound) => Fault::Coded(NO_ENTITY, "User null not found".into()),
            other => other,
        })?;
        password::set(act, person.id, &hash)?;
        Ok(())
    })
    .await?;
    here.answer(&call, "set user password", Frame::Bare, json!({}))
}

pub async fn deactivate(call: Call) -> Answer {
    let here = Here::of(&call)?;
    let name = call.place("user").to_owned();
    let changed = call.write(move |act| {
        let person = find(act, &name)?;
        suspension::create(act, person.id, "")?;
        entity(act, person.id)
    });
    here.answer(&call, "Deactivate user", Frame::Bare, json!({ "entities": [changed.await?] }))
}

pub async fn activate(call: Call) -> Answer {
    let here = Here::of(&call)?;
    let name = call.place("user").to_owned();
    call.write(move |act| {
        let person = find(act, &name)?;
        match person.status {
            Status::Suspended => drop(suspension::destroy(act, person.id)?),
            Status::Locked => drop(suspension::set(act, person.id, Status::Active)?),
            Status::Active | Status::Unverified => {}
        }
        Ok(())
    })
    .await?;
    here.answer(&call, "activate user", Frame::Bare, json!({}))
}

/// Out of everywhere. Somebody who is nowhere is out already (contract, 3.12).
pub async fn disconnect(call: Call) -> Answer {
    let here = Here::of(&call)?;
    let name = call.place("user").to_owned();
    call.write(move |act| {
        let person = find(act, &name)?;
        access::destroy_all(act, person.id, None)?;
        Ok(())
    })
    .await?;
    let more = json!({ "entities": [], "data": { "result": true }, "count": 0 });
    here.answer(&call, "get", Frame::Path, more)
}

const RESOURCE: &str = "web_";

pub async fn disconnect_one(call: Call) -> Answer {
    let here = Here::of(&call)?;
    let (name, resource) = (call.place("user").to_owned(), call.place("resource").to_owned());
    call.write(move |act| {
        let person = find(act, &name)?;
        match access::destroy(act, person.id, resource.strip_prefix(RESOURCE).unwrap_or(&resource)) {
            Ok(()) | Err(Error::NotFound) => Ok(()),
            Err(other) => Err(other.into()),
        }
    })
    .await?;
    here.answer(&call, "delete", Frame::Whole, json!({ "entities": [], "data": { "result": true } }))
}

pub async fn resources(call: Call) -> Answer {
    let here = Here::of(&call)?;
    let name = call.place("user").to_owned();
    let found = call.read(move |act| {
        let person = find(act, &name)?;
        Ok(access::show(act, person.id, None)?.places)
    });
    let places = found.await?;
    let told = places.iter().map(|place| {
        let res = format!("{RESOURCE}{}", place.handle);
        json!({ "res": res, "device_uuid": place.handle, "device_name": place.device })
    });
    here.answer(&call, "get", Frame::Whole, json!({ "entities": [], "data": told.collect::<Value>() }))
}

fn word(online: bool) -> &'static str {
    if online { "online" } else { "offline" }
}

/// The name as it was asked for.
pub async fn status(call: Call) -> Answer {
    let here = Here::of(&call)?;
    let name = call.place("user").to_owned();
    let asked = name.clone();
    let online = call.read(move |act| {
        let person = find(act, &name)?;
        Ok(chat_apps::is_online(act, &person)?)
    });
    let told = json!({ "entities": [], "data": { asked: word(online.await?) } });
    here.answer(&call, "get", Frame::Path, told)
}

/// Unknown ones are offline.
pub async fn statuses(call: Call) -> Answer {
    let here = Here::of(&call)?;
    let given = call.given()?;
    if !given.has("usernames") {
        return Err(illegal("usernames is required"));
    }
    let names = texts(&given, "usernames")?;
    if names.len() > MOST {
        return Err(illegal(format!("request body exceeds maximum limit, maximum limit is {MOST}")));
    }
    let told = call.read(move |act| {
        let mut told = vec![];
        for name in names {
            let online = match find(act, &name) {
                Ok(person) => chat_apps::is_online(act, &person)?,
                Err(Fault::Refused(Error::NotFound)) => false,
                Err(other) => return Err(other),
            };
            told.push(json!({ name: word(online) }));
        }
        Ok(told)
    });
    here.answer(&call, "get batch user status", Frame::Bare, json!({ "data": told.await? }))
}
