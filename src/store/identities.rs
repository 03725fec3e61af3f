//! How other systems know people.
use super::schema::identities;
use super::written::{among, among_texts};
use super::{BATCH, Conn, each_backend};
use crate::domain::merge::SECONDARY;
use crate::domain::{Field, Identity, PersonId, Result, Time};
use diesel::prelude::*;
use std::collections::HashMap;

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
    let rows: Vec<(String, String)> = each_backend!(conn, |c| mine.select((i::provider, i::subject)).load(c))?;
    Ok(rows.into_iter().map(|(provider, subject)| Identity { provider, subject }).collect())
}

/// What these providers call each of these people, as far as it became known last.
pub fn latest(conn: &mut Conn, people: &[PersonId], providers: &[&str]) -> Result<HashMap<(PersonId, String), String>> {
    use identities as i;
    let ids: Vec<i64> = people.iter().map(|person| person.0).collect();
    let theirs = i::table.filter(among(conn, "identities.person_id", &ids));
    let theirs = theirs.filter(among_texts(conn, "identities.provider", providers)).order(i::id);
    let theirs = theirs.select((i::person_id, i::provider, i::subject));
    let rows: Vec<(i64, String, String)> = each_backend!(conn, |c| theirs.load(c))?;
    Ok(rows.into_iter().map(|(person, provider, subject)| ((PersonId(person), provider), subject)).collect())
}

/// All that this provider calls somebody, in the order in which that became known.
pub fn by(conn: &mut Conn, person: PersonId, provider: &str) -> Result<Vec<String>> {
    use identities as i;
    let theirs = i::table.filter(i::person_id.eq(person.0)).filter(i::provider.eq(provider)).order(i::id);
    Ok(theirs.select(i::subject).load(conn)?)
}

pub fn delete(conn: &mut Conn, provider: &str, subject: &str) -> Result<()> {
    use identities as i;
    diesel::delete(i::table.filter(i::provider.eq(provider)).filter(i::subject.eq(subject))).execute(conn)?;
    Ok(())
}

/// Former e-mails, phones and usernames.
pub fn aliases(conn: &mut Conn, person: PersonId) -> Result<Vec<String>> {
    Ok(aliases_of(conn, &[person])?.remove(&person).unwrap_or_default())
}

/// The same of several people; those without any are left out.
pub fn aliases_of(conn: &mut Conn, people: &[PersonId]) -> Result<HashMap<PersonId, Vec<String>>> {
    by_providers(conn, people, &SECONDARY.map(Field::name))
}

/// All that these providers call several people, in the order in which that became known; those without any are left
/// out.
pub fn by_providers(
    conn: &mut Conn,
    people: &[PersonId],
    providers: &[&str],
) -> Result<HashMap<PersonId, Vec<String>>> {
    use identities as i;
    let ids: Vec<i64> = people.iter().map(|person| person.0).collect();
    let mut found: HashMap<PersonId, Vec<String>> = HashMap::new();
    let theirs = i::table.filter(among(conn, "identities.person_id", &ids));
    let theirs = theirs.filter(among_texts(conn, "identities.provider", providers));
    for (person, subject) in theirs.order(i::id).select((i::person_id, i::subject)).load::<(i64, String)>(conn)? {
        found.entry(PersonId(person)).or_default().push(subject);
    }
    Ok(found)
}
