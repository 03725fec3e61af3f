//! `/people/{id}/suspension`: what it ends, then doing or undoing it.
use super::show::Head;
use crate::actions::people::suspension::{self, Plan};
use crate::domain::{Error, FieldErrors, Person, PersonId, text};
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "people/suspension.html")]
struct SuspensionPage<'a> {
    v: &'a View,
    person: &'a Person,
    head: Head<'a>,
    sessions: i64,
    reason: &'a str,
    errors: &'a FieldErrors,
}

#[derive(Deserialize)]
pub struct SuspensionForm {
    #[serde(default)]
    reason: String,
}

pub async fn new(visit: Visit, id: web::Path<i64>) -> Answer {
    let plan = plan(&visit, *id).await?;
    page(&visit, StatusCode::OK, &plan, "", &FieldErrors::default())
}

pub async fn create(visit: Visit, id: web::Path<i64>, form: web::Form<SuspensionForm>) -> Answer {
    let reason = match text::line(&form.reason, 500) {
        Ok(reason) => reason,
        Err(key) => {
            let plan = plan(&visit, *id).await?;
            return page(
                &visit,
                StatusCode::UNPROCESSABLE_ENTITY,
                &plan,
                &form.reason,
                &FieldErrors::one("reason", key),
            );
        }
    };
    let person = PersonId(*id);
    visit.write(move |act| suspension::create(act, person, &reason)).await?;
    visit.go(&format!("/people/{id}"), Some("done.suspended"))
}

pub async fn destroy(visit: Visit, id: web::Path<i64>) -> Answer {
    let person = PersonId(*id);
    visit.write(move |act| suspension::destroy(act, person)).await?;
    visit.go(&format!("/people/{id}"), Some("done.reactivated"))
}

async fn plan(visit: &Visit, id: i64) -> Result<Plan, Error> {
    visit.read(move |act| suspension::plan(act, PersonId(id))).await
}

fn page(visit: &Visit, status: StatusCode, plan: &Plan, reason: &str, errors: &FieldErrors) -> Answer {
    let (v, person) = (&visit.view, &plan.person);
    let head = Head { v, person, tab: "" };
    visit.answer(status, SuspensionPage { v, person, head, sessions: plan.sessions, reason, errors }.render())
}
