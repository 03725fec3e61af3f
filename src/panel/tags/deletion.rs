//! `/tags/{id}/deletion`: who loses it, then doing it.
use crate::actions::tags::{self, Counted};
use crate::domain::Error;
use crate::panel::entered::Entered;
use crate::panel::flash::Flash;
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use actix_web::web;
use askama::Template;

#[derive(Template)]
#[template(path = "tags/deletion.html")]
struct DeletionPage<'a> {
    v: &'a View,
    plan: &'a Counted,
}

pub async fn new(visit: Visit, id: web::Path<i64>) -> Answer {
    let id = *id;
    let plan = visit.read(move |act| tags::edit(act, id)).await?;
    visit.ok(DeletionPage { v: &visit.view, plan: &plan }.render())
}

pub async fn create(visit: Visit, id: web::Path<i64>, entered: Entered) -> Answer {
    let (id, shown) = (*id, entered.number("members")?);
    match visit.write(move |act| tags::destroy(act, id, shown)).await {
        Ok(kept) => visit.go_saying("/tags", Some(Flash::new("done.tag_deleted", kept.into_iter().collect()))),
        Err(Error::Stale) => visit.go(&format!("/tags/{id}/deletion"), Some("plan.changed")),
        Err(e) => Err(e.into()),
    }
}
