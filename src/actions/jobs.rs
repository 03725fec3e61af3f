//! Jobs: taking the next step of one, and how far it is.
use super::people::deletion::many;
use super::{Act, sessions};
use crate::domain::event::Kind;
use crate::domain::job::{Job, State, Work};
use crate::domain::{Actor, Change, Error, Event, Person, PersonId, Result, Subject, Target, Verb};
use crate::store;
use std::time::Duration;

/// Whoever stops in the middle of a job holds it for so long.
const HELD: Duration = Duration::from_secs(30);
/// A page names so many of those who were refused.
const NAMED: i64 = 100;

/// How far a job is.
pub struct Progress {
    pub job: Job,
    pub total: i64,
    pub done: i64,
    pub refused: i64,
    /// Those who are there to be named, and why.
    pub refusals: Vec<(Person, String)>,
}

impl Progress {
    pub fn is_over(&self) -> bool {
        self.job.state != State::Waiting
    }
}

fn find(act: &mut Act, id: i64) -> Result<Job> {
    let job = store::jobs::find(act.conn, id)?;
    let own = job.actor.is_some() && job.actor == act.actor.id();
    if own || act.actor.can(Verb::SeeJobs, Target::House) { Ok(job) } else { Err(Error::NotFound) }
}

/// Of one's own job, or of anybody's for whoever may see them.
pub fn show(act: &mut Act, id: i64) -> Result<Progress> {
    let job = find(act, id)?;
    let outcomes = store::jobs::outcomes(act.conn, id)?;
    let of = |wanted: &str| outcomes.iter().find(|(outcome, _)| outcome == wanted).map_or(0, |(_, n)| *n);
    let total = outcomes.iter().map(|(_, n)| n).sum();
    let (done, left) = (of(store::jobs::DONE), of(""));
    let why = store::jobs::refused(act.conn, id, NAMED)?;
    let ids: Vec<PersonId> = why.iter().map(|(person, _)| *person).collect();
    let people = store::people::find_many(act.conn, act.actor.scope(), &ids)?;
    let named = |(id, key): (PersonId, String)| Some((people.iter().find(|person| person.id == id)?.clone(), key));
    let refusals = why.into_iter().filter_map(named).collect();
    Ok(Progress { job, total, done, refused: total - done - left, refusals })
}

/// What is done stays done; the rest is left alone.
pub fn cancel(act: &mut Act, id: i64) -> Result<()> {
    let job = find(act, id)?;
    if !store::jobs::end(act.conn, job.id, State::Cancelled, act.now)? {
        return Ok(());
    }
    let changes = vec![Change::new("job", job.id.to_string(), "")];
    act.record(Event::on(Kind::JobCancelled, Subject::House, "", changes))
}

/// Whether there is one to claim.
pub fn any_waits(act: &mut Act) -> Result<bool> {
    store::jobs::any_free(act.conn, act.now)
}

/// The next job that waits, and as whom it is done; for the house itself.
pub fn claim(act: &mut Act) -> Result<Option<(Job, Actor)>> {
    act.actor.must(Verb::Purge, Target::House)?;
    let until = act.now.plus(HELD);
    let Some(job) = store::jobs::claim(act.conn, act.now, until)? else { return Ok(None) };
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

/// Whose turn it is; nobody when the job is over.
pub fn next(act: &mut Act, job: &Job) -> Result<Option<PersonId>> {
    if !store::jobs::hold(act.conn, job.id, act.now.plus(HELD))? {
        return Ok(None);
    }
    let next = store::jobs::next(act.conn, job.id)?;
    if next.is_none() {
        many::finish(act, job.id)?;
    }
    Ok(next)
}

/// One step: what is done and that it is done stand in one transaction.
pub fn step(act: &mut Act, job: &Job, person: PersonId) -> Result<()> {
    match &job.work {
        Work::Deletion { choices, decided } => many::one(act, job.id, person, choices, decided),
    }
}

/// Notes why somebody was left as they are.
pub fn refuse(act: &mut Act, job: &Job, person: PersonId, error: Error) -> Result<()> {
    let why = match error {
        Error::Forbidden(key) | Error::Malformed(key) => key.to_owned(),
        Error::NotFound => "error.not_found".into(),
        Error::Stale => "plan.changed".into(),
        Error::Invalid(errors) | Error::Conflict(errors) => {
            errors.iter().next().map_or("error.malformed", |(_, key)| key).to_owned()
        }
        Error::Busy { .. } | Error::Broken(_) => "error.broken".into(),
    };
    store::jobs::settle(act.conn, job.id, person, &why, None)
}
