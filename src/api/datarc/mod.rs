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
    "" { get => accounts::index, post => accounts::create }
    "/create-accounts" { post => batches::create }
    "/update-accounts" { put => batches::update }
    "/delete-accounts" { delete => batches::destroy, post => batches::destroy }
    "/fetch" { post => accounts::fetch }
    "/{uid}" { get => accounts::show, put => accounts::update, delete => accounts::destroy }
    "/{uid}/projects" { get => projects::index }
} }
