//! `/groups/new` and `/groups/{id}/edit`.
use crate::actions::groups::{self, Draft};
use crate::domain::{Error, FieldErrors, Group, Result, Verb};
use crate::panel::entered::Entered;
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

#[derive(Template)]
#[template(path = "groups/form.html")]
struct FormPage<'a> {
    v: &'a View,
    /// Nothing when a new one is made.
    group: Option<&'a Group>,
    entered: &'a Entered,
    errors: &'a FieldErrors,
}

pub async fn new(visit: Visit) -> Answer {
    if !visit.view.can_here(Verb::ManageGroups) {
        return Err(Error::Forbidden("forbidden.role").into());
    }
    let entered = visit.kept().unwrap_or_default();
    page(&visit, StatusCode::OK, None, &entered, &FieldErrors::default())
}

pub async fn create(visit: Visit, entered: Entered) -> Answer {
    let outcome = match parse(&entered) {
        Ok(draft) => visit.write(move |act| groups::create(act, draft)).await,
        Err(e) => Err(e),
    };
    match outcome {
        Ok(id) => visit.go(&format!("/groups/{id}"), Some("done.group_created")),
        Err(e) => wrong(&visit, None, &entered, e),
    }
}

pub async fn edit(visit: Visit, id: web::Path<i64>) -> Answer {
    let id = *id;
    let group = visit.read(move |act| groups::edit(act, id)).await?;
    let entered = visit.kept().unwrap_or_else(|| {
        Entered::of([
            ("version".into(), group.version.to_string()),
            ("name".into(), group.name.clone()),
            ("description".into(), group.description.clone()),
        ])
    });
    page(&visit, StatusCode::OK, Some(&group), &entered, &FieldErrors::default())
}

pub async fn update(visit: Visit, id: web::Path<i64>, entered: Entered) -> Answer {
    let (id, version) = (*id, entered.version()?);
    let outcome = match parse(&entered) {
        Ok(draft) => visit.write(move |act| groups::update(act, id, version, draft)).await,
        Err(e) => Err(e),
    };
    match outcome {
        Ok(()) => visit.go(&format!("/groups/{id}"), Some("done.edited")),
        Err(e) => {
            let group = visit.read(move |act| groups::edit(act, id)).await?;
            wrong(&visit, Some(&group), &entered, e)
        }
    }
}

fn parse(entered: &Entered) -> Result<Draft> {
    Draft::parse(entered.get("name"), entered.get("description"))
}

fn wrong(visit: &Visit, group: Option<&Group>, entered: &Entered, error: Error) -> Answer {
    let (status, entered, errors) = entered.after(error, group.map(|one| one.version))?;
    page(visit, status, group, &entered, &errors)
}

fn page(visit: &Visit, status: StatusCode, group: Option<&Group>, entered: &Entered, errors: &FieldErrors) -> Answer {
    visit.answer(status, FormPage { v: &visit.view, group, entered, errors }.render())
}
