//! The orders of a list, and where to go on in each.
use super::Query;
use crate::domain::{Column, Cursor, Mark, Sort, Turn};
use crate::store::people::Row;
use crate::store::schema::people;
use crate::store::written::written;
use diesel::prelude::*;
use diesel::sql_types::Text;

/// By a text and the number.
pub fn by_text<'a>(query: Query<'a>, expression: &'static str, down: bool) -> Query<'a> {
    match down {
        true => query.order((written::<Text>(expression).desc(), people::id.desc())),
        false => query.order((written::<Text>(expression).asc(), people::id.asc())),
    }
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
pub(super) use keyset;

/// Where to go on from, and whether downwards.
pub fn walk<'t>(sort: &Sort, turn: &'t Turn) -> (Option<&'t Cursor>, bool) {
    match turn {
        Turn::First => (None, sort.descending),
        Turn::After(cursor) => (Some(cursor), sort.descending),
        Turn::Before(cursor) => (Some(cursor), !sort.descending),
    }
}

/// On from where a turn leaves off.
pub fn ordered<'a>(query: Query<'a>, sort: &Sort, turn: &Turn) -> Query<'a> {
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

/// By the number alone.
fn by_id<'a>(query: Query<'a>, place: Option<i64>, down: bool) -> Query<'a> {
    match (place, down) {
        (None, true) => query.order(people::id.desc()),
        (None, false) => query.order(people::id.asc()),
        (Some(id), true) => query.filter(people::id.lt(id)).order(people::id.desc()),
        (Some(id), false) => query.filter(people::id.gt(id)).order(people::id.asc()),
    }
}

/// The place of this row.
pub fn cursor(row: &Row, sort: &Sort) -> Cursor {
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
