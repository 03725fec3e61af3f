//! `/organisations/new` and `/organisations/{id}/edit`.
use crate::actions::organisations::{self, Draft};
use crate::domain::{Error, FieldErrors, Organisation, Result, Verb};
use crate::panel::entered::Entered;
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

#[derive(Template)]
#[template(path = "organisations/form.html")]
struct FormPage<'a> {
    v: &'a View,
    /// Nothing when a new one is made.
    organisation: Option<&'a Organisation>,
    entered: &'a Entered,
    errors: &'a FieldErrors,
}

pub async fn new(visit: Visit) -> Answer {
    if !visit.view.can_here(Verb::ManageOrganisations) {
        return Err(Error::Forbidden("forbidden.role").into());
    }
    let entered = visit.kept().unwrap_or_default();
    page(&visit, StatusCode::OK, None, &entered, &FieldErrors::default())
}

pub async fn create(visit: Visit, entered: Entered) -> Answer {
    let outcome = match parse(&entered) {
        Ok(draft) => visit.write(move |act| organisations::create(act, draft)).await,
        Err(e) => Err(e),
    };
    match outcome {
        Ok(id) => visit.go(&format!("/organisations/{id}"), Some("done.organisation_created")),
        Err(e) => wrong(&visit, None, &entered, e),
    }
}

pub async fn edit(visit: Visit, id: web::Path<i64>) -> Answer {
    let id = *id;
    let organisation = visit.read(move |act| organisations::edit(act, id)).await?.organisation;
    let entered = visit.kept().unwrap_or_else(|| {
        Entered::of([
            ("version".into(), organisation.version.to_string()),
            ("name".into(), organisation.name.clone()),
            ("domains".into(), organisation.domains.join("\n")),
            ("description".into(), organisation.description.clone()),
        ])
    });
    page(&visit, StatusCode::OK, Some(&organisation), &entered, &FieldErrors::default())
}

pub async fn update(visit: Visit, id: web::Path<i64>, entered: Entered) -> Answer {
    let (id, version) = (*id, entered.version()?);
    let outcome = match parse(&entered) {
        Ok(draft) => visit.write(move |act| organisations::update(act, id, version, draft)).await,
        Err(e) => Err(e),
    };
    match outcome {
        Ok(()) => visit.go(&format!("/organisations/{id}"), Some("done.edited")),
        Err(e) => {
            let organisation = visit.read(move |act| organisations::edit(act, id)).await?.organisation;
            wrong(&visit, Some(&organisation), &entered, e)
        }
    }
}

fn parse(entered: &Entered) -> Result<Draft> {
    Draft::parse(entered.get("name"), entered.get("domains"), entered.get("description"))
}

fn wrong(visit: &Visit, organisation: Option<&Organisation>, entered: &Entered, error: Error) -> Answer {
    let (status, entered, errors) = entered.after(error, organisation.map(|one| one.version))?;
    page(visit, status, organisation, &entered, &errors)
}

fn page(
    visit: &Visit,
    status: StatusCode,
    organisation: Option<&Organisation>,
    entered: &Entered,
    errors: &FieldErrors,
) -> Answer {
    visit.answer(status, FormPage { v: &visit.view, organisation, entered, errors }.render())
}
