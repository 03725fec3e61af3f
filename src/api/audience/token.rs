//! `/oauth/token` (contract, 3.1).
use super::wire::Token;
use crate::actions::Caller;
use crate::actions::tokens::{self, ACCESS, Client, Denied, Ground};
use crate::api::call::request_id;
use crate::domain::key::Dialect;
use crate::domain::{Door, Error};
use crate::{App, address};
use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::json;
use std::collections::HashMap;

/// A form has so many bytes at most.
const LARGEST: usize = 16 * 1024;

type Refusal = (StatusCode, &'static str, String);

pub async fn create(request: HttpRequest, body: web::Payload) -> HttpResponse {
    let mut answer = match made(&request, body).await {
        Ok(token) => HttpResponse::Ok().content_type("application/json;charset=UTF-8").json(token),
        Err((status, code, told)) => {
            HttpResponse::build(status).json(json!({ "error": code, "error_description": told }))
        }
    };
    let known = answer.status() != StatusCode::UNAUTHORIZED;
    let headers = answer.headers_mut();
    headers.insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    headers.insert(header::PRAGMA, header::HeaderValue::from_static("no-cache"));
    if !known {
        headers.insert(header::WWW_AUTHENTICATE, header::HeaderValue::from_static("Basic realm=\"oauth\""));
    }
    answer
}

async fn made(request: &HttpRequest, body: web::Payload) -> Result<Token, Refusal> {
    let app = request.app_data::<web::Data<App>>().ok_or_else(|| broken(&Error::broken("no app")))?;
    let malformed = |told: &str| (StatusCode::BAD_REQUEST, "invalid_request", told.to_owned());
    let body = body.to_bytes_limited(LARGEST).await.map_err(|_| malformed("The body is too large."))?;
    let body = body.map_err(|_| malformed("The body could not be read."))?;
    let form: HashMap<String, String> = url::form_urlencoded::parse(&body).into_owned().collect();
    let given = |name: &str| form.get(name).cloned().ok_or_else(|| malformed(&format!("{name} is required.")));
    let (id, secret) = basic(request)
        .or_else(|| Some((given("client_id").ok()?, given("client_secret").ok()?)))
        .ok_or((StatusCode::UNAUTHORIZED, "invalid_client", "Show the client id and secret as Basic.".to_owned()))?;
    let ground = match given("grant_type")?.as_str() {
        "password" => Ground::Password { login: given("username")?, password: given("password")? },
        "refresh_token" => Ground::Refresh(given("refresh_token")?),
        "client_credentials" => Ground::Itself,
        other => {
            let told = format!("{other:.40} is none of password, refresh_token and client_credentials.");
            return Err((StatusCode::BAD_REQUEST, "unsupported_grant_type", told));
        }
    };
    let client = Client { id, secret, address: address::of(request) };
    let visitor = Caller::visitor(Door::Audience, request_id(request));
    let pair =
        tokens::create(app, &visitor, Dialect::Audience, client, ground).await.map_err(|denied| match denied {
            Denied::Client => {
                (StatusCode::UNAUTHORIZED, "invalid_client", "The client id or secret is wrong.".to_owned())
            }
            Denied::Grant => {
                let told = "Wrong name or password, a user who may not sign in, or a token that is used up.";
                (StatusCode::BAD_REQUEST, "invalid_grant", told.to_owned())
            }
            Denied::Error(Error::Busy { retry_after }) => {
                let told = format!("Too many attempts. Try again in {retry_after} seconds.");
                (StatusCode::TOO_MANY_REQUESTS, "too_many_requests", told)
            }
            Denied::Error(error) => broken(&error),
        })?;
    Ok(Token {
        access_token: pair.access,
        token_type: "bearer",
        refresh_token: pair.refresh,
        expires_in: ACCESS.as_secs() - 1,
        scope: "read write",
    })
}

fn broken(error: &Error) -> Refusal {
    tracing::error!(cause = %error, "a token was not made");
    (StatusCode::INTERNAL_SERVER_ERROR, "server_error", "Something went wrong here.".to_owned())
}

fn basic(request: &HttpRequest) -> Option<(String, String)> {
    let (scheme, coded) = request.headers().get(header::AUTHORIZATION)?.to_str().ok()?.trim().split_once(' ')?;
    let plain = String::from_utf8(STANDARD.decode(coded.trim()).ok()?).ok()?;
    let (id, secret) = plain.split_once(':').filter(|_| scheme.eq_ignore_ascii_case("basic"))?;
    Some((id.to_owned(), secret.to_owned()))
}
