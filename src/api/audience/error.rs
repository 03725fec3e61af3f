//! Audience Manager's envelope for what goes wrong (contract, 3.4 and 4).
use crate::api::Fault;
use crate::domain::Error;
use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use serde_json::json;

const BAD_TOKEN: &str = "Bearer realm=\"oauth\", error=\"invalid_token\", error_description=\"Access token expired\"";

pub fn answer(fault: &Fault) -> HttpResponse {
    let status = match fault {
        Fault::Refused(Error::Conflict(_) | Error::Forbidden("forbidden.last_admin")) => StatusCode::CONFLICT,
        Fault::Refused(Error::Forbidden("forbidden.deleting_yourself")) => StatusCode::CONFLICT,
        Fault::Refused(Error::Invalid(_)) => StatusCode::BAD_REQUEST,
        other => other.status(),
    };
    if let Fault::Stranger = fault {
        let body = json!({ "error": "invalid_token", "error_description": "The access token is missing or over." });
        return HttpResponse::build(status).insert_header((header::WWW_AUTHENTICATE, BAD_TOKEN)).json(body);
    }
    let code = match status {
        StatusCode::BAD_REQUEST | StatusCode::PAYLOAD_TOO_LARGE => "invalid_request",
        StatusCode::FORBIDDEN => "access_denied",
        StatusCode::NOT_FOUND => "not_found",
        StatusCode::CONFLICT => "conflict",
        StatusCode::METHOD_NOT_ALLOWED => "method_not_allowed",
        StatusCode::TOO_MANY_REQUESTS => "too_many_requests",
        _ => "server_error",
    };
    let fields = fault.fields().into_iter().map(|(name, said)| format!("{}: {said}", key(&name)));
    let told = fields.collect::<Vec<_>>().join(" ");
    let told = if told.is_empty() { fault.message() } else { told };
    HttpResponse::build(status).json(json!({ "error": code, "error_description": told }))
}

/// Our name of a field as its clients write it.
fn key(field: &str) -> &str {
    match field {
        "first_name" | "name" => "firstName",
        "last_name" => "lastName",
        "phone" => "phoneNumber",
        "current" => "oldPassword",
        "password" => "newPassword",
        "members" => "users",
        other => other,
    }
}
