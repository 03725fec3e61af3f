//! Somebody's picture.
use super::picture::{Crop, square};
use crate::App;
use crate::actions::{Act, Caller};
use crate::domain::event::Kind;
use crate::domain::{Error, Event, Person, PersonId, Result, Target, Verb};
use crate::store;
use crate::store::avatars::Picture;
use std::sync::Arc;

/// Whoever may change it.
pub fn edit(act: &mut Act, id: PersonId) -> Result<Person> {
    super::editable(act, id)
}

/// A picture by its hash, for whoever has signed in: a hash that nobody was shown cannot be guessed.
pub fn show(act: &mut Act, hash: &str) -> Result<Picture> {
    if act.actor.id().is_none() {
        act.actor.must(Verb::List, Target::House)?;
    }
    let is_hash = hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit());
    if is_hash { store::avatars::find(act.conn, hash) } else { Err(Error::NotFound) }
}

/// Works on the picture outside the transaction. The same picture again changes nothing.
pub async fn update(app: &Arc<App>, caller: &Caller, id: PersonId, bytes: Vec<u8>, crop: Crop) -> Result<Person> {
    app.read(caller, move |act| edit(act, id)).await?;
    let picture = app.picturing(move || square(&bytes, crop)).await?;
    let picture = picture.map_err(|key| Error::invalid("picture", key))?;
    app.write(caller, move |act| write(act, id, &picture)).await
}

fn write(act: &mut Act, id: PersonId, picture: &Picture) -> Result<Person> {
    let person = edit(act, id)?;
    if person.avatar.as_ref() == Some(&picture.hash) {
        return Ok(person);
    }
    store::avatars::insert(act.conn, picture)?;
    store::avatars::set(act.conn, id, person.avatar.as_deref(), Some(&picture.hash))?;
    act.record(Event::about(Kind::AvatarChanged, &person, vec![]))?;
    Ok(person)
}

/// Back to initials.
pub fn destroy(act: &mut Act, id: PersonId) -> Result<Person> {
    let person = edit(act, id)?;
    if person.avatar.is_some() {
        store::avatars::set(act.conn, id, person.avatar.as_deref(), None)?;
        act.record(Event::about(Kind::AvatarRemoved, &person, vec![]))?;
    }
    Ok(person)
}
