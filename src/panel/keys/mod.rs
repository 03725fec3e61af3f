//! `/keys`: with which programs come in. A secret is shown once, in the answer that made it.
pub mod app;
pub mod revocation;
pub mod settings;

use crate::actions::keys::{self, Draft, Owned};
use crate::domain::chat_app::ChatApp;
use crate::domain::key::{Dialect, Key};
use crate::domain::{Error, FieldErrors, Result, Time, Verb};
use crate::panel::entered::Entered;
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use actix_web::http::StatusCode;
use askama::Template;
use std::time::Duration;

#[derive(Template)]
#[template(path = "keys/index.html")]
struct IndexPage<'a> {
    v: &'a View,
    keys: Vec<Owned>,
}

#[derive(Template)]
#[template(path = "keys/form.html")]
struct FormPage<'a> {
    v: &'a View,
    entered: &'a Entered,
    errors: &'a FieldErrors,
}

#[derive(Template)]
#[template(path = "keys/made.html")]
struct MadePage<'a> {
    v: &'a View,
    key: &'a Key,
    secret: &'a str,
}

impl IndexPage<'_> {
    fn has_expired(&self, key: &Key) -> bool {
        key.has_expired(self.v.dates.now)
    }

    /// It works until the day after begins.
    fn last_day(&self, expires_at: &Time) -> String {
        self.v.dates.date(&expires_at.minus(Duration::from_secs(1)))
    }

    fn requests(&self, key: &Key) -> i64 {
        key.uses.of_last_day(self.v.dates.now)
    }
}

pub async fn index(visit: Visit) -> Answer {
    let keys = visit.read(keys::index).await?;
    visit.ok(IndexPage { v: &visit.view, keys }.render())
}

pub async fn new(visit: Visit) -> Answer {
    if !visit.view.can_here(Verb::ManageKeys) {
        return Err(Error::Forbidden("forbidden.role").into());
    }
    let entered = visit.kept().unwrap_or_default();
    form(&visit, StatusCode::OK, &entered, &FieldErrors::default())
}

pub async fn create(visit: Visit, entered: Entered) -> Answer {
    let outcome = match parse(&visit.view, &entered) {
        Ok(draft) => visit.write(move |act| keys::create(act, draft)).await,
        Err(e) => Err(e),
    };
    match outcome {
        Ok((key, secret)) => visit.ok(MadePage { v: &visit.view, key: &key, secret: &secret }.render()),
        Err(e) => {
            let (status, entered, errors) = entered.after(e, None)?;
            form(&visit, status, &entered, &errors)
        }
    }
}

fn parse(view: &View, entered: &Entered) -> Result<Draft> {
    let mut errors = FieldErrors::default();
    let dialect = errors.take("dialect", Dialect::parse(entered.get("dialect")).ok_or("key.dialect"));
    let expires_at = match entered.get("expires") {
        "" => Ok(None),
        raw => view.dates.day_end(raw).map(Some).ok_or("key.no_date"),
    };
    let expires_at = errors.take("expires", expires_at);
    let (Some(dialect), Some(expires_at)) = (dialect, expires_at) else { return Err(Error::Invalid(errors)) };
    let (owner, name) = (entered.get("owner").to_owned(), entered.get("name").to_owned());
    let chat_app = match dialect {
        Dialect::Easemob => {
            Some(ChatApp::parse(entered.get("org"), entered.get("app"), entered.ticked("open_registration"))?)
        }
        _ => None,
    };
    Ok(Draft { dialect, owner, name, read_only: entered.ticked("read_only"), expires_at, chat_app })
}

fn form(visit: &Visit, status: StatusCode, entered: &Entered, errors: &FieldErrors) -> Answer {
    visit.answer(status, FormPage { v: &visit.view, entered, errors }.render())
}
