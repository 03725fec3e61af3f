//! Password hashes, apart from the people, so that no list ever reads one.
use super::{Conn, each_backend, schema::passwords};
use crate::domain::{PersonId, Result, Time, password::Hash};
use diesel::prelude::*;

pub fn find(conn: &mut Conn, person: PersonId) -> Result<Option<Hash>> {
    let hash: Option<String> = passwords::table.find(person.0).select(passwords::hash).first(conn).optional()?;
    Ok(hash.map(Hash))
}

/// The same password, hashed anew: it has not changed.
pub fn renew(conn: &mut Conn, person: PersonId, hash: &Hash) -> Result<()> {
    diesel::update(passwords::table.find(person.0)).set(passwords::hash.eq(&hash.0)).execute(conn)?;
    Ok(())
}

/// Whether another password was set after this instant.
pub fn changed_since(conn: &mut Conn, person: PersonId, time: Time) -> Result<bool> {
    let changed: Option<i64> = passwords::table.find(person.0).select(passwords::changed_at).first(conn).optional()?;
    Ok(changed.is_some_and(|changed| changed > time.micros()))
}

pub fn set(conn: &mut Conn, person: PersonId, hash: &Hash, now: Time) -> Result<()> {
    let values = (passwords::hash.eq(&hash.0), passwords::changed_at.eq(now.micros()));
    each_backend!(conn, |c| {
        diesel::insert_into(passwords::table)
            .values((passwords::person_id.eq(person.0), values))
            .on_conflict(passwords::person_id)
            .do_update()
            .set(values)
            .execute(c)
    })?;
    Ok(())
}
