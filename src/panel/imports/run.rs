//! `/imports/{id}/run`: bringing in what was tried.
use crate::actions::imports;
use crate::domain::Error;
use crate::panel::entered::Entered;
use crate::panel::refusal::Answer;
use crate::panel::visit::Visit;
use actix_web::web;

/// A second time it starts nothing.
pub async fn create(visit: Visit, id: web::Path<i64>, entered: Entered) -> Answer {
    let (id, version) = (*id, entered.version()?);
    match visit.write(move |act| imports::start(act, id, version)).await {
        Ok(_) | Err(Error::Stale) => visit.go(&format!("/imports/{id}"), None),
        Err(e) => Err(e.into()),
    }
}
