//! KF5's envelope for what goes wrong (contract, 6). Its clients take any other status than these for success.
use crate::api::Fault;
use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use serde_json::{Map, Value, json};

pub fn answer(fault: &Fault) -> HttpResponse {
    let status = match fault {
        Fault::TooLarge => StatusCode::BAD_REQUEST,
        Fault::Value { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        other => other.status(),
    };
    let message = match fault {
        Fault::Stranger => "Sign in with an e-mail and a password, or with an e-mail, /token and a key.".to_owned(),
        Fault::TooLarge => "The body is too large.".to_owned(),
        other => other.message(),
    };
    let code = status.canonical_reason().unwrap_or_default().replace(' ', "");
    let mut body = json!({ "error": code, "message": message });
    if status == StatusCode::UNPROCESSABLE_ENTITY {
        body["details"] = details(fault).into();
    }
    let mut answer = super::wire::answer(status, &body);
    if status == StatusCode::UNAUTHORIZED {
        let realm = header::HeaderValue::from_static("Basic realm=\"Rollcall\"");
        answer.headers_mut().insert(header::WWW_AUTHENTICATE, realm);
    }
    answer
}

fn details(fault: &Fault) -> Map<String, Value> {
    let mut details = Map::new();
    for (field, message) in fault.fields() {
        let said = details.entry(key(&field)).or_insert_with(|| json!([]));
        said.as_array_mut().into_iter().for_each(|all| all.push(message.clone().into()));
    }
    details
}

/// Our name of a field as its clients write it.
fn key(field: &str) -> &str {
    match field {
        "organisation" => "organization_id",
        "remark" => "remark_name",
        "display_name" => "agent_display_name",
        "star" => "mark_star",
        "custom_role" => "custom_role_id",
        "into" => "id",
        "domains" => "domain",
        other => other,
    }
}
