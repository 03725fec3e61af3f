//! `/trash/{id}/erasure`: for ever, after saying why.
use crate::actions::trash::{Entry, erasure};
use crate::domain::{Error, FieldErrors};
use crate::panel::entered::Entered;
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

#[derive(Template)]
#[template(path = "trash/erasure.html")]
struct ErasurePage<'a> {
    v: &'a View,
    entry: &'a Entry,
    reason: &'a str,
    errors: &'a FieldErrors,
}

pub async fn new(visit: Visit, id: web::Path<i64>) -> Answer {
    page(&visit, *id, StatusCode::OK, "", &FieldErrors::default()).await
}

pub async fn create(visit: Visit, id: web::Path<i64>, entered: Entered) -> Answer {
    let (id, reason) = (*id, entered.get("reason").to_owned());
    let typed = reason.clone();
    match visit.write(move |act| erasure::create(act, id, &typed)).await {
        Ok(_) => visit.go("/erasures", Some("done.erased")),
        Err(Error::Invalid(errors)) => page(&visit, id, StatusCode::UNPROCESSABLE_ENTITY, &reason, &errors).await,
        Err(e) => Err(e.into()),
    }
}

async fn page(visit: &Visit, id: i64, status: StatusCode, reason: &str, errors: &FieldErrors) -> Answer {
    let entry = visit.read(move |act| erasure::edit(act, id)).await?;
    visit.answer(status, ErasurePage { v: &visit.view, entry: &entry, reason, errors }.render())
}
