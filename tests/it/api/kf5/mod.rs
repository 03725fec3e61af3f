//! KF5's contract, section by section.
mod around;
mod changes;
mod entrances;
mod lists;

use crate::house::{Client, House};
use base64::{Engine, engine::general_purpose::STANDARD};
use rollcall::domain::key::Dialect;
use rollcall::domain::{Person, Role};

pub fn basic(house: &House, user: &str, secret: &str) -> Client {
    house.stranger().with("authorization", &format!("Basic {}", STANDARD.encode(format!("{user}:{secret}"))))
}

pub fn email(person: &Person) -> &str {
    person.fields.email.as_ref().unwrap().as_str()
}

/// A client that comes as somebody, with a key of an administrator.
pub fn as_person(house: &House, admin: &Person, person: &Person) -> Client {
    let (_, secret) = house.key(Dialect::Kf5, admin, false);
    basic(house, &format!("{}/token", email(person)), &secret)
}

/// Ada administrates, and comes with a key.
pub fn ada(house: &House) -> (Person, Client) {
    let ada = house.join("Ada", Role::Admin);
    let client = as_person(house, &ada, &ada);
    (ada, client)
}

/// Without the port, which is another one each time.
pub fn plain(house: &House, text: &str) -> String {
    text.replace(&house.url, "HOUSE")
}
