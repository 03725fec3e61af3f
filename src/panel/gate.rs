//! Turns the session into an actor, read afresh for every request.
use super::flash::Flash;
use super::view::View;
use super::visit::Visit;
use crate::actions::{Caller, sessions};
use crate::domain::{Door, Error, PersonId};
use crate::{App, address};
use actix_session::{Session, SessionExt};
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, web};
use tracing_actix_web::RequestId;

/// What the session keeps.
pub const PERSON: &str = "person";
/// The standing it was opened or renewed with.
pub const STANDING: &str = "standing";

/// Puts a [`Visit`] into the request: somebody signed in, or a stranger.
pub async fn who_visits(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let visit = match visit(&req).await {
        Ok(visit) => visit,
        Err(e) => return Ok(req.error_response(super::refusal::Refusal(e))),
    };
    if super::expired::is_over(&req, &visit) {
        return super::expired::answer(req, &visit).await;
    }
    req.extensions_mut().insert(visit);
    Ok(next.call(req).await?.map_into_boxed_body())
}

async fn visit(req: &ServiceRequest) -> Result<Visit, Error> {
    let app = req.app_data::<web::Data<App>>().cloned().ok_or_else(|| Error::broken("no app"))?;
    let session = req.get_session();
    let request = req.extensions().get::<RequestId>().map(ToString::to_string).unwrap_or_default();
    let mut view = View::of_stranger(req.request());
    view.dates.now = app.now();
    view.flash = Flash::of(req.request());
    view.request = request.clone();
    let mut caller = Caller::visitor(Door::Panel, request);
    if let Some(reader) = reader(&app, &caller, &session).await? {
        caller.actor = reader.actor.clone();
        view = view.of_reader(reader);
    }
    Ok(Visit { app, caller, view, session, address: address::of(req.request()), query: req.query_string().to_owned() })
}

async fn reader(app: &web::Data<App>, visitor: &Caller, session: &Session) -> Result<Option<sessions::Reader>, Error> {
    let Some(id) = session.get::<i64>(PERSON).unwrap_or(None) else { return Ok(None) };
    let remembered = session.get::<String>(STANDING).unwrap_or(None);
    let asked = remembered.clone();
    let found = app.read(visitor, move |act| sessions::reader(act, PersonId(id), asked.as_deref())).await?;
    let Some(reader) = found else {
        session.purge();
        return Ok(None);
    };
    if remembered.as_deref() != Some(&reader.standing) {
        // More rights, another key.
        session.renew();
        session.insert(STANDING, &reader.standing).map_err(Error::broken)?;
    }
    Ok(Some(reader))
}
