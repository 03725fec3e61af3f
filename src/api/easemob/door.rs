//! Who comes in (contract, 1, 3.3 and 4): the app is looked for first, then the token is read, then requests are
//! counted.
use super::Easemob;
use super::error::NO_APP;
use crate::App;
use crate::actions::credentials::identify;
use crate::actions::{Caller, chat_apps};
use crate::api::{Api, Call, Fault, call};
use crate::domain::key::{Dialect, Key};
use crate::domain::{Actor, Door, Error};
use actix_web::http::Method;
use actix_web::{HttpRequest, web};
use std::sync::Arc;

const USER: &str = "A user token opens nothing here: the admin permission is missing";

pub async fn admit(request: &HttpRequest, body: web::Payload) -> Result<Call, Fault> {
    let app = request.app_data::<web::Data<App>>().cloned().ok_or_else(|| Error::broken("no app"))?;
    let visitor = Caller::visitor(Door::Easemob, call::request_id(request));
    let place = |name: &str| request.match_info().get(name).unwrap_or_default().to_owned();
    let (org, name) = (place("org"), place("app"));
    let found = app.read(&visitor, move |act| chat_apps::find(act, &org, &name)).await?;
    let key = found.ok_or_else(|| {
        let (org, name) = (place("org"), place("app"));
        let rest = request.path().trim_matches('/').split('/').nth(2).unwrap_or_default();
        let told = format!("Could not find application for {org}/{name} from URI: {org}/{name}/{rest}");
        Fault::Coded(NO_APP, told)
    })?;
    let actor = actor(&app, &visitor, &key, request).await?;
    let (what, most) = rate(request, &key);
    app.rates.take(key.id, what, most, app.now())?;
    let mut call = Call::read_in(request, body, app, Caller { actor, ..visitor }).await?;
    call.app_key = Some(key);
    Ok(call)
}

/// The app's owner, by a token of the app; a visitor where none is needed.
async fn actor(app: &Arc<App>, visitor: &Caller, key: &Key, request: &HttpRequest) -> Result<Actor, Fault> {
    let needs_none = request.method() == Method::POST && matches!(of_app(request), Some("token" | "users"));
    let Some(shown) = Easemob::shown(request) else {
        return if needs_none { Ok(Actor::Visitor) } else { Err(Fault::Stranger) };
    };
    let address = crate::address::of(request);
    let found = identify(app, visitor, Dialect::Easemob, shown, address).await.map_err(|error| match error {
        Error::Forbidden(_) => Fault::Stranger,
        other => other.into(),
    })?;
    let actor = found.filter(|actor| actor.key().is_some_and(|grant| grant.key == key.id)).ok_or(Fault::Stranger)?;
    if actor.id() == Some(key.owner) { Ok(actor) } else { Err(Fault::Told(401, USER.into())) }
}

/// What stands behind the names of the app, when that is all.
fn of_app(request: &HttpRequest) -> Option<&str> {
    let mut parts = request.path().trim_matches('/').split('/').skip(2);
    parts.next().filter(|_| parts.next().is_none())
}

fn rate(request: &HttpRequest, key: &Key) -> (&'static str, i32) {
    let rates = key.chat_app.as_ref().map_or(crate::domain::chat_app::USUAL_RATES, |app| app.rates);
    match (request.method(), of_app(request)) {
        (&Method::POST, Some("token")) => ("tokens", rates.tokens),
        (&Method::DELETE, Some("users")) => ("deletions", rates.deletions),
        _ => ("users", rates.users),
    }
}
