//! What the server can do (contract, 2.10).
use super::attributes::{SCHEMAS, TYPES};
use super::{answer, base, bulk, cursor, list};
use crate::api::{Answer, Call, Fault};
use crate::domain::Error;
use actix_web::http::StatusCode;
use serde_json::{Value, json};

/// A filter on these is refused, whatever it asks.
fn unfiltered(call: &Call) -> Result<(), Fault> {
    let asked = call.query().iter().any(|(name, _)| name.eq_ignore_ascii_case("filter"));
    if asked { Err(Fault::Told(403, "This list knows no filter.".into())) } else { Ok(()) }
}

fn all(list: Vec<Value>) -> Answer {
    let body = json!({
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"], "totalResults": list.len(),
        "startIndex": 1, "itemsPerPage": list.len(), "Resources": list,
    });
    answer(StatusCode::OK, &body, None)
}

fn one(found: Option<Value>) -> Answer {
    answer(StatusCode::OK, &found.ok_or(Error::NotFound)?, None)
}

pub async fn config(call: Call) -> Answer {
    unfiltered(&call)?;
    let base = base(&call);
    let supported = json!({ "supported": true });
    let body = json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
        "patch": supported,
        "bulk": { "supported": true, "maxOperations": bulk::MOST, "maxPayloadSize": bulk::LARGEST },
        "filter": { "supported": true, "maxResults": list::MOST },
        "changePassword": supported,
        "sort": supported,
        "etag": supported,
        "pagination": { "cursor": true, "index": true, "defaultPaginationMethod": "index",
                        "defaultPageSize": list::USUAL, "maxPageSize": list::MOST,
                        "cursorTimeout": cursor::LIFETIME.as_secs() },
        "authenticationSchemes": [{ "type": "oauthbearertoken", "name": "Bearer token", "primary": true,
            "description": "A key that an administrator makes, behind Bearer",
            "specUri": "https://www.rfc-editor.org/rfc/rfc6750" }],
        "meta": { "resourceType": "ServiceProviderConfig", "location": format!("{base}/ServiceProviderConfig") },
    });
    answer(StatusCode::OK, &body, None)
}

pub async fn types(call: Call) -> Answer {
    unfiltered(&call)?;
    let base = base(&call);
    all(TYPES.iter().map(|kind| kind.told(&base)).collect())
}

pub async fn one_type(call: Call) -> Answer {
    let (base, name) = (base(&call), call.place("kind"));
    one(TYPES.iter().find(|kind| kind.name == name).map(|kind| kind.told(&base)))
}

pub async fn schemas(call: Call) -> Answer {
    unfiltered(&call)?;
    let base = base(&call);
    all(SCHEMAS.iter().map(|schema| schema.told(&base)).collect())
}

pub async fn one_schema(call: Call) -> Answer {
    let (base, urn) = (base(&call), call.place("urn"));
    one(SCHEMAS.iter().find(|schema| schema.urn.eq_ignore_ascii_case(urn)).map(|schema| schema.told(&base)))
}

/// No token stands for a person of its own (contract, 8.13).
pub async fn me(_: Call) -> Answer {
    Err(Fault::Told(501, "A key is nobody's own: ask for /Users/{id}.".into()))
}

pub async fn root(_: Call) -> Answer {
    Err(Fault::Told(501, "Search users and groups together with POST /.search.".into()))
}
