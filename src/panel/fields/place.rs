//! `/fields/{id}/place`: one up, one down.
use crate::actions::fields;
use crate::domain::Error;
use crate::panel::entered::Entered;
use crate::panel::refusal::Answer;
use crate::panel::visit::Visit;
use actix_web::web;

pub async fn update(visit: Visit, id: web::Path<i64>, entered: Entered) -> Answer {
    let up = match entered.get("to") {
        "up" => true,
        "down" => false,
        _ => return Err(Error::Malformed("error.malformed_advice").into()),
    };
    let id = *id;
    visit.write(move |act| fields::shift(act, id, up)).await?;
    visit.go("/fields", None)
}
