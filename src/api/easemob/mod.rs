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
use crate::domain::manual::{Param, integer, text, told};
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

    /// And who asks wants no page of it.
    fn is_a_programs(request: &GuardContext) -> bool {
        let accepted = request.head().headers().get(header::ACCEPT).and_then(|value| value.to_str().ok());
        Self::is_mine(request) && !accepted.is_some_and(|accepted| accepted.contains("text/html"))
    }
}

impl Api for Easemob {
    const DIALECT: Dialect = Dialect::Easemob;

    /// Requests are counted, and tokens end.
    const HOLDS: bool = false;

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

const CURSOR: &[Param] =
    &[integer("limit", "at most 100, and 10 unless said otherwise"), text("cursor", "where the last answer ended")];

table! { Easemob, among "/{org}/{app}/{other:.*}" {
    "/{org}/{app}/token" {
        post => token::create: told("A token for the app, or for a user").takes(r#"{"grant_type":"client_credentials","client_id":"CLIENT_ID","client_secret":"$SECRET","ttl":86400}"#),
    }
    "/{org}/{app}/users" {
        get => users::index: told("Users, oldest first").asks(CURSOR),
        post => users::create: told("Registers one user, or a list of up to 60").takes(r#"{"username":"ada","password":"seven-green-umbrellas","nickname":"Ada"}"#),
        delete => users::destroy_all: told("Deletes the oldest users").asks(CURSOR),
    }
    "/{org}/{app}/users/batch/status" {
        post => standing::statuses: told("Who of up to 100 is online").takes(r#"{"usernames":["ada"]}"#),
    }
    "/{org}/{app}/users/{user}" {
        get => users::show: told("A user, by name or uuid"),
        put => push::update: told("Nickname and push settings").takes(r#"{"nickname":"Ada","notification_display_style":1}"#),
        delete => users::destroy: told("Deletes a user with all that is theirs"),
    }
    "/{org}/{app}/users/{user}/password" {
        put => standing::password: told("Another password of a user").takes(r#"{"newpassword":"eight-red-umbrellas"}"#),
    }
    "/{org}/{app}/users/{user}/deactivate" {
        post => standing::deactivate: told("Bans a user"),
    }
    "/{org}/{app}/users/{user}/activate" {
        post => standing::activate: told("Lets a user back in"),
    }
    "/{org}/{app}/users/{user}/disconnect" {
        get => standing::disconnect: told("Ends all sessions of a user"),
    }
    "/{org}/{app}/users/{user}/disconnect/{resource}" {
        get => standing::disconnect_one: told("Ends one session of a user"),
        delete => standing::disconnect_one: told("Ends one session of a user"),
    }
    "/{org}/{app}/users/{user}/resources" {
        get => standing::resources: told("The sessions of a user"),
    }
    "/{org}/{app}/users/{user}/status" {
        get => standing::status: told("Whether a user is online"),
    }
    "/{org}/{app}/users/{user}/contacts/users" {
        get => relations::contacts: told("Whom a user knows"),
    }
    "/{org}/{app}/users/{user}/contacts/users/{other}" {
        post => relations::add_contact: told("Two users know each other from now on"),
        delete => relations::remove_contact: told("Two users know each other no more"),
    }
    "/{org}/{app}/users/{user}/blocks/users" {
        get => relations::blocks: told("Whom a user shuts out"),
        post => relations::block: told("Shuts users out").takes(r#"{"usernames":["bea"]}"#),
    }
    "/{org}/{app}/users/{user}/blocks/users/{other}" {
        delete => relations::unblock: told("Shuts a user out no more"),
    }
    "/{org}/{app}/users/{user}/joined_chatgroups" {
        get => relations::joined_groups: told("The groups of a user"),
    }
    "/{org}/{app}/chatgroups" {
        post => relations::create_group: told("A new chat group").takes(r#"{"groupname":"Crew","description":"Ours","owner":"ada","members":["bea"]}"#),
    }
    "/{org}/{app}/chatrooms" {
        post => relations::create_room: told("A new chat room").takes(r#"{"name":"Lobby","description":"For all","owner":"ada","members":["bea"]}"#),
    }
    "/{org}/{app}/metadata/user/get" {
        post => metadata::of_several: told("What users say of themselves").takes(r#"{"targets":["ada"],"properties":["nickname"]}"#),
    }
    "/{org}/{app}/metadata/user/capacity" {
        get => metadata::capacity: told("How many bytes all of that has"),
    }
    "/{org}/{app}/metadata/user/{user}" {
        get => metadata::show: told("What a user says of themselves"),
        put => metadata::update: told("Sets what a user says; what is not sent stays").form(&[text("nickname", "a name").like("Ada"), text("avatarurl", "a picture").like("https://example.com/ada.png"), text("sign", "a line").like("Hello")]),
        delete => metadata::destroy: told("A user says nothing any more"),
    }
    "/{org}/{app}/push/nickname" {
        put => push::update_all: told("Nicknames of up to 50").takes(r#"[{"username":"ada","push_nickname":"Ada"}]"#),
    }
} }
