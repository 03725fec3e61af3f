//! FreeScout's envelope for what goes wrong (contract, 2.4).
use crate::api::Fault;
use crate::domain::Error;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde_json::{Value, json};

pub fn answer(fault: &Fault) -> HttpResponse {
    if let Fault::Stranger = fault {
        return HttpResponse::Unauthorized().json(json!({ "message": "Not Authorized" }));
    }
    let status = match fault.status() {
        // Its clients know no other status for a field at fault.
        StatusCode::UNPROCESSABLE_ENTITY => StatusCode::BAD_REQUEST,
        status => status,
    };
    let fields = fault.fields();
    let message = match fault {
        Fault::Refused(Error::NotFound) | Fault::Route => "Not Found".to_owned(),
        _ if !fields.is_empty() => "Error occurred".to_owned(),
        other => other.message(),
    };
    let errors: Vec<Value> = fields.into_iter().map(|(field, message)| told(fault, &field, message)).collect();
    HttpResponse::build(status).json(json!({ "message": message, "_embedded": { "errors": errors } }))
}

fn told(fault: &Fault, field: &str, message: String) -> Value {
    let taken = matches!(fault, Fault::Refused(Error::Conflict(_)));
    let message = match field {
        "email" if taken => "User with such email already exists".to_owned(),
        _ => message,
    };
    json!({ "path": path(field), "message": message, "source": "JSON" })
}

/// Our name of a field as its clients write it.
fn path(field: &str) -> String {
    match field {
        "title" => return "jobTitle".into(),
        "successor" | "assignee" => return "assignTo".into(),
        _ => {}
    }
    let mut words = field.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |whole, word| {
        let mut letters = word.chars();
        let capital = letters.next().map(|c| c.to_ascii_uppercase()).into_iter().collect::<String>();
        whole + &capital + letters.as_str()
    })
}
