//! Suspending people and letting them back in.
use super::{Act, keep_an_admin};
use crate::domain::event::Kind;
use crate::domain::{Change, Event, Person, PersonId, Result, Status, Verb};
use crate::store;

/// What a suspension would end.
pub struct Plan {
    pub person: Person,
    pub sessions: i64,
}

pub fn plan(act: &mut Act, id: PersonId) -> Result<Plan> {
    let person = super::show(act, id)?;
    act.actor.must(Verb::Suspend, &person)?;
    let sessions = store::sessions::count_of(act.conn, id)?;
    Ok(Plan { person, sessions })
}

/// Ends every session at once. Suspending somebody twice changes nothing.
pub fn create(act: &mut Act, id: PersonId, reason: &str) -> Result<Person> {
    let person = super::show(act, id)?;
    act.actor.must(Verb::Suspend, &person)?;
    keep_an_admin(act, &person)?;
    store::sessions::delete_of(act.conn, id)?;
    turn(act, person, Status::Suspended, Kind::PersonSuspended, reason)
}

pub fn destroy(act: &mut Act, id: PersonId) -> Result<Person> {
    let person = super::show(act, id)?;
    act.actor.must(Verb::Suspend, &person)?;
    turn(act, person, Status::Active, Kind::PersonReactivated, "")
}

fn turn(act: &mut Act, mut person: Person, to: Status, kind: Kind, reason: &str) -> Result<Person> {
    if person.status == to {
        return Ok(person);
    }
    let mut changes = vec![Change::new("status", person.status.name(), to.name())];
    if !reason.is_empty() {
        changes.push(Change::new("reason", "", reason));
    }
    person.status = to;
    store::people::update(act.conn, &person, act.now)?;
    act.record(Event::about(kind, &person, changes))?;
    super::show(act, person.id)
}
