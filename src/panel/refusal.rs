//! What goes wrong, as a page in the reader's language; for a fragment, as a notice in the page they are on.
use super::view::View;
use super::visit::Visit;
use crate::domain::Error;
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::UrlencodedError;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, HttpResponse, ResponseError, web};
use askama::Template;

pub type Answer = Result<HttpResponse, Refusal>;

/// An error on its way out of a handler.
#[derive(Debug)]
pub struct Refusal(pub Error);

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl ResponseError for Refusal {
    fn status_code(&self) -> StatusCode {
        match &self.0 {
            Error::NotFound => StatusCode::NOT_FOUND,
            Error::Forbidden(_) => StatusCode::FORBIDDEN,
            Error::Stale | Error::Conflict(_) => StatusCode::CONFLICT,
            Error::Malformed(_) => StatusCode::BAD_REQUEST,
            Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Error::Busy { .. } => StatusCode::TOO_MANY_REQUESTS,
            Error::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::new(self.status_code());
        if let Error::Busy { retry_after } = self.0 {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(retry_after));
        }
        response
    }
}

/// Somebody must sign in first; becomes a redirect.
#[derive(Debug)]
pub struct SignInFirst;

impl std::fmt::Display for SignInFirst {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("not signed in")
    }
}

impl ResponseError for SignInFirst {
    fn status_code(&self) -> StatusCode {
        StatusCode::UNAUTHORIZED
    }
}

/// Forms are bounded, and a malformed one is refused in our own words.
pub fn form_limits(cfg: &mut web::ServiceConfig) {
    let form = web::FormConfig::default().limit(512 * 1024).error_handler(|error, _| {
        let status = match error {
            UrlencodedError::Overflow { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            UrlencodedError::ContentType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            _ => StatusCode::BAD_REQUEST,
        };
        actix_web::error::InternalError::new("unreadable form", status).into()
    });
    let path = web::PathConfig::default().error_handler(|_, _| Refusal(Error::NotFound).into());
    cfg.app_data(form).app_data(path);
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage<'a> {
    v: &'a View,
    status: u16,
    heading: String,
    advice: String,
}

#[derive(Template)]
#[template(path = "parts/refused.html")]
struct Notice<'a> {
    v: &'a View,
    heading: String,
    advice: String,
}

/// Gives every refusal without a body of its own a page or a notice.
pub async fn pages_for_errors(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let stranger = View::of_stranger(req.request());
    let response = next.call(req).await?.map_into_boxed_body();
    let bare = response.response().error().is_some() || matches!(response.response().body().size(), BodySize::Sized(0));
    if response.status().as_u16() < 400 || !bare {
        return Ok(response);
    }
    let visit = response.request().extensions().get::<Visit>().cloned();
    let view = visit.map_or(stranger, |visit| visit.view.clone());
    let mut dressed = dress(&response, &view);
    for name in [header::RETRY_AFTER, header::ALLOW] {
        if let Some(value) = response.headers().get(&name) {
            dressed.headers_mut().insert(name, value.clone());
        }
    }
    for cookie in response.response().cookies() {
        dressed.add_cookie(&cookie)?;
    }
    Ok(response.into_response(dressed))
}

fn dress(response: &ServiceResponse<BoxBody>, view: &View) -> HttpResponse {
    let error = response.response().error();
    if error.is_some_and(|e| e.as_error::<SignInFirst>().is_some()) {
        return sign_in_first(response, view);
    }
    let refusal = error.and_then(|e| e.as_error::<Refusal>());
    if let Some(Refusal(Error::Broken(cause))) = refusal {
        tracing::error!(request = %view.request, cause = %cause, "a request failed");
    } else if response.status().is_server_error() {
        tracing::error!(request = %view.request, cause = ?error, "a request failed");
    }
    let status = response.status();
    let (heading, advice) = wording(status, refusal.map(|refusal| &refusal.0), view);
    let html = match view.htmx {
        true => Notice { v: view, heading, advice }.render(),
        false => ErrorPage { v: view, status: status.as_u16(), heading, advice }.render(),
    };
    let mut answer = HttpResponse::build(status);
    answer.content_type("text/html; charset=utf-8").insert_header((header::CACHE_CONTROL, "no-store"));
    if view.htmx {
        // The page they are on, and all they typed, stays.
        answer.insert_header(("HX-Retarget", "#notices")).insert_header(("HX-Reswap", "innerHTML"));
    }
    match html {
        Ok(html) => answer.body(html),
        Err(e) => {
            tracing::error!(cause = %e, "the error page did not render");
            HttpResponse::InternalServerError().content_type("text/plain").body("Rollcall could not answer.")
        }
    }
}

fn wording(status: StatusCode, error: Option<&Error>, view: &View) -> (String, String) {
    let heading = view.t(match status.as_u16() {
        401 | 403 => "error.forbidden",
        404 => "error.not_found",
        405 => "error.method",
        409 => "error.stale",
        413 => "error.too_large",
        415 => "error.media_type",
        429 => "error.busy",
        400..500 => "error.malformed",
        _ => "error.broken",
    });
    let advice = match error {
        Some(Error::Forbidden(key) | Error::Malformed(key)) => view.t(key),
        Some(Error::Invalid(fields) | Error::Conflict(fields)) => {
            fields.iter().map(|(_, key)| view.t(key)).collect::<Vec<_>>().join(" ")
        }
        Some(Error::Busy { retry_after }) => view.count("error.busy_advice", retry_after.div_ceil(60).cast_signed()),
        _ => match status.as_u16() {
            404 => view.t("error.not_found_advice"),
            413 => view.t("error.too_large_advice"),
            500.. => view.t("error.broken_advice"),
            _ => view.t("error.malformed_advice"),
        },
    };
    (heading, advice)
}

/// A page comes back after the sign-in; a form cannot be sent again, so the page it was on comes back.
fn sign_in_first(response: &ServiceResponse<BoxBody>, view: &View) -> HttpResponse {
    let to = format!("/login?{}", super::query::pairs(&[("next", &view.here)]));
    if view.htmx {
        return HttpResponse::build(response.status()).insert_header(("HX-Redirect", to)).finish();
    }
    HttpResponse::SeeOther().insert_header((header::LOCATION, to)).finish()
}
