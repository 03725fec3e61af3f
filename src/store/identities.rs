//! How other systems know people.
use super::schema::identities;
use super::{BATCH, Conn, each_backend};
use crate::domain::{PersonId, Result, Time};
use diesel::prelude::*;

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
