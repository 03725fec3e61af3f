//! Keys of programs, found by the first letters of their secret.
use super::schema::api_keys::{self, dsl};
use super::{Conn, each_backend};
use crate::domain::chat_app::{ChatApp, Rates};
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
    org: String,
    app: String,
    open_registration: bool,
    batch_delete: bool,
    rate_users: i32,
    rate_tokens: i32,
    rate_deletions: i32,
}

impl Row {
    fn read(self) -> Result<(Key, String)> {
        let dialect = Dialect::parse(&self.dialect);
        let rates = Rates { users: self.rate_users, tokens: self.rate_tokens, deletions: self.rate_deletions };
        let (open_registration, batch_delete) = (self.open_registration, self.batch_delete);
        let chat_app = ChatApp { org: self.org, app: self.app, open_registration, batch_delete, rates };
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
            chat_app: Some(chat_app).filter(|one| !one.org.is_empty()),
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
    let row: Row = each_backend!(conn, |c| dsl::api_keys.find(id).select(Row::as_select()).first(c))?;
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
    let query = dsl::api_keys.filter(dsl::prefix.eq(prefix));
    let found: Option<Row> = each_backend!(conn, |c| query.select(Row::as_select()).first(c).optional())?;
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
    let id = diesel::insert_into(dsl::api_keys).values(row).returning(dsl::id).get_result(conn)?;
    if let Some(app) = &key.chat_app {
        let names = (dsl::org.eq(&app.org), dsl::app.eq(&app.app));
        diesel::update(dsl::api_keys.find(id)).set(names).execute(conn)?;
        set_app(conn, id, app)?;
    }
    Ok(id)
}

/// The key of an app, by the names in its addresses.
pub fn of_app(conn: &mut Conn, org: &str, app: &str) -> Result<Option<Key>> {
    let found = dsl::api_keys.filter(dsl::org.eq(org)).filter(dsl::app.eq(app)).filter(dsl::org.ne(""));
    let found: Option<Row> = found.select(Row::as_select()).first(conn).optional()?;
    Ok(found.map(Row::read).transpose()?.map(|(key, _)| key))
}

/// What an app allows; its names stay.
pub fn set_app(conn: &mut Conn, id: i64, app: &ChatApp) -> Result<()> {
    let values = (
        dsl::open_registration.eq(app.open_registration),
        dsl::batch_delete.eq(app.batch_delete),
        dsl::rate_users.eq(app.rates.users),
        dsl::rate_tokens.eq(app.rates.tokens),
        dsl::rate_deletions.eq(app.rates.deletions),
    );
    diesel::update(dsl::api_keys.find(id)).set(values).execute(conn)?;
    Ok(())
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
