//! `/tickets/{id}/comments`: saying something about a ticket.
use super::show::wrong;
use crate::actions::tickets;
use crate::panel::entered::Entered;
use crate::panel::refusal::Answer;
use crate::panel::visit::Visit;
use actix_web::web;

pub async fn create(visit: Visit, id: web::Path<i64>, entered: Entered) -> Answer {
    let (id, is_public, body) = (*id, entered.is("is_public", "yes"), entered.get("body").to_owned());
    match visit.write(move |act| tickets::comment(act, id, is_public, &body)).await {
        Ok(()) => visit.go(&format!("/tickets/{id}"), Some("done.comment")),
        Err(e) => wrong(&visit, id, &entered, e).await,
    }
}
