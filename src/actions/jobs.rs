//! Jobs: taking the next step of one, and how far it is.
use super::people::deletion::{many, planned};
use super::people::export::kept::{self, Kept};
use super::{Act, batches, files, imports, sessions};
use crate::domain::event::Kind;
use crate::domain::job::{Job, State, Work};
use crate::domain::{
    Actor, Change, Cursor, Error, Event, Mark, Page, Person, PersonId, Result, Subject, Target, Turn, Verb,
};
use crate::store;
use crate::store::jobs::DONE;
use std::collections::HashMap;
use std::time::Duration;

/// Whoever stops in the middle of a job holds it for so long.
const HELD: Duration = Duration::from_secs(30);
/// A page names so many of those who were refused.
const NAMED: i64 = 100;
/// A job that fails so often in a row is left to people.
const MOST_ATTEMPTS: i16 = 6;
/// After the first failure it waits so long, and twice as long after each more.
const PAUSE: Duration = Duration::from_secs(2);
/// The order that cursors of jobs belong to.
const ORDER: &str = "jobs";

/// How far a job is.
pub struct Progress {
    pub job: Job,
    /// Why people were refused and how many, and some who are there to be named; both once it is over.
    pub reasons: Vec<(String, i64)>,
    pub refusals: Vec<(Person, String)>,
    /// It is a batch that can be taken back.
    pub is_undoable: bool,
    /// The file that it wrote, for whoever may fetch it.
    pub file: Option<Kept>,
    /// Its file lies with another program of this house.
    pub is_elsewhere: bool,
}

/// A page of jobs, newest first, each with what its starter is called.
pub struct Listing {
    pub list: Vec<(Job, Option<String>)>,
    pub before: Option<Cursor>,
    pub after: Option<Cursor>,
}

/// Reads a cursor of the list of jobs.
pub fn cursor(raw: &str) -> Option<Cursor> {
    Cursor::parse(raw, ORDER)
}

/// One's own jobs, or everybody's for whoever may see them.
pub fn index(act: &mut Act, turn: &Turn, size: usize) -> Result<Listing> {
    act.actor.must(Verb::List, Target::House)?;
    let of = if act.actor.can(Verb::SeeJobs, Target::House) { None } else { act.actor.id() };
    let found = store::jobs::list(act.conn, of, turn, size as i64 + 1)?;
    let at = |job: &Job| Cursor { order: ORDER.into(), mark: Mark::Number(job.id), id: job.id };
    let Page { list, before, after } = turn.page(found, size, at);
    let starters: Vec<PersonId> = list.iter().filter_map(|job| job.actor).collect();
    let names: HashMap<PersonId, String> = store::people::labels(act.conn, act.actor.scope(), &starters)?;
    let named = |job: Job| (job.actor.and_then(|id| names.get(&id).cloned()), job);
    let list = list.into_iter().map(named).map(|(name, job)| (job, name)).collect();
    Ok(Listing { list, before, after })
}

pub(in crate::actions) fn find(act: &mut Act, id: i64) -> Result<Job> {
    let job = store::jobs::find(act.conn, id)?;
    let own = job.actor.is_some() && job.actor == act.actor.id();
    if own || act.actor.can(Verb::SeeJobs, Target::House) { Ok(job) } else { Err(Error::NotFound) }
}

/// Of one's own job, or of anybody's for whoever may see them.
pub fn show(act: &mut Act, id: i64) -> Result<Progress> {
    let job = find(act, id)?;
    let (mut reasons, mut refusals) = (vec![], vec![]);
    if job.is_over() && job.tally.refused > 0 {
        reasons = store::jobs::reasons(act.conn, id)?;
        let why = store::jobs::refused(act.conn, id, NAMED)?;
        let ids: Vec<PersonId> = why.iter().map(|(person, _)| *person).collect();
        let people = store::people::find_many(act.conn, act.actor.scope(), &ids)?;
        let named = |(id, key): (PersonId, String)| Some((people.iter().find(|person| person.id == id)?.clone(), key));
        refusals = why.into_iter().filter_map(named).collect();
    }
    let is_undoable = match (&job.work, job.actor) {
        (Work::Batch { batch, .. }, Some(me)) if job.is_over() && job.tally.done > 0 => {
            act.actor.id() == Some(me) && batches::is_undoable(act, me, *batch)?
        }
        _ => false,
    };
    let file = kept::find(act, &job)?;
    let is_elsewhere = !job.place.is_empty() && job.place != files::place(act.folder)?;
    Ok(Progress { job, reasons, refusals, is_undoable, file, is_elsewhere })
}

/// What is done stays done; the rest is left alone.
pub fn cancel(act: &mut Act, id: i64) -> Result<()> {
    let job = find(act, id)?;
    if !store::jobs::end(act.conn, job.id, State::Cancelled, act.now)? {
        return Ok(());
    }
    if let Work::Export(_) = job.work {
        kept::remove(act.folder, id)?;
    }
    told(act, Kind::JobCancelled, id)
}

/// One that failed goes on where it stopped.
pub fn retry(act: &mut Act, id: i64) -> Result<()> {
    let job = find(act, id)?;
    if !store::jobs::revive(act.conn, job.id)? {
        return Ok(());
    }
    told(act, Kind::JobRetried, id)
}

/// Nobody works on it until it is let go on.
pub fn pause(act: &mut Act, id: i64) -> Result<()> {
    turn(act, id, (State::Waiting, State::Paused), Kind::JobPaused)
}

/// Lets it go on.
pub fn resume(act: &mut Act, id: i64) -> Result<()> {
    turn(act, id, (State::Paused, State::Waiting), Kind::JobResumed)
}

fn turn(act: &mut Act, id: i64, (from, to): (State, State), kind: Kind) -> Result<()> {
    let job = find(act, id)?;
    if store::jobs::turn(act.conn, job.id, from, to)? { told(act, kind, id) } else { Ok(()) }
}

fn told(act: &mut Act, kind: Kind, id: i64) -> Result<()> {
    act.record(Event::on(kind, Subject::House, "", vec![Change::new("job", id.to_string(), "")]))
}

/// Whether there is one to claim here.
pub fn any_waits(act: &mut Act) -> Result<bool> {
    store::jobs::any_free(act.conn, &files::place(act.folder)?, act.now)
}

/// The next job that waits, and as whom it is done; for the house itself.
pub fn claim(act: &mut Act) -> Result<Option<(Job, Actor)>> {
    act.actor.must(Verb::Purge, Target::House)?;
    let until = act.now.plus(HELD);
    let (holder, place) = (super::random_code(), files::place(act.folder)?);
    let Some(job) = store::jobs::claim(act.conn, (&holder, &place), act.now, until)? else { return Ok(None) };
    let actor = match job.actor {
        None => Some(Actor::CommandLine),
        Some(id) => sessions::reader(act, id, None)?.map(|reader| reader.actor),
    };
    match actor {
        Some(actor) => Ok(Some((job, actor))),
        // Whoever started it may not act any more.
        None => store::jobs::end(act.conn, job.id, State::Cancelled, act.now).map(|_| None),
    }
}

/// Others may take it up from now on.
pub fn release(act: &mut Act, job: &Job) -> Result<()> {
    store::jobs::hold(act.conn, job, act.now.minus(Duration::from_micros(1))).map(drop)
}

/// One step: what is done and that it is done stand in one transaction. False when there is nothing left to do here.
pub fn step(act: &mut Act, job: &Job) -> Result<bool> {
    if !store::jobs::hold(act.conn, job, act.now.plus(HELD))? {
        return Ok(false);
    }
    if let Some(import) = job.work.import() {
        let is_trial = matches!(job.work, Work::Trial { .. });
        let told = if is_trial { imports::trial(act, job.id, import)? } else { imports::run(act, job.id, import)? };
        return match told {
            Some(tally) => store::jobs::tell(act.conn, job.id, tally).map(|()| true),
            None => done(act, job),
        };
    }
    let goes_on = match &job.work {
        Work::Revert { import, run } => Some(imports::reversal::step(act, job.id, *import, *run)?),
        Work::Export(export) => Some(kept::step(act, job, export)?),
        _ => None,
    };
    if let Some(goes_on) = goes_on {
        return if goes_on { Ok(true) } else { done(act, job) };
    }
    let ids = store::jobs::next(act.conn, job.id, job.work.at_once())?;
    if ids.is_empty() {
        return done(act, job);
    }
    let outcomes = match &job.work {
        Work::Deletion { choices } => {
            for id in &ids {
                let found = store::jobs::found(act.conn, job.id, *id)?;
                let kept = many::one(act, *id, choices, &found)?;
                store::jobs::keep(act.conn, job.id, *id, kept)?;
            }
            ids.into_iter().map(|id| (id, DONE.to_owned())).collect()
        }
        Work::Batch { batch, deed } => batches::step(act, *batch, deed, &ids)?,
        Work::Reversal { batch, deed } => batches::step_back(act, *batch, deed, &ids)?,
        Work::Plan => planned::step(act, job.id, &ids)?,
        Work::Trial { .. } | Work::Import { .. } | Work::Revert { .. } | Work::Export(_) => vec![],
    };
    store::jobs::settle(act.conn, job.id, &outcomes)?;
    Ok(true)
}

/// Nothing is left to do.
fn done(act: &mut Act, job: &Job) -> Result<bool> {
    store::jobs::end(act.conn, job.id, State::Done, act.now).map(|_| false)
}

/// A step came to nothing: whoever is alone in it is left as they are, and why is noted; else it is tried again, later
/// each time, until it was tried too often.
pub fn stumble(act: &mut Act, job: &Job, error: Error) -> Result<()> {
    if let (1, [alone]) = (job.work.at_once(), store::jobs::next(act.conn, job.id, 1)?.as_slice()) {
        let why = match error {
            Error::Stale => "plan.changed".into(),
            Error::Busy { .. } | Error::Broken(_) => "error.broken".into(),
            other => other.refusal()?,
        };
        return store::jobs::settle(act.conn, job.id, &[(*alone, why)]);
    }
    let why = if let Error::Forbidden(key) = &error { key } else { "error.broken" };
    let now = store::jobs::find(act.conn, job.id)?;
    store::jobs::stumble(act.conn, job, why, act.now.plus(PAUSE * (1 << now.attempts.clamp(0, MOST_ATTEMPTS))))?;
    // Rights do not come back by waiting.
    if now.attempts + 1 >= MOST_ATTEMPTS || matches!(error, Error::Forbidden(_)) {
        store::jobs::end(act.conn, job.id, State::Failed, act.now)?;
    }
    Ok(())
}

/// Forgets one thing that nobody can take back any more: a batch, an import or a job; or a file that is kept no longer.
/// False when there is none.
pub fn forget(act: &mut Act) -> Result<bool> {
    act.actor.must(Verb::Purge, Target::House)?;
    let since = act.now.minus(batches::UNDOABLE);
    if let Some(file) = store::imports::next_file(act.conn, act.now.minus(imports::file::KEPT))? {
        imports::file::forget(act.folder, &file)?;
        return store::imports::forget_file(act.conn, &file).map(|()| true);
    }
    if kept::forget(act)? || imports::file::forget_strays(act)? {
        return Ok(true);
    }
    Ok(store::batches::delete_before(act.conn, since)? + store::imports::delete_before(act.conn, since)? > 0
        || store::jobs::delete_before(act.conn, since)? > 0)
}
