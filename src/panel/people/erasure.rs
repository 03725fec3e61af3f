//! `/people/{id}/erasure`: as a deletion, but nothing brings it back, and nobody reads what was.
use super::deletion::{Way, again, consent, page, start};
use crate::actions::people::erasure;
use crate::domain::{FieldErrors, PersonId};
use crate::panel::entered::Entered;
use crate::panel::refusal::Answer;
use crate::panel::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::web;

pub async fn new(visit: Visit, id: web::Path<i64>) -> Answer {
    let entered = start(&visit);
    page(&visit, *id, Way::Erasure, StatusCode::OK, &entered, &FieldErrors::default()).await
}

pub async fn create(visit: Visit, id: web::Path<i64>, entered: Entered) -> Answer {
    let (id, form) = (*id, entered.clone());
    let done = visit
        .write(move |act| {
            let consent = consent(act, id, &form)?;
            erasure::create(act, PersonId(id), &consent, form.get("reason"))
        })
        .await;
    match done {
        Ok(_) => visit.go("/erasures", Some("done.erased")),
        Err(e) => again(&visit, id, Way::Erasure, entered, e).await,
    }
}
