//! Turns the session into an actor, read afresh for every request.
use super::visit::Visit;
use super::{address, flash, view::View};
use crate::App;
use crate::actions::{Caller, sessions};
use crate::domain::{Actor, Door, Error, PersonId};
use actix_session::{Session, SessionExt};
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, web};
use tracing_actix_web::RequestId;

/// What the session keeps.
pub const PERSON: &str = "person";
pub const ROLE: &str = "role";

/// Puts a [`Visit`] into the request: somebody signed in, or a stranger.
pub async fn who_visits(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    if !req.path().starts_with("/static/") {
        match visit(&req).await {
            Ok(visit) => drop(req.extensions_mut().insert(visit)),
            Err(e) => return Ok(req.error_response(super::refusal::Refusal(e))),
        }
    }
    Ok(next.call(req).await?.map_into_boxed_body())
}

async fn visit(req: &ServiceRequest) -> Result<Visit, Error> {
    let app = req.app_data::<web::Data<App>>().cloned().ok_or_else(|| Error::broken("no app"))?;
    let session = req.get_session();
    let request = req.extensions().get::<RequestId>().map(ToString::to_string).unwrap_or_default();
    let mut view = View::of_stranger(req.request());
    view.dates.now = app.now();
    view.flash = flash::of(req.request());
    view.request = request.clone();
    let mut caller = Caller { actor: Actor::Visitor, door: Door::Panel, request };
    if let Some(reader) = reader(&app, &caller, &session).await? {
        caller.actor = reader.actor.clone();
        view = view.of_reader(reader);
    }
    Ok(Visit { app, caller, view, session, address: address::of(req.request()), query: req.query_string().to_owned() })
}

async fn reader(app: &App, visitor: &Caller, session: &Session) -> Result<Option<sessions::Reader>, Error> {
    let Some(id) = session.get::<i64>(PERSON).unwrap_or(None) else { return Ok(None) };
    let Some(reader) = app.read(visitor, move |act| sessions::reader(act, PersonId(id))).await? else {
        session.purge();
        return Ok(None);
    };
    let role = reader.person.role.name();
    if session.get::<String>(ROLE).unwrap_or(None).as_deref() != Some(role) {
        // Other rights, another key.
        session.renew();
        session.insert(ROLE, role).map_err(Error::broken)?;
    }
    Ok(Some(reader))
}
