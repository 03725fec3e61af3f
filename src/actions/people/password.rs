//! Setting a password: one's own by proving the old one, somebody else's as an administrator.
use super::Act;
use crate::App;
use crate::actions::Caller;
use crate::domain::event::Kind;
use crate::domain::password::Hash;
use crate::domain::{Error, Event, NewPassword, Person, PersonId, Result, Verb};
use crate::store;
use std::net::IpAddr;
use std::sync::Arc;

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
