//! KF5's API: users, groups, organizations and user fields of a help desk, as its version 2 has them.
mod dates;
mod error;
mod groups;
mod organizations;
mod paging;
mod system_log;
mod tickets;
mod translate;
mod user_fields;
mod users;
mod wire;

use super::{Api, Fault, table};
use crate::actions::Act;
use crate::actions::credentials::Shown;
use crate::domain::Time;
use crate::domain::key::Dialect;
use crate::domain::{Target, Verb};
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use base64::{Engine, engine::general_purpose::STANDARD};

pub struct Kf5;

impl Api for Kf5 {
    const DIALECT: Dialect = Dialect::Kf5;

    /// With `.json` and without (contract, 1).
    fn spellings(path: &str) -> Vec<String> {
        vec![format!("{path}.json"), path.to_owned()]
    }

    /// `email:password` or `email/token:key` as Basic; a key alone behind `Bearer` (contract, 2).
    fn shown(request: &HttpRequest) -> Option<Shown> {
        let (scheme, coded) = request.headers().get(header::AUTHORIZATION)?.to_str().ok()?.trim().split_once(' ')?;
        if scheme.eq_ignore_ascii_case("bearer") {
            return Some(Shown::Key { secret: coded.trim().to_owned(), login: None });
        }
        let plain = String::from_utf8(STANDARD.decode(coded.trim()).ok()?).ok()?;
        let (login, secret) = plain.split_once(':').filter(|_| scheme.eq_ignore_ascii_case("basic"))?;
        Some(match login.strip_suffix("/token") {
            Some(login) => Shown::Key { secret: secret.to_owned(), login: Some(login.to_owned()) },
            None => Shown::Password { login: login.to_owned(), password: secret.to_owned() },
        })
    }

    fn refuse(fault: &Fault, _: Time) -> HttpResponse {
        error::answer(fault)
    }
}

/// Whatever says "agent" in the contract is for agents and administrators.
fn staff_only(act: &mut Act) -> Result<(), Fault> {
    Ok(act.actor.must(Verb::List, Target::House)?)
}

table! { Kf5, "/apiv2" {
    "/users" { get => users::index, post => users::create }
    "/users/me" { get => users::me }
    "/users/show_many" { get => users::show_many }
    "/users/search" { get => users::search }
    "/users/ticketsByIndication" { get => tickets::by_indication }
    "/users/{id}" { get => users::show, put => users::update, delete => users::destroy }
    "/users/{id}/merge" { put => users::merge }
    "/users/{id}/groups" { get => groups::of_user }
    "/users/{id}/requests" { get => tickets::requested }
    "/users/{id}/tickets" { get => tickets::assigned }
    "/users/{id}/posts" { get => tickets::posts }
    "/users/{id}/questions" { get => tickets::questions }
    "/groups" { get => groups::index, post => groups::create }
    "/groups/{id}" { get => groups::show, put => groups::update, delete => groups::destroy }
    "/organizations" { get => organizations::index, post => organizations::create }
    "/organizations/{id}" {
        get => organizations::show, put => organizations::update, delete => organizations::destroy,
    }
    "/organizations/{id}/users" { get => users::of_organization }
    "/organizations/{id}/requests" { get => tickets::of_organization }
    "/user_fields" { get => user_fields::index }
    "/user_fields/active" { get => user_fields::active }
    "/user_fields/{id}" { get => user_fields::show, delete => user_fields::destroy }
    "/system_log" { get => system_log::index }
} }
