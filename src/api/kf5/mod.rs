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
use crate::domain::manual::{Param, integer, text, told};
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

const PAGES: &[Param] = &[integer("page", "from 1"), integer("per_page", "at most 100")];
const USERS: &[Param] = &[
    integer("page", "from 1"),
    integer("per_page", "at most 100"),
    text("role", "end_user, agent or admin"),
    text("created_start", "made then or later"),
    text("created_end", "made then or before"),
    text("updated_start", "changed then or later"),
    text("updated_end", "changed then or before"),
    text("created_order", "asc or desc"),
    text("updated_order", "asc or desc"),
];
const SEARCH: &[Param] = &[
    text("query", "what to find").required("ada"),
    text("query_fields", "where, with commas between"),
    integer("page", "from 1"),
    integer("per_page", "at most 100"),
];
const LOG: &[Param] = &[
    integer("page", "from 1"),
    integer("per_page", "at most 100"),
    text("type", "what was done"),
    text("object", "to what"),
];

table! { Kf5, "/apiv2" {
    "/users" {
        get => users::index: told("Everybody in reach, page by page").asks(USERS),
        post => users::create: told("Somebody new").takes(r#"{"user":{"name":"Ada Marsh","email":"ada@example.org","phone":"+8613800003818"}}"#).gives(201),
    }
    "/users/me" {
        get => users::me: told("Whoever asks"),
    }
    "/users/show_many" {
        get => users::show_many: told("Several by their numbers").asks(&[text("ids", "numbers, with commas between").required("1,2")]),
    }
    "/users/search" {
        get => users::search: told("People who are found by a text").asks(SEARCH),
    }
    "/users/ticketsByIndication" {
        get => tickets::by_indication: told("Open tickets of whoever has this e-mail or phone").asks(&[text("query", "an e-mail or a phone").required("ada@example.com")]),
    }
    "/users/{id}" {
        get => users::show: told("Somebody"),
        put => users::update: told("Changes somebody; what is not sent stays").takes(r#"{"user":{"name":"Ada Marsh","details":"Calls at night."}}"#),
        delete => users::destroy: told("Deletes somebody; the trash can give them back"),
    }
    "/users/{id}/merge" {
        put => users::merge: told("Makes this one part of the one in the body").takes(r#"{"user":{"id":2}}"#),
    }
    "/users/{id}/groups" {
        get => groups::of_user: told("The groups of somebody").asks(PAGES),
    }
    "/users/{id}/requests" {
        get => tickets::requested: told("Tickets that somebody asked").asks(PAGES),
    }
    "/users/{id}/tickets" {
        get => tickets::assigned: told("Tickets that somebody works on").asks(PAGES),
    }
    "/users/{id}/posts" {
        get => tickets::posts: told("Always empty: the house has no forum").asks(PAGES),
    }
    "/users/{id}/questions" {
        get => tickets::questions: told("Always empty: the house has no forum").asks(PAGES),
    }
    "/groups" {
        get => groups::index: told("All groups in reach").asks(PAGES),
        post => groups::create: told("A new group").takes(r#"{"group":{"name":"Billing","agents":[1]}}"#).gives(201),
    }
    "/groups/{id}" {
        get => groups::show: told("A group"),
        put => groups::update: told("Changes a group").takes(r#"{"group":{"name":"Invoices"}}"#),
        delete => groups::destroy: told("Deletes a group; its people stay"),
    }
    "/organizations" {
        get => organizations::index: told("All organisations in reach").asks(PAGES),
        post => organizations::create: told("A new organisation").takes(r#"{"organization":{"name":"Acme","domain":"acme.example"}}"#).gives(201),
    }
    "/organizations/{id}" {
        get => organizations::show: told("An organisation"),
        put => organizations::update: told("Changes an organisation").takes(r#"{"organization":{"name":"Acme Labs"}}"#),
        delete => organizations::destroy: told("Deletes an organisation; its people stay"),
    }
    "/organizations/{id}/users" {
        get => users::of_organization: told("The people of an organisation").asks(PAGES),
    }
    "/organizations/{id}/requests" {
        get => tickets::of_organization: told("Tickets of an organisation").asks(PAGES),
    }
    "/user_fields" {
        get => user_fields::index: told("All custom fields of people"),
    }
    "/user_fields/active" {
        get => user_fields::active: told("Custom fields that are in use"),
    }
    "/user_fields/{id}" {
        get => user_fields::show: told("A custom field"),
        delete => user_fields::destroy: told("Retires a custom field; what was written in it stays"),
    }
    "/system_log" {
        get => system_log::index: told("The history, newest first").asks(LOG),
    }
} }
