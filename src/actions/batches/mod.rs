//! Changing several people in one step, and taking it back in one: a few at once, many by a job.
mod reversal;
mod turn;

pub(in crate::actions) use turn::{permit as permit_turn, write};

use super::people::list;
use super::{Act, people};
use crate::domain::deed::{Deed, without};
use crate::domain::event::Kind;
use crate::domain::job::Work;
use crate::domain::time::days;
use crate::domain::{Change, Error, Event, PeopleFilter, PersonId, Result, Sort, Status, Subject, Target, Time, Verb};
use crate::store;
use crate::store::jobs::{Asked, DONE, UNCHANGED};
use std::collections::BTreeSet;
use turn::Turning;

/// So many people are changed at once; more by a job.
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

impl Outcome {
    fn of(outcomes: &[(PersonId, String)]) -> Self {
        let count = |wanted: &str| outcomes.iter().filter(|(_, outcome)| outcome == wanted).count() as i64;
        let (changed, unchanged) = (count(DONE), count(UNCHANGED));
        Self { batch: None, changed, unchanged, refused: outcomes.len() as i64 - changed - unchanged }
    }
}

/// Who is to be changed, as whoever asks was shown: everybody who matches, and how many those were.
#[derive(Debug, Clone)]
pub struct Everybody {
    pub filter: PeopleFilter,
    pub count: i64,
    /// Of the form that asks; a second time it starts nothing.
    pub once: String,
}

/// All in one transaction; whoever may not be changed is left as they are and counted.
pub fn create(act: &mut Act, ids: &[PersonId], deed: &Deed) -> Result<Outcome> {
    let me = permit(act, deed)?;
    // In one order whoever asks, so that two steps never wait for each other.
    let ids: Vec<PersonId> = ids.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
    let done = Turning::read(act, deed)?.turn(act, &ids)?;
    let mut outcome = Outcome::of(&done.outcomes);
    if outcome.changed > 0 {
        let batch = store::batches::insert(act.conn, me, deed, act.now)?;
        store::batches::add(act.conn, batch, &done.turned)?;
        outcome.batch = Some(batch);
    }
    Ok(outcome)
}

/// Exactly how many would be looked at, and how many of those are so already, where a list can tell.
pub fn plan(act: &mut Act, filter: &PeopleFilter, deed: &Deed) -> Result<(i64, Option<i64>)> {
    permit(act, deed)?;
    let count = list::count(act, filter)?;
    let Some((narrowed, are_so)) = narrowed(filter, deed) else { return Ok((count, None)) };
    let some = list::count(act, &narrowed)?;
    Ok((count, Some(if are_so { some } else { count - some })))
}

/// The list of those of it who are so already, or, where false, of those who are not; nothing where no list is that.
fn narrowed(filter: &PeopleFilter, deed: &Deed) -> Option<(PeopleFilter, bool)> {
    let mut narrowed = filter.clone();
    let (free, are_so) = match deed {
        Deed::Suspend => (narrowed.status.replace(Status::Suspended).is_none(), true),
        Deed::Reactivate => (narrowed.status.replace(Status::Suspended).is_none(), false),
        Deed::Tag(tags) if tags.len() == 1 => (narrowed.tag.replace(tags[0].clone()).is_none(), true),
        Deed::Untag(tags) if tags.len() == 1 => (narrowed.tag.replace(tags[0].clone()).is_none(), false),
        Deed::SetOrganisation(name) if !name.is_empty() => {
            (narrowed.organisation.replace(name.clone()).is_none(), true)
        }
        Deed::AddToGroups(names) if names.len() == 1 => (narrowed.group.replace(names[0].clone()).is_none(), true),
        Deed::RemoveFromGroups(names) if names.len() == 1 => {
            (narrowed.group.replace(names[0].clone()).is_none(), false)
        }
        _ => return None,
    };
    free.then_some((narrowed, are_so))
}

/// Starts the job that changes everybody who matches; answers its number. Stale when those are not as many as were
/// shown.
pub fn start(act: &mut Act, whom: &Everybody, deed: &Deed) -> Result<i64> {
    let me = permit(act, deed)?;
    if let Some(started) = store::jobs::started_by(act.conn, me, &whom.once)? {
        return Ok(started);
    }
    let filter = list::permitted(act, &whom.filter, &Sort::default())?.into_owned();
    let batch = store::batches::insert(act.conn, me, deed, act.now)?;
    let work = Work::Batch { batch, deed: deed.clone() };
    let job = store::jobs::insert(act.conn, &work, Asked { actor: Some(me), once: &whom.once, place: "" }, act.now)?;
    if store::jobs::add_matching(act.conn, job, act.actor.scope(), &filter)? != whom.count {
        return Err(Error::Stale);
    }
    record(act, Kind::BatchStarted, deed, whom.count, job)?;
    Ok(job)
}

/// Some of those whose turn it is in a job.
pub(in crate::actions) fn step(
    act: &mut Act,
    batch: i64,
    deed: &Deed,
    ids: &[PersonId],
) -> Result<Vec<(PersonId, String)>> {
    let done = Turning::read(act, deed)?.turn(act, ids)?;
    store::batches::add(act.conn, batch, &done.turned)?;
    Ok(done.outcomes)
}

/// Whether somebody's own batch can be taken back now.
pub(in crate::actions) fn is_undoable(act: &mut Act, of: PersonId, id: i64) -> Result<bool> {
    match store::batches::find(act.conn, of, id) {
        Ok(batch) => Ok(!batch.undone && act.now.since(Time::from_micros(batch.at)) <= UNDOABLE),
        Err(Error::NotFound) => Ok(false),
        Err(e) => Err(e),
    }
}

/// Taken back at once, or by a job of this number.
#[derive(Debug, PartialEq)]
pub enum Undone {
    Now(Outcome),
    Later(i64),
}

/// Takes a step back: of everybody who is still as it left them, or of whose tags and groups those that it
/// gave or took. Whoever was changed in that meanwhile stays so and is counted as refused.
pub fn destroy(act: &mut Act, id: i64) -> Result<Undone> {
    let me = act.actor.id().ok_or(Error::NotFound)?;
    let batch = store::batches::find(act.conn, me, id)?;
    if act.now.since(Time::from_micros(batch.at)) > UNDOABLE {
        return Err(Error::NotFound);
    }
    if store::jobs::works_on(act.conn, id)? {
        return Err(Error::Forbidden("batch.under_way"));
    }
    if !store::batches::set_undone(act.conn, id)? {
        return Err(Error::Forbidden("batch.undone_already"));
    }
    let deed = Deed::remembered(&batch.verb, &batch.value).ok_or_else(|| Error::broken("a batch held no deed"))?;
    let turned = store::batches::turned(act.conn, id, None, MOST as i64 + 1)?;
    if turned.len() <= MOST {
        return Ok(Undone::Now(Outcome::of(&reversal::of(act, &deed, &turned)?)));
    }
    let work = Work::Reversal { batch: id, deed: deed.clone() };
    let job = store::jobs::insert(act.conn, &work, Asked { actor: Some(me), once: "", place: "" }, act.now)?;
    let count = store::jobs::add_changed(act.conn, job, id)?;
    record(act, Kind::ReversalStarted, &deed, count, job)?;
    Ok(Undone::Later(job))
}

/// Takes back what was done to some of those whose turn it is in a job.
pub(in crate::actions) fn step_back(
    act: &mut Act,
    batch: i64,
    deed: &Deed,
    ids: &[PersonId],
) -> Result<Vec<(PersonId, String)>> {
    let turned = store::batches::turned(act.conn, batch, Some(ids), ids.len() as i64)?;
    let mut outcomes = reversal::of(act, deed, &turned)?;
    // Whoever was deleted meanwhile took with them what the batch knew.
    let gone = ids.iter().filter(|id| !turned.iter().any(|one| one.person == **id));
    outcomes.extend(gone.map(|id| (*id, "error.not_found".to_owned())));
    Ok(outcomes)
}

/// Whoever may do this to somebody, and with names that are known.
fn permit(act: &mut Act, deed: &Deed) -> Result<PersonId> {
    let me = act.actor.id().ok_or(Error::NotFound)?;
    act.actor.must(Verb::List, Target::House)?;
    match deed {
        Deed::AddToGroups(names) if !without(names, &super::groups::names(act)?).is_empty() => {
            Err(Error::invalid("group", "groups.unknown"))
        }
        Deed::SetOrganisation(name) if !name.is_empty() && !store::organisations::is_known(act.conn, name)? => {
            Err(Error::invalid("organisation", "organisations.unknown"))
        }
        Deed::SetField(name, _) if list::catalogue(act)?.named(name).is_none() => {
            Err(Error::invalid("field", "custom.unknown"))
        }
        _ => Ok(me),
    }
}

fn record(act: &mut Act, kind: Kind, deed: &Deed, count: i64, job: i64) -> Result<()> {
    let number = |field, number: i64| Change::new(field, "", number.to_string());
    let said = Change::new("deed", "", format!("{} {}", deed.name(), deed.value()).trim());
    act.record(Event::on(kind, Subject::House, "", vec![said, number("count", count), number("job", job)]))
}
