//! Whom people know, whom they shut out, and what they say of themselves to a chat client.
use super::schema::{blocks, chat_attributes, contacts};
use super::{BATCH, Conn, each_backend, scope};
use crate::domain::{PersonId, Result, Scope};
use diesel::prelude::*;
use std::collections::BTreeMap;

/// How many contacts in scope somebody has, and the first `most` of them.
pub fn of(conn: &mut Conn, scope: Scope, person: PersonId, most: i64) -> Result<(i64, Vec<PersonId>)> {
    let mine = || {
        let query = contacts::table.filter(contacts::person_id.eq(person.0)).into_boxed();
        match scope::condition_on("contacts.contact_id", scope) {
            Some(seen) => query.filter(seen),
            None => query,
        }
    };
    let ids: Vec<i64> = mine().order(contacts::contact_id).limit(most).select(contacts::contact_id).load(conn)?;
    Ok((mine().count().get_result(conn)?, ids.into_iter().map(PersonId).collect()))
}

/// How many people in scope somebody blocks, and the first `most` of them.
pub fn blocked_by(conn: &mut Conn, scope: Scope, person: PersonId, most: i64) -> Result<(i64, Vec<PersonId>)> {
    let mine = || {
        let query = blocks::table.filter(blocks::person_id.eq(person.0)).into_boxed();
        match scope::condition_on("blocks.blocked_id", scope) {
            Some(seen) => query.filter(seen),
            None => query,
        }
    };
    let ids: Vec<i64> = mine().order(blocks::blocked_id).limit(most).select(blocks::blocked_id).load(conn)?;
    Ok((mine().count().get_result(conn)?, ids.into_iter().map(PersonId).collect()))
}

/// Either knows the other from now on; answers how many pairs are new.
pub fn add(conn: &mut Conn, pairs: &[(PersonId, PersonId)]) -> Result<usize> {
    use contacts::{contact_id, person_id};
    let both = pairs.iter().flat_map(|(one, two)| [(one.0, two.0), (two.0, one.0)]);
    let rows: Vec<_> = both.map(|(one, two)| (person_id.eq(one), contact_id.eq(two))).collect();
    let mut made = 0;
    for part in rows.chunks(BATCH) {
        made += each_backend!(conn, |c| {
            diesel::insert_into(contacts::table).values(part).on_conflict_do_nothing().execute(c)
        })?;
    }
    Ok(made / 2)
}

/// True when they knew each other.
pub fn remove(conn: &mut Conn, one: PersonId, two: PersonId) -> Result<bool> {
    let ways = diesel::delete(contacts::table.find((one.0, two.0))).execute(conn)?;
    Ok(ways + diesel::delete(contacts::table.find((two.0, one.0))).execute(conn)? > 0)
}

/// True when this is new.
pub fn block(conn: &mut Conn, person: PersonId, other: PersonId) -> Result<bool> {
    let row = (blocks::person_id.eq(person.0), blocks::blocked_id.eq(other.0));
    let made = each_backend!(conn, |c| {
        diesel::insert_into(blocks::table).values(row).on_conflict_do_nothing().execute(c)
    })?;
    Ok(made == 1)
}

/// True when they were blocked.
pub fn unblock(conn: &mut Conn, person: PersonId, other: PersonId) -> Result<bool> {
    Ok(diesel::delete(blocks::table.find((person.0, other.0))).execute(conn)? == 1)
}

/// Names and values of what they say of themselves.
pub fn attributes(conn: &mut Conn, person: PersonId) -> Result<BTreeMap<String, String>> {
    let rows: Vec<(String, String)> = chat_attributes::table
        .filter(chat_attributes::person_id.eq(person.0))
        .select((chat_attributes::name, chat_attributes::value))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// How many bytes of those there are of everybody in scope.
pub fn attribute_bytes(conn: &mut Conn, scope: Scope) -> Result<i64> {
    use diesel::sql_types::{BigInt, Nullable};
    let sum = diesel::dsl::sql::<Nullable<BigInt>>("CAST(SUM(OCTET_LENGTH(name) + OCTET_LENGTH(value)) AS BIGINT)");
    let mut query = chat_attributes::table.into_boxed();
    if let Some(seen) = scope::condition_on("chat_attributes.person_id", scope) {
        query = query.filter(seen);
    }
    Ok(query.select(sum).first::<Option<i64>>(conn)?.unwrap_or(0))
}

/// These and no others.
pub fn set_attributes(conn: &mut Conn, person: PersonId, wanted: &BTreeMap<String, String>) -> Result<()> {
    use chat_attributes as a;
    diesel::delete(a::table.filter(a::person_id.eq(person.0))).execute(conn)?;
    let rows: Vec<_> =
        wanted.iter().map(|(name, value)| (a::person_id.eq(person.0), a::name.eq(name), a::value.eq(value))).collect();
    for part in rows.chunks(BATCH) {
        each_backend!(conn, |c| diesel::insert_into(a::table).values(part).execute(c))?;
    }
    Ok(())
}
