//! SCIM's envelope for what goes wrong (RFC 7644, 3.12; contract, 5).
use crate::api::Fault;
use crate::domain::Error;
use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use serde_json::{Value, json};

pub const MEDIA_TYPE: &str = "application/scim+json";
const SCHEMA: &str = "urn:ietf:params:scim:api:messages:2.0:Error";

fn status(fault: &Fault) -> StatusCode {
    match fault {
        Fault::Refused(Error::Invalid(_)) => StatusCode::BAD_REQUEST,
        Fault::Refused(Error::Conflict(_)) => StatusCode::CONFLICT,
        Fault::Of(_, inner) => status(inner),
        other => other.status(),
    }
}

fn kind(fault: &Fault) -> Option<&'static str> {
    match fault {
        Fault::Coded(code, _) => Some(code),
        Fault::Body(_) => Some("invalidSyntax"),
        Fault::Value { .. } | Fault::Refused(Error::Invalid(_) | Error::Malformed(_)) => Some("invalidValue"),
        Fault::Refused(Error::Conflict(_)) => Some("uniqueness"),
        Fault::Of(_, inner) => kind(inner),
        _ => None,
    }
}

/// As it stands in the answer, and in the answer to one of several operations.
pub fn body(fault: &Fault) -> (StatusCode, Value) {
    let status = status(fault);
    let fields = fault.fields().into_iter().map(|(name, said)| {
        if matches!(fault, Fault::Value { .. }) { format!("{name} {said}.") } else { format!("{}: {said}", key(&name)) }
    });
    let told = fields.collect::<Vec<_>>().join(" ");
    let detail = if told.is_empty() { fault.message() } else { told };
    let mut body = json!({ "schemas": [SCHEMA], "status": status.as_u16().to_string(), "detail": detail });
    if let Some(kind) = kind(fault) {
        body["scimType"] = json!(kind);
    }
    (status, body)
}

pub fn answer(fault: &Fault) -> HttpResponse {
    let (status, body) = body(fault);
    let mut answer = HttpResponse::build(status);
    if let Fault::Stranger = fault {
        answer.insert_header((header::WWW_AUTHENTICATE, "Bearer realm=\"SCIM\""));
    }
    answer.content_type(MEDIA_TYPE).body(body.to_string())
}

/// Our name of a field as SCIM has it.
fn key(field: &str) -> &str {
    match field {
        "username" => "userName",
        "email" => "emails",
        "phone" => "phoneNumbers",
        "name" => "displayName",
        "first_name" => "name.givenName",
        "last_name" => "name.familyName",
        "organisation" => "organization",
        "external_id" => "externalId",
        other => other,
    }
}
