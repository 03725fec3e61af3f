//! Setting a password: one's own by proving the old one, somebody else's as an administrator.
use super::Act;
use crate::App;
use crate::actions::Caller;
use crate::domain::event::Kind;
use crate::domain::password::Hash;
use crate::domain::{Change, Error, Event, NewPassword, Person, PersonId, Result, Time, Verb};
use crate::store;
use base64::{Engine, engine::general_purpose::STANDARD};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

/// Whoever may set it; says whether the old one must be given.
pub fn edit(act: &mut Act, id: PersonId) -> Result<(Person, bool)> {
    let person = super::show(act, id)?;
    act.actor.must(Verb::SetPassword, &person)?;
    let mine = act.actor.id() == Some(id);
    let asks_for_old = mine && store::passwords::find(act.conn, id)?.is_some();
    Ok((person, asks_for_old))
}

/// What the form holds; the old one counts only for oneself.
pub struct Attempt {
    pub current: String,
    pub new: String,
    pub address: IpAddr,
}

/// Ends every session of the person, this one included. Hashing happens outside the transaction.
pub async fn update(app: &Arc<App>, caller: &Caller, id: PersonId, attempt: Attempt) -> Result<Person> {
    let (person, asks_for_old) = app.read(caller, move |act| edit(act, id)).await?;
    if asks_for_old {
        prove(app, caller, id, &attempt).await?;
    }
    let known = [person.fields.name.as_str(), person.fields.email.as_ref().map_or("", |e| e.as_str())];
    let new = NewPassword::parse(&attempt.new, &known).map_err(|key| Error::invalid("password", key))?;
    let hash = app.hashing(move || new.hash()).await??;
    app.write(caller, move |act| write(act, id, &hash)).await
}

async fn prove(app: &Arc<App>, caller: &Caller, id: PersonId, attempt: &Attempt) -> Result<()> {
    let guess = app.throttle.begin(&format!("person:{}", id.0), attempt.address, app.now())?;
    let hash = app.read(caller, move |act| store::passwords::find(act.conn, id)).await?.unwrap_or_else(Hash::of_nobody);
    let current = attempt.current.clone();
    if !app.hashing(move || hash.matches(&current)).await? {
        return Err(Error::invalid("current", "password.wrong"));
    }
    app.throttle.succeeded(guess);
    Ok(())
}

/// As a program sets it for somebody else: it proves no old one, so nobody sets their own like that.
pub fn set(act: &mut Act, id: PersonId, hash: &Hash) -> Result<Person> {
    let (_, asks_for_old) = edit(act, id)?;
    let own = act.actor.key().is_some_and(|grant| grant.owner == id);
    if asks_for_old || own { Err(Error::Forbidden("key.own_password")) } else { write(act, id, hash) }
}

fn write(act: &mut Act, id: PersonId, hash: &Hash) -> Result<Person> {
    let (person, _) = edit(act, id)?;
    store::people::lock(act.conn, id)?;
    store::passwords::set(act.conn, id, hash, act.now)?;
    store::sessions::delete_of(act.conn, id)?;
    act.record(Event::about(Kind::PasswordChanged, &person, vec![]))?;
    Ok(person)
}

/// A temporary password opens the door for so long.
const USABLE: Duration = Duration::from_secs(24 * 3_600);

fn label(id: PersonId) -> String {
    format!("temporary password of {}", id.0)
}

/// The caller's own, by one that the house makes up; an administrator passes it on. Ends all their sessions and tokens.
pub async fn reset(app: &Arc<App>, caller: &Caller) -> Result<()> {
    let id = caller.actor.id().ok_or(Error::NotFound)?;
    caller.actor.must_write()?;
    let (hash, made) = app
        .hashing(|| {
            let made = NewPassword::made_up()?;
            Ok::<_, Error>((made.hash()?, made.as_str().to_owned()))
        })
        .await??;
    let write = move |act: &mut Act| {
        let (person, _) = edit(act, id)?;
        // Nobody would be left to pass it on.
        super::keep_an_admin(act, &person)?;
        store::people::lock(act.conn, id)?;
        let sealed = STANDARD.encode(act.vault.seal(&label(id), made.as_bytes())?);
        let until = act.now.plus(USABLE);
        store::passwords::set_temporary(act.conn, id, &hash, (&sealed, until), act.now)?;
        store::sessions::delete_of(act.conn, id)?;
        let change = Change::new("temporary_until", "", until.to_string());
        act.record(Event::about(Kind::PasswordChanged, &person, vec![change]))
    };
    app.write(caller, write).await
}

/// A temporary password that still opens the door, and until when.
pub struct Temporary {
    pub password: String,
    pub until: Time,
}

/// For whoever may set somebody else's: nobody is shown their own.
pub fn temporary(act: &mut Act, person: &Person) -> Result<Option<Temporary>> {
    if act.actor.id() == Some(person.id) || !act.actor.can(Verb::SetPassword, person) {
        return Ok(None);
    }
    let found = store::passwords::temporary(act.conn, person.id)?;
    let Some((until, sealed)) = found.filter(|(until, sealed)| *until > act.now && !sealed.is_empty()) else {
        return Ok(None);
    };
    let sealed = STANDARD.decode(sealed).map_err(Error::broken)?;
    let password = String::from_utf8(act.vault.open(&label(person.id), &sealed)?).map_err(Error::broken)?;
    Ok(Some(Temporary { password, until }))
}
