//! Apps of Easemob's API: finding them, and tokens for them and their users.
use super::sessions::{Proof, prove};
use super::{Act, Caller, people, tokens};
use crate::App;
use crate::domain::key::Key;
use crate::domain::{Actor, Error, Person, PersonId, Result, Role, Status, Time};
use crate::store;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

/// The key of the app of these names; nothing once it is over.
pub fn find(act: &mut Act, org: &str, app: &str) -> Result<Option<Key>> {
    let found = store::keys::of_app(act.conn, org, app)?;
    Ok(found.filter(|key| !key.has_expired(act.now)))
}

/// What the app is known by in answers: always the same, and another one for another app.
pub fn uuid_of(key: &Key) -> String {
    use sha2::{Digest, Sha256};
    let digest = Sha256::digest(format!("app {} {}", key.id, key.created_at.micros()));
    let mut bytes = [0u8; 16];
    bytes.copy_from_slice(&digest[..16]);
    uuid::Builder::from_random_bytes(bytes).into_uuid().to_string()
}

/// As whom the app acts; nobody when its owner may not come in any more.
pub fn owner(act: &mut Act, key: &Key) -> Result<Option<Actor>> {
    Ok(tokens::let_in(act, key, key.owner)?.map(|(_, actor)| actor))
}

/// For the app itself; nothing when the id or the secret is wrong.
pub async fn token(
    app: &Arc<App>,
    visitor: &Caller,
    key: &Key,
    (id, secret): (String, String),
    (address, until): (IpAddr, Time),
) -> Result<Option<String>> {
    let (account, key) = (format!("key {id:.8}"), key.clone());
    let right = app
        .read(visitor, move |act| Ok(tokens::known(act, key.dialect, &id, &secret)?.filter(|one| one.id == key.id)))
        .await?;
    let Some(key) = right else {
        drop(app.throttle.begin(&account, address, app.now())?);
        return Ok(None);
    };
    app.write(visitor, move |act| tokens::issue(act, &key, key.owner, until)).await
}

/// For a user by their password; nothing when it is wrong, or nobody of the app's.
pub async fn user_token(
    app: &Arc<App>,
    visitor: &Caller,
    key: &Key,
    (username, password): (String, String),
    (address, until): (IpAddr, Time),
) -> Result<Option<(Person, String)>> {
    let Some(Proof { id, .. }) = prove(app, visitor, &username, &password, (address, "API")).await? else {
        return Ok(None);
    };
    let key = key.clone();
    app.write(visitor, move |act| {
        let Some(owner) = owner(act, &key)? else { return Ok(None) };
        let Some(person) = store::people::find_many(act.conn, owner.scope(), &[id])?.pop() else { return Ok(None) };
        if person.role != Role::EndUser || !store::passwords::spend(act.conn, id, act.now)? {
            return Ok(None);
        }
        Ok(tokens::issue(act, &key, id, until)?.map(|token| (person, token)))
    })
    .await
}

/// For a user without a password, as the app asks for it.
pub fn inherited(act: &mut Act, key: &Key, id: PersonId, until: Time) -> Result<Option<String>> {
    let person = people::show(act, id)?;
    if person.role != Role::EndUser { Err(Error::NotFound) } else { tokens::issue(act, key, id, until) }
}

/// Whoever was here within so long is online.
const ONLINE: Duration = Duration::from_secs(5 * 60);

pub fn is_online(act: &mut Act, person: &Person) -> Result<bool> {
    if person.status != Status::Active {
        return Ok(false);
    }
    let since = act.now.minus(ONLINE);
    Ok(!store::sessions::list_of(act.conn, person.id, since, act.now.minus(super::sessions::ABSOLUTE))?.is_empty())
}
