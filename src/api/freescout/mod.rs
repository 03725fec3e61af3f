//! FreeScout's API: its users are the house's staff, its mailboxes the house's groups.
mod error;
mod folders;
mod mailboxes;
mod translate;
mod users;
mod wire;

use super::{Api, Fault, table};
use crate::actions::credentials::Shown;
use crate::actions::doors::Doors;
use crate::domain::Time;
use crate::domain::key::Dialect;
use crate::domain::manual::{integer, text, told};
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse};

use base64::{Engine, engine::general_purpose::STANDARD};

pub struct Freescout;

impl Api for Freescout {
    const DIALECT: Dialect = Dialect::Freescout;

    /// The parameter counts before the header, and both before Basic, whose password means nothing.
    fn shown(request: &HttpRequest) -> Option<Shown> {
        let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok().map(str::to_owned));
        let asked = super::call::pairs(request).into_iter().find(|(name, _)| name == "api_key").map(|(_, key)| key);
        let basic = || {
            let authorization = header(header::AUTHORIZATION.as_str())?;
            let (scheme, coded) = authorization.split_once(' ')?;
            let plain = String::from_utf8(STANDARD.decode(coded.trim()).ok()?).ok()?;
            let user = plain.split(':').next()?.to_owned();
            scheme.eq_ignore_ascii_case("basic").then_some(user)
        };
        let secret = asked.or_else(|| header("x-freescout-api-key")).or_else(basic)?;
        Some(Shown::Key { secret, login: None })
    }

    fn refuse(fault: &Fault, _: Time) -> HttpResponse {
        error::answer(fault)
    }

    /// For pages of other hosts in a browser (contract, 2.1).
    fn adjust(doors: &Doors, request: &HttpRequest, answer: &mut HttpResponse) {
        if doors.origins.is_empty() {
            return;
        }
        answer.headers_mut().append(header::VARY, HeaderValue::from_static("Origin"));
        let origin = request.headers().get(header::ORIGIN).and_then(|value| value.to_str().ok());
        let Some(known) = doors.lets_in(origin.unwrap_or_default()) else { return };
        let given = [
            (header::ACCESS_CONTROL_ALLOW_ORIGIN, known),
            (header::ACCESS_CONTROL_ALLOW_HEADERS, "Content-Type,Authorization,X-FreeScout-API-Key"),
            (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, PUT, DELETE, OPTIONS"),
        ];
        for (name, value) in given {
            if let Ok(value) = HeaderValue::from_str(value) {
                answer.headers_mut().insert(name, value);
            }
        }
    }
}

table! { Freescout, "/api" {
    "/users" {
        get => users::index: told("Staff, page by page").asks(&[text("email", "exactly this one"), integer("page", "from 1"), integer("pageSize", "unless said otherwise, 50")]),
        post => users::create: told("A new agent").takes(r#"{"firstName":"Bea","lastName":"Lund","email":"bea@example.org"}"#).gives(201),
    }
    "/users/{id}" {
        get => users::show: told("Somebody of the staff"),
        put => users::update: told("Changes somebody; what is not sent stays").takes(r#"{"jobTitle":"Lead"}"#).gives(204),
        patch => users::update: told("Changes somebody; what is not sent stays").takes(r#"{"jobTitle":"Lead"}"#).gives(204),
        delete => users::destroy: told("Deletes somebody").asks(&[integer("byUserId", "who says so")]).takes(r#"{"byUserId":1}"#).gives(204),
    }
    "/mailboxes" {
        get => mailboxes::index: told("The house's groups, as mailboxes").asks(&[integer("userId", "those of this user"), integer("page", "from 1"), integer("pageSize", "unless said otherwise, 50")]),
    }
    "/mailboxes/{id}/folders" {
        get => folders::index: told("The folders of a mailbox").asks(&[integer("userId", "those of this user"), integer("folderId", "only this one")]),
    }
} }
