//! `/keys/{id}/app`: what the app of a key for Easemob allows.
use crate::actions::keys::{self, Owned};
use crate::domain::chat_app::{ChatApp, Rates};
use crate::domain::{Error, FieldErrors};
use crate::panel::entered::Entered;
use crate::panel::refusal::{Answer, Refusal};
use crate::panel::view::View;
use crate::panel::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

#[derive(Template)]
#[template(path = "keys/app.html")]
struct AppPage<'a> {
    v: &'a View,
    id: i64,
    app: &'a ChatApp,
    /// Names and values of the rates, as they were typed.
    rates: [(&'static str, String); 3],
    errors: &'a FieldErrors,
}

const RATES: [&str; 3] = ["rate_users", "rate_tokens", "rate_deletions"];

async fn found(visit: &Visit, id: i64) -> Result<ChatApp, Refusal> {
    let Owned { key, .. } = visit.read(move |act| keys::edit(act, id)).await?;
    Ok(key.chat_app.ok_or(Error::NotFound)?)
}

pub async fn edit(visit: Visit, id: web::Path<i64>) -> Answer {
    let app = found(&visit, *id).await?;
    let Rates { users, tokens, deletions } = app.rates;
    let rates = [users, tokens, deletions].map(|rate| rate.to_string());
    page(&visit, StatusCode::OK, (*id, &app), rates, &FieldErrors::default())
}

pub async fn update(visit: Visit, id: web::Path<i64>, entered: Entered) -> Answer {
    let id = *id;
    let mut app = found(&visit, id).await?;
    app.open_registration = entered.ticked("open_registration");
    app.batch_delete = entered.ticked("batch_delete");
    let typed = RATES.map(|name| entered.get(name).to_owned());
    match Rates::parse(&typed[0], &typed[1], &typed[2]) {
        Ok(rates) => {
            app.rates = rates;
            visit.write(move |act| keys::update_app(act, id, &app)).await?;
            visit.go("/keys", Some("done.chat_app"))
        }
        Err(Error::Invalid(errors)) => page(&visit, StatusCode::UNPROCESSABLE_ENTITY, (id, &app), typed, &errors),
        Err(e) => Err(e.into()),
    }
}

fn page(
    visit: &Visit,
    status: StatusCode,
    (id, app): (i64, &ChatApp),
    values: [String; 3],
    errors: &FieldErrors,
) -> Answer {
    let [users, tokens, deletions] = values;
    let rates = [(RATES[0], users), (RATES[1], tokens), (RATES[2], deletions)];
    visit.answer(status, AppPage { v: &visit.view, id, app, rates, errors }.render())
}
