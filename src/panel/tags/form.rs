//! `/tags/new` and `/tags/{id}/edit`: name and colour.
use crate::actions::tags::{self, Counted, HUES};
use crate::domain::{Error, FieldErrors, Result, Verb, text};
use crate::panel::entered::Entered;
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

#[derive(Template)]
#[template(path = "tags/form.html")]
struct FormPage<'a> {
    v: &'a View,
    /// Nothing when a new one is made.
    tag: Option<&'a Counted>,
    entered: &'a Entered,
    errors: &'a FieldErrors,
}

pub async fn new(visit: Visit) -> Answer {
    if !visit.view.can_here(Verb::ManageTags) {
        return Err(Error::Forbidden("forbidden.role").into());
    }
    let entered = visit.kept().unwrap_or_default();
    page(&visit, StatusCode::OK, None, &entered, &FieldErrors::default())
}

pub async fn create(visit: Visit, entered: Entered) -> Answer {
    let outcome = match parse(&entered) {
        Ok((name, hue)) => visit.write(move |act| tags::create(act, &name, hue)).await,
        Err(e) => Err(e),
    };
    match outcome {
        Ok(_) => visit.go("/tags", Some("done.tag_created")),
        Err(e) => wrong(&visit, None, &entered, e),
    }
}

pub async fn edit(visit: Visit, id: web::Path<i64>) -> Answer {
    let id = *id;
    let counted = visit.read(move |act| tags::edit(act, id)).await?;
    let tag = &counted.tag;
    let entered = visit.kept().unwrap_or_else(|| {
        Entered::of([
            ("version".into(), tag.version.to_string()),
            ("name".into(), tag.name.clone()),
            ("hue".into(), tag.hue.to_string()),
        ])
    });
    page(&visit, StatusCode::OK, Some(&counted), &entered, &FieldErrors::default())
}

pub async fn update(visit: Visit, id: web::Path<i64>, entered: Entered) -> Answer {
    let (id, version) = (*id, entered.version()?);
    let outcome = match parse(&entered) {
        Ok((name, hue)) => visit.write(move |act| tags::update(act, id, version, name, hue)).await,
        Err(e) => Err(e),
    };
    match outcome {
        Ok(()) => visit.go("/tags", Some("done.edited")),
        Err(e) => {
            let counted = visit.read(move |act| tags::edit(act, id)).await?;
            wrong(&visit, Some(&counted), &entered, e)
        }
    }
}

fn parse(entered: &Entered) -> Result<(String, i16)> {
    let mut errors = FieldErrors::default();
    let name = errors.take("name", text::name(entered.get("name"), 50));
    let hue = match entered.get("hue") {
        "" => Ok(0),
        raw => raw.parse().ok().filter(|hue| (0..=HUES).contains(hue)).ok_or("hue.unknown"),
    };
    let hue = errors.take("hue", hue);
    match (name, hue) {
        (Some(name), Some(hue)) => Ok((name, hue)),
        _ => Err(Error::Invalid(errors)),
    }
}

fn wrong(visit: &Visit, tag: Option<&Counted>, entered: &Entered, error: Error) -> Answer {
    let (status, entered, errors) = entered.after(error, tag.map(|one| one.tag.version))?;
    page(visit, status, tag, &entered, &errors)
}

fn page(visit: &Visit, status: StatusCode, tag: Option<&Counted>, entered: &Entered, errors: &FieldErrors) -> Answer {
    visit.answer(status, FormPage { v: &visit.view, tag, entered, errors }.render())
}

impl FormPage<'_> {
    /// Each colour, and whether it is chosen.
    fn hues(&self) -> Vec<(i64, bool)> {
        let chosen = self.entered.get("hue").parse().unwrap_or(0);
        (0..=HUES.into()).map(|hue| (hue, hue == chosen)).collect()
    }
}
