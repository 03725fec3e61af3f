//! `/keys/settings`: what some APIs do differently when told so.
use crate::actions::doors::{self, Doors};
use crate::domain::{Error, FieldErrors};
use crate::panel::entered::Entered;
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use actix_web::http::StatusCode;
use askama::Template;

#[derive(Template)]
#[template(path = "keys/settings.html")]
struct SettingsPage<'a> {
    v: &'a View,
    origins: &'a str,
    always_ok: bool,
    errors: &'a FieldErrors,
}

pub async fn edit(visit: Visit) -> Answer {
    let Doors { origins, always_ok } = visit.read(doors::edit).await?;
    page(&visit, StatusCode::OK, &origins.join("\n"), always_ok, &FieldErrors::default())
}

pub async fn update(visit: Visit, entered: Entered) -> Answer {
    let (typed, always_ok) = (entered.get("origins"), entered.ticked("always_ok"));
    let outcome = match Doors::parse(typed, always_ok) {
        Ok(doors) => visit.write(move |act| doors::update(act, &doors)).await,
        Err(e) => Err(e),
    };
    visit.app.doors.forget();
    match outcome {
        Ok(()) => visit.go("/keys", Some("done.doors")),
        Err(Error::Invalid(errors)) => page(&visit, StatusCode::UNPROCESSABLE_ENTITY, typed, always_ok, &errors),
        Err(e) => Err(e.into()),
    }
}

fn page(visit: &Visit, status: StatusCode, origins: &str, always_ok: bool, errors: &FieldErrors) -> Answer {
    visit.answer(status, SettingsPage { v: &visit.view, origins, always_ok, errors }.render())
}
