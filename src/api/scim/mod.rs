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
use crate::domain::manual::{Doc, Param, integer, text, told};
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

const ATTRIBUTES: &[Param] = &[
    text("attributes", "only these, with commas between"),
    text("excludedAttributes", "all but these, with commas between"),
];
const LISTS: &[Param] = &[
    text("filter", "such as userName eq \"ada\""),
    text("sortBy", "an attribute"),
    text("sortOrder", "ascending or descending"),
    integer("startIndex", "from 1"),
    integer("count", "at most 1,000"),
    text("cursor", "blank for the first page"),
    text("attributes", "only these, with commas between"),
    text("excludedAttributes", "all but these, with commas between"),
];

const NO_ME: Doc = told("Not offered: a key is nobody's own").gives(501);
const SEARCH: &str = r#"{"schemas":["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],"filter":"userName sw \"a\"","startIndex":1,"count":10}"#;
const SOMEBODY: &str = r#"{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"ada@example.org","displayName":"Ada Marsh","name":{"givenName":"Ada","familyName":"Marsh"},"emails":[{"value":"ada@example.org","type":"work","primary":true}],"active":true}"#;
const GROUP: &str =
    r#"{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"displayName":"Billing","members":[{"value":"1"}]}"#;

table! { Scim, "/scim/v2" {
    "/" {
        get => discovery::root: told("Not offered: search with POST /.search").gives(501),
    }
    "/ServiceProviderConfig" {
        get => discovery::config: told("What the server can do"),
    }
    "/ResourceTypes" {
        get => discovery::types: told("Kinds of resources"),
    }
    "/ResourceTypes/{kind}" {
        get => discovery::one_type: told("A kind of resource"),
    }
    "/Schemas" {
        get => discovery::schemas: told("The attributes of all kinds"),
    }
    "/Schemas/{urn}" {
        get => discovery::one_schema: told("The attributes of a schema, by its URN"),
    }
    "/Me" {
        get => discovery::me: NO_ME,
        post => discovery::me: NO_ME,
        put => discovery::me: NO_ME,
        patch => discovery::me: NO_ME,
        delete => discovery::me: NO_ME,
    }
    "/.search" {
        post => search: told("Users and groups that match").takes(SEARCH),
    }
    "/Bulk" {
        post => bulk::create: told("Many operations in one request").takes(r#"{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"failOnErrors":1,"Operations":[{"method":"DELETE","path":"/Users/2"}]}"#),
    }
    "/Users/.search" {
        post => users::search: told("Those that match").takes(SEARCH),
    }
    "/Users" {
        get => users::index: told("Users that match, page by page").asks(LISTS),
        post => users::create: told("Somebody new").asks(ATTRIBUTES).takes(SOMEBODY).gives(201),
    }
    "/Users/{id}" {
        get => users::show: told("Somebody").asks(ATTRIBUTES),
        put => users::replace: told("Somebody as a whole").asks(ATTRIBUTES).takes(SOMEBODY),
        patch => users::update: told("Changes parts of somebody").asks(ATTRIBUTES).takes(r#"{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"replace","path":"title","value":"Lead"}]}"#),
        delete => users::destroy: told("Deletes somebody").gives(204),
    }
    "/Groups/.search" {
        post => groups::search: told("Those that match").takes(SEARCH),
    }
    "/Groups" {
        get => groups::index: told("Groups that match, page by page").asks(LISTS),
        post => groups::create: told("A new group").asks(ATTRIBUTES).takes(GROUP).gives(201),
    }
    "/Groups/{id}" {
        get => groups::show: told("A group").asks(ATTRIBUTES),
        put => groups::replace: told("A group as a whole").asks(ATTRIBUTES).takes(GROUP),
        patch => groups::update: told("Changes parts of a group").asks(ATTRIBUTES).takes(r#"{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"add","path":"members","value":[{"value":"1"}]}]}"#),
        delete => groups::destroy: told("Deletes a group; its people stay").gives(204),
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
    Ok(call.given()?.into())
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
