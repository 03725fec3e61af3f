//! Deleting more people than one page looks at: one job makes the plan, another carries it out.
use super::many::{Sum, look};
use super::{Consent, Facts, known_groups, plan, stay_administered};
use crate::actions::people::list;
use crate::actions::{Act, jobs, trash};
use crate::domain::event::Kind;
use crate::domain::job::{Job, State, Work};
use crate::domain::{Change, Error, Event, PeopleFilter, PersonId, Result, Sort, Subject, Target, Verb};
use crate::store;
use crate::store::jobs::{Asked, DONE};

/// How many would be looked at.
pub fn count(act: &mut Act, filter: &PeopleFilter) -> Result<i64> {
    act.actor.must(Verb::Restore, Target::House)?;
    list::count(act, filter)
}

/// Starts the job that looks at everybody who matches; answers its number. Stale when those are not as many as were
/// shown.
pub fn start(act: &mut Act, filter: &PeopleFilter, (count, once): (i64, &str)) -> Result<i64> {
    act.actor.must(Verb::Restore, Target::House)?;
    let me = act.actor.id().ok_or(Error::NotFound)?;
    if let Some(started) = store::jobs::started_by(act.conn, me, once)? {
        return Ok(started);
    }
    let filter = list::permitted(act, filter, &Sort::default())?.into_owned();
    let job = store::jobs::insert(act.conn, &Work::Plan, Asked { actor: Some(me), once, place: "" }, act.now)?;
    if store::jobs::add_matching(act.conn, job, act.actor.scope(), &filter)? != count {
        return Err(Error::Stale);
    }
    told(act, Kind::DeletionPlanned, count, job)?;
    Ok(job)
}

/// Looks at some; answers what came of each: done, or the key of why they stay.
pub(in crate::actions) fn step(act: &mut Act, id: i64, ids: &[PersonId]) -> Result<Vec<(PersonId, String)>> {
    let mut sum = sum(&store::jobs::find(act.conn, id)?)?;
    let (mut outcomes, mut looks) = (vec![], vec![]);
    for person in ids {
        let outcome = match stay_administered(act, *person).and_then(|()| plan(act, *person)) {
            Ok(plan) => {
                sum.add(&plan);
                looks.push(look(&plan));
                DONE.to_owned()
            }
            Err(error) => error.refusal()?,
        };
        outcomes.push((*person, outcome));
    }
    store::jobs::look_at(act.conn, id, &looks)?;
    store::jobs::reach(act.conn, id, &sum)?;
    Ok(outcomes)
}

fn sum(job: &Job) -> Result<Sum> {
    match job.checkpoint.as_str() {
        "" => Ok(Sum::default()),
        text => serde_json::from_str(text).map_err(Error::broken),
    }
}

/// A plan that was made.
pub struct Planned {
    pub job: i64,
    pub count: i64,
    pub facts: Facts,
    sum: Sum,
    /// Why people stay, and how many.
    pub refused: Vec<(String, i64)>,
}

/// One's own, once it was made.
pub fn show(act: &mut Act, id: i64) -> Result<Planned> {
    act.actor.must(Verb::Restore, Target::House)?;
    let job = jobs::find(act, id)?;
    if job.work != Work::Plan || job.state != State::Done || job.actor != act.actor.id() {
        return Err(Error::NotFound);
    }
    let (known, retention, count) = (known_groups(act)?, trash::retention(act)?, job.tally.done);
    let sum = sum(&job)?;
    let facts = sum.clone().facts(&known, Work::request(id), (retention, count));
    Ok(Planned { job: id, count, facts, sum, refused: store::jobs::reasons(act.conn, id)? })
}

/// Starts the job that carries a plan out, once; answers its number. Refused when somebody has changed since they were
/// looked at.
pub fn create(act: &mut Act, planned: Planned, consent: &Consent) -> Result<i64> {
    let id = planned.job;
    let once = format!("plan-{id}");
    if let Some(started) = act.actor.id().map(|me| store::jobs::started_by(act.conn, me, &once)).transpose()?.flatten()
    {
        return Ok(started);
    }
    if planned.count == 0 {
        return Err(Error::invalid("seen", "deletion.nobody_left"));
    }
    if store::jobs::is_outdated(act.conn, id)? {
        return Err(Error::invalid("seen", "deletion.plan_old"));
    }
    if consent.typed.trim() != planned.facts.word {
        return Err(Error::invalid("typed", "deletion.typed_wrong"));
    }
    if store::jobs::is_about(act.conn, id, &consent.choices.heirs())? {
        return Err(Error::invalid("successor", "deletion.heir_is_gone"));
    }
    let work = Work::Deletion { choices: consent.choices.clone() };
    let asked = Asked { actor: act.actor.id(), once: &once, place: "" };
    let job = store::jobs::insert(act.conn, &work, asked, act.now)?;
    let count = store::jobs::add_done(act.conn, job, id)?;
    // What belonged to them is named in the trash from now on, and nowhere else.
    store::jobs::reach(act.conn, id, &planned.sum.nameless())?;
    told(act, Kind::DeletionStarted, count, job)?;
    Ok(job)
}

fn told(act: &mut Act, kind: Kind, count: i64, job: i64) -> Result<()> {
    let changes = vec![Change::new("count", "", count.to_string()), Change::new("job", "", job.to_string())];
    act.record(Event::on(kind, Subject::House, "", changes))
}
