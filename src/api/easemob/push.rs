//! Nicknames and push settings (contract, 3.10).
use super::error::illegal;
use super::wire::{Frame, Here, entity, find, name_of, nickname};
use crate::actions::Act;
use crate::actions::people::{self, extras};
use crate::api::{Answer, Call, Fault, Given};
use crate::domain::extra::Extra;
use crate::domain::{Field, FieldErrors, Person};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// So many at once.
const MOST: usize = 50;

fn rename(act: &mut Act, person: &Person, name: &str) -> Result<(), Fault> {
    let person = people::hold(act, person.id)?;
    let mut fields = person.fields.clone();
    let mut errors = FieldErrors::default();
    errors.take("nickname", fields.set(Field::Name, &nickname(name)?));
    people::edit(act, person.id, person.version, errors.or(fields)?)?;
    Ok(())
}

/// Those that the API documents; anything else is passed over.
fn settings(given: &Given) -> Result<Map<String, Value>, Fault> {
    let mut found = Map::new();
    for name in ["notification_display_style", "notification_no_disturbing_start", "notification_no_disturbing_end"] {
        if let Some(value) = given.value(name).filter(|value| value.is_string() || value.is_number()) {
            found.insert(name.to_owned(), value.clone());
        }
    }
    if let Some(flag) = given.flag("notification_no_disturbing")? {
        found.insert("notification_no_disturbing".into(), json!(flag));
    }
    Ok(found)
}

pub async fn update(call: Call) -> Answer {
    let here = Here::of(&call)?;
    let given = call.given()?;
    let (name, settings) = (call.place("user").to_owned(), settings(&given)?);
    let changed = call.write(move |act| {
        let person = find(act, &name)?;
        if let Some(name) = given.text("nickname")? {
            rename(act, &person, &name)?;
        }
        if !settings.is_empty() {
            let known = extras::of(act, std::slice::from_ref(&person))?.remove(&person.id).unwrap_or_default();
            let known = known.get(&Extra::PushSettings).and_then(|raw| serde_json::from_str(raw).ok());
            let mut all: Map<String, Value> = known.unwrap_or_default();
            all.extend(settings);
            let value = Value::Object(all).to_string();
            extras::update(act, person.id, &BTreeMap::from([(Extra::PushSettings, value)]))?;
        }
        entity(act, person.id)
    });
    here.answer(&call, "put", Frame::Whole, json!({ "entities": [changed.await?] }))
}

pub async fn update_all(call: Call) -> Answer {
    let here = Here::of(&call)?;
    let list: Vec<Value> =
        serde_json::from_slice(call.body()).map_err(|e| Fault::Body(format!("The body must be an array: {e}.")))?;
    if list.is_empty() || list.len() > MOST {
        return Err(illegal(format!("1 to {MOST} users at once")));
    }
    let pair = |one: &Value| {
        let text = |name: &str| one[name].as_str().map(str::to_owned);
        Some((text("username")?, text("push_nickname")?))
    };
    let pairs = list.iter().map(pair).collect::<Option<Vec<_>>>();
    let pairs = pairs.ok_or_else(|| illegal("Each must have a username and a push_nickname"))?;
    let changed = call.write(move |act| {
        let mut told = vec![];
        for (username, nickname) in pairs {
            let person = find(act, &username)?;
            rename(act, &person, &nickname)?;
            told.push(json!({ "username": name_of(&person), "push_nickname": nickname }));
        }
        Ok(told)
    });
    let base = format!("{}/{}/{}", call.origin, here.app.org, here.app.app);
    let more = json!({ "entities": changed.await?, "path": "/push", "uri": format!("{base}/push/nickname") });
    here.answer(&call, "put", Frame::Whole, more)
}
