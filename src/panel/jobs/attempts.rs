//! `/jobs/{id}/attempts`: trying one again that failed.
use super::turned;
use crate::actions::jobs;
use crate::panel::entered::Entered;
use crate::panel::refusal::Answer;
use crate::panel::visit::Visit;
use actix_web::web;

pub async fn create(visit: Visit, id: web::Path<i64>, entered: Entered) -> Answer {
    turned(visit, *id, entered, jobs::retry).await
}
