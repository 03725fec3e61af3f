//! What was deleted or merged, sealed until it expires.
use super::Conn;
use super::schema::trash;
use crate::domain::{Cursor, Error, Mark, PersonId, Result, Time, Turn};
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

/// On PostgreSQL nobody else restores it or adds to it until the end of the transaction.
pub fn lock(conn: &mut Conn, id: i64) -> Result<()> {
    if let Conn::Postgres(c) = conn {
        trash::table.find(id).select(trash::id).for_update().first::<i64>(c)?;
    }
    Ok(())
}

/// The entry and its contents, as long as it has not expired.
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

/// Drops what is kept of somebody, and their name from what they put there.
pub fn forget(conn: &mut Conn, person: PersonId) -> Result<()> {
    let theirs = trash::table.filter(trash::thing.eq("person").and(trash::thing_id.eq(person.0)));
    diesel::delete(theirs).execute(conn)?;
    let by = trash::table.filter(trash::actor_id.eq(person.0));
    diesel::update(by).set(trash::actor_label.eq("")).execute(conn)?;
    Ok(())
}

/// The entry that this thing is in, and its contents.
pub fn of_thing(conn: &mut Conn, (thing, id): (&str, i64), now: Time) -> Result<Option<(i64, Vec<u8>)>> {
    let there = trash::table.filter(trash::thing.eq(thing).and(trash::thing_id.eq(id)));
    let there = there.filter(trash::expires_at.gt(now.micros()));
    let Some(id) = there.select(trash::id).first::<i64>(conn).optional()? else { return Ok(None) };
    match lock(conn, id) {
        Err(Error::NotFound) => return Ok(None),
        locked => locked?,
    }
    Ok(Some((id, trash::table.find(id).select(trash::contents).first(conn)?)))
}

pub fn set_contents(conn: &mut Conn, id: i64, contents: &[u8]) -> Result<()> {
    let written = diesel::update(trash::table.find(id)).set(trash::contents.eq(contents)).execute(conn)?;
    if written == 1 { Ok(()) } else { Err(Error::Stale) }
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
