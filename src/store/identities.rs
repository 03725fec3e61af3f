//! How other systems know people.
use super::schema::identities;
use super::{BATCH, Conn, each_backend};
use crate::domain::merge::SECONDARY;
use crate::domain::{Field, Identity, PersonId, Result, Time};
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

/// Unless it stands already, whoever it belongs to; answers the id of what was made.
pub fn keep(conn: &mut Conn, person: PersonId, provider: &str, subject: &str, now: Time) -> Result<Option<i64>> {
    use identities as i;
    let row =
        (i::person_id.eq(person.0), i::provider.eq(provider), i::subject.eq(subject), i::created_at.eq(now.micros()));
    Ok(each_backend!(conn, |c| {
        diesel::insert_into(i::table).values(row).on_conflict_do_nothing().returning(i::id).get_result(c).optional()
    })?)
}

/// How others know somebody, in the order in which that became known; `most` at most.
pub fn of(conn: &mut Conn, person: PersonId, most: i64) -> Result<Vec<Identity>> {
    use identities as i;
    let mine = i::table.filter(i::person_id.eq(person.0)).order(i::id).limit(most);
    let rows: Vec<(String, String)> = mine.select((i::provider, i::subject)).load(conn)?;
    Ok(rows.into_iter().map(|(provider, subject)| Identity { provider, subject }).collect())
}

/// Former e-mails, phones and usernames.
pub fn aliases(conn: &mut Conn, person: PersonId) -> Result<Vec<String>> {
    use identities as i;
    let mine = i::table.filter(i::person_id.eq(person.0).and(i::provider.eq_any(SECONDARY.map(Field::name))));
    Ok(mine.order(i::id).select(i::subject).load(conn)?)
}
