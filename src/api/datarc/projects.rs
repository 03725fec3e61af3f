//! `/openapi/v1/accounts/{uid}/projects/`: the workspaces that somebody is in (contract, 5.10).
use super::accounts::sees_all;
use super::translate::owner;
use super::wire::{Envelope, Project};
use crate::actions::people::named;
use crate::actions::workspaces::{self, Shared};
use crate::api::{Answer, Call, Fault, Given};
use crate::domain::workspace::MemberRole;
use actix_web::HttpResponse;
use serde::Serialize;

const USUAL: i64 = 10;
const MOST: i64 = 100;

/// With the total beside the data, for whoever asks for it.
#[derive(Serialize)]
struct Counted {
    #[serde(flatten)]
    envelope: Envelope<Vec<Project>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<i64>,
}

/// Its parameters stand in the body of a GET, or in the query.
pub async fn index(call: Call) -> Answer {
    let given = if call.has_body() { call.given()? } else { Given::default() };
    let number = |name: &str| match given.number(name)? {
        Some(number) => Ok(Some(number)),
        None => {
            call.asked(name).map(|raw| raw.parse().map_err(|_| Fault::value(name, "must be an integer"))).transpose()
        }
    };
    let role = match number("role")? {
        None => None,
        Some(role) => Some(
            i16::try_from(role)
                .ok()
                .and_then(MemberRole::new)
                .ok_or_else(|| Fault::value("role", "must be 1, 2 or 3"))?,
        ),
    };
    let (skip, most) = (number("offset")?.unwrap_or(0).max(0), number("limit")?.unwrap_or(USUAL).clamp(1, MOST));
    let counts = number("count")?.is_some_and(|count| count != 0);
    let uid = call.place("uid").to_owned();
    let (found, total, sees_all) = call
        .read(move |act| {
            let person = named::by_uid(act, &uid)?;
            let (found, total) = workspaces::of(act, person.id, role, (skip, most))?;
            Ok((found, total, sees_all(act)))
        })
        .await?;
    let project = |Shared { workspace: one, owner: by }| Project {
        id: one.id,
        name: one.name,
        desc: one.description,
        owner: by.as_ref().map(|by| owner(by, sees_all)),
        locked: one.locked,
    };
    let data = Some(found.into_iter().map(project).collect());
    let envelope = Envelope { errcode: 200, errmsg: "success".into(), data };
    Ok(HttpResponse::Ok().json(Counted { envelope, count: counts.then_some(total) }))
}
