//! Records that may be of one person.
use super::schema::{duplicates, likenesses, people};
use super::written::{among, written};
use super::{BATCH, Conn, MultiBackend, each_backend, scope};
use crate::domain::{Cursor, Error, Mark, PersonId, Result, Role, Scope, Time, Turn};
use diesel::dsl::{IntoBoxed, sql};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};
use std::collections::HashMap;

/// A likeness that more people share says nothing.
const CROWD: usize = 21;

/// Two who may be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    pub id: i64,
    pub first: PersonId,
    pub second: PersonId,
    pub score: i16,
}

type Row = (i64, i64, i64, i16);

fn pair((id, first, second, score): Row) -> Pair {
    Pair { id, first: PersonId(first), second: PersonId(second), score }
}

/// End users changed between two moments, in the order of their change; `since` is exclusive with its id.
pub fn changed(conn: &mut Conn, since: (Time, PersonId), until: Time, most: i64) -> Result<Vec<(Time, PersonId)>> {
    let (at, id) = (since.0.micros(), since.1.0);
    let later = people::updated_at.gt(at).or(people::updated_at.eq(at).and(people::id.gt(id)));
    let rows: Vec<(i64, i64)> = people::table
        .filter(people::updated_at.ge(at).and(later).and(people::updated_at.le(until.micros())))
        .order((people::updated_at, people::id))
        .limit(most)
        .select((people::updated_at, people::id))
        .load(conn)?;
    Ok(rows.into_iter().map(|(at, id)| (Time::from_micros(at), PersonId(id))).collect())
}

/// Remembers what people resemble others by, instead of what was remembered before.
pub fn set_keys(conn: &mut Conn, of: &[(PersonId, Vec<(i16, i64)>)]) -> Result<()> {
    use likenesses as l;
    let ids: Vec<i64> = of.iter().map(|(person, _)| person.0).collect();
    diesel::delete(l::table.filter(among(conn, "likenesses.person_id", &ids))).execute(conn)?;
    let row =
        |person: PersonId, (kind, key): &(i16, i64)| (l::kind.eq(*kind), l::key.eq(*key), l::person_id.eq(person.0));
    let rows: Vec<_> = of.iter().flat_map(|(person, keys)| keys.iter().map(|key| row(*person, key))).collect();
    for part in rows.chunks(BATCH) {
        each_backend!(conn, |c| diesel::insert_into(l::table).values(part).execute(c))?;
    }
    Ok(())
}

/// Who shares each of these, also whoever asks; a crowd is left out.
pub fn sharing(conn: &mut Conn, keys: &[(i16, i64)]) -> Result<HashMap<(i16, i64), Vec<PersonId>>> {
    let (all, kind, key, asked) = match conn {
        Conn::Sqlite(_) => (
            "json_group_array(s.person_id)",
            "json_extract(asked.value, '$[0]')",
            "json_extract(asked.value, '$[1]')",
            ("asked.key", "json_each(", ") AS asked"),
        ),
        Conn::Postgres(_) => (
            "CAST(COALESCE(json_agg(s.person_id), '[]') AS TEXT)",
            "CAST(asked.value->>0 AS SMALLINT)",
            "CAST(asked.value->>1 AS BIGINT)",
            ("asked.at - 1", "json_array_elements(CAST(", " AS JSON)) WITH ORDINALITY AS asked (value, at)"),
        ),
    };
    let (at, before, after) = asked;
    // Not IN: SQLite would look for every person there is.
    let those = format!(
        "SELECT l.person_id FROM likenesses AS l WHERE l.kind = {kind} AND l.key = {key}
         AND EXISTS (SELECT 1 FROM people WHERE people.id = l.person_id) LIMIT {}",
        CROWD + 1
    );
    let rows: Vec<(i64, String)> =
        written::<(BigInt, Text)>(format!("SELECT {at}, (SELECT {all} FROM ({those}) AS s) FROM {before}"))
            .text(serde_json::json!(keys).to_string())
            .sql(after)
            .load(conn)?;
    let mut sharing = HashMap::new();
    for (at, ids) in rows {
        let ids: Vec<i64> = serde_json::from_str(&ids).map_err(Error::broken)?;
        if ids.len() <= CROWD {
            sharing.insert(keys[at as usize], ids.into_iter().map(PersonId).collect());
        }
    }
    Ok(sharing)
}

/// Forgets what was suggested about people, but not what was dismissed.
pub fn clear(conn: &mut Conn, people: &[PersonId]) -> Result<()> {
    use duplicates as d;
    let ids: Vec<i64> = people.iter().map(|person| person.0).collect();
    let open = d::dismissed_at.eq(0);
    for column in ["duplicates.first_id", "duplicates.second_id"] {
        diesel::delete(d::table.filter(among(conn, column, &ids)).filter(open)).execute(conn)?;
    }
    Ok(())
}

/// Suggests each two, with their score, unless that was dismissed. By one statement: of many new people there are many.
pub fn suggest(conn: &mut Conn, pairs: &[(PersonId, PersonId, i16)], now: Time) -> Result<()> {
    let rows: Vec<(i64, i64, i16)> =
        pairs.iter().map(|(one, two, score)| (one.0.min(two.0), one.0.max(two.0), *score)).collect();
    let (first, second, score, from) = match conn {
        Conn::Sqlite(_) => (
            "json_extract(value, '$[0]')",
            "json_extract(value, '$[1]')",
            "json_extract(value, '$[2]')",
            ["json_each(", ")"],
        ),
        Conn::Postgres(_) => (
            "CAST(value->>0 AS BIGINT)",
            "CAST(value->>1 AS BIGINT)",
            "CAST(value->>2 AS SMALLINT)",
            ["json_array_elements(CAST(", " AS JSON)) AS pair (value)"],
        ),
    };
    let [before, after] = from;
    let made = written::<BigInt>("INSERT INTO duplicates (first_id, second_id, score, found_at, dismissed_at) SELECT ")
        .sql(format!("{first}, {second}, {score}, "))
        .number(now.micros());
    let made = made.sql(format!(", 0 FROM {before}")).text(serde_json::json!(rows).to_string());
    // Without a condition SQLite would take ON CONFLICT for a join.
    made.sql(format!("{after} WHERE TRUE ON CONFLICT DO NOTHING")).execute(conn)?;
    Ok(())
}

/// The order cursors of suggestions belong to.
pub const ORDER: &str = "duplicates";

pub fn cursor(pair: &Pair) -> Cursor {
    Cursor { order: ORDER.into(), mark: Mark::Number(pair.score.into()), id: pair.id }
}

/// Open ones of end users who are there and in scope.
fn open(scope: Scope) -> IntoBoxed<'static, duplicates::table, MultiBackend> {
    use duplicates as d;
    let is_there = |column: &str| {
        let role = Role::EndUser as i16;
        sql::<Bool>(&format!("EXISTS (SELECT 1 FROM people AS p WHERE p.id = {column} AND p.role = {role})"))
    };
    // Said, not bound: only so an index of open ones is used.
    let mut query = d::table.filter(written::<Bool>("duplicates.dismissed_at = 0")).into_boxed();
    for column in ["duplicates.first_id", "duplicates.second_id"] {
        query = query.filter(is_there(column));
        if let Some(seen) = scope::condition_on(column, scope) {
            query = query.filter(seen);
        }
    }
    query
}

/// Likeliest first, in the order walked; `most` at most.
pub fn list(conn: &mut Conn, scope: Scope, turn: &Turn, most: i64) -> Result<Vec<Pair>> {
    use duplicates as d;
    let at = |cursor: &Cursor| match cursor.mark {
        Mark::Number(score) => (score as i16, cursor.id),
        Mark::Text(_) => (0, cursor.id),
    };
    let query = match turn {
        Turn::First => open(scope).order((d::score.desc(), d::id.desc())),
        Turn::After(cursor) => {
            let (score, id) = at(cursor);
            open(scope)
                .filter(d::score.le(score))
                .filter(d::score.lt(score).or(d::id.lt(id)))
                .order((d::score.desc(), d::id.desc()))
        }
        Turn::Before(cursor) => {
            let (score, id) = at(cursor);
            open(scope)
                .filter(d::score.ge(score))
                .filter(d::score.gt(score).or(d::id.gt(id)))
                .order((d::score.asc(), d::id.asc()))
        }
    };
    let rows: Vec<Row> = query.select((d::id, d::first_id, d::second_id, d::score)).limit(most).load(conn)?;
    Ok(rows.into_iter().map(pair).collect())
}

pub fn count(conn: &mut Conn, scope: Scope) -> Result<i64> {
    Ok(open(scope).count().get_result(conn)?)
}

/// One of them, dismissed or not.
pub fn find(conn: &mut Conn, id: i64) -> Result<Pair> {
    use duplicates as d;
    Ok(pair(d::table.find(id).select((d::id, d::first_id, d::second_id, d::score)).first(conn)?))
}

/// For good, or no more; true when that is new.
pub fn dismiss(conn: &mut Conn, id: i64, at: Option<Time>) -> Result<bool> {
    use duplicates as d;
    let new = at.map_or(0, Time::micros);
    let row = d::table.find(id).filter(if at.is_some() {
        sql::<Bool>("dismissed_at = 0")
    } else {
        sql::<Bool>("dismissed_at <> 0")
    });
    Ok(diesel::update(row).set(d::dismissed_at.eq(new)).execute(conn)? == 1)
}

/// Forgets everything about somebody whom nobody brings back.
pub fn forget(conn: &mut Conn, person: PersonId) -> Result<()> {
    use duplicates as d;
    set_keys(conn, &[(person, vec![])])?;
    diesel::delete(d::table.filter(d::first_id.eq(person.0).or(d::second_id.eq(person.0)))).execute(conn)?;
    Ok(())
}

/// The suggestion that these are one, if it is open.
pub fn open_one(conn: &mut Conn, one: PersonId, two: PersonId) -> Result<Option<i64>> {
    use duplicates as d;
    let row = d::table.filter(d::first_id.eq(one.0.min(two.0)).and(d::second_id.eq(one.0.max(two.0))));
    Ok(row.filter(d::dismissed_at.eq(0)).select(d::id).first(conn).optional()?)
}
