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
    put(conn, person, hash, ("", 0), now)
}

/// One that the house made, with what it is sealed as and until when it opens the door.
pub fn set_temporary(
    conn: &mut Conn,
    person: PersonId,
    hash: &Hash,
    (sealed, until): (&str, Time),
    now: Time,
) -> Result<()> {
    put(conn, person, hash, (sealed, until.micros()), now)
}

fn put(conn: &mut Conn, person: PersonId, hash: &Hash, (sealed, until): (&str, i64), now: Time) -> Result<()> {
    let values = (
        passwords::hash.eq(&hash.0),
        passwords::changed_at.eq(now.micros()),
        passwords::temporary.eq(sealed),
        passwords::temporary_until.eq(until),
    );
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

/// Until when a temporary one opens the door, and what it is sealed as; that is blank once it was used. Nothing of
/// somebody who chose their own.
pub fn temporary(conn: &mut Conn, person: PersonId) -> Result<Option<(Time, String)>> {
    let columns = (passwords::temporary_until, passwords::temporary);
    let found: Option<(i64, String)> = passwords::table.find(person.0).select(columns).first(conn).optional()?;
    Ok(found.filter(|(until, _)| *until > 0).map(|(until, sealed)| (Time::from_micros(until), sealed)))
}

/// Whether it opens the door this once; one that somebody chose always does.
pub fn spend(conn: &mut Conn, person: PersonId, now: Time) -> Result<bool> {
    let Some((until, _)) = temporary(conn, person)? else { return Ok(true) };
    let unused = passwords::table.find(person.0).filter(passwords::temporary.ne(""));
    Ok(until > now && diesel::update(unused).set(passwords::temporary.eq("")).execute(conn)? > 0)
}
