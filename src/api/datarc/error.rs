//! datarc's envelope for what goes wrong (contract, 3): the number in it is the status, too.
use super::wire::Envelope;
use crate::api::Fault;
use crate::domain::Error;
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde_json::Value;

pub fn answer(fault: &Fault) -> HttpResponse {
    let status = status(fault);
    let fields: Vec<String> =
        fault.fields().into_iter().map(|(name, said)| format!("{}: {said}", key(&name))).collect();
    let errmsg = match fault {
        Fault::Stranger => "The connection key is missing or wrong.".to_owned(),
        other if fields.is_empty() => other.message(),
        _ => fields.join(" "),
    };
    HttpResponse::build(status).json(Envelope { errcode: status.as_u16(), errmsg, data: Some(Value::Null) })
}

fn status(fault: &Fault) -> StatusCode {
    match fault {
        Fault::Of(_, fault) => status(fault),
        Fault::Refused(Error::Conflict(_) | Error::Forbidden("forbidden.last_admin")) => StatusCode::CONFLICT,
        Fault::Refused(Error::Invalid(_)) => StatusCode::BAD_REQUEST,
        other => other.status(),
    }
}

/// Our name of a field as its clients write it.
fn key(field: &str) -> String {
    let (part, name) = field.rsplit_once('.').map_or(("", field), |(part, name)| (part, name));
    let name = match name {
        "name" => "nickname",
        "details" => "desc",
        "kind" => "type",
        other => other,
    };
    if part.is_empty() { name.to_owned() } else { format!("{part}.{name}") }
}
