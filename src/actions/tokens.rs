//! Tokens for programs whose API asks for OAuth: a key and a password bring a pair, a used one brings the next.
use super::sessions::{Proof, actor_of, prove};
use super::{Act, Caller, keys, same_secret};
use crate::domain::event::Kind;
use crate::domain::key::{Dialect, Grant, Key, prefix_of};
use crate::domain::{Actor, Error, Event, Person, PersonId, Result, Scope, Time};
use crate::{App, store};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

/// An access token lets in for so long, and the other one renews it for so long.
pub const ACCESS: Duration = Duration::from_secs(3_600);
const REFRESH: Duration = Duration::from_secs(30 * 86_400);

/// What a client shows of itself, and where it comes from.
pub struct Client {
    pub id: String,
    pub secret: String,
    pub address: IpAddr,
}

/// On what ground it asks for tokens.
pub enum Ground {
    /// Somebody's password.
    Password {
        login: String,
        password: String,
    },
    Refresh(String),
    /// The client itself: its key's owner.
    Itself,
}

/// Told once; only their hashes are kept.
pub struct Pair {
    pub access: String,
    pub refresh: Option<String>,
}

pub enum Denied {
    /// No such client, or a wrong secret.
    Client,
    /// A wrong password, somebody who may not come in, or a token that is used up.
    Grant,
    Error(Error),
}

impl From<Error> for Denied {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

pub async fn create(
    app: &Arc<App>,
    visitor: &Caller,
    dialect: Dialect,
    client: Client,
    ground: Ground,
) -> Result<Pair, Denied> {
    let Client { id, secret, address } = client;
    let account = format!("key {id:.8}");
    let Some(key) = app.read(visitor, move |act| known(act, dialect, &id, &secret)).await? else {
        // A wrong secret is counted, a right one costs nothing.
        drop(app.throttle.begin(&account, address, app.now())?);
        return Err(Denied::Client);
    };
    app.tally.add(key.id, app.now());
    let made = match ground {
        Ground::Itself => app.write(visitor, move |act| for_person(act, &key, key.owner, false)).await?,
        Ground::Refresh(token) => app.write(visitor, move |act| renew(act, &key, &token)).await?,
        Ground::Password { login, password } => match prove(app, visitor, &login, &password, (address, "API")).await? {
            Some(Proof { id, .. }) => app.write(visitor, move |act| by_password(act, &key, id)).await?,
            None => None,
        },
    };
    made.ok_or(Denied::Grant)
}

pub(super) fn known(act: &mut Act, dialect: Dialect, id: &str, secret: &str) -> Result<Option<Key>> {
    let Some(prefix) = prefix_of(secret).filter(|prefix| *prefix == id) else { return Ok(None) };
    let found = store::keys::by_prefix(act.conn, prefix)?;
    let right = |(key, hash): &(Key, String)| {
        same_secret(hash, &keys::hash_of(secret)) && key.dialect == dialect && !key.has_expired(act.now)
    };
    Ok(found.filter(right).map(|(key, _)| key))
}

/// A temporary password brings one pair.
fn by_password(act: &mut Act, key: &Key, id: PersonId) -> Result<Option<Pair>> {
    store::people::lock(act.conn, id)?;
    if store::passwords::spend(act.conn, id, act.now)? { for_person(act, key, id, true) } else { Ok(None) }
}

/// As signing in does, this adds an entry; nothing for whoever may not.
fn for_person(act: &mut Act, key: &Key, id: PersonId, with_refresh: bool) -> Result<Option<Pair>> {
    let Some((person, actor)) = let_in(act, key, id)? else { return Ok(None) };
    let pair = make(act, key, id, with_refresh)?;
    act.record_as(&actor, Event::about(Kind::SignedIn, &person, vec![]))?;
    Ok(Some(pair))
}

/// The old pair ends, whether it was used by its owner or by somebody who took it.
fn renew(act: &mut Act, key: &Key, token: &str) -> Result<Option<Pair>> {
    let kept = store::tokens::by_refresh(act.conn, &keys::hash_of(token))?;
    let Some(kept) = kept.filter(|kept| kept.key == key.id && kept.renews(act.now)) else { return Ok(None) };
    let was_there = store::tokens::delete(act.conn, kept.id)?;
    if !was_there || let_in(act, key, kept.person())?.is_none() {
        return Ok(None);
    }
    make(act, key, kept.person(), true).map(Some)
}

fn make(act: &mut Act, key: &Key, person: PersonId, with_refresh: bool) -> Result<Pair> {
    let token = || uuid::Uuid::new_v4().to_string();
    let (access, refresh) = (token(), token());
    let ends = (act.now.plus(ACCESS), if with_refresh { act.now.plus(REFRESH) } else { act.now });
    let until = key.expires_at.map_or(ends, |end| (ends.0.min(end), ends.1.min(end)));
    let (access_hash, refresh_hash) = (keys::hash_of(&access), keys::hash_of(&refresh));
    let new = store::tokens::New { key: key.id, person, access_hash: &access_hash, refresh_hash: &refresh_hash, until };
    store::tokens::insert(act.conn, &new, act.now)?;
    Ok(Pair { access, refresh: with_refresh.then_some(refresh) })
}

/// One that nothing renews, until then and no longer than its key; nothing for whoever may not come in.
pub(super) fn issue(act: &mut Act, key: &Key, id: PersonId, until: Time) -> Result<Option<String>> {
    let Some((person, actor)) = let_in(act, key, id)? else { return Ok(None) };
    let token = uuid::Uuid::new_v4().to_string();
    let until = key.expires_at.map_or(until, |end| until.min(end));
    let (access_hash, refresh_hash) = (keys::hash_of(&token), keys::hash_of(&uuid::Uuid::new_v4().to_string()));
    let (access_hash, refresh_hash) = (access_hash.as_str(), refresh_hash.as_str());
    let new = store::tokens::New { key: key.id, person: id, access_hash, refresh_hash, until: (until, act.now) };
    store::tokens::insert(act.conn, &new, act.now)?;
    act.record_as(&actor, Event::about(Kind::SignedIn, &person, vec![]))?;
    Ok(Some(token))
}

/// They act for themselves, however they came by the token: nobody lent them a key.
pub(super) fn let_in(act: &mut Act, key: &Key, id: PersonId) -> Result<Option<(Person, Actor)>> {
    let Some(person) = store::people::find_many(act.conn, Scope::Everyone, &[id])?.pop() else { return Ok(None) };
    if !person.status.may_sign_in() {
        return Ok(None);
    }
    let grant = Grant { owner: id, ..key.grant() };
    let actor = actor_of(&person, store::people::powers(act.conn, id)?, Some(grant));
    Ok(Some((person, actor)))
}

/// Who comes in with an access token; nobody once it is over, its key revoked, or the person out.
pub(super) fn by_access(act: &mut Act, dialect: Dialect, token: &str) -> Result<Option<Actor>> {
    let kept = store::tokens::by_access(act.conn, &keys::hash_of(token))?;
    let Some(kept) = kept.filter(|kept| kept.lets_in(act.now)) else { return Ok(None) };
    let key = store::keys::known(act.conn, kept.key)?;
    let Some(key) = key.filter(|key| key.dialect == dialect && !key.has_expired(act.now)) else { return Ok(None) };
    Ok(let_in(act, &key, kept.person())?.map(|(_, actor)| actor))
}
