//! Easemob's JSON (contract, 1.3, 1.4 and 2), and how its users are found.
use super::error::{FORBIDDEN, illegal};
use crate::actions::people::{extras, named};
use crate::actions::{Act, chat_apps};
use crate::api::{Answer, Call, Fault, Given};
use crate::domain::chat_app::ChatApp;
use crate::domain::extra::Extra;
use crate::domain::key::Key;
use crate::domain::{Error, Person, PersonId, Role, Time};
use actix_web::HttpResponse;
use serde_json::{Map, Value, json};
use std::time::Instant;

/// User names have so many bytes at most.
pub const LONGEST_NAME: usize = 64;
/// In characters.
const LONGEST_PASSWORD: usize = 64;

/// The app that a request is for.
pub struct Here {
    pub key: Key,
    pub app: ChatApp,
    began: Instant,
}

/// Which of the keys an answer has beside time and duration (contract, 2).
#[derive(Clone, Copy, PartialEq)]
pub enum Frame {
    Bare,
    /// The request's own address, and nothing of the app.
    Path,
    Whole,
}

impl Here {
    pub fn of(call: &Call) -> Result<Self, Fault> {
        let key = call.app_key.clone().ok_or(Error::NotFound)?;
        let app = key.chat_app.clone().ok_or(Error::NotFound)?;
        Ok(Self { key, app, began: Instant::now() })
    }

    /// Times are in milliseconds.
    pub fn answer(&self, call: &Call, action: &str, frame: Frame, more: Value) -> Answer {
        let mut body = Map::new();
        body.insert("action".into(), json!(action));
        let base = format!("{}/{}/{}", call.origin, self.app.org, self.app.app);
        if frame != Frame::Bare {
            body.insert("path".into(), json!("/users"));
            body.insert("uri".into(), json!(format!("{base}/users")));
        }
        if frame == Frame::Whole {
            body.insert("application".into(), json!(chat_apps::uuid_of(&self.key)));
            body.insert("organization".into(), json!(self.app.org));
            body.insert("applicationName".into(), json!(self.app.app));
        }
        body.extend(more.as_object().cloned().unwrap_or_default());
        body.insert("timestamp".into(), json!(call.app.now().micros() / 1_000));
        body.insert("duration".into(), json!(self.began.elapsed().as_millis() as u64));
        Ok(HttpResponse::Ok().json(body))
    }

    pub fn may_delete_many(&self) -> Result<(), Fault> {
        let off = || Fault::Coded(FORBIDDEN, "An administrator switched this off for this app.".into());
        if self.app.batch_delete { Ok(()) } else { Err(off()) }
    }
}

/// As this API allows it, folded.
pub fn legal(name: &str) -> Option<String> {
    let name = name.to_ascii_lowercase();
    let is_letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-' | '.');
    ((1..=LONGEST_NAME).contains(&name.len()) && name.chars().all(is_letter)).then_some(name)
}

/// The username where it is one of this API's, else the uid.
pub fn name_of(person: &Person) -> String {
    let username = person.fields.username.as_ref().and_then(|username| legal(&username.key()));
    username.unwrap_or_else(|| person.uid.to_string())
}

/// By username or uid; staff are nobody here.
pub fn find(act: &mut Act, name: &str) -> Result<Person, Fault> {
    let name = legal(name).ok_or(Error::NotFound)?;
    let found = match named::by_username(act, &name) {
        Err(Error::NotFound) => named::by_uid(act, &name),
        found => found,
    };
    Ok(found.ok().filter(|person| person.role == Role::EndUser).ok_or(Error::NotFound)?)
}

fn millis(time: Time) -> i64 {
    time.micros() / 1_000
}

/// In their order.
pub fn entities(act: &mut Act, people: &[Person]) -> Result<Vec<Value>, Fault> {
    let settings = extras::of(act, people)?;
    let entity = |person: &Person| {
        let mut entity = json!({
            "uuid": person.uid.to_string(), "type": "user", "created": millis(person.created_at),
            "modified": millis(person.updated_at), "username": name_of(person),
            "activated": person.status.may_sign_in(),
        });
        if !person.fields.name.is_empty() {
            entity["nickname"] = json!(person.fields.name);
        }
        let settings = settings.get(&person.id).and_then(|extras| extras.get(&Extra::PushSettings));
        let settings: Option<Map<String, Value>> = settings.and_then(|raw| serde_json::from_str(raw).ok());
        if let Some(entity) = entity.as_object_mut() {
            entity.extend(settings.unwrap_or_default());
        }
        entity
    };
    Ok(people.iter().map(entity).collect())
}

pub fn entity(act: &mut Act, id: PersonId) -> Result<Value, Fault> {
    let person = crate::actions::people::show(act, id)?;
    Ok(entities(act, &[person])?.pop().unwrap_or_default())
}

/// A password of a length that this API allows.
pub fn password(raw: String) -> Result<String, Fault> {
    if raw.chars().count() > LONGEST_PASSWORD { Err(illegal("PASSWORD_TOO_LONG")) } else { Ok(raw) }
}

/// The texts of a list; none when it is not given.
pub fn texts(given: &Given, name: &str) -> Result<Vec<String>, Fault> {
    let list = given.list(name).map_err(|_| illegal(format!("{name} must be an array")))?;
    let texts = list.into_iter().flatten().map(|one| one.as_str().map(str::to_owned));
    texts.collect::<Option<Vec<_>>>().ok_or_else(|| illegal(format!("{name} must be strings")))
}

const LONGEST_NICKNAME: usize = 100;

/// A nickname of a length that this API allows.
pub fn nickname(raw: &str) -> Result<String, Fault> {
    if raw.chars().count() > LONGEST_NICKNAME { Err(illegal("NICKNAME_TOO_LONG")) } else { Ok(raw.to_owned()) }
}
