//! `/fields/{id}/retirement`: no longer asked for, but nothing lost; and back.
use crate::actions::fields;
use crate::panel::refusal::Answer;
use crate::panel::visit::Visit;
use actix_web::web;

pub async fn create(visit: Visit, id: web::Path<i64>) -> Answer {
    let id = *id;
    visit.write(move |act| fields::retire(act, id, true)).await?;
    visit.go("/fields", Some("done.field_retired"))
}

pub async fn destroy(visit: Visit, id: web::Path<i64>) -> Answer {
    let id = *id;
    visit.write(move |act| fields::retire(act, id, false)).await?;
    visit.go("/fields", Some("done.field_restored"))
}
