//! The order of a custom field: people with a value by its index, those without one after them.
use super::order::{by_id, keyset, walk};
use super::plan::{Query, plan};
use crate::domain::{Cursor, Mark, PeopleFilter, Result, Scope, Sort, Turn};
use crate::store::Conn;
use crate::store::people::Row;
use crate::store::schema::{field_values, people};
use crate::store::written::{self, Written, written};
use diesel::dsl::not;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};
use std::collections::HashMap;

/// Marks of people with a value begin so; people without one have an empty mark.
const VALUED: &str = "=";

/// Up to `most` rows in the order in which they are walked, each with its place.
pub fn rows(
    conn: &mut Conn,
    scope: Scope,
    filter: &PeopleFilter,
    (field, sort): (i64, &Sort),
    turn: &Turn,
    most: i64,
) -> Result<Vec<(Row, Cursor)>> {
    let (place, down) = walk(sort, turn);
    let backwards = matches!(turn, Turn::Before(_));
    let mut found: Vec<(i64, String)> = vec![];
    for valued in if backwards { [false, true] } else { [true, false] } {
        let here = place.filter(|cursor| mark(cursor).is_some() == valued);
        let passed = place.is_some_and(|cursor| mark(cursor).is_some() != valued) && valued != backwards;
        let left = most - found.len() as i64;
        if passed || left == 0 {
            continue;
        }
        let plan = plan(conn, scope, filter, &sort.column)?;
        if valued {
            let here = here.and_then(|cursor| Some((mark(cursor)?, cursor.id)));
            found.extend(match plan.met_by("field_values.person_id") {
                Some(met) => with_value(conn, field, met, here, (down, left))?,
                None => with_value_among(conn, field, plan.rows(), here, (down, left))?,
            });
        } else {
            found.extend(without_value(conn, field, plan.rows(), here.map(|cursor| cursor.id), (down, left))?);
        }
    }
    in_order(conn, found, sort)
}

/// The value of somebody who has one.
fn mark(cursor: &Cursor) -> Option<String> {
    let Mark::Text(text) = &cursor.mark else { return None };
    text.strip_prefix(VALUED).map(str::to_owned)
}

/// Straight from the index, of whoever meets a condition.
fn with_value(
    conn: &mut Conn,
    field: i64,
    met: Written<Bool>,
    from: Option<(String, i64)>,
    (down, most): (bool, i64),
) -> Result<Vec<(i64, String)>> {
    use field_values::{field_id, person_id, place, table, value_key};
    // Of several choices the first one sorts.
    let query = table.filter(field_id.eq(field)).filter(place.eq(0)).filter(met).into_boxed();
    let query = keyset!(query, value_key, person_id, from, down);
    marked(query.select((person_id, value_key)).limit(most).load(conn)?)
}

/// Of a few.
fn with_value_among(
    conn: &mut Conn,
    field: i64,
    among: Query,
    from: Option<(String, i64)>,
    (down, most): (bool, i64),
) -> Result<Vec<(i64, String)>> {
    let key = || {
        written::<Text>(
            "(SELECT kept.value_key FROM field_values AS kept
              WHERE kept.person_id = people.id AND kept.place = 0 AND kept.field_id = ",
        )
        .number(field)
        .sql(")")
    };
    let query = keyset!(among.filter(has_value(field)), key(), people::id, from, down);
    marked(query.select((people::id, key())).limit(most).load(conn)?)
}

fn marked(found: Vec<(i64, String)>) -> Result<Vec<(i64, String)>> {
    Ok(found.into_iter().map(|(id, key)| (id, format!("{VALUED}{key}"))).collect())
}

fn without_value(
    conn: &mut Conn,
    field: i64,
    among: Query,
    from: Option<i64>,
    (down, most): (bool, i64),
) -> Result<Vec<(i64, String)>> {
    let query = by_id(among.filter(not(has_value(field))), from, down);
    let ids: Vec<i64> = query.select(people::id).limit(most).load(conn)?;
    Ok(ids.into_iter().map(|id| (id, String::new())).collect())
}

fn has_value(field: i64) -> Written<Bool> {
    written(
        "EXISTS (SELECT 1 FROM field_values AS kept
         WHERE kept.person_id = people.id AND kept.place = 0 AND kept.field_id = ",
    )
    .number(field)
    .sql(")")
}

fn in_order(conn: &mut Conn, found: Vec<(i64, String)>, sort: &Sort) -> Result<Vec<(Row, Cursor)>> {
    let ids: Vec<i64> = found.iter().map(|(id, _)| *id).collect();
    let found_rows = people::table.filter(written::among(conn, "people.id", &ids)).select(Row::as_select());
    let mut rows: HashMap<i64, Row> = found_rows.load::<Row>(conn)?.into_iter().map(|row| (row.id, row)).collect();
    let order = sort.to_string();
    let placed = |(id, mark)| Some((rows.remove(&id)?, Cursor { order: order.clone(), mark: Mark::Text(mark), id }));
    Ok(found.into_iter().filter_map(placed).collect())
}
