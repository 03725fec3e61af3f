//! Jobs and whom they are about.
use super::schema::{job_items, jobs};
use super::{BATCH, Conn, each_backend};
use crate::domain::job::{Job, State, Work};
use crate::domain::{Error, PersonId, Result, Time};
use diesel::prelude::*;

/// What became of an item that went well.
pub const DONE: &str = "done";

/// Makes one that waits for its turn.
pub fn insert(conn: &mut Conn, actor: Option<PersonId>, work: &Work, people: &[PersonId], now: Time) -> Result<i64> {
    let row = (
        jobs::kind.eq(work.name()),
        jobs::actor_id.eq(actor.map(|id| id.0)),
        jobs::payload.eq(serde_json::to_string(work).map_err(Error::broken)?),
        jobs::state.eq(State::Waiting as i16),
        jobs::created_at.eq(now.micros()),
        jobs::ended_at.eq(0),
        jobs::locked_until.eq(0),
    );
    let id: i64 = diesel::insert_into(jobs::table).values(row).returning(jobs::id).get_result(conn)?;
    use job_items as i;
    let items: Vec<_> =
        people.iter().map(|person| (i::job_id.eq(id), i::person_id.eq(person.0), i::outcome.eq(""))).collect();
    for part in items.chunks(BATCH) {
        each_backend!(conn, |c| diesel::insert_into(i::table).values(part).execute(c))?;
    }
    Ok(id)
}

type Row = (i64, String, Option<i64>, String, i16, i64, i64, i64);

fn job((id, _, actor, payload, state, created_at, ended_at, _): Row) -> Result<Job> {
    Ok(Job {
        id,
        actor: actor.map(PersonId),
        work: serde_json::from_str(&payload).map_err(Error::broken)?,
        state: State::ALL[state.clamp(0, 2) as usize],
        created_at: Time::from_micros(created_at),
        ended_at: (ended_at != 0).then(|| Time::from_micros(ended_at)),
    })
}

pub fn find(conn: &mut Conn, id: i64) -> Result<Job> {
    job(jobs::table.find(id).first(conn)?)
}

/// Whether one waits that nobody works on.
pub fn any_free(conn: &mut Conn, now: Time) -> Result<bool> {
    let free = jobs::state.eq(State::Waiting as i16).and(jobs::locked_until.lt(now.micros()));
    Ok(diesel::select(diesel::dsl::exists(jobs::table.filter(free))).get_result(conn)?)
}

/// The oldest that waits and that nobody works on; whoever gets it holds it for a while.
pub fn claim(conn: &mut Conn, now: Time, until: Time) -> Result<Option<Job>> {
    let free = jobs::state.eq(State::Waiting as i16).and(jobs::locked_until.lt(now.micros()));
    let next: Option<i64> = jobs::table.filter(free).order(jobs::id).select(jobs::id).first(conn).optional()?;
    let Some(id) = next else { return Ok(None) };
    let held = diesel::update(jobs::table.filter(jobs::id.eq(id).and(free)));
    if held.set(jobs::locked_until.eq(until.micros())).execute(conn)? == 0 {
        Ok(None)
    } else {
        find(conn, id).map(Some)
    }
}

/// Whoever works on it goes on holding it; false when it is not waited for any more.
pub fn hold(conn: &mut Conn, id: i64, until: Time) -> Result<bool> {
    let waiting = jobs::table.filter(jobs::id.eq(id).and(jobs::state.eq(State::Waiting as i16)));
    Ok(diesel::update(waiting).set(jobs::locked_until.eq(until.micros())).execute(conn)? == 1)
}

/// Whose turn it is.
pub fn next(conn: &mut Conn, id: i64) -> Result<Option<PersonId>> {
    use job_items as i;
    let left = i::table.filter(i::job_id.eq(id).and(i::outcome.eq(""))).order(i::person_id);
    Ok(left.select(i::person_id).first(conn).optional()?.map(PersonId))
}

/// What became of one whose turn it is; Stale when somebody else settled that.
pub fn settle(conn: &mut Conn, id: i64, person: PersonId, outcome: &str, trash: Option<i64>) -> Result<()> {
    use job_items as i;
    let open = i::table.filter(i::job_id.eq(id).and(i::person_id.eq(person.0)).and(i::outcome.eq("")));
    let written = diesel::update(open).set((i::outcome.eq(outcome), i::trash_id.eq(trash))).execute(conn)?;
    if written == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// True when it waited until now.
pub fn end(conn: &mut Conn, id: i64, state: State, now: Time) -> Result<bool> {
    let waiting = jobs::table.filter(jobs::id.eq(id).and(jobs::state.eq(State::Waiting as i16)));
    Ok(diesel::update(waiting).set((jobs::state.eq(state as i16), jobs::ended_at.eq(now.micros()))).execute(conn)? == 1)
}

/// How many of its people have which outcome.
pub fn outcomes(conn: &mut Conn, id: i64) -> Result<Vec<(String, i64)>> {
    use job_items as i;
    let counted = i::table.filter(i::job_id.eq(id)).group_by(i::outcome).order(i::outcome);
    Ok(counted.select((i::outcome, diesel::dsl::count_star())).load(conn)?)
}

/// Those who were refused, and why; `most` at most.
pub fn refused(conn: &mut Conn, id: i64, most: i64) -> Result<Vec<(PersonId, String)>> {
    use job_items as i;
    let refused = i::table.filter(i::job_id.eq(id).and(i::outcome.ne("")).and(i::outcome.ne(DONE)));
    let rows: Vec<(i64, String)> =
        refused.order(i::person_id).limit(most).select((i::person_id, i::outcome)).load(conn)?;
    Ok(rows.into_iter().map(|(id, why)| (PersonId(id), why)).collect())
}
