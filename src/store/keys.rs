//! Keys of programs, found by the first letters of their secret.
use super::Conn;
use super::schema::api_keys::{self, dsl};
use crate::domain::key::{Dialect, Key, Uses};
use crate::domain::{Error, PersonId, Result, Time};
use diesel::prelude::*;

#[derive(Queryable, Selectable)]
#[diesel(table_name = api_keys)]
struct Row {
    id: i64,
    dialect: String,
    name: String,
    person_id: i64,
    prefix: String,
    hash: String,
    read_only: bool,
    created_at: i64,
    expires_at: i64,
    last_used_at: i64,
    uses: String,
}

impl Row {
    fn read(self) -> Result<(Key, String)> {
        let dialect = Dialect::parse(&self.dialect);
        let unless_zero = |at: i64| (at != 0).then(|| Time::from_micros(at));
        let key = Key {
            id: self.id,
            dialect: dialect.ok_or_else(|| Error::broken(format!("key {} is of an unknown dialect", self.id)))?,
            name: self.name,
            owner: PersonId(self.person_id),
            prefix: self.prefix,
            read_only: self.read_only,
            created_at: Time::from_micros(self.created_at),
            expires_at: unless_zero(self.expires_at),
            last_used_at: unless_zero(self.last_used_at),
            uses: Uses::parse(&self.uses),
        };
        Ok((key, self.hash))
    }
}

/// Newest first; `most` at most.
pub fn list(conn: &mut Conn, most: i64) -> Result<Vec<Key>> {
    let rows: Vec<Row> = dsl::api_keys.select(Row::as_select()).order(dsl::id.desc()).limit(most).load(conn)?;
    rows.into_iter().map(|row| row.read().map(|(key, _)| key)).collect()
}

pub fn count(conn: &mut Conn) -> Result<i64> {
    Ok(dsl::api_keys.count().get_result(conn)?)
}

pub fn find(conn: &mut Conn, id: i64) -> Result<Key> {
    let row: Row = dsl::api_keys.find(id).select(Row::as_select()).first(conn)?;
    row.read().map(|(key, _)| key)
}

/// Nothing once it was revoked.
pub fn known(conn: &mut Conn, id: i64) -> Result<Option<Key>> {
    match find(conn, id) {
        Err(Error::NotFound) => Ok(None),
        found => found.map(Some),
    }
}

/// The key whose secret begins so, and the hash of its secret.
pub fn by_prefix(conn: &mut Conn, prefix: &str) -> Result<Option<(Key, String)>> {
    let found: Option<Row> =
        dsl::api_keys.filter(dsl::prefix.eq(prefix)).select(Row::as_select()).first(conn).optional()?;
    found.map(Row::read).transpose()
}

/// Makes one; the id of `key` does not count. Answers the number.
pub fn insert(conn: &mut Conn, key: &Key, hash: &str) -> Result<i64> {
    let at = |time: Option<Time>| time.map_or(0, Time::micros);
    let row = (
        dsl::dialect.eq(key.dialect.name()),
        dsl::name.eq(&key.name),
        dsl::person_id.eq(key.owner.0),
        dsl::prefix.eq(&key.prefix),
        dsl::hash.eq(hash),
        dsl::read_only.eq(key.read_only),
        dsl::created_at.eq(key.created_at.micros()),
        dsl::expires_at.eq(at(key.expires_at)),
        dsl::last_used_at.eq(at(key.last_used_at)),
        dsl::uses.eq(key.uses.to_string()),
    );
    Ok(diesel::insert_into(dsl::api_keys).values(row).returning(dsl::id).get_result(conn)?)
}

/// True when there was one.
pub fn delete(conn: &mut Conn, id: i64) -> Result<bool> {
    Ok(diesel::delete(dsl::api_keys.find(id)).execute(conn)? == 1)
}

pub fn note(conn: &mut Conn, id: i64, last: Time, uses: &Uses) -> Result<()> {
    let row = diesel::update(dsl::api_keys.find(id));
    row.set((dsl::last_used_at.eq(last.micros()), dsl::uses.eq(uses.to_string()))).execute(conn)?;
    Ok(())
}
