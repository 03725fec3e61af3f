//! `/people/{id}/password`: one's own, or as an administrator somebody else's.
use super::show::Head;
use crate::actions::people::password::{self, Attempt};
use crate::domain::{Error, FieldErrors, Person, PersonId};
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use askama::Template;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "people/password.html")]
struct PasswordPage<'a> {
    v: &'a View,
    person: &'a Person,
    head: Head<'a>,
    asks_for_old: bool,
    errors: &'a FieldErrors,
}

#[derive(Deserialize)]
pub struct PasswordForm {
    #[serde(default)]
    current: String,
    #[serde(default)]
    password: String,
}

pub async fn edit(visit: Visit, id: web::Path<i64>) -> Answer {
    page(&visit, StatusCode::OK, PersonId(*id), &FieldErrors::default()).await
}

/// Whoever changed their own goes on in a new session; all others of theirs have ended.
pub async fn update(visit: Visit, id: web::Path<i64>, form: web::Form<PasswordForm>, req: HttpRequest) -> Answer {
    let (id, PasswordForm { current, password: new }) = (PersonId(*id), form.into_inner());
    let attempt = Attempt { current, new, address: visit.address };
    match password::update(&visit.app, &visit.caller, id, attempt).await {
        Ok(person) => {
            if visit.view.is_me(&person) {
                crate::panel::login::open(&visit, &person, visit.app.now(), &req).await?;
            }
            visit.go(&format!("/people/{}", id.0), Some("done.password"))
        }
        Err(Error::Invalid(errors)) => page(&visit, StatusCode::UNPROCESSABLE_ENTITY, id, &errors).await,
        Err(e) => Err(e.into()),
    }
}

async fn page(visit: &Visit, status: StatusCode, id: PersonId, errors: &FieldErrors) -> Answer {
    let (person, asks_for_old) = visit.read(move |act| password::edit(act, id)).await?;
    let (v, person) = (&visit.view, &person);
    let head = Head { v, person, tab: "" };
    visit.answer(status, PasswordPage { v, person, head, asks_for_old, errors }.render())
}
