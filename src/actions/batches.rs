//! Changing several people in one step, and taking it back in one.
use super::people::bounds::Bounds;
use super::{Act, people};
use crate::domain::deed::{Deed, holds, listed, with, without};
use crate::domain::event::Kind;
use crate::domain::time::days;
use crate::domain::{Change, Error, Event, Fields, Person, PersonId, Result, Status, Time, Verb, fold, text};
use crate::store;
use crate::store::batches::Turned;
use std::collections::BTreeSet;

/// A form may name so many people.
pub const MOST: usize = 200;
/// A step can be taken back for so long.
pub const UNDOABLE: std::time::Duration = days(30);

/// What became of those who were chosen.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Outcome {
    /// Nothing to take back when nobody was changed.
    pub batch: Option<i64>,
    pub changed: i64,
    /// They were so already.
    pub unchanged: i64,
    /// Not this actor's to change, or gone.
    pub refused: i64,
}

/// All in one transaction; whoever may not be changed is left as they are and counted.
pub fn create(act: &mut Act, ids: &[PersonId], deed: &Deed) -> Result<Outcome> {
    let me = act.actor.id().ok_or(Error::NotFound)?;
    act.actor.must(Verb::List, crate::domain::Target::House)?;
    if let Deed::AddToGroups(names) = deed
        && !without(names, &super::groups::names(act)?).is_empty()
    {
        return Err(Error::invalid("group", "groups.unknown"));
    }
    if let Deed::SetOrganisation(name) = deed
        && !name.is_empty()
        && !store::organisations::is_known(act.conn, name)?
    {
        return Err(Error::invalid("organisation", "organisations.unknown"));
    }
    // In one order whoever asks, so that two steps never wait for each other.
    let ids: BTreeSet<PersonId> = ids.iter().copied().collect();
    let mut outcome = Outcome::default();
    let (mut events, mut turned) = (vec![], vec![]);
    for id in &ids {
        let Some((before, after)) = turn(act, *id, deed)? else {
            outcome.refused += 1;
            continue;
        };
        let Some(event) = write(act, &before, &after)? else {
            outcome.unchanged += 1;
            continue;
        };
        events.push(event);
        turned.push(Turned { person: *id, before: held(deed, &before), after: held(deed, &after) });
    }
    outcome.changed = turned.len() as i64;
    if !turned.is_empty() {
        act.record_all(&events)?;
        store::batches::delete_before(act.conn, act.now.minus(UNDOABLE))?;
        outcome.batch = Some(store::batches::insert(act.conn, me, deed.name(), &deed.value(), act.now, &turned)?);
    }
    Ok(outcome)
}

/// Before and after, of somebody whom this actor may change so.
fn turn(act: &mut Act, id: PersonId, deed: &Deed) -> Result<Option<(Person, Person)>> {
    let before = match people::show(act, id) {
        Err(Error::NotFound) => return Ok(None),
        other => other?,
    };
    if !act.actor.can(deed.verb(), &before) {
        return Ok(None);
    }
    let mut after = before.clone();
    deed.change(&mut after.fields);
    match deed {
        Deed::Suspend => after.status = Status::Suspended,
        Deed::Reactivate if before.status == Status::Suspended => {
            after.status = people::suspension::status_before(act, id)?;
        }
        _ => {}
    }
    permitted(act, &before, &after).map(|yes| yes.then_some((before, after)))
}

/// The house keeps an administrator, and nobody leaves the actor's sight.
fn permitted(act: &mut Act, before: &Person, after: &Person) -> Result<bool> {
    if after.status == Status::Suspended {
        match people::keep_an_admin(act, before) {
            Err(Error::Forbidden(_)) => return Ok(false),
            other => other?,
        }
    }
    let fits = after.fields.tags.len() <= text::MOST_NAMES && after.fields.groups.len() <= text::MOST_NAMES;
    Ok(fits && Bounds::read(act)?.fault(Some(before.id), &after.fields).is_none())
}

/// Writes the difference and words it; nothing when there is none.
fn write(act: &mut Act, before: &Person, after: &Person) -> Result<Option<Event>> {
    let mut changes = before.fields.changes_to(&after.fields);
    let mut kind = Kind::PersonEdited;
    if before.status != after.status {
        changes.push(Change::new("status", before.status.name(), after.status.name()));
        kind = if after.status == Status::Suspended { Kind::PersonSuspended } else { Kind::PersonReactivated };
    }
    if changes.is_empty() {
        return Ok(None);
    }
    store::people::update(act.conn, after, act.now)?;
    if after.status == Status::Suspended {
        store::sessions::delete_of(act.conn, after.id)?;
    }
    Ok(Some(Event::about(kind, after, changes)))
}

/// What the deed turns, as it is kept for taking it back.
fn held(deed: &Deed, person: &Person) -> String {
    let Fields { organisation, tags, groups, .. } = &person.fields;
    match deed {
        Deed::Suspend | Deed::Reactivate => person.status.name().to_owned(),
        Deed::SetOrganisation(_) => organisation.clone(),
        Deed::Tag(_) | Deed::Untag(_) => tags.join("; "),
        Deed::AddToGroups(_) | Deed::RemoveFromGroups(_) => groups.join("; "),
    }
}

/// Takes a step back: of everybody who is still as it left them, or of whose tags and groups those that it
/// gave or took. Whoever was changed in that meanwhile stays so and is counted as refused.
pub fn destroy(act: &mut Act, id: i64) -> Result<Outcome> {
    let me = act.actor.id().ok_or(Error::NotFound)?;
    let (batch, turned) = store::batches::find(act.conn, me, id)?;
    if act.now.since(Time::from_micros(batch.at)) > UNDOABLE {
        return Err(Error::NotFound);
    }
    if !store::batches::set_undone(act.conn, id)? {
        return Err(Error::Forbidden("batch.undone_already"));
    }
    let mut outcome = Outcome::default();
    let mut events = vec![];
    for one in turned {
        match undo(act, &batch.verb, &one)? {
            Some(Some(event)) => events.push(event),
            Some(None) => outcome.unchanged += 1,
            None => outcome.refused += 1,
        }
    }
    outcome.changed = events.len() as i64;
    act.record_all(&events)?;
    Ok(outcome)
}

/// Nothing when it cannot be taken back, an event when it made a difference.
fn undo(act: &mut Act, verb: &str, turned: &Turned) -> Result<Option<Option<Event>>> {
    let now = match people::show(act, turned.person) {
        Err(Error::NotFound) => return Ok(None),
        other => other?,
    };
    let mut then = now.clone();
    let (before, after) = (listed(&turned.before), listed(&turned.after));
    let restored = |now: &[String]| with(&without(now, &without(&after, &before)), &without(&before, &after));
    let needed = match verb {
        "suspend" | "reactivate" => {
            if now.status.name() != turned.after {
                return Ok(None);
            }
            then.status = Status::parse(&turned.before).ok_or_else(|| Error::broken("a batch held no status"))?;
            Verb::Suspend
        }
        "organisation" => {
            let gone = !before.is_empty() && !store::organisations::is_known(act.conn, &turned.before)?;
            if fold(&now.fields.organisation) != fold(&turned.after) || gone {
                return Ok(None);
            }
            then.fields.organisation = turned.before.clone();
            Verb::EditStaffFields
        }
        "tag" | "untag" => {
            // A tag that was dropped meanwhile does not come back this way.
            let known = store::tags::known(act.conn, &before)?;
            then.fields.tags = restored(&now.fields.tags);
            then.fields.tags.retain(|name| known.contains(&fold(name)) || holds(&now.fields.tags, name));
            Verb::EditStaffFields
        }
        _ => {
            let known = store::groups::by_keys(act.conn, &before.iter().map(|name| fold(name)).collect::<Vec<_>>())?;
            then.fields.groups = restored(&now.fields.groups);
            then.fields.groups.retain(|name| known.contains_key(&fold(name)) || holds(&now.fields.groups, name));
            Verb::EditStaffFields
        }
    };
    if !act.actor.can(needed, &now) || !permitted(act, &now, &then)? {
        return Ok(None);
    }
    write(act, &now, &then).map(Some)
}
