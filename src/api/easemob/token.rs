//! `/token`: of an app, and of its users (contract, 3.1 and 3.2).
use super::error::illegal;
use super::users::register;
use super::wire::{Here, entity, find};
use crate::actions::chat_apps;
use crate::api::{Answer, Call, Fault, Given};
use crate::domain::{Actor, Error, Time};
use actix_web::HttpResponse;
use serde_json::{Value, json};
use std::time::Duration;

/// Without a wish, a token works for 60 days.
const USUAL: i64 = 60 * 86_400;
/// For ever is told as what fits the clients' integers (contract, 3.1).
const FOREVER: i64 = i32::MAX as i64;

fn denied(message: &str) -> Fault {
    Fault::Coded("invalid_grant", message.into())
}

/// In seconds.
fn lifetime(given: &Given) -> Result<i64, Fault> {
    match given.number("ttl").map_err(|_| illegal("ttl must be an integer"))? {
        None => Ok(USUAL),
        Some(0) => Ok(FOREVER),
        Some(seconds) if (1..=FOREVER).contains(&seconds) => Ok(seconds),
        Some(_) => Err(illegal("ttl is out of range")),
    }
}

fn required(given: &Given, name: &str) -> Result<String, Fault> {
    given.text(name)?.filter(|text| !text.is_empty()).ok_or_else(|| illegal(format!("{name} is required")))
}

pub async fn create(call: Call) -> Answer {
    let here = Here::of(&call)?;
    let given = call.given()?;
    let lasts = lifetime(&given)?;
    let until: Time = call.app.now().plus(Duration::from_secs(lasts.unsigned_abs()));
    let told = |token: String, more: (&str, Value)| {
        let mut body = json!({ "access_token": token, "expires_in": lasts });
        body[more.0] = more.1;
        Ok(HttpResponse::Ok().insert_header(("cache-control", "no-store")).json(body))
    };
    match required(&given, "grant_type")?.as_str() {
        "client_credentials" => {
            let shown = (required(&given, "client_id")?, required(&given, "client_secret")?);
            let made = chat_apps::token(&call.app, &call.caller, &here.key, shown, (call.address, until)).await?;
            let token = made.ok_or_else(|| denied("client_id or client_secret do not match"))?;
            told(token, ("application", json!(chat_apps::uuid_of(&here.key))))
        }
        "password" => {
            let shown = (required(&given, "username")?, required(&given, "password")?);
            let made = chat_apps::user_token(&call.app, &call.caller, &here.key, shown, (call.address, until)).await?;
            let (person, token) = made.ok_or_else(|| denied("invalid username or password"))?;
            let key = here.key.clone();
            let owner = call.app.read(&call.caller, move |act| chat_apps::owner(act, &key)).await?;
            let caller = crate::actions::Caller { actor: owner.ok_or(Fault::Stranger)?, ..call.caller.clone() };
            let user = call.app.read(&caller, move |act| entity(act, person.id).map_err(Fault::carried)).await?;
            told(token, ("user", user))
        }
        "inherit" => {
            if matches!(call.caller.actor, Actor::Visitor) {
                return Err(Fault::Stranger);
            }
            let (username, key) = (required(&given, "username")?, here.key.clone());
            let makes = given.flag("autoCreateUser")?.unwrap_or(false);
            let made = call.write(move |act| {
                let person = match find(act, &username) {
                    Err(Fault::Refused(Error::NotFound)) if makes => register(act, &here.key, &username, None, "")?,
                    found => found?,
                };
                let token = chat_apps::inherited(act, &key, person.id, until)?;
                let token = token.ok_or_else(|| denied("the user is not activated"))?;
                Ok((token, entity(act, person.id)?))
            });
            let (token, user) = made.await?;
            told(token, ("user", user))
        }
        other => Err(illegal(format!("grant_type {other:.40} is not supported"))),
    }
}
