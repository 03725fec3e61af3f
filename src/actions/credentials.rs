//! Who comes in through an API, by a key or by a password.
use super::sessions::{Proof, actor_of, prove};
use super::{Act, Caller, keys, same_secret};
use crate::domain::key::{Dialect, Grant, prefix_of};
use crate::domain::{Actor, Error, Person, PersonId, Result, Role, Time, fold};
use crate::{App, store};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// What a request shows of who it is.
#[derive(Debug, Clone)]
pub enum Shown {
    /// With a login, the key acts as that person, where its owner may.
    Key {
        secret: String,
        login: Option<String>,
    },
    Password {
        login: String,
        password: String,
    },
    /// One that [`super::tokens`] made.
    Token(String),
}

/// Nobody when the credentials are wrong; Forbidden when they are right, but whoever it is may not come in; Busy
/// after too many wrong ones.
pub async fn identify(
    app: &Arc<App>,
    visitor: &Caller,
    dialect: Dialect,
    shown: Shown,
    address: IpAddr,
) -> Result<Option<Actor>> {
    let found = match shown {
        Shown::Token(token) => app.read(visitor, move |act| super::tokens::by_access(act, dialect, &token)).await?,
        Shown::Password { login, password } => by_password(app, visitor, &login, &password, address).await?,
        Shown::Key { secret, login } => {
            let tried = secret.clone();
            let (right, found) = app.read(visitor, move |act| by_key(act, dialect, &tried, login.as_deref())).await?;
            // A wrong key is counted, a right one costs nothing, whomever it names.
            if !right {
                drop(app.throttle.begin(&format!("key {secret:.8}"), address, app.now())?);
            }
            found
        }
    };
    let used = found.as_ref().and_then(Actor::key);
    used.into_iter().for_each(|grant| app.tally.add(grant.key, app.now()));
    Ok(found)
}

/// Whether the key is right, and who comes in with it: nobody when the login is unknown or not the owner's to use.
fn by_key(act: &mut Act, dialect: Dialect, secret: &str, login: Option<&str>) -> Result<(bool, Option<Actor>)> {
    const WRONG: (bool, Option<Actor>) = (false, None);
    let Some(prefix) = prefix_of(secret) else { return Ok(WRONG) };
    let Some((key, hash)) = store::keys::by_prefix(act.conn, prefix)? else { return Ok(WRONG) };
    if !same_secret(&hash, &keys::hash_of(secret)) || key.dialect != dialect || key.has_expired(act.now) {
        return Ok(WRONG);
    }
    let person = store::people::alone(act.conn, key.owner)?;
    let owner = as_actor(act, &person, Some(key.grant()))?;
    // An e-mail counts before whatever else somebody signs in by, and nobody else has it.
    let is_own = |login: &str| person.fields.email.as_ref().is_some_and(|email| fold(email.as_str()) == fold(login));
    let Some(login) = login.filter(|login| !is_own(login)) else { return Ok((true, Some(owner))) };
    let found = match store::people::first_by_login(act.conn, login)? {
        Some(id) if id == key.owner => Some(owner),
        Some(id) if is_admin(&owner) => Some(actor(act, id, Some(key.grant()))?),
        _ => None,
    };
    Ok((true, found))
}

fn is_admin(actor: &Actor) -> bool {
    matches!(actor, Actor::Person { role: Role::Admin, .. })
}

/// Refuses whoever may not sign in.
fn actor(act: &mut Act, id: PersonId, key: Option<Grant>) -> Result<Actor> {
    let person = store::people::alone(act.conn, id)?;
    as_actor(act, &person, key)
}

fn as_actor(act: &mut Act, person: &Person, key: Option<Grant>) -> Result<Actor> {
    if !person.status.may_sign_in() {
        return Err(Error::Forbidden("key.person_out"));
    }
    Ok(actor_of(person, store::people::powers(act.conn, person.id)?, key))
}

async fn by_password(
    app: &Arc<App>,
    visitor: &Caller,
    login: &str,
    password: &str,
    address: IpAddr,
) -> Result<Option<Actor>> {
    let digest = app.verified.digest(login, password);
    // Many requests of one client at once prove its password once.
    let _turn = app.verified.turn(&digest).lock().await;
    let proven = match app.verified.find(&digest, app.now()) {
        Some(known) => Some(known),
        None => match prove(app, visitor, login, password, (address, "API")).await? {
            Some(Proof { id, hash, .. }) => {
                // A temporary one is for signing in, once.
                let is_own = app.read(visitor, move |act| Ok(store::passwords::temporary(act.conn, id)?.is_none()));
                is_own.await?.then_some((id, hash.0))
            }
            None => None,
        },
    };
    let Some((id, hash)) = proven else { return Ok(None) };
    let proof = hash.clone();
    let found = app.read(visitor, move |act| still(act, id, &proof)).await?;
    match found {
        Some(_) => app.verified.keep(digest, (id, hash), app.now()),
        None => app.verified.forget(&digest),
    }
    Ok(found)
}

/// Nobody once the password is another.
fn still(act: &mut Act, id: PersonId, hash: &str) -> Result<Option<Actor>> {
    match store::passwords::find(act.conn, id)? {
        Some(now) if now.0 == hash => actor(act, id, None).map(Some),
        _ => Ok(None),
    }
}

/// A password is proven again after so long, however often it is used.
const KEPT: Duration = Duration::from_secs(5 * 60);
const MOST: usize = 10_000;
const TURNS: usize = 64;

type Sum = [u8; 32];

/// Passwords that were proven lately, by a digest under a key of this process: in memory only.
pub struct Verified {
    key: String,
    known: Mutex<HashMap<Sum, (PersonId, String, Time)>>,
    turns: Vec<tokio::sync::Mutex<()>>,
}

impl Default for Verified {
    fn default() -> Self {
        let turns = (0..TURNS).map(|_| tokio::sync::Mutex::default()).collect();
        Self { key: super::random_code(), known: Mutex::default(), turns }
    }
}

impl Verified {
    fn digest(&self, login: &str, password: &str) -> Sum {
        Sha256::digest(format!("{}\0{}\0{login}\0{password}", self.key, login.len())).into()
    }

    fn turn(&self, digest: &Sum) -> &tokio::sync::Mutex<()> {
        &self.turns[usize::from(digest[0]) % TURNS]
    }

    /// Whose it is, and by which hash it was proven.
    fn find(&self, digest: &Sum, now: Time) -> Option<(PersonId, String)> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let (id, hash, until) = known.get(digest)?;
        (*until > now).then(|| (*id, hash.clone()))
    }

    /// As long as it was proven for.
    fn keep(&self, digest: Sum, (id, hash): (PersonId, String), now: Time) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST {
            known.retain(|_, (.., until)| *until > now);
        }
        if known.len() >= MOST {
            known.clear();
        }
        let until = known.get(&digest).map(|(.., until)| *until).filter(|until| *until > now);
        known.insert(digest, (id, hash, until.unwrap_or_else(|| now.plus(KEPT))));
    }

    fn forget(&self, digest: &Sum) {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).remove(digest);
    }
}
