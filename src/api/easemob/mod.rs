//! Easemob's API: the house's end users as the users of apps, by username.
mod door;
mod error;
mod metadata;
mod push;
mod relations;
mod standing;
mod token;
mod users;
mod wire;

use super::{Api, Call, Fault, table};
use crate::actions::credentials::Shown;
use crate::domain::Time;
use crate::domain::chat_app::is_reserved;
use crate::domain::key::Dialect;
use actix_web::guard::GuardContext;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};

pub struct Easemob;

impl Easemob {
    /// What begins like one of the house's own addresses is the house's.
    fn is_mine(request: &GuardContext) -> bool {
        let first = request.head().uri.path().trim_start_matches('/').split('/').next().unwrap_or_default();
        !is_reserved(first)
    }
}

impl Api for Easemob {
    const DIALECT: Dialect = Dialect::Easemob;

    fn spellings(path: &str) -> Vec<String> {
        vec![path.to_owned(), format!("{path}/")]
    }

    fn shown(request: &HttpRequest) -> Option<Shown> {
        let (scheme, token) = request.headers().get(header::AUTHORIZATION)?.to_str().ok()?.trim().split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| Shown::Token(token.trim().to_owned()))
    }

    async fn admit(request: &HttpRequest, body: web::Payload) -> Result<Call, Fault> {
        door::admit(request, body).await
    }

    fn refuse(fault: &Fault, now: Time) -> HttpResponse {
        error::answer(fault, now)
    }
}

table! { Easemob, among others {
    "/{org}/{app}/token" { post => token::create }
    "/{org}/{app}/users" { get => users::index, post => users::create, delete => users::destroy_all }
    "/{org}/{app}/users/batch/status" { post => standing::statuses }
    "/{org}/{app}/users/{user}" { get => users::show, put => push::update, delete => users::destroy }
    "/{org}/{app}/users/{user}/password" { put => standing::password }
    "/{org}/{app}/users/{user}/deactivate" { post => standing::deactivate }
    "/{org}/{app}/users/{user}/activate" { post => standing::activate }
    "/{org}/{app}/users/{user}/disconnect" { get => standing::disconnect }
    "/{org}/{app}/users/{user}/disconnect/{resource}" {
        get => standing::disconnect_one, delete => standing::disconnect_one
    }
    "/{org}/{app}/users/{user}/resources" { get => standing::resources }
    "/{org}/{app}/users/{user}/status" { get => standing::status }
    "/{org}/{app}/users/{user}/contacts/users" { get => relations::contacts }
    "/{org}/{app}/users/{user}/contacts/users/{other}" {
        post => relations::add_contact, delete => relations::remove_contact
    }
    "/{org}/{app}/users/{user}/blocks/users" { get => relations::blocks, post => relations::block }
    "/{org}/{app}/users/{user}/blocks/users/{other}" { delete => relations::unblock }
    "/{org}/{app}/users/{user}/joined_chatgroups" { get => relations::joined_groups }
    "/{org}/{app}/chatgroups" { post => relations::create_group }
    "/{org}/{app}/chatrooms" { post => relations::create_room }
    "/{org}/{app}/metadata/user/get" { post => metadata::of_several }
    "/{org}/{app}/metadata/user/capacity" { get => metadata::capacity }
    "/{org}/{app}/metadata/user/{user}" {
        get => metadata::show, put => metadata::update, delete => metadata::destroy
    }
    "/{org}/{app}/push/nickname" { put => push::update_all }
} }
