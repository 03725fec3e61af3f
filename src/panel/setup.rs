//! `/setup`: the first administrator; closed for ever afterwards.
use super::query::Query;
use super::refusal::Answer;
use super::view::View;
use super::visit::{Guest, Visit};
use crate::actions::{self, setup};
use crate::domain::password::Hash;
use crate::domain::{Error, Field, FieldErrors, Fields, NewPassword, Result, text};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use askama::Template;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "setup.html")]
struct SetupPage<'a> {
    v: &'a View,
    form: &'a SetupForm,
    errors: &'a FieldErrors,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct SetupForm {
    code: String,
    house: String,
    language: String,
    name: String,
    email: String,
    password: String,
}

pub async fn new(Guest(visit): Guest) -> Answer {
    must_be_open(&visit).await?;
    let code = Query::parse(&visit.query).get("code").unwrap_or_default().to_owned();
    let form = SetupForm { code, language: visit.view.language.tag().into(), ..SetupForm::default() };
    visit.ok(SetupPage { v: &visit.view, form: &form, errors: &FieldErrors::default() }.render())
}

pub async fn create(Guest(visit): Guest, form: web::Form<SetupForm>, req: HttpRequest) -> Answer {
    must_be_open(&visit).await?;
    match set_up(&visit, &form).await {
        Ok(person) => {
            super::login::open(&visit, &person, visit.app.now(), &req).await?;
            visit.go("/people", Some("done.set_up"))
        }
        Err(Error::Invalid(errors) | Error::Conflict(errors)) => {
            let page = SetupPage { v: &visit.view, form: &form, errors: &errors };
            visit.answer(StatusCode::UNPROCESSABLE_ENTITY, page.render())
        }
        Err(e) => Err(e.into()),
    }
}

async fn must_be_open(visit: &Visit) -> Result<()> {
    if visit.read(setup::is_open).await? { Ok(()) } else { Err(Error::NotFound) }
}

async fn set_up(visit: &Visit, form: &SetupForm) -> Result<crate::domain::Person> {
    let guess = visit.app.throttle.begin(&format!("setup {}", visit.address), visit.address, visit.app.now())?;
    if !setup::proves(&visit.app, &form.code) {
        return Err(Error::invalid("code", "setup.wrong_code"));
    }
    visit.app.throttle.succeeded(guess);
    let (fields, house, password) = form.parse()?;
    let hash: Hash = visit.app.hashing(move || password.hash()).await??;
    visit.write(move |act| actions::setup::create(act, fields, &house, hash)).await
}

impl SetupForm {
    fn parse(&self) -> Result<(Fields, String, NewPassword)> {
        let mut errors = FieldErrors::default();
        let mut fields = Fields::default();
        for (field, raw) in [(Field::Name, &self.name), (Field::Email, &self.email), (Field::Language, &self.language)]
        {
            if let Err(key) = fields.set(field, raw) {
                errors.add(field.name(), key);
            }
        }
        if fields.name.is_empty() && errors.on("name").is_none() {
            errors.add("name", "name.missing");
        }
        if fields.email.is_none() && errors.on("email").is_none() {
            errors.add("email", "email.missing");
        }
        let house = text::line(&self.house, 60).unwrap_or_else(|key| {
            errors.add("house", key);
            String::new()
        });
        match NewPassword::parse(&self.password, &[&self.name, &self.email, "rollcall"]) {
            Ok(password) => errors.or((fields, house, password)),
            Err(key) => {
                errors.add("password", key);
                Err(Error::Invalid(errors))
            }
        }
    }
}
