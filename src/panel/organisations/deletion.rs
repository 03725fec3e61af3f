//! `/organisations/{id}/deletion`: whom it leaves without one, then doing it.
use crate::actions::organisations::{self, Counted};
use crate::actions::trash::Freed;
use crate::domain::Error;
use crate::panel::entered::Entered;
use crate::panel::flash::Flash;
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use actix_web::web;
use askama::Template;

#[derive(Template)]
#[template(path = "organisations/deletion.html")]
struct DeletionPage<'a> {
    v: &'a View,
    plan: &'a Counted,
    freed: Freed,
}

pub async fn new(visit: Visit, id: web::Path<i64>) -> Answer {
    let id = *id;
    let (plan, freed) = visit.read(move |act| organisations::plan_deletion(act, id)).await?;
    visit.ok(DeletionPage { v: &visit.view, plan: &plan, freed }.render())
}

pub async fn create(visit: Visit, id: web::Path<i64>, entered: Entered) -> Answer {
    let id = *id;
    let shown = Freed { people: entered.number("members")?, tickets: entered.number("tickets")? };
    match visit.write(move |act| organisations::destroy(act, id, shown)).await {
        Ok(kept) => {
            visit.go_saying("/organisations", Some(Flash::new("done.organisation_deleted", kept.into_iter().collect())))
        }
        Err(Error::Stale) => visit.go(&format!("/organisations/{id}/deletion"), Some("plan.changed")),
        Err(e) => Err(e.into()),
    }
}
