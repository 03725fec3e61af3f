//! `/login`: signing in by e-mail, username or phone.
use super::gate::{PERSON, ROLE};
use super::query::Query;
use super::refusal::{Answer, Refusal};
use super::session_store::{ADDRESS, DEVICE, SIGNED_IN_AT};
use super::view::View;
use super::visit::{Guest, Visit};
use crate::actions::{self, setup};
use crate::domain::{Error, FieldErrors, Person, Result};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use askama::Template;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "login.html")]
struct LoginPage<'a> {
    v: &'a View,
    login: &'a str,
    next: &'a str,
    errors: &'a FieldErrors,
    /// Minutes to wait after too many wrong guesses.
    wait: Option<i64>,
}

#[derive(Deserialize)]
pub struct LoginForm {
    #[serde(default)]
    login: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    next: String,
}

pub async fn new(Guest(visit): Guest) -> Answer {
    let next = Query::parse(&visit.query).get("next").unwrap_or_default().to_owned();
    if visit.view.reader.is_some() {
        return visit.go(local(&next), None);
    }
    if visit.read(setup::is_open).await? {
        return visit.go("/setup", None);
    }
    let page = LoginPage { v: &visit.view, login: "", next: &next, errors: &FieldErrors::default(), wait: None };
    visit.ok(page.render())
}

pub async fn create(Guest(visit): Guest, form: web::Form<LoginForm>, req: HttpRequest) -> Answer {
    let outcome =
        actions::sessions::create(&visit.app, &visit.caller, &form.login, &form.password, visit.address).await;
    let (status, errors, wait) = match outcome {
        Ok(person) => {
            open(&visit, &person, &req)?;
            return visit.go(local(&form.next), None);
        }
        Err(Error::Invalid(errors)) => (StatusCode::UNPROCESSABLE_ENTITY, errors, None),
        Err(Error::Busy { retry_after }) => {
            (StatusCode::TOO_MANY_REQUESTS, FieldErrors::default(), Some(retry_after.div_ceil(60) as i64))
        }
        Err(e) => return Err(e.into()),
    };
    let page = LoginPage { v: &visit.view, login: &form.login, next: &form.next, errors: &errors, wait };
    visit.answer(status, page.render())
}

/// Gives the visitor a session of their own, under a new key.
pub fn open(visit: &Visit, person: &Person, req: &HttpRequest) -> Result<(), Refusal> {
    let device = req.headers().get("user-agent").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let device: String = device.chars().take(200).collect();
    let session = &visit.session;
    session.renew();
    let kept = session
        .insert(PERSON, person.id.0)
        .and_then(|()| session.insert(ROLE, person.role.name()))
        .and_then(|()| session.insert(SIGNED_IN_AT, visit.app.now().micros()))
        .and_then(|()| session.insert(ADDRESS, visit.address.to_string()))
        .and_then(|()| session.insert(DEVICE, device));
    kept.map_err(|e| Refusal(Error::broken(e)))
}

/// Only a path of this house is gone to; browsers read `//` and `/\` as another host.
fn local(next: &str) -> &str {
    let path = next.starts_with('/') && !next.starts_with("//") && !next.contains(['\\', '\r', '\n', '\t']);
    if path { next } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn a_sign_in_leads_nowhere_else() {
        assert_eq!(local("/people?q=a"), "/people?q=a");
        for next in
            ["", "https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/\t/evil.example"]
        {
            assert_eq!(local(next), "/", "{next:?}");
        }
    }
}
