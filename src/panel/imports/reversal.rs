//! `/imports/{id}/reversal`: taking an import back as a whole.
use crate::actions::imports::{self, reversal};
use crate::domain::import::Import;
use crate::panel::entered::Entered;
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use actix_web::web;
use askama::Template;

#[derive(Template)]
#[template(path = "imports/reversal.html")]
struct ReversalPage<'a> {
    v: &'a View,
    import: &'a Import,
}

pub async fn new(visit: Visit, id: web::Path<i64>) -> Answer {
    let id = *id;
    let (import, job) = visit.read(move |act| imports::show(act, id)).await?;
    if !job.is_some_and(|job| reversal::is_due(&import, &job)) {
        return visit.go(&format!("/imports/{id}"), None);
    }
    visit.ok(ReversalPage { v: &visit.view, import: &import }.render())
}

/// A second time it starts nothing.
pub async fn create(visit: Visit, id: web::Path<i64>, entered: Entered) -> Answer {
    let (id, version) = (*id, entered.version()?);
    match visit.write(move |act| reversal::create(act, id, version)).await {
        Ok(job) => visit.go(&format!("/jobs/{job}"), None),
        Err(crate::domain::Error::Stale) => visit.go(&format!("/imports/{id}"), None),
        Err(e) => Err(e.into()),
    }
}
