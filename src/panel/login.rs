//! `/login`: signing in by e-mail, username or phone.
use super::gate::{PERSON, STANDING};
use super::query::{Query, local};
use super::refusal::{Answer, Refusal};
use super::session_store::{ADDRESS, DEVICE, HANDLE, SIGNED_IN_AT};
use super::view::View;
use super::visit::{Guest, Visit};
use crate::actions::sessions::{self, SignedIn};
use crate::actions::{random_code, setup};
use crate::domain::{Error, FieldErrors, Person, Result, Time};
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
    /// A form to go on with after signing in, as it was sent.
    kept: &'a str,
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
    #[serde(default)]
    kept: String,
}

pub async fn new(Guest(visit): Guest) -> Answer {
    let next = Query::parse(&visit.query).get("next").unwrap_or_default().to_owned();
    if visit.view.reader.is_some() {
        return visit.go(local(&next), None);
    }
    if visit.read(setup::is_open).await? {
        return visit.go("/setup", None);
    }
    let page =
        LoginPage { v: &visit.view, login: "", next: &next, kept: "", errors: &FieldErrors::default(), wait: None };
    visit.ok(page.render())
}

pub async fn create(Guest(visit): Guest, form: web::Form<LoginForm>, req: HttpRequest) -> Answer {
    let (app, caller, device) = (&visit.app, &visit.caller, device(&req));
    let outcome = sessions::create(app, caller, &form.login, &form.password, visit.address, &device).await;
    let (status, errors, wait) = match outcome {
        Ok(SignedIn { person, since, must_choose }) => {
            open(&visit, &person, since, &req).await?;
            if must_choose {
                return visit.go(&format!("/people/{}/password", person.id.0), Some("done.choose_password"));
            }
            visit.keep(local(&form.next), &form.kept)?;
            let done = (!form.kept.is_empty()).then_some("done.signed_in_again");
            return visit.go(local(&form.next), done);
        }
        Err(Error::Invalid(errors)) => (StatusCode::UNPROCESSABLE_ENTITY, errors, None),
        Err(Error::Busy { retry_after }) => {
            (StatusCode::TOO_MANY_REQUESTS, FieldErrors::default(), Some(retry_after.div_ceil(60) as i64))
        }
        Err(e) => return Err(e.into()),
    };
    let page =
        LoginPage { v: &visit.view, login: &form.login, next: &form.next, kept: &form.kept, errors: &errors, wait };
    visit.answer(status, page.render())
}

/// The sign-in in the middle of something: `kept` is the form that was sent from the page `next`.
pub fn again(visit: &Visit, next: &str, kept: &str) -> Answer {
    let page = LoginPage { v: &visit.view, login: "", next, kept, errors: &FieldErrors::default(), wait: None };
    visit.answer(StatusCode::UNAUTHORIZED, page.render())
}

/// What the browser says it is, bounded.
fn device(req: &HttpRequest) -> String {
    let said = req.headers().get("user-agent").and_then(|value| value.to_str().ok()).unwrap_or_default();
    said.chars().take(200).collect()
}

/// Gives the visitor a session of their own, under a new key, that counts from `since`.
pub async fn open(visit: &Visit, person: &Person, since: Time, req: &HttpRequest) -> Result<(), Refusal> {
    let (device, id) = (device(req), person.id);
    let Some(reader) = visit.read(move |act| sessions::reader(act, id, None)).await? else {
        return Err(Error::Forbidden("forbidden.role").into());
    };
    let session = &visit.session;
    session.renew();
    let kept = session
        .insert(PERSON, id.0)
        .and_then(|()| session.insert(STANDING, reader.standing))
        .and_then(|()| session.insert(SIGNED_IN_AT, since.micros()))
        .and_then(|()| session.insert(ADDRESS, visit.address.to_string()))
        .and_then(|()| session.insert(HANDLE, random_code()))
        .and_then(|()| session.insert(DEVICE, device));
    kept.map_err(|e| Refusal(Error::broken(e)))
}
