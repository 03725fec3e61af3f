//! Easemob's envelope for what goes wrong (contract, 4).
use crate::api::Fault;
use crate::domain::{Error, Time};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde_json::json;

pub const NO_APP: &str = "organization_application_not_found";
pub const NO_ENTITY: &str = "entity_not_found";
pub const FORBIDDEN: &str = "forbidden_op";
pub const ILLEGAL: &str = "illegal_argument";

/// A value that this API refuses.
pub fn illegal(message: impl Into<String>) -> Fault {
    Fault::Coded(ILLEGAL, message.into())
}

fn status(fault: &Fault) -> StatusCode {
    match fault {
        Fault::Coded(NO_APP | NO_ENTITY, _) => StatusCode::NOT_FOUND,
        Fault::Coded(FORBIDDEN, _) => StatusCode::FORBIDDEN,
        Fault::Refused(Error::Invalid(_) | Error::Conflict(_)) => StatusCode::BAD_REQUEST,
        other => other.status(),
    }
}

pub fn answer(fault: &Fault, now: Time) -> HttpResponse {
    let status = status(fault);
    let code = match (fault, status) {
        (Fault::Coded(code, _), _) => code,
        (Fault::Body(_), _) => "json_parse",
        (_, StatusCode::BAD_REQUEST) => ILLEGAL,
        (_, StatusCode::UNAUTHORIZED) => "unauthorized",
        (_, StatusCode::FORBIDDEN) => FORBIDDEN,
        (_, StatusCode::NOT_FOUND) => "service_resource_not_found",
        (_, StatusCode::CONFLICT) => "conflict",
        (_, StatusCode::PAYLOAD_TOO_LARGE) => "Request Entity Too Large",
        (_, StatusCode::TOO_MANY_REQUESTS) => "reach_limit",
        _ => "web_application",
    };
    let description = match (fault, status) {
        (Fault::Stranger, _) => "Unable to authenticate (OAuth)".to_owned(),
        (Fault::Coded(..), _) => fault.message(),
        (_, StatusCode::NOT_FOUND) => "Service resource not found".to_owned(),
        (_, StatusCode::TOO_MANY_REQUESTS) => "This request has reached api limit".to_owned(),
        _ => fault.message(),
    };
    HttpResponse::build(status).json(json!({
        "error": code, "exception": "RollcallException", "timestamp": now.micros() / 1_000, "duration": 0,
        "error_description": description,
    }))
}
