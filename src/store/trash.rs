//! What was deleted or merged, sealed until it expires.
use super::Conn;
use super::schema::trash;
use crate::domain::{Cursor, Mark, PersonId, Result, Time, Turn};
use diesel::prelude::*;

/// An entry without its contents.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = trash)]
pub struct Sealed {
    pub id: i64,
    pub thing: String,
    pub thing_id: i64,
    pub cause: String,
    pub actor_id: Option<i64>,
    pub actor_label: String,
    pub at: i64,
    pub expires_at: i64,
    pub gist: Vec<u8>,
}

/// An entry about to be kept; its parts are sealed already.
pub struct New<'a> {
    pub thing: &'a str,
    pub thing_id: i64,
    pub cause: &'a str,
    pub actor: Option<PersonId>,
    pub actor_label: &'a str,
    pub at: Time,
    pub expires_at: Time,
    pub gist: &'a [u8],
    pub contents: &'a [u8],
}

pub fn insert(conn: &mut Conn, new: &New) -> Result<i64> {
    let row = (
        trash::thing.eq(new.thing),
        trash::thing_id.eq(new.thing_id),
        trash::cause.eq(new.cause),
        trash::actor_id.eq(new.actor.map(|id| id.0)),
        trash::actor_label.eq(new.actor_label),
        trash::at.eq(new.at.micros()),
        trash::expires_at.eq(new.expires_at.micros()),
        trash::gist.eq(new.gist),
        trash::contents.eq(new.contents),
    );
    Ok(diesel::insert_into(trash::table).values(row).returning(trash::id).get_result(conn)?)
}

/// The order cursors of the trash belong to.
pub const ORDER: &str = "trash";

/// Those that have not expired, newest first, of everybody or of one who deleted; `most` at most.
pub fn list(conn: &mut Conn, by: Option<PersonId>, now: Time, turn: &Turn, most: i64) -> Result<Vec<Sealed>> {
    let mut query = trash::table.filter(trash::expires_at.gt(now.micros())).into_boxed();
    if let Some(by) = by {
        query = query.filter(trash::actor_id.eq(by.0));
    }
    let query = match turn {
        Turn::First => query.order(trash::id.desc()),
        Turn::After(cursor) => query.filter(trash::id.lt(cursor.id)).order(trash::id.desc()),
        Turn::Before(cursor) => query.filter(trash::id.gt(cursor.id)).order(trash::id.asc()),
    };
    Ok(query.select(Sealed::as_select()).limit(most).load(conn)?)
}

pub fn cursor(id: i64) -> Cursor {
    Cursor { order: ORDER.into(), mark: Mark::Number(id), id }
}

pub fn count(conn: &mut Conn, by: Option<PersonId>, now: Time) -> Result<i64> {
    let mut query = trash::table.filter(trash::expires_at.gt(now.micros())).into_boxed();
    if let Some(by) = by {
        query = query.filter(trash::actor_id.eq(by.0));
    }
    Ok(query.count().get_result(conn)?)
}

/// The entry and its contents, as long as it has not expired. On PostgreSQL nobody else restores it meanwhile.
pub fn find(conn: &mut Conn, id: i64, now: Time) -> Result<(Sealed, Vec<u8>)> {
    let query = || trash::table.find(id).filter(trash::expires_at.gt(now.micros()));
    let entry = query().select(Sealed::as_select()).first(conn)?;
    Ok((entry, query().select(trash::contents).first(conn)?))
}

/// Whether this thing can still be brought back.
pub fn holds(conn: &mut Conn, (thing, id): (&str, i64), now: Time) -> Result<bool> {
    let there = trash::table.filter(trash::thing.eq(thing).and(trash::thing_id.eq(id)));
    let there = there.filter(trash::expires_at.gt(now.micros()));
    Ok(diesel::select(diesel::dsl::exists(there)).get_result(conn)?)
}

/// Number, person and contents of every merge.
pub fn merges(conn: &mut Conn) -> Result<Vec<(i64, i64, Vec<u8>)>> {
    let merges = trash::table.filter(trash::cause.eq("merge")).order(trash::id);
    Ok(merges.select((trash::id, trash::thing_id, trash::contents)).load(conn)?)
}

/// True when this call removed it.
pub fn delete(conn: &mut Conn, id: i64) -> Result<bool> {
    Ok(diesel::delete(trash::table.find(id)).execute(conn)? == 1)
}

/// The people among those whose time is over.
pub fn expired_people(conn: &mut Conn, now: Time) -> Result<Vec<PersonId>> {
    let over = trash::table.filter(trash::expires_at.le(now.micros()).and(trash::thing.eq("person")));
    let ids: Vec<i64> = over.select(trash::thing_id).load(conn)?;
    Ok(ids.into_iter().map(PersonId).collect())
}

/// Those whose time is over; answers how many there were.
pub fn purge(conn: &mut Conn, now: Time) -> Result<usize> {
    Ok(diesel::delete(trash::table.filter(trash::expires_at.le(now.micros()))).execute(conn)?)
}
