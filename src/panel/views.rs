//! `/views`: lists that people save for themselves.
use super::entered::Entered;
use super::query::Query;
use super::refusal::Answer;
use super::view::View;
use super::visit::Visit;
use crate::actions::views::{self, SavedView};
use crate::domain::{Error, FieldErrors, Result, Verb, text};
use crate::panel::people::ask::Ask;
use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

#[derive(Template)]
#[template(path = "views/form.html")]
struct FormPage<'a> {
    v: &'a View,
    /// Nothing when a new one is saved.
    view: Option<&'a SavedView>,
    typed: &'a str,
    query: &'a str,
    errors: &'a FieldErrors,
}

pub async fn new(visit: Visit) -> Answer {
    if !visit.view.can_here(Verb::List) {
        return Err(Error::Forbidden("forbidden.role").into());
    }
    let query = Query::parse(&visit.query).get("query").unwrap_or_default().to_owned();
    page(&visit, StatusCode::OK, None, "", &query, &FieldErrors::default())
}

pub async fn create(visit: Visit, entered: Entered) -> Answer {
    let query = known(&visit, entered.get("query"));
    let (name, asked) = (name(&entered), query.clone());
    let outcome = match name {
        Ok(name) => visit.write(move |act| views::create(act, &name, &asked)).await,
        Err(e) => Err(e),
    };
    match outcome {
        Ok(_) => visit.go(&format!("/people?{query}"), Some("done.view_saved")),
        Err(e) => wrong(&visit, None, &entered, &query, &e).unwrap_or_else(|| Err(e.into())),
    }
}

pub async fn edit(visit: Visit, id: web::Path<i64>) -> Answer {
    let id = *id;
    let view = visit.read(move |act| views::edit(act, id)).await?;
    page(&visit, StatusCode::OK, Some(&view), &view.name, &view.query, &FieldErrors::default())
}

pub async fn update(visit: Visit, id: web::Path<i64>, entered: Entered) -> Answer {
    let id = *id;
    let query = entered.given("query").map(|raw| known(&visit, raw));
    let outcome = match name(&entered) {
        Ok(name) => visit.write(move |act| views::update(act, id, &name, query.as_deref())).await,
        Err(e) => Err(e),
    };
    match outcome {
        Ok(view) => visit.go(&format!("/people?{}", view.query), Some("done.view_saved")),
        Err(e) => {
            let view = visit.read(move |act| views::edit(act, id)).await?;
            wrong(&visit, Some(&view), &entered, &view.query, &e).unwrap_or_else(|| Err(e.into()))
        }
    }
}

pub async fn destroy(visit: Visit, id: web::Path<i64>) -> Answer {
    let id = *id;
    visit.write(move |act| views::destroy(act, id)).await?;
    visit.go("/people", Some("done.view_deleted"))
}

/// Only what a list can ask for is kept.
fn known(visit: &Visit, raw: &str) -> String {
    let raw: String = raw.chars().take(2_000).collect();
    Ask::parse(&raw, "/people", visit.view.catalogue()).query(&[])
}

fn name(entered: &Entered) -> Result<String> {
    let name = text::line(entered.get("name"), 60).map_err(|key| Error::invalid("name", key))?;
    if name.is_empty() { Err(Error::invalid("name", "name.blank")) } else { Ok(name) }
}

fn wrong(visit: &Visit, view: Option<&SavedView>, entered: &Entered, query: &str, error: &Error) -> Option<Answer> {
    let errors = error.fields()?;
    Some(page(visit, StatusCode::UNPROCESSABLE_ENTITY, view, entered.get("name"), query, errors))
}

fn page(
    visit: &Visit,
    status: StatusCode,
    view: Option<&SavedView>,
    typed: &str,
    query: &str,
    errors: &FieldErrors,
) -> Answer {
    visit.answer(status, FormPage { v: &visit.view, view, typed, query, errors }.render())
}
