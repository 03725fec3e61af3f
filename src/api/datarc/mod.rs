//! datarc's accounts: everybody the house knows.
mod accounts;
mod batches;
mod error;
mod projects;
mod translate;
mod wire;

use super::{Api, Fault, table};
use crate::actions::credentials::Shown;
use crate::actions::doors::Doors;
use crate::domain::Time;
use crate::domain::key::Dialect;
use crate::domain::manual::{integer, text, told};
use actix_web::http::{StatusCode, header};

use actix_web::{HttpRequest, HttpResponse};

pub struct Datarc;

impl Api for Datarc {
    const DIALECT: Dialect = Dialect::Datarc;

    /// With its last slash and without (contract, 1).
    fn spellings(path: &str) -> Vec<String> {
        vec![format!("{path}/"), path.to_owned()]
    }

    /// The key as it is, or behind `Bearer` (contract, 2).
    fn shown(request: &HttpRequest) -> Option<Shown> {
        let value = request.headers().get(header::AUTHORIZATION)?.to_str().ok()?.trim();
        let secret = match value.split_once(' ') {
            Some((scheme, key)) if scheme.eq_ignore_ascii_case("bearer") => key.trim(),
            _ => value,
        };
        Some(Shown::Key { secret: secret.to_owned(), login: None })
    }

    fn refuse(fault: &Fault, _: Time) -> HttpResponse {
        error::answer(fault)
    }

    fn adjust(doors: &Doors, _: &HttpRequest, answer: &mut HttpResponse) {
        if doors.always_ok && !answer.status().is_success() {
            *answer.status_mut() = StatusCode::OK;
        }
    }
}

table! { Datarc, "/openapi/v1/accounts" {
    "" {
        get => accounts::index: told("Everybody in reach").asks(&[text("q", "words to find"), integer("offset", "so many are skipped"), integer("limit", "so many at most")]),
        post => accounts::create: told("Somebody new").takes(r#"{"email":"ada@example.org","nickname":"Ada","password":"seven-green-umbrellas"}"#),
    }
    "/create-accounts" {
        post => batches::create: told("Several at once, or none").takes(r#"{"accounts":[{"email":"ada@example.org","nickname":"Ada"}]}"#),
    }
    "/update-accounts" {
        put => batches::update: told("Changes several, or none").takes(r#"{"accounts":[{"uid":"00000000-0000-4000-8000-000000000000","nickname":"Ada"}]}"#),
    }
    "/delete-accounts" {
        delete => batches::destroy: told("Deletes several; unknown ones are passed over").takes(r#"{"accountUids":["00000000-0000-4000-8000-000000000000"]}"#),
        post => batches::destroy: told("Deletes several; unknown ones are passed over").takes(r#"{"accountUids":["00000000-0000-4000-8000-000000000000"]}"#),
    }
    "/fetch" {
        post => accounts::fetch: told("Somebody by username, e-mail or phone").takes(r#"{"username":"ada@example.org"}"#),
    }
    "/{uid}" {
        get => accounts::show: told("Somebody"),
        put => accounts::update: told("Changes somebody; what is not sent stays").takes(r#"{"nickname":"Ada"}"#),
        delete => accounts::destroy: told("Deletes somebody"),
    }
    "/{uid}/projects" {
        get => projects::index: told("The workspaces of somebody, as projects"),
    }
} }
