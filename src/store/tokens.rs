//! Tokens that programs were given, by their hashes.
use super::Conn;
use super::schema::tokens as t;
use crate::domain::{PersonId, Result, Time};
use diesel::prelude::*;

/// Whom a pair of tokens lets in, with which key, and until when.
#[derive(Debug, Clone, Queryable)]
pub struct Kept {
    pub id: i64,
    pub key: i64,
    person: i64,
    access_until: i64,
    refresh_until: i64,
}

impl Kept {
    pub fn person(&self) -> PersonId {
        PersonId(self.person)
    }

    pub fn lets_in(&self, now: Time) -> bool {
        self.access_until > now.micros()
    }

    pub fn renews(&self, now: Time) -> bool {
        self.refresh_until > now.micros()
    }
}

/// A pair about to be kept. Without a second token, its hash is one that no token has.
pub struct New<'a> {
    pub key: i64,
    pub person: PersonId,
    pub access_hash: &'a str,
    pub refresh_hash: &'a str,
    pub until: (Time, Time),
}

const COLUMNS: (t::id, t::key_id, t::person_id, t::access_until, t::refresh_until) =
    (t::id, t::key_id, t::person_id, t::access_until, t::refresh_until);

pub fn by_access(conn: &mut Conn, hash: &str) -> Result<Option<Kept>> {
    Ok(t::table.filter(t::access_hash.eq(hash)).select(COLUMNS).first(conn).optional()?)
}

pub fn by_refresh(conn: &mut Conn, hash: &str) -> Result<Option<Kept>> {
    Ok(t::table.filter(t::refresh_hash.eq(hash)).select(COLUMNS).first(conn).optional()?)
}

/// Those that are over go meanwhile.
pub fn insert(conn: &mut Conn, new: &New, now: Time) -> Result<()> {
    let over = t::refresh_until.lt(now.micros()).and(t::access_until.lt(now.micros()));
    diesel::delete(t::table.filter(over)).execute(conn)?;
    let row = (
        t::key_id.eq(new.key),
        t::person_id.eq(new.person.0),
        t::access_hash.eq(new.access_hash),
        t::refresh_hash.eq(new.refresh_hash),
        t::created_at.eq(now.micros()),
        t::access_until.eq(new.until.0.micros()),
        t::refresh_until.eq(new.until.1.micros()),
    );
    diesel::insert_into(t::table).values(row).execute(conn)?;
    Ok(())
}

/// True when it was there; of two who use one at once, only one did.
pub fn delete(conn: &mut Conn, id: i64) -> Result<bool> {
    Ok(diesel::delete(t::table.find(id)).execute(conn)? == 1)
}

/// Programs come in as them no more; says how many there were.
pub fn delete_of(conn: &mut Conn, person: PersonId) -> Result<usize> {
    Ok(diesel::delete(t::table.filter(t::person_id.eq(person.0))).execute(conn)?)
}
