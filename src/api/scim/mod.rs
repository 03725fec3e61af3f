//! SCIM 2.0 (RFC 7643, 7644 and 9865): people as users, and groups, for identity providers.
mod attributes;
mod bulk;
mod conditions;
mod cursor;
mod discovery;
mod elements;
mod error;
mod filter;
mod given;
mod grammar;
mod groups;
mod list;
mod patch;
mod path;
mod references;
mod schema;
mod select;
mod users;
mod versions;

use super::{Answer, Api, Call, Fault, table};
use crate::actions::credentials::Shown;
use crate::domain::Time;
use crate::domain::key::Dialect;
use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse};
use schema::{Document, Type};
use select::Select;
use serde_json::{Map, Value};

pub struct Scim;

impl Api for Scim {
    const DIALECT: Dialect = Dialect::Scim;

    fn spellings(path: &str) -> Vec<String> {
        let slashed = (path != "/").then(|| format!("{path}/"));
        [path.to_owned()].into_iter().chain(slashed).collect()
    }

    fn shown(request: &HttpRequest) -> Option<Shown> {
        let (scheme, token) = request.headers().get(header::AUTHORIZATION)?.to_str().ok()?.trim().split_once(' ')?;
        let secret = token.trim().to_owned();
        scheme.eq_ignore_ascii_case("bearer").then_some(Shown::Key { secret, login: None })
    }

    fn refuse(fault: &Fault, _: Time) -> HttpResponse {
        error::answer(fault)
    }
}

table! { Scim, "/scim/v2" {
    "/" { get => discovery::root }
    "/ServiceProviderConfig" { get => discovery::config }
    "/ResourceTypes" { get => discovery::types }
    "/ResourceTypes/{id}" { get => discovery::one_type }
    "/Schemas" { get => discovery::schemas }
    "/Schemas/{id}" { get => discovery::one_schema }
    "/Me" {
        get => discovery::me, post => discovery::me, put => discovery::me, patch => discovery::me,
        delete => discovery::me
    }
    "/.search" { post => search }
    "/Bulk" { post => bulk::create }
    "/Users/.search" { post => users::search }
    "/Users" { get => users::index, post => users::create }
    "/Users/{id}" {
        get => users::show, put => users::replace, patch => users::update, delete => users::destroy
    }
    "/Groups/.search" { post => groups::search }
    "/Groups" { get => groups::index, post => groups::create }
    "/Groups/{id}" {
        get => groups::show, put => groups::replace, patch => groups::update, delete => groups::destroy
    }
} }

async fn search(call: Call) -> Answer {
    list::search_all(&call, list::Query::sent(&object(&call)?)?).await
}

/// Where the resources of this server begin.
fn base(call: &Call) -> String {
    format!("{}/scim/v2", call.origin)
}

fn object(call: &Call) -> Result<Map<String, Value>, Fault> {
    match serde_json::from_slice(call.body()) {
        Ok(Value::Object(map)) => Ok(map),
        Ok(_) => Err(Fault::Body("The body must be a JSON object.".into())),
        Err(e) => Err(Fault::Body(format!("The body is no JSON: {e}."))),
    }
}

fn select_of(call: &Call) -> Result<Select, Fault> {
    let named = |wanted: &str| -> Vec<String> {
        let found = call.query().iter().filter(|(name, _)| name.eq_ignore_ascii_case(wanted));
        found.map(|(_, value)| value.clone()).collect()
    };
    Select::parse(&named("attributes"), &named("excludedAttributes"))
}

fn answer(status: StatusCode, body: &Value, version: Option<&str>) -> Answer {
    let mut answer = HttpResponse::build(status);
    if let Some(version) = version {
        answer.insert_header((header::ETAG, version));
    }
    Ok(answer.content_type(error::MEDIA_TYPE).body(body.to_string()))
}

/// One resource with its entity tag; a new one with its address, too.
fn resource(status: StatusCode, kind: &'static Type, document: Document, select: &Select) -> Answer {
    let version = versions::version(&document).to_owned();
    let location = document.get("meta").and_then(|meta| meta["location"].as_str()).map(str::to_owned);
    let mut answer = answer(status, &Value::Object(select.of(kind, document)), Some(&version))?;
    if let Some(location) = location.and_then(|location| header::HeaderValue::from_str(&location).ok()) {
        let name = if status == StatusCode::CREATED { header::LOCATION } else { header::CONTENT_LOCATION };
        answer.headers_mut().insert(name, location);
    }
    Ok(answer)
}
