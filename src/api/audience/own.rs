//! What everybody may do with their own user (contract, 7.4, 7.8 and 7.9), in all spellings of its address.
use super::Audience;
use super::translate::{self, spelled, user};
use super::wire::Own;
use crate::actions::people::password::{self, Attempt};
use crate::api::{Answer, Call, Fault, table};
use crate::domain::Error;
use crate::domain::manual::{Doc, told};
use actix_web::HttpResponse;
use serde_json::json;

pub const UPDATE: Doc = told("Changes oneself; what is not sent stays").takes(r#"{"title":"Lead"}"#);
pub const UPDATE_PASSWORD: Doc = told("Another password of one's own")
    .takes(r#"{"oldPassword":"seven-green-umbrellas","newPassword":"eight-red-umbrellas"}"#);
pub const RESET_PASSWORD: Doc = told("A temporary password of one's own; an administrator passes it on");

table! { Audience, "/self" {
    "/update" {
        put => update: UPDATE,
        post => update: UPDATE,
    }
    "/update-password" {
        put => update_password: UPDATE_PASSWORD,
        post => update_password: UPDATE_PASSWORD,
    }
    "/reset-password" {
        put => reset_password: RESET_PASSWORD,
        post => reset_password: RESET_PASSWORD,
    }
} }

pub async fn show(call: Call) -> Answer {
    let id = call.caller.actor.id().ok_or(Error::NotFound)?;
    Ok(HttpResponse::Ok().json(call.read(move |act| Ok(user(act, id)?)).await?))
}

/// Nobody changes their own status or groups.
pub async fn update(call: Call) -> Answer {
    let id = call.caller.actor.id().ok_or(Error::NotFound)?;
    let given = spelled(call.given()?);
    let changed = call.write(move |act| {
        translate::update(act, id, &given)?;
        Ok(user(act, id)?)
    });
    Ok(HttpResponse::Ok().json(Own::from(changed.await?)))
}

/// Every token of theirs ends with the old password.
pub async fn update_password(call: Call) -> Answer {
    let id = call.caller.actor.id().ok_or(Error::NotFound)?;
    let given = call.given()?;
    let text =
        |name: &str| given.text(name)?.filter(|t| !t.is_empty()).ok_or_else(|| Fault::value(name, "is required"));
    let attempt = Attempt { current: text("oldPassword")?, new: text("newPassword")?, address: call.address };
    call.caller.actor.must_write()?;
    password::update(&call.app, &call.caller, id, attempt).await?;
    Ok(HttpResponse::Ok().json(json!({})))
}

/// By one that the house makes up; it opens the door once, and an administrator passes it on.
pub async fn reset_password(call: Call) -> Answer {
    password::reset(&call.app, &call.caller).await?;
    Ok(HttpResponse::Ok().json(json!({})))
}
