//! The values by which a row and a person are told apart.
use super::row::{Fault, Row};
use crate::domain::{Email, Person, PersonId, Phone, Username};
use crate::store::people::Key;

/// The values that tell people apart, in the order in which they count.
pub fn keys(row: &Row) -> Vec<(Key, String)> {
    let mut keys: Vec<_> = row.uid.map(|uid| (Key::Uid, uid.to_string())).into_iter().collect();
    keys.extend(row.fields.email.as_ref().map(|e| (Key::Email, e.key())));
    keys.extend(row.fields.phone.as_ref().map(|p| (Key::Phone, p.key())));
    keys.extend(row.fields.username.as_ref().map(|u| (Key::Username, u.key())));
    keys
}

pub fn contact_keys(person: &Person) -> Vec<(Key, String)> {
    let email = person.fields.email.as_ref().map(Email::key).map(|key| (Key::Email, key));
    let phone = person.fields.phone.as_ref().map(Phone::key).map(|key| (Key::Phone, key));
    let username = person.fields.username.as_ref().map(Username::key).map(|key| (Key::Username, key));
    [email, phone, username].into_iter().flatten().collect()
}

pub fn claim(key: Key, value: &str) -> String {
    format!("{key:?} {value}")
}

pub fn claim_of(id: PersonId) -> String {
    format!("id {}", id.0)
}

pub fn taken(key: Key) -> Fault {
    match key {
        Key::Uid => Fault { column: Some("uid".into()), key: "uid.taken" },
        Key::Email => Fault { column: Some("email".into()), key: "email.taken" },
        Key::Phone => Fault { column: Some("phone".into()), key: "phone.taken" },
        Key::Username => Fault { column: Some("username".into()), key: "username.taken" },
    }
}
