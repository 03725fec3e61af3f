//! Doing one thing to some people.
use super::people;
use super::people::bounds::Bounds;
use crate::actions::Act;
use crate::domain::deed::Deed;
use crate::domain::event::Kind;
use crate::domain::{Catalogue, Change, Error, Event, Person, PersonId, Result, Status, text};
use crate::store;
use crate::store::batches::Turned;
use crate::store::jobs::{DONE, UNCHANGED};
use std::collections::HashMap;

/// What was done, and what became of each: done, unchanged, or the key of why not.
#[derive(Default)]
pub struct Done {
    pub turned: Vec<Turned>,
    pub outcomes: Vec<(PersonId, String)>,
}

/// A deed, and what is read once for all.
pub struct Turning<'d> {
    deed: &'d Deed,
    bounds: Bounds,
    catalogue: Catalogue,
}

impl<'d> Turning<'d> {
    pub fn read(act: &mut Act, deed: &'d Deed) -> Result<Self> {
        Ok(Self { deed, bounds: Bounds::read(act)?, catalogue: people::list::catalogue(act)? })
    }

    /// Whoever may not be changed so is left as they are.
    pub fn turn(&self, act: &mut Act, ids: &[PersonId]) -> Result<Done> {
        let mut known = held(act, ids)?;
        let (mut done, mut events) = (Done::default(), vec![]);
        for id in ids {
            let before = known.remove(id);
            let outcome = match self.after(act, before.as_ref()) {
                Ok((before, after)) => match write(act, before, &after)? {
                    Some(event) => {
                        events.push(event);
                        let (before, after) = (self.deed.held(before), self.deed.held(&after));
                        done.turned.push(Turned { person: *id, before, after });
                        DONE.to_owned()
                    }
                    None => UNCHANGED.to_owned(),
                },
                Err(error) => error.refusal()?,
            };
            done.outcomes.push((*id, outcome));
        }
        act.record_all(&events)?;
        Ok(done)
    }

    /// Before and after, of somebody whom this actor may change so.
    fn after<'p>(&self, act: &mut Act, before: Option<&'p Person>) -> Result<(&'p Person, Person)> {
        let before = before.ok_or(Error::NotFound)?;
        act.actor.must(self.deed.verb(), before)?;
        let mut after = before.clone();
        self.deed.change(&mut after.fields, before.role, &self.catalogue).map_err(Error::Forbidden)?;
        match self.deed {
            Deed::Suspend => after.status = Status::Suspended,
            Deed::Reactivate if before.status == Status::Suspended => {
                after.status = people::suspension::status_before(act, before.id)?;
            }
            _ => {}
        }
        permit(act, &self.bounds, before, &after)?;
        Ok((before, after))
    }
}

/// Those in sight, and nobody else changes them meanwhile.
pub fn held(act: &mut Act, ids: &[PersonId]) -> Result<HashMap<PersonId, Person>> {
    store::people::lock_all(act.conn, ids)?;
    let found = store::people::find_many(act.conn, act.actor.scope(), ids)?;
    Ok(found.into_iter().map(|person| (person.id, person)).collect())
}

/// The house keeps an administrator, and nobody leaves the actor's sight.
pub fn permit(act: &mut Act, bounds: &Bounds, before: &Person, after: &Person) -> Result<()> {
    if (after.role, after.status) != (before.role, before.status) {
        people::keep_an_admin(act, before)?;
    }
    if after.fields.tags.len().max(after.fields.groups.len()) > text::MOST_NAMES {
        return Err(Error::Forbidden("names.too_many"));
    }
    match bounds.fault(Some(before.id), &after.fields) {
        Some((_, why)) => Err(Error::Forbidden(why)),
        None => Ok(()),
    }
}

/// Writes the difference and words it; nothing when there is none.
pub fn write(act: &mut Act, before: &Person, after: &Person) -> Result<Option<Event>> {
    let mut changes = before.fields.changes_to(&after.fields);
    let mut kind = Kind::PersonEdited;
    if before.status != after.status {
        changes.push(Change::new("status", before.status.name(), after.status.name()));
        kind = if after.status == Status::Suspended { Kind::PersonSuspended } else { Kind::PersonReactivated };
    }
    if before.role != after.role {
        changes.push(Change::new("role", before.role.name(), after.role.name()));
    }
    if changes.is_empty() {
        return Ok(None);
    }
    store::people::update(act.conn, after, act.now)?;
    if after.status == Status::Suspended || before.role != after.role {
        store::sessions::delete_of(act.conn, after.id)?;
    }
    Ok(Some(Event::about(kind, after, changes)))
}
