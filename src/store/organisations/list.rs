//! Lists of organisations.
use super::{Row, complete, visible};
use crate::domain::{Column, Cursor, Mark, Organisation, Result, Scope, Sort, Span, Turn, fold};
use crate::store::schema::organisations;
use crate::store::written::written;
use crate::store::{Conn, MultiBackend, search};
use diesel::dsl::IntoBoxed;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool};

type Query<'a> = IntoBoxed<'a, organisations::table, MultiBackend>;

/// Which organisations: by any part of the name, only those without people, by when they were made and changed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Wanted {
    pub q: String,
    pub empty: bool,
    pub created: Span,
    pub changed: Span,
}

/// That an organisation has nobody. A value rather than NOT EXISTS: PostgreSQL would sooner go through everybody.
const EMPTY: &str = "organisations.id IN (SELECT l.organisation_id FROM organisations_left AS l)
    AND (SELECT MIN(1) FROM people WHERE people.organisation_id = organisations.id) IS NULL";

/// Those that are not without people are asked about no longer.
pub fn forget_joined(conn: &mut Conn) -> Result<()> {
    let joined = "DELETE FROM organisations_left WHERE NOT EXISTS
          (SELECT 1 FROM organisations WHERE organisations.id = organisations_left.organisation_id)
        OR (SELECT MIN(1) FROM people WHERE people.organisation_id = organisations_left.organisation_id) = 1";
    written::<BigInt>(joined).execute(conn)?;
    Ok(())
}

fn wanted<'a>(scope: Scope, asked: &Wanted) -> Query<'a> {
    let mut query = visible(scope);
    for word in fold(&asked.q.chars().take(200).collect::<String>()).split_whitespace().take(8) {
        query = query.filter(organisations::name_key.like(search::anywhere_pattern(word)).escape('\\'));
    }
    if asked.empty {
        query = query.filter(written::<Bool>(EMPTY));
    }
    within(query, asked)
}

fn within<'a>(mut query: Query<'a>, asked: &Wanted) -> Query<'a> {
    let Wanted { created, changed, .. } = asked;
    if let Some(from) = created.from {
        query = query.filter(organisations::created_at.ge(from.micros()));
    }
    if let Some(until) = created.until {
        query = query.filter(organisations::created_at.lt(until.micros()));
    }
    if let Some(from) = changed.from {
        query = query.filter(organisations::updated_at.ge(from.micros()));
    }
    if let Some(until) = changed.until {
        query = query.filter(organisations::updated_at.lt(until.micros()));
    }
    query
}

/// The order cursors of organisations belong to.
pub const ORDER: &str = "organisations";

/// By name; one more than `size` when there are more. Walked backwards before a place.
pub fn list(conn: &mut Conn, scope: Scope, asked: &Wanted, turn: &Turn, size: i64) -> Result<Vec<Organisation>> {
    use organisations::name_key;
    let query = wanted(scope, asked);
    let query = match turn {
        Turn::First => query.order(name_key.asc()),
        Turn::After(cursor) => query.filter(name_key.gt(text(cursor))).order(name_key.asc()),
        Turn::Before(cursor) => query.filter(name_key.lt(text(cursor))).order(name_key.desc()),
    };
    let rows: Vec<Row> = query.select(Row::as_select()).limit(size + 1).load(conn)?;
    complete(conn, rows)
}

/// Those after the first `skip`, for callers that count pages: in the order in which they were made, or changed, or by
/// number; what lies deep takes long.
pub fn numbered(
    conn: &mut Conn,
    scope: Scope,
    asked: &Wanted,
    sort: &Sort,
    (skip, most): (i64, i64),
) -> Result<Vec<Organisation>> {
    use organisations::{created_at, id, updated_at};
    let query = wanted(scope, asked);
    let query = match (&sort.column, sort.descending) {
        (Column::Created, false) => query.order((created_at.asc(), id.asc())),
        (Column::Created, true) => query.order((created_at.desc(), id.desc())),
        (Column::Changed, false) => query.order((updated_at.asc(), id.asc())),
        (Column::Changed, true) => query.order((updated_at.desc(), id.desc())),
        (_, false) => query.order(id.asc()),
        (_, true) => query.order(id.desc()),
    };
    let rows: Vec<Row> = query.select(Row::as_select()).offset(skip).limit(most).load(conn)?;
    complete(conn, rows)
}

fn text(cursor: &Cursor) -> String {
    if let Mark::Text(text) = &cursor.mark { text.clone() } else { String::new() }
}

pub fn cursor(organisation: &Organisation) -> Cursor {
    Cursor { order: ORDER.into(), mark: Mark::Text(fold(&organisation.name)), id: organisation.id }
}

pub fn count(conn: &mut Conn, scope: Scope, asked: &Wanted) -> Result<i64> {
    Ok(wanted(scope, asked).count().get_result(conn)?)
}
