//! How other systems know people.
use super::schema::identities;
use super::{BATCH, Conn, each_backend};
use crate::domain::{PersonId, Result, Time};
use diesel::prelude::*;

/// Provider and subject of each, in the order they were added.
pub fn of(conn: &mut Conn, person: PersonId) -> Result<Vec<(String, String)>> {
    let query = identities::table.filter(identities::person_id.eq(person.0)).order(identities::id);
    Ok(query.select((identities::provider, identities::subject)).load(conn)?)
}

pub fn add(conn: &mut Conn, new: &[(PersonId, &str, String)], now: Time) -> Result<()> {
    use identities as i;
    let rows: Vec<_> = new
        .iter()
        .map(|(person, provider, subject)| {
            (
                i::person_id.eq(person.0),
                i::provider.eq(*provider),
                i::subject.eq(subject),
                i::created_at.eq(now.micros()),
            )
        })
        .collect();
    for part in rows.chunks(BATCH) {
        each_backend!(conn, |c| diesel::insert_into(i::table).values(part).execute(c))?;
    }
    Ok(())
}
