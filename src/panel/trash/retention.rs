//! `/trash/retention`: for how long what is deleted can be brought back.
use crate::actions::trash;
use crate::domain::{Error, FieldErrors};
use crate::panel::entered::Entered;
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use actix_web::http::StatusCode;
use askama::Template;

#[derive(Template)]
#[template(path = "trash/retention.html")]
struct RetentionPage<'a> {
    v: &'a View,
    days: &'a str,
    errors: &'a FieldErrors,
}

pub async fn edit(visit: Visit) -> Answer {
    let days = visit.read(trash::edit_retention).await?.to_string();
    page(&visit, StatusCode::OK, &days, &FieldErrors::default())
}

pub async fn update(visit: Visit, entered: Entered) -> Answer {
    let typed = entered.get("days").trim().to_owned();
    let days = typed.parse().unwrap_or(-1);
    match visit.write(move |act| trash::set_retention(act, days)).await {
        Ok(()) => visit.go("/trash", Some("done.retention")),
        Err(Error::Invalid(errors)) => page(&visit, StatusCode::UNPROCESSABLE_ENTITY, &typed, &errors),
        Err(e) => Err(e.into()),
    }
}

fn page(visit: &Visit, status: StatusCode, days: &str, errors: &FieldErrors) -> Answer {
    visit.answer(status, RetentionPage { v: &visit.view, days, errors }.render())
}
