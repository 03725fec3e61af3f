//! Suspending people and letting them back in.
use super::{Act, keep_an_admin};
use crate::actions::sessions::{ABSOLUTE, IDLE};
use crate::domain::event::Kind;
use crate::domain::{Change, EntryFilter, Event, Person, PersonId, Result, Scope, Status, Turn, Verb};
use crate::store;

/// What a suspension would end.
pub struct Plan {
    pub person: Person,
    pub sessions: i64,
}

pub fn plan(act: &mut Act, id: PersonId) -> Result<Plan> {
    let person = super::show(act, id)?;
    act.actor.must(Verb::Suspend, &person)?;
    let sessions = store::sessions::count_of(act.conn, id, act.now.minus(IDLE), act.now.minus(ABSOLUTE))?;
    Ok(Plan { person, sessions })
}

/// Ends every session at once. Suspending somebody twice changes nothing.
pub fn create(act: &mut Act, id: PersonId, reason: &str) -> Result<Person> {
    let person = super::show(act, id)?;
    act.actor.must(Verb::Suspend, &person)?;
    keep_an_admin(act, &person)?;
    if person.status == Status::Suspended {
        return Ok(person);
    }
    let reason = Some(reason).filter(|reason| !reason.is_empty()).map(|reason| Change::new("reason", "", reason));
    let person = turn(act, person, Status::Suspended, Kind::PersonSuspended, reason)?;
    store::sessions::delete_of(act.conn, id)?;
    Ok(person)
}

/// Back to what they were before; somebody who is not suspended stays as they are.
pub fn destroy(act: &mut Act, id: PersonId) -> Result<Person> {
    let person = super::show(act, id)?;
    act.actor.must(Verb::Suspend, &person)?;
    if person.status != Status::Suspended {
        return Ok(person);
    }
    let before = status_before(act, id)?;
    turn(act, person, before, Kind::PersonReactivated, None)
}

/// Any status, as programs set it; the same again changes nothing. Whoever may not sign in any more is out at once.
pub fn set(act: &mut Act, id: PersonId, status: Status) -> Result<Person> {
    let person = super::show(act, id)?;
    if person.status == status {
        return Ok(person);
    }
    if status == Status::Suspended {
        return create(act, id, "");
    }
    act.actor.must(Verb::Suspend, &person)?;
    keep_an_admin(act, &person)?;
    let kind = if person.status == Status::Suspended { Kind::PersonReactivated } else { Kind::PersonEdited };
    let person = turn(act, person, status, kind, None)?;
    if !status.may_sign_in() {
        store::sessions::delete_of(act.conn, id)?;
    }
    Ok(person)
}

/// As the history tells it; active when it tells nothing, as of somebody who came in suspended.
pub(in crate::actions) fn status_before(act: &mut Act, id: PersonId) -> Result<Status> {
    let filter = EntryFilter { person: Some(id), kinds: vec![Kind::PersonSuspended], ..EntryFilter::default() };
    let latest =
        store::audit::list(act.conn, act.vault, (Scope::Everyone, act.actor.tickets()), &filter, &Turn::First, 1)?;
    let told = latest.first().and_then(|entry| entry.changes.iter().find(|change| change.field == "status"));
    let before = told.and_then(|change| Status::parse(&change.before));
    Ok(before.filter(|status| *status != Status::Suspended).unwrap_or(Status::Active))
}

fn turn(act: &mut Act, mut person: Person, to: Status, kind: Kind, also: Option<Change>) -> Result<Person> {
    let mut changes = vec![Change::new("status", person.status.name(), to.name())];
    changes.extend(also);
    person.status = to;
    store::people::update(act.conn, &person, act.now)?;
    act.record(Event::about(kind, &person, changes))?;
    super::show(act, person.id)
}
