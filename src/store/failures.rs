//! Sign-ins that failed, of people we know.
use super::{Conn, schema::sign_in_failures};
use crate::domain::{PersonId, Result, Time};
use diesel::prelude::*;

/// Of each person so many are kept.
const KEPT: i64 = 50;

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = sign_in_failures)]
pub struct Failure {
    pub at: i64,
    pub address: String,
    pub device: String,
}

/// Forgets the oldest when there are too many.
pub fn insert(conn: &mut Conn, person: PersonId, now: Time, address: &str, device: &str) -> Result<()> {
    use sign_in_failures as f;
    let row = (f::person_id.eq(person.0), f::at.eq(now.micros()), f::address.eq(address), f::device.eq(device));
    diesel::insert_into(f::table).values(row).execute(conn)?;
    let theirs = f::table.filter(f::person_id.eq(person.0));
    let oldest: Option<i64> = theirs.order(f::id.desc()).offset(KEPT - 1).select(f::id).first(conn).optional()?;
    if let Some(oldest) = oldest {
        diesel::delete(theirs.filter(f::id.lt(oldest))).execute(conn)?;
    }
    Ok(())
}

/// Newest first.
pub fn of(conn: &mut Conn, person: PersonId) -> Result<Vec<Failure>> {
    use sign_in_failures as f;
    let query = f::table.filter(f::person_id.eq(person.0)).order(f::id.desc()).limit(KEPT);
    Ok(query.select(Failure::as_select()).load(conn)?)
}
