//! Where somebody is signed in, and who tried to be.
use super::password::Temporary;
use crate::actions::Act;
use crate::actions::sessions::{ABSOLUTE, IDLE};
use crate::domain::event::Kind;
use crate::domain::{Change, Error, Event, Person, PersonId, Result, Time, Verb};
use crate::store;
use crate::store::failures::Failure;

/// A place where somebody is signed in.
#[derive(Debug, Clone)]
pub struct Place {
    /// Names it in addresses; tells nothing of its key.
    pub handle: String,
    pub device: String,
    pub address: String,
    pub since: Time,
    pub seen: Time,
    /// The one that asks.
    pub is_this: bool,
}

/// What there is to know; failures only for whoever may see them.
pub struct Access {
    pub person: Person,
    pub places: Vec<Place>,
    pub failures: Vec<Failure>,
    pub has_password: bool,
    pub temporary: Option<Temporary>,
}

pub fn show(act: &mut Act, id: PersonId, this: Option<&str>) -> Result<Access> {
    let person = super::show(act, id)?;
    act.actor.must(Verb::SeeSessions, &person)?;
    let places = places(act, id, this)?;
    let failures = if act.actor.can(Verb::SeeAccess, &person) { store::failures::of(act.conn, id)? } else { vec![] };
    let has_password = store::passwords::find(act.conn, id)?.is_some();
    let temporary = super::password::temporary(act, &person)?;
    Ok(Access { person, places, failures, has_password, temporary })
}

fn places(act: &mut Act, id: PersonId, this: Option<&str>) -> Result<Vec<Place>> {
    let (seen, begun) = (act.now.minus(IDLE), act.now.minus(ABSOLUTE));
    let sessions = store::sessions::list_of(act.conn, id, seen, begun)?;
    let place = |session: store::sessions::Session| Place {
        is_this: this == Some(&session.handle),
        handle: session.handle,
        device: session.device,
        address: session.address,
        since: Time::from_micros(session.signed_in_at),
        seen: Time::from_micros(session.seen_at),
    };
    Ok(sessions.into_iter().map(place).collect())
}

/// Ends one session.
pub fn destroy(act: &mut Act, id: PersonId, wanted: &str) -> Result<()> {
    let person = super::show(act, id)?;
    act.actor.must(Verb::SeeSessions, &person)?;
    let (seen, begun) = (act.now.minus(IDLE), act.now.minus(ABSOLUTE));
    let sessions = store::sessions::list_of(act.conn, id, seen, begun)?;
    let session = sessions.into_iter().find(|one| one.handle == wanted).ok_or(Error::NotFound)?;
    store::sessions::delete(act.conn, &session.key_hash)?;
    let changes = vec![Change::new("sessions", "1", "")];
    act.record(Event::about(Kind::SessionRevoked, &person, changes))
}

/// Ends all of them, but not the one that asks; says how many.
pub fn destroy_all(act: &mut Act, id: PersonId, this: Option<&str>) -> Result<usize> {
    let person = super::show(act, id)?;
    act.actor.must(Verb::SeeSessions, &person)?;
    let ended = match this.filter(|_| act.actor.id() == Some(id)) {
        Some(handle) => store::sessions::delete_others(act.conn, id, handle)?,
        None => store::sessions::delete_of(act.conn, id)?,
    };
    if ended > 0 {
        let changes = vec![Change::new("sessions", ended.to_string(), "")];
        act.record(Event::about(Kind::SessionRevoked, &person, changes))?;
    }
    Ok(ended)
}
