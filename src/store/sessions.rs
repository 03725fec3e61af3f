//! Sessions by the hash of their key.
use super::{Conn, each_backend, schema::sessions};
use crate::domain::{PersonId, Result, Time};
use diesel::prelude::*;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = sessions)]
pub struct Session {
    pub key_hash: String,
    pub person_id: i64,
    /// The state as JSON.
    pub state: String,
    pub address: String,
    pub device: String,
    pub signed_in_at: i64,
    pub seen_at: i64,
    /// Names it in addresses; tells nothing of its key.
    pub handle: String,
}

pub fn find(conn: &mut Conn, key_hash: &str) -> Result<Option<Session>> {
    let query = sessions::table.find(key_hash);
    Ok(each_backend!(conn, |c| query.select(Session::as_select()).first(c).optional())?)
}

pub fn insert(conn: &mut Conn, session: Session) -> Result<()> {
    diesel::insert_into(sessions::table).values(session).execute(conn)?;
    Ok(())
}

/// A session that was ended meanwhile stays ended.
pub fn update(conn: &mut Conn, key_hash: &str, state: &str, now: Time) -> Result<()> {
    let values = (sessions::state.eq(state), sessions::seen_at.eq(now.micros()));
    diesel::update(sessions::table.find(key_hash)).set(values).execute(conn)?;
    Ok(())
}

pub fn touch(conn: &mut Conn, key_hash: &str, now: Time) -> Result<()> {
    diesel::update(sessions::table.find(key_hash)).set(sessions::seen_at.eq(now.micros())).execute(conn)?;
    Ok(())
}

pub fn delete(conn: &mut Conn, key_hash: &str) -> Result<()> {
    diesel::delete(sessions::table.find(key_hash)).execute(conn)?;
    Ok(())
}

/// Ends every session of a person, and every token; says how many.
pub fn delete_of(conn: &mut Conn, person: PersonId) -> Result<usize> {
    let tokens = super::tokens::delete_of(conn, person)?;
    Ok(tokens + diesel::delete(sessions::table.filter(sessions::person_id.eq(person.0))).execute(conn)?)
}

/// The latest used first; `seen` and `begun` as in [`count_of`]. 100 at most.
pub fn list_of(conn: &mut Conn, person: PersonId, seen: Time, begun: Time) -> Result<Vec<Session>> {
    let alive = sessions::seen_at.gt(seen.micros()).and(sessions::signed_in_at.gt(begun.micros()));
    let query = sessions::table.filter(sessions::person_id.eq(person.0)).filter(alive);
    Ok(query.order(sessions::seen_at.desc()).limit(100).select(Session::as_select()).load(conn)?)
}

/// Ends every session of a person but this one; says how many.
pub fn delete_others(conn: &mut Conn, person: PersonId, handle: &str) -> Result<usize> {
    let others = sessions::person_id.eq(person.0).and(sessions::handle.ne(handle));
    Ok(diesel::delete(sessions::table.filter(others)).execute(conn)?)
}

/// Those used since `seen` and begun since `begun`; older ones are over.
pub fn count_of(conn: &mut Conn, person: PersonId, seen: Time, begun: Time) -> Result<i64> {
    let alive = sessions::seen_at.gt(seen.micros()).and(sessions::signed_in_at.gt(begun.micros()));
    Ok(sessions::table.filter(sessions::person_id.eq(person.0)).filter(alive).count().get_result(conn)?)
}

/// Drops what nobody can use any more.
pub fn delete_seen_before(conn: &mut Conn, time: Time) -> Result<usize> {
    Ok(diesel::delete(sessions::table.filter(sessions::seen_at.lt(time.micros()))).execute(conn)?)
}
