//! Jobs, who works on them and how far they are.
mod items;

pub use items::{
    DONE, Look, UNCHANGED, add, add_changed, add_done, add_matching, found, is_about, is_outdated, keep, look_at, next,
    reasons, refused, settle,
};

use super::Conn;
use super::schema::jobs;
use super::written::{Written, written};
use crate::domain::job::{Job, State, Tally, Work};
use crate::domain::{Error, PersonId, Result, Time, Turn};
use diesel::prelude::*;

#[derive(Queryable, Selectable)]
#[diesel(table_name = jobs)]
struct Row {
    id: i64,
    actor_id: Option<i64>,
    payload: String,
    state: i16,
    created_at: i64,
    ended_at: i64,
    total: i64,
    done: i64,
    unchanged: i64,
    refused: i64,
    started_at: i64,
    attempts: i16,
    cause: String,
    holder: String,
    checkpoint: String,
    place: String,
}

impl Row {
    fn into_job(self) -> Result<Job> {
        let time = |at: i64| (at != 0).then(|| Time::from_micros(at));
        Ok(Job {
            id: self.id,
            actor: self.actor_id.map(PersonId),
            work: serde_json::from_str(&self.payload).map_err(Error::broken)?,
            state: State::ALL.get(self.state as usize).copied().ok_or_else(|| Error::broken("a job's state"))?,
            total: self.total,
            tally: Tally { done: self.done, unchanged: self.unchanged, refused: self.refused },
            created_at: Time::from_micros(self.created_at),
            started_at: time(self.started_at),
            ended_at: time(self.ended_at),
            attempts: self.attempts,
            cause: self.cause,
            holder: self.holder,
            checkpoint: self.checkpoint,
            place: self.place,
        })
    }
}

/// What is asked for: by whom, by which form, and in which place it must be done; both words may be empty.
pub struct Asked<'a> {
    pub actor: Option<PersonId>,
    pub once: &'a str,
    pub place: &'a str,
}

/// Makes one that waits for its turn; whom it is about is added to it. A form that was used already is a conflict.
pub fn insert(conn: &mut Conn, work: &Work, asked: Asked, now: Time) -> Result<i64> {
    let Asked { actor, once, place } = asked;
    let row = (
        jobs::kind.eq(work.name()),
        jobs::actor_id.eq(actor.map(|id| id.0)),
        jobs::payload.eq(serde_json::to_string(work).map_err(Error::broken)?),
        jobs::state.eq(State::Waiting as i16),
        jobs::created_at.eq(now.micros()),
        jobs::ended_at.eq(0),
        jobs::locked_until.eq(0),
        jobs::once.eq(once),
        jobs::about.eq(work.batch().unwrap_or_default()),
        jobs::place.eq(place),
    );
    Ok(diesel::insert_into(jobs::table).values(row).returning(jobs::id).get_result(conn)?)
}

/// The job that the form with this word started.
pub fn started_by(conn: &mut Conn, actor: PersonId, once: &str) -> Result<Option<i64>> {
    let asked = jobs::table.filter(jobs::once.eq(once).and(jobs::actor_id.eq(actor.0)));
    Ok(asked.filter(jobs::once.ne("")).select(jobs::id).first(conn).optional()?)
}

pub fn find(conn: &mut Conn, id: i64) -> Result<Job> {
    jobs::table.find(id).select(Row::as_select()).first(conn)?.into_job()
}

/// Newest first, in the order walked: of this person, or of everybody.
pub fn list(conn: &mut Conn, of: Option<PersonId>, turn: &Turn, most: i64) -> Result<Vec<Job>> {
    let mut query = jobs::table.select(Row::as_select()).limit(most).into_boxed();
    if let Some(person) = of {
        query = query.filter(jobs::actor_id.eq(person.0));
    }
    query = match turn {
        Turn::First => query.order(jobs::id.desc()),
        Turn::After(cursor) => query.filter(jobs::id.lt(cursor.id)).order(jobs::id.desc()),
        Turn::Before(cursor) => query.filter(jobs::id.gt(cursor.id)).order(jobs::id.asc()),
    };
    query.load(conn)?.into_iter().map(Row::into_job).collect()
}

/// Whether one waits that nobody works on and that can be done in this place.
pub fn any_free(conn: &mut Conn, place: &str, now: Time) -> Result<bool> {
    let free = jobs::table.filter(waits()).filter(jobs::locked_until.lt(now.micros()));
    let free = free.filter(jobs::place.eq_any(["", place]));
    Ok(diesel::select(diesel::dsl::exists(free)).get_result(conn)?)
}

/// Said, not bound: only so the index of those that wait is used.
fn waits() -> Written<diesel::sql_types::Bool> {
    written("jobs.state = 0")
}

/// Whether one that does this batch waits.
pub fn works_on(conn: &mut Conn, batch: i64) -> Result<bool> {
    let waiting = jobs::table.filter(waits()).filter(jobs::about.eq(batch));
    Ok(diesel::select(diesel::dsl::exists(waiting)).get_result(conn)?)
}

/// Of those that [`any_free`] is about, the one left alone longest; whoever gets it holds it for a while.
pub fn claim(conn: &mut Conn, (holder, place): (&str, &str), now: Time, until: Time) -> Result<Option<Job>> {
    let free = jobs::locked_until.lt(now.micros());
    let here = jobs::place.eq_any(["", place]);
    let next =
        jobs::table.filter(waits()).filter(free).filter(here).order((jobs::locked_until, jobs::id)).select(jobs::id);
    let Some(id) = next.first::<i64>(conn).optional()? else { return Ok(None) };
    let held = jobs::table.filter(jobs::id.eq(id).and(free)).filter(waits());
    let held = diesel::update(held).set((jobs::locked_until.eq(until.micros()), jobs::holder.eq(holder)));
    if held.execute(conn)? == 0 {
        return Ok(None);
    }
    let first = diesel::update(jobs::table.filter(jobs::id.eq(id).and(jobs::started_at.eq(0))));
    first.set(jobs::started_at.eq(now.micros())).execute(conn)?;
    find(conn, id).map(Some)
}

/// Whoever works on it goes on holding it until then; false when it does not wait any more, or for somebody else.
pub fn hold(conn: &mut Conn, job: &Job, until: Time) -> Result<bool> {
    let mine = jobs::table.filter(jobs::id.eq(job.id).and(jobs::holder.eq(&job.holder))).filter(waits());
    Ok(diesel::update(mine).set(jobs::locked_until.eq(until.micros())).execute(conn)? == 1)
}

/// So much work is expected of it.
pub fn expect(conn: &mut Conn, id: i64, total: i64) -> Result<()> {
    diesel::update(jobs::table.find(id)).set(jobs::total.eq(total)).execute(conn)?;
    Ok(())
}

/// How much of it is done, all in all.
pub fn tell(conn: &mut Conn, id: i64, tally: Tally) -> Result<()> {
    let Tally { done, unchanged, refused } = tally;
    let told = (jobs::done.eq(done), jobs::unchanged.eq(unchanged), jobs::refused.eq(refused), jobs::attempts.eq(0));
    diesel::update(jobs::table.find(id)).set((told, jobs::cause.eq(""))).execute(conn)?;
    Ok(())
}

/// How far it is, in its own words.
pub fn reach(conn: &mut Conn, id: i64, checkpoint: &impl serde::Serialize) -> Result<()> {
    let checkpoint = serde_json::to_string(checkpoint).map_err(Error::broken)?;
    diesel::update(jobs::table.find(id)).set(jobs::checkpoint.eq(checkpoint)).execute(conn)?;
    Ok(())
}

/// The numbers of somebody's jobs of this kind and their states, newest first.
pub fn of_kind(conn: &mut Conn, actor: PersonId, kind: &str) -> Result<Vec<(i64, State)>> {
    let theirs = jobs::table.filter(jobs::actor_id.eq(actor.0).and(jobs::kind.eq(kind))).order(jobs::id.desc());
    let rows: Vec<(i64, i16)> = theirs.select((jobs::id, jobs::state)).load(conn)?;
    Ok(rows.into_iter().filter_map(|(id, state)| Some((id, *State::ALL.get(state as usize)?))).collect())
}

/// True when it waited until now, or for somebody to let it go on.
pub fn end(conn: &mut Conn, id: i64, state: State, now: Time) -> Result<bool> {
    let ended = (jobs::state.eq(state as i16), jobs::ended_at.eq(now.micros()));
    let open = jobs::table.find(id).filter(jobs::state.eq_any([State::Waiting as i16, State::Paused as i16]));
    Ok(diesel::update(open).set(ended).execute(conn)? == 1)
}

/// From one state into another in which it is not over; true when it was in the first.
pub fn turn(conn: &mut Conn, id: i64, from: State, to: State) -> Result<bool> {
    let row = jobs::table.filter(jobs::id.eq(id).and(jobs::state.eq(from as i16)));
    Ok(diesel::update(row).set((jobs::state.eq(to as i16), jobs::locked_until.eq(0))).execute(conn)? == 1)
}

/// One more failure, and why; it is left alone until then.
pub fn stumble(conn: &mut Conn, job: &Job, cause: &str, until: Time) -> Result<()> {
    let mine = jobs::table.filter(jobs::id.eq(job.id).and(jobs::holder.eq(&job.holder)));
    let failed = (jobs::attempts.eq(jobs::attempts + 1), jobs::cause.eq(cause), jobs::locked_until.eq(until.micros()));
    diesel::update(mine).set(failed).execute(conn)?;
    Ok(())
}

/// One that failed waits again; true when it did fail.
pub fn revive(conn: &mut Conn, id: i64) -> Result<bool> {
    let failed = jobs::table.filter(jobs::id.eq(id).and(jobs::state.eq(State::Failed as i16)));
    let anew = (
        jobs::state.eq(State::Waiting as i16),
        jobs::ended_at.eq(0),
        jobs::locked_until.eq(0),
        jobs::attempts.eq(0),
        jobs::cause.eq(""),
    );
    Ok(diesel::update(failed).set(anew).execute(conn)? == 1)
}

/// Those that ended long ago, with their people; one at a time.
pub fn delete_before(conn: &mut Conn, time: Time) -> Result<usize> {
    let old = jobs::table.filter(jobs::ended_at.ne(0).and(jobs::ended_at.lt(time.micros())));
    let Some(id) = old.order(jobs::id).select(jobs::id).first::<i64>(conn).optional()? else { return Ok(0) };
    Ok(diesel::delete(jobs::table.find(id)).execute(conn)?)
}
