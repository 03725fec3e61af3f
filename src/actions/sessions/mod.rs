//! Signing in and out, and the sessions that the panel's cookie stands for.
mod proof;
mod reader;

pub(super) use proof::{Proof, prove};
pub use reader::{Reader, acting_as, reader};
pub(super) use reader::{actor_of, afresh};

use super::{Act, Caller};
use crate::domain::event::Kind;
use crate::domain::time::days;
use crate::domain::{Error, Event, Person, PersonId, Result, Scope, Time};
use crate::store::sessions::Session;
use crate::{App, store};
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
    /// They came in with a temporary password, which opens the door no more.
    pub must_choose: bool,
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
    let since = app.now();
    let proof = prove(app, visitor, login, password, (address, device)).await?.ok_or_else(wrong)?;
    let (person, must_choose) = app.write(visitor, move |act| sign_in(act, proof)).await?;
    Ok(SignedIn { person, since, must_choose })
}

fn wrong() -> Error {
    Error::invalid("login", "login.wrong")
}

fn sign_in(act: &mut Act, proof: Proof) -> Result<(Person, bool)> {
    let Proof { id, hash, renewed } = proof;
    store::people::lock(act.conn, id)?;
    if store::passwords::find(act.conn, id)?.is_none_or(|now| now.0 != hash.0) {
        return Err(wrong());
    }
    let person = store::people::find(act.conn, Scope::Everyone, id)?;
    if !person.status.may_sign_in() {
        return Err(Error::invalid("login", "login.suspended"));
    }
    let must_choose = store::passwords::temporary(act.conn, id)?.is_some();
    if !store::passwords::spend(act.conn, id, act.now)? {
        return Err(wrong());
    }
    if let Some(hash) = renewed {
        store::passwords::renew(act.conn, id, &hash)?;
    }
    store::people::set_last_login(act.conn, id, act.now)?;
    let actor = actor_of(&person, store::people::powers(act.conn, id)?, None);
    act.record_as(&actor, Event::about(Kind::SignedIn, &person, vec![]))?;
    Ok((person, must_choose))
}

/// The entry of a sign-out; the session itself goes with its cookie.
pub fn destroy(act: &mut Act) -> Result<()> {
    let Some(id) = act.actor.id() else { return Ok(()) };
    let person = super::people::show(act, id)?;
    act.record(Event::about(Kind::SignedOut, &person, vec![]))
}

/// What is kept for a key.
pub struct Loaded {
    pub state: String,
    /// The last use was written down long enough ago.
    pub is_touch_due: bool,
}

/// The state kept for a key, unless it is over.
pub fn load(act: &mut Act, key: &str) -> Result<Option<Loaded>> {
    let Some(session) = store::sessions::find(act.conn, &hash_of(key))? else { return Ok(None) };
    let unused = act.now.since(Time::from_micros(session.seen_at));
    let age = act.now.since(Time::from_micros(session.signed_in_at));
    let loaded = Loaded { state: session.state, is_touch_due: unused >= TOUCH };
    Ok((unused < IDLE && age < ABSOLUTE).then_some(loaded))
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
