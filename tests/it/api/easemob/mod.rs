//! Easemob's contract, section by section.
mod relations;
mod tokens;
mod users;

use super::{json, send};
use crate::house::{Client, House, Reply};
use rollcall::actions::keys;
use rollcall::domain::chat_app::{ChatApp, Rates};
use rollcall::domain::key::Dialect;
use rollcall::domain::{Person, Role};
use serde_json::{Value, json as object};

/// An app of this house: id and secret of its key.
pub struct App {
    pub key: i64,
    pub id: String,
    pub secret: String,
    pub path: String,
}

pub fn app(house: &House, owner: &Person, name: &str, change: impl FnOnce(&mut ChatApp)) -> App {
    app_of(house, owner, (name, false), change)
}

/// The same; its key may only read.
pub fn app_of(
    house: &House,
    owner: &Person,
    (name, read_only): (&str, bool),
    change: impl FnOnce(&mut ChatApp),
) -> App {
    let mut app = ChatApp::parse("acme", name, false).unwrap();
    change(&mut app);
    let owner = format!("#{}", owner.id.0);
    let (dialect, name) = (Dialect::Easemob, format!("App {name}"));
    let path = format!("/{}/{}", app.org, app.app);
    let draft = keys::Draft { dialect, owner, name, read_only, expires_at: None, chat_app: Some(app) };
    let (key, secret) = house.act(|act| keys::create(act, draft)).unwrap();
    App { key: key.id, id: key.prefix, secret, path }
}

pub fn rates(users: i32, tokens: i32, deletions: i32) -> Rates {
    Rates { users, tokens, deletions }
}

/// A token of the app.
pub fn token(house: &House, app: &App) -> String {
    let body = object!({ "grant_type": "client_credentials", "client_id": app.id, "client_secret": app.secret });
    let reply = send(&house.stranger(), "POST", &format!("{}/token", app.path), body);
    json(&reply)["access_token"].as_str().unwrap_or_else(|| panic!("{}", reply.body)).to_owned()
}

pub fn bearer(house: &House, token: &str) -> Client {
    house.stranger().with("authorization", &format!("Bearer {token}"))
}

/// A client of an app of Ada's, at `/acme/desk`.
pub fn ada(house: &House) -> Client {
    let ada = house.join("Ada", Role::Admin);
    let app = app(house, &ada, "desk", |_| {});
    bearer(house, &token(house, &app))
}

pub fn register(client: &Client, name: &str) -> Value {
    let reply = send(client, "POST", "/acme/desk/users", object!({ "username": name, "password": "1" }));
    assert_eq!(reply.status, 200, "{}", reply.body);
    json(&reply)["entities"][0].clone()
}

/// Status and body, without what is another one each time.
pub fn told(reply: &Reply, house: &House) -> String {
    let mut told = json(reply);
    let same = |value: &mut Value| {
        for name in ["timestamp", "duration", "created", "modified", "uuid", "application", "exception"] {
            if let Some(found) = value.get_mut(name) {
                *found = object!("…");
            }
        }
    };
    same(&mut told);
    told["entities"].as_array_mut().into_iter().flatten().for_each(same);
    if told["entities"].is_null() {
        told.as_object_mut().unwrap().remove("entities");
    }
    format!("{} {}", reply.status, told.to_string().replace(&house.url, ""))
}

/// Status, code and words of a refusal.
pub fn fault(reply: &Reply) -> String {
    let told = json(reply);
    format!(
        "{} {} {}",
        reply.status,
        told["error"].as_str().unwrap_or("-"),
        told["error_description"].as_str().unwrap_or("-")
    )
}
