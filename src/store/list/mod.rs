//! Lists of people: one filter for pages and counts, one keyset for every order.
mod by_field;
mod matching;
mod placed;

pub(super) use matching::in_scope;

use super::Conn;
use super::people::{Row, complete};
use super::schema::people;
use crate::domain::{Column, Cursor, Mark, PeopleFilter, Person, Result, Scope, Sort, Turn};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Text;
use matching::{Query, matching};

/// A page, and where to go on from it both ways.
#[derive(Debug)]
pub struct Page {
    pub people: Vec<Person>,
    pub before: Option<Cursor>,
    pub after: Option<Cursor>,
}

/// Exactly how many match.
pub fn count(conn: &mut Conn, scope: Scope, filter: &PeopleFilter) -> Result<i64> {
    Ok(matching(conn, scope, filter).count().get_result(conn)?)
}

/// How many match, counted up to `most` and no further.
pub fn count_up_to(conn: &mut Conn, scope: Scope, filter: &PeopleFilter, most: i64) -> Result<i64> {
    let ids: Vec<i64> = matching(conn, scope, filter).select(people::id).limit(most).load(conn)?;
    Ok(ids.len() as i64)
}

/// One page in the order asked for. A keyset page costs the same however deep it lies.
pub fn page(
    conn: &mut Conn,
    scope: Scope,
    filter: &PeopleFilter,
    sort: &Sort,
    turn: &Turn,
    size: usize,
) -> Result<Page> {
    let rows: Vec<(Row, Cursor)> = match sort.column {
        Column::Field { id, .. } => by_field::rows(conn, scope, filter, (id, sort), turn, size as i64 + 1)?,
        _ => {
            let query = ordered(matching(conn, scope, filter), sort, turn).limit(size as i64 + 1);
            let rows: Vec<Row> = query.select(Row::as_select()).load(conn)?;
            rows.into_iter().map(|row| (cursor(&row, sort), row)).map(|(cursor, row)| (row, cursor)).collect()
        }
    };
    turned(conn, rows, turn, size)
}

/// The people after the first `skip` in this order, for callers that count pages; what lies deep takes long.
pub fn numbered(
    conn: &mut Conn,
    scope: Scope,
    filter: &PeopleFilter,
    sort: &Sort,
    (skip, most): (i64, i64),
) -> Result<Vec<Person>> {
    let query = matching(conn, scope, filter);
    let query = match sort.column {
        Column::Email => by_text(query, "COALESCE(people.email_key, '')", sort.descending),
        Column::Phone => by_text(query, "COALESCE(people.phone_key, '')", sort.descending),
        Column::Username => by_text(query, "COALESCE(people.username_key, '')", sort.descending),
        Column::Title => by_text(query, "people.title", sort.descending),
        _ => ordered(query, sort, &Turn::First),
    };
    let query = query.offset(skip).limit(most);
    let rows: Vec<Row> = query.select(Row::as_select()).load(conn)?;
    complete(conn, rows)
}

fn by_text<'a>(query: Query<'a>, expression: &str, down: bool) -> Query<'a> {
    match down {
        true => query.order((sql::<Text>(expression).desc(), people::id.desc())),
        false => query.order((sql::<Text>(expression).asc(), people::id.asc())),
    }
}

/// Rows came in the order in which they were walked, one too many when there are more.
fn turned(conn: &mut Conn, mut rows: Vec<(Row, Cursor)>, turn: &Turn, size: usize) -> Result<Page> {
    let more = rows.len() > size;
    rows.truncate(size);
    if matches!(turn, Turn::Before(_)) {
        rows.reverse();
    }
    let (rows, cursors): (Vec<Row>, Vec<Cursor>) = rows.into_iter().unzip();
    let (is_start, is_end) = turn.ends(more);
    let before = cursors.first().filter(|_| !is_start).cloned();
    let after = cursors.last().filter(|_| !is_end).cloned();
    Ok(Page { people: complete(conn, rows)?, before, after })
}

/// Sorts by `$column` and the id, and goes on from the cursor. The bound comes first and alone, because
/// only so both databases seek in the index instead of walking it.
macro_rules! keyset {
    ($query:expr, $column:expr, $place:expr, $down:expr) => {
        keyset!($query, $column, people::id, $place, $down)
    };
    ($query:expr, $column:expr, $id:expr, $place:expr, $down:expr) => {
        match ($place, $down) {
            (None, true) => $query.order(($column.desc(), $id.desc())),
            (None, false) => $query.order(($column.asc(), $id.asc())),
            (Some((value, id)), true) => $query
                .filter($column.le(value.clone()))
                .filter($column.lt(value).or($id.lt(id)))
                .order(($column.desc(), $id.desc())),
            (Some((value, id)), false) => $query
                .filter($column.ge(value.clone()))
                .filter($column.gt(value).or($id.gt(id)))
                .order(($column.asc(), $id.asc())),
        }
    };
}
use keyset;

/// Where to go on from, and whether downwards.
fn walk<'t>(sort: &Sort, turn: &'t Turn) -> (Option<&'t Cursor>, bool) {
    match turn {
        Turn::First => (None, sort.descending),
        Turn::After(cursor) => (Some(cursor), sort.descending),
        Turn::Before(cursor) => (Some(cursor), !sort.descending),
    }
}

fn ordered<'a>(query: Query<'a>, sort: &Sort, turn: &Turn) -> Query<'a> {
    let (place, down) = walk(sort, turn);
    let number = place.map(|c| (if let Mark::Number(n) = c.mark { n } else { 0 }, c.id));
    let small = number.map(|(n, id)| (n as i16, id));
    let text = place.map(|c| (if let Mark::Text(t) = &c.mark { t.clone() } else { String::new() }, c.id));
    match sort.column {
        Column::Name => keyset!(query, people::name_key, text, down),
        Column::Organisation => keyset!(query, people::organisation_key, text, down),
        Column::Role => keyset!(query, people::role, small, down),
        Column::Status => keyset!(query, people::status, small, down),
        Column::Seen => keyset!(query, people::last_login_at, number, down),
        Column::Created => keyset!(query, people::created_at, number, down),
        Column::Changed => keyset!(query, people::updated_at, number, down),
        _ => by_id(query, place.map(|c| c.id), down),
    }
}

fn by_id<'a>(query: Query<'a>, place: Option<i64>, down: bool) -> Query<'a> {
    match (place, down) {
        (None, true) => query.order(people::id.desc()),
        (None, false) => query.order(people::id.asc()),
        (Some(id), true) => query.filter(people::id.lt(id)).order(people::id.desc()),
        (Some(id), false) => query.filter(people::id.gt(id)).order(people::id.asc()),
    }
}

fn cursor(row: &Row, sort: &Sort) -> Cursor {
    let mark = match sort.column {
        Column::Name => Mark::Text(row.name_key.clone()),
        Column::Organisation => Mark::Text(row.organisation_key.clone()),
        Column::Role => Mark::Number(row.role.into()),
        Column::Status => Mark::Number(row.status.into()),
        Column::Seen => Mark::Number(row.last_login_at),
        Column::Created => Mark::Number(row.created_at),
        Column::Changed => Mark::Number(row.updated_at),
        _ => Mark::Number(row.id),
    };
    Cursor { order: sort.to_string(), mark, id: row.id }
}
