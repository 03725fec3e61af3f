//! `/people/{id}/profile`: how staff appear to customers.
use super::show::Head;
use crate::actions::people::profile::{self, Draft};
use crate::domain::{Error, FieldErrors, Person, PersonId};
use crate::panel::entered::Entered;
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

#[derive(Template)]
#[template(path = "people/profile.html")]
struct ProfilePage<'a> {
    v: &'a View,
    person: &'a Person,
    head: Head<'a>,
    entered: &'a Entered,
    errors: &'a FieldErrors,
}

pub async fn edit(visit: Visit, id: web::Path<i64>) -> Answer {
    let id = PersonId(*id);
    let (person, profile) = visit.read(move |act| profile::edit(act, id)).await?;
    let entered = visit.kept().unwrap_or_else(|| {
        Entered::of([("display_name".into(), profile.display_name), ("signature".into(), profile.signature)])
    });
    page(&visit, StatusCode::OK, &person, &entered, &FieldErrors::default())
}

pub async fn update(visit: Visit, id: web::Path<i64>, entered: Entered) -> Answer {
    let id = PersonId(*id);
    let outcome = match Draft::parse(entered.get("display_name"), entered.get("signature")) {
        Ok(draft) => visit.write(move |act| profile::update(act, id, draft)).await,
        Err(e) => Err(e),
    };
    match outcome {
        Ok(_) => visit.go(&format!("/people/{}", id.0), Some("done.profile")),
        Err(Error::Invalid(errors)) => {
            let (person, _) = visit.read(move |act| profile::edit(act, id)).await?;
            page(&visit, StatusCode::UNPROCESSABLE_ENTITY, &person, &entered, &errors)
        }
        Err(e) => Err(e.into()),
    }
}

fn page(visit: &Visit, status: StatusCode, person: &Person, entered: &Entered, errors: &FieldErrors) -> Answer {
    let v = &visit.view;
    visit.answer(status, ProfilePage { v, person, head: Head { v, person, tab: "" }, entered, errors }.render())
}
