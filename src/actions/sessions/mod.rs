//! Signing in and out, and the sessions that the panel's cookie stands for.
mod reader;

pub(super) use reader::afresh;
pub use reader::{Reader, acting_as, reader};

use super::{Act, Caller};
use crate::domain::event::Kind;
use crate::domain::password::Hash;
use crate::domain::time::days;
use crate::domain::{Error, Event, NewPassword, Person, PersonId, Phone, Result, Scope, Time, fold};
use crate::store::sessions::Session;
use crate::{App, store};
use reader::actor_of;
use sha2::{Digest, Sha256};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

/// A session nobody used for this long is over.
pub const IDLE: Duration = days(2);
/// However much it is used, a session is over after this long.
pub const ABSOLUTE: Duration = days(14);
/// A page view is written down at most this often.
const TOUCH: Duration = Duration::from_secs(60);

/// Who signed in, and the instant before their password was looked at: a session counts from there, so
/// that none outlives a password that changes meanwhile.
pub struct SignedIn {
    pub person: Person,
    pub since: Time,
}

/// Unknown and wrong take the same time and answer the same. Guesses are counted before they are tried.
pub async fn create(
    app: &Arc<App>,
    visitor: &Caller,
    login: &str,
    password: &str,
    address: IpAddr,
    device: &str,
) -> Result<SignedIn> {
    let (since, typed) = (app.now(), login.to_owned());
    let guess = app.throttle.begin(&account(login), address, since)?;
    let candidates = app.read(visitor, move |act| candidates(act, &typed)).await?;
    let (attempt, known) = (password.to_owned(), candidates.first().map(|(id, _)| *id));
    let verified = app.hashing(move || verify(candidates, &attempt)).await??;
    let Some(proof) = verified else {
        if let Some(id) = known {
            remember_failure(app, visitor, id, address, device);
        }
        return Err(wrong());
    };
    app.throttle.succeeded(guess);
    let person = app.write(visitor, move |act| sign_in(act, proof)).await?;
    Ok(SignedIn { person, since })
}

/// Beside the answer, which takes as long for accounts that there are not.
fn remember_failure(app: &Arc<App>, visitor: &Caller, id: PersonId, address: IpAddr, device: &str) {
    let (app, visitor, address, device) = (app.clone(), visitor.clone(), address.to_string(), device.to_owned());
    tokio::task::spawn_blocking(move || {
        let kept = app.write_here(&visitor, |act| store::failures::insert(act.conn, id, act.now, &address, &device));
        if let Err(e) = kept {
            tracing::error!(cause = %e, "a failed sign-in was not written down");
        }
    });
}

/// One account however it is spelled, known or not.
fn account(login: &str) -> String {
    let short: String = login.chars().take(400).collect();
    Phone::parse(&short).map_or_else(|_| fold(&short), |phone| phone.key())
}

fn wrong() -> Error {
    Error::invalid("login", "login.wrong")
}

fn candidates(act: &mut Act, login: &str) -> Result<Vec<(PersonId, Hash)>> {
    let mut found = vec![];
    for id in store::people::by_login(act.conn, login)? {
        found.extend(store::passwords::find(act.conn, id)?.map(|hash| (id, hash)));
    }
    Ok(found)
}

/// Whose password it was, the hash it was found right by, and a new one if that is outdated.
struct Proof {
    id: PersonId,
    hash: Hash,
    renewed: Option<Hash>,
}

fn verify(candidates: Vec<(PersonId, Hash)>, attempt: &str) -> Result<Option<Proof>> {
    if candidates.is_empty() {
        Hash::of_nobody().matches(attempt);
    }
    let Some((id, hash)) = candidates.into_iter().find(|(_, hash)| hash.matches(attempt)) else { return Ok(None) };
    let renewed = hash.is_outdated().then(|| NewPassword::rehash(attempt)).transpose()?;
    Ok(Some(Proof { id, hash, renewed }))
}

fn sign_in(act: &mut Act, proof: Proof) -> Result<Person> {
    let Proof { id, hash, renewed } = proof;
    store::people::lock(act.conn, id)?;
    if store::passwords::find(act.conn, id)?.is_none_or(|now| now.0 != hash.0) {
        return Err(wrong());
    }
    let person = store::people::find(act.conn, Scope::Everyone, id)?;
    if !person.status.may_sign_in() {
        return Err(Error::invalid("login", "login.suspended"));
    }
    if let Some(hash) = renewed {
        store::passwords::renew(act.conn, id, &hash)?;
    }
    store::people::set_last_login(act.conn, id, act.now)?;
    let actor = actor_of(&person, store::people::powers(act.conn, id)?);
    let mut signed_in =
        Act { actor: &actor, conn: act.conn, now: act.now, vault: act.vault, door: act.door, request: act.request };
    signed_in.record(Event::about(Kind::SignedIn, &person, vec![]))?;
    Ok(person)
}

/// The entry of a sign-out; the session itself goes with its cookie.
pub fn destroy(act: &mut Act) -> Result<()> {
    let Some(id) = act.actor.id() else { return Ok(()) };
    let person = super::people::show(act, id)?;
    act.record(Event::about(Kind::SignedOut, &person, vec![]))
}

/// The state kept for a key, unless it is over.
pub fn load(act: &mut Act, key: &str) -> Result<Option<String>> {
    let Some(session) = store::sessions::find(act.conn, &hash_of(key))? else { return Ok(None) };
    let unused = act.now.since(Time::from_micros(session.seen_at));
    let age = act.now.since(Time::from_micros(session.signed_in_at));
    Ok((unused < IDLE && age < ABSOLUTE).then_some(session.state))
}

/// Keeps a new session; its key is kept nowhere. Nothing is kept for somebody who was suspended, demoted or
/// given another password since: then the key opens nothing. Takes the chance to drop what is over.
pub fn save(act: &mut Act, key: &str, person: PersonId, opened: Opened) -> Result<()> {
    store::people::lock(act.conn, person)?;
    let standing = store::people::standing(act.conn, person)?;
    let same = standing.is_some_and(|(status, now)| status.may_sign_in() && now.code() == opened.standing);
    if !same || store::passwords::changed_since(act.conn, person, opened.signed_in_at)? {
        return Ok(());
    }
    store::sessions::delete_seen_before(act.conn, act.now.minus(IDLE))?;
    let session = Session {
        key_hash: hash_of(key),
        person_id: person.0,
        state: opened.state,
        address: opened.address,
        device: opened.device,
        signed_in_at: opened.signed_in_at.micros(),
        handle: opened.handle,
        seen_at: act.now.micros(),
    };
    store::sessions::insert(act.conn, session)
}

/// What is known of a session when it is made.
pub struct Opened {
    pub state: String,
    pub address: String,
    pub device: String,
    /// A code that names the session and opens nothing.
    pub handle: String,
    /// [`crate::domain::Standing::code`] as the session knows it.
    pub standing: String,
    /// Stays when the key changes, so that changing it never prolongs a session.
    pub signed_in_at: Time,
}

pub fn update(act: &mut Act, key: &str, state: &str) -> Result<()> {
    store::sessions::update(act.conn, &hash_of(key), state, act.now)
}

/// Whether the last use was written down long enough ago.
pub fn is_touch_due(act: &mut Act, key: &str) -> Result<bool> {
    let session = store::sessions::find(act.conn, &hash_of(key))?;
    Ok(session.is_some_and(|s| act.now.since(Time::from_micros(s.seen_at)) >= TOUCH))
}

pub fn touch(act: &mut Act, key: &str) -> Result<()> {
    store::sessions::touch(act.conn, &hash_of(key), act.now)
}

pub fn drop_key(act: &mut Act, key: &str) -> Result<()> {
    store::sessions::delete(act.conn, &hash_of(key))
}

/// The key that signs the panel's cookies; made once, the same for every instance of the house.
pub fn cookie_key(act: &mut Act) -> Result<String> {
    const NAME: &str = "cookie_key";
    let fresh: String = (0..4).map(|_| super::random_code()).collect();
    store::settings::claim(act.conn, NAME, &fresh)?;
    store::settings::get(act.conn, NAME)?.ok_or(Error::NotFound)
}

fn hash_of(key: &str) -> String {
    Sha256::digest(key.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
