//! A form that comes when its session is over: whoever signs in goes on with what they had typed.
use super::entered::Entered;
use super::login;
use super::visit::Visit;
use crate::domain::Error;
use actix_web::body::BoxBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, header};
use actix_web::{HttpResponse, web};
use url::form_urlencoded;

/// What a session keeps for the form that is shown again: its page, and the form as it was sent.
pub const KEPT: &str = "kept";
const MOST: usize = 256 * 1024;
/// Pages in front of the sign-in, and secrets: neither is kept.
const GUESTS: [&str; 2] = ["/login", "/setup"];
const SECRETS: [&str; 3] = ["password", "current", "code"];

/// Whether this form was filled by somebody who was signed in when they began.
pub fn is_over(req: &ServiceRequest, visit: &Visit) -> bool {
    let had_session = req.cookie("rollcall").or_else(|| req.cookie("__Host-rollcall")).is_some();
    let kind = req.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    visit.view.reader.is_none()
        && req.method() == Method::POST
        && had_session
        && kind.starts_with("application/x-www-form-urlencoded")
        && !GUESTS.contains(&req.path())
}

/// The sign-in with the form inside; a script is told to send the form as a page instead.
pub async fn answer(mut req: ServiceRequest, visit: &Visit) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    if visit.view.htmx {
        let told = HttpResponse::Unauthorized()
            .insert_header(("HX-Trigger", "expired"))
            .insert_header(("HX-Reswap", "none"))
            .body("expired");
        return Ok(req.into_response(told));
    }
    let body = req.extract::<web::Bytes>().await.unwrap_or_default();
    let kept = if body.len() <= MOST { without_secrets(&body) } else { String::new() };
    let page = login::again(visit, &visit.view.here, &kept);
    Ok(match page {
        Ok(response) => req.into_response(response),
        Err(refusal) => req.error_response(refusal),
    })
}

fn without_secrets(body: &[u8]) -> String {
    let sent = form_urlencoded::parse(body).filter(|(name, _)| !SECRETS.contains(&name.as_ref()));
    form_urlencoded::Serializer::new(String::new()).extend_pairs(sent).finish()
}

impl Visit {
    /// Remembers a form for the page it was on.
    pub fn keep(&self, page: &str, form: &str) -> Result<(), Error> {
        if form.is_empty() || form.len() > MOST {
            return Ok(());
        }
        self.session.insert(KEPT, (page, form)).map_err(Error::broken)
    }

    /// What had been typed on this page before the session ended; given out once.
    pub fn kept(&self) -> Option<Entered> {
        let (page, form) = self.session.get::<(String, String)>(KEPT).unwrap_or(None)?;
        if page != self.view.here {
            return None;
        }
        self.session.remove(KEPT);
        Some(Entered::of(form_urlencoded::parse(form.as_bytes()).into_owned()))
    }
}
