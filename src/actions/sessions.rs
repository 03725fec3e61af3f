//! Signing in and out, and the sessions that the panel's cookie stands for.
use super::{Act, Caller};
use crate::domain::event::Kind;
use crate::domain::password::Hash;
use crate::domain::time::days;
use crate::domain::{Actor, Error, Event, FieldErrors, NewPassword, Person, PersonId, Result, Scope, Time};
use crate::store::sessions::Session;
use crate::{App, store};
use sha2::{Digest, Sha256};
use std::net::IpAddr;
use std::time::Duration;

/// A session nobody used for this long is over.
pub const IDLE: Duration = days(2);
/// However much it is used, a session is over after this long.
pub const ABSOLUTE: Duration = days(14);
/// A page view is written down at most this often.
const TOUCH: Duration = Duration::from_secs(60);

/// Unknown and wrong take the same time and answer the same. Guesses are counted before they are tried.
pub async fn create(app: &App, visitor: &Caller, login: &str, password: &str, address: IpAddr) -> Result<Person> {
    let typed = login.to_owned();
    let found = app.read(visitor, move |act| candidate(act, &typed)).await?;
    let account = found
        .as_ref()
        .map_or_else(|| format!("login:{}", crate::domain::fold(login)), |(id, _)| format!("person:{}", id.0));
    let guess = app.throttle.begin(&account, address, app.now())?;
    let (id, hash) = match found {
        Some((id, Some(hash))) => (Some(id), hash),
        _ => (None, Hash::of_nobody()),
    };
    let attempt = password.to_owned();
    let verified = app.hashing(move || (hash.matches(&attempt), hash.is_outdated(), attempt)).await?;
    let (Some(id), (true, outdated, attempt)) = (id, verified) else {
        return Err(Error::Invalid(FieldErrors::one("login", "login.wrong")));
    };
    app.throttle.succeeded(guess);
    let rehashed = if outdated { app.hashing(move || NewPassword::rehash(&attempt)).await?.map(Some)? } else { None };
    app.write(visitor, move |act| sign_in(act, id, rehashed)).await
}

fn candidate(act: &mut Act, login: &str) -> Result<Option<(PersonId, Option<Hash>)>> {
    let Some(id) = store::people::by_login(act.conn, login)? else { return Ok(None) };
    Ok(Some((id, store::passwords::find(act.conn, id)?)))
}

fn sign_in(act: &mut Act, id: PersonId, rehashed: Option<Hash>) -> Result<Person> {
    let person = store::people::find(act.conn, Scope::Everyone, id)?;
    if !person.status.may_sign_in() {
        return Err(Error::Invalid(FieldErrors::one("login", "login.suspended")));
    }
    if let Some(hash) = rehashed {
        store::passwords::set(act.conn, id, &hash, act.now)?;
    }
    store::people::set_last_login(act.conn, id, act.now)?;
    let actor = actor_of(act, &person)?;
    let caller = Caller { actor, ..act.caller.clone() };
    let mut signed_in = Act { conn: act.conn, actor: &caller.actor, now: act.now, caller: &caller };
    signed_in.record(Event::about(Kind::SignedIn, &person, vec![]))?;
    Ok(person)
}

fn actor_of(act: &mut Act, person: &Person) -> Result<Actor> {
    let rights = store::people::rights(act.conn, person.id)?;
    Ok(Actor::Person { id: person.id, label: person.label(), role: person.role, rights })
}

/// Who a session belongs to, read afresh: nobody once they may no longer sign in.
pub struct Reader {
    pub person: Person,
    pub actor: Actor,
    pub theme: Option<String>,
    pub house_name: String,
}

pub fn reader(act: &mut Act, id: PersonId) -> Result<Option<Reader>> {
    let person = match store::people::find(act.conn, Scope::Everyone, id) {
        Ok(person) if person.status.may_sign_in() => person,
        Ok(_) | Err(Error::NotFound) => return Ok(None),
        Err(e) => return Err(e),
    };
    let actor = actor_of(act, &person)?;
    let theme = store::preferences::theme(act.conn, id)?;
    let house_name = super::setup::house_name(act)?;
    Ok(Some(Reader { person, actor, theme, house_name }))
}

/// Whoever an administrator's command names with `--as`.
pub fn acting_as(act: &mut Act, email: &str) -> Result<Actor> {
    let unknown = || Error::Invalid(FieldErrors::one("as", "as.unknown"));
    let id = store::people::by_login(act.conn, email)?.ok_or_else(unknown)?;
    Ok(reader(act, id)?.ok_or_else(unknown)?.actor)
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

/// Keeps a new session; its key is kept nowhere. Takes the chance to drop what is over.
pub fn save(act: &mut Act, key: &str, person: PersonId, opened: Opened) -> Result<()> {
    store::sessions::delete_seen_before(act.conn, act.now.minus(IDLE))?;
    let session = Session {
        key_hash: hash_of(key),
        person_id: person.0,
        state: opened.state,
        address: opened.address,
        device: opened.device,
        signed_in_at: opened.signed_in_at.micros(),
        seen_at: act.now.micros(),
    };
    store::sessions::insert(act.conn, session)
}

/// What is known of a session when it is made.
pub struct Opened {
    pub state: String,
    pub address: String,
    pub device: String,
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
