//! The order of a custom field: people with a value by its index, those without one after them.
use super::found::{Part, ids, met, patiently};
use super::order::{keyset, walk};
use super::plan::Query;
use super::test::{Test, those};
use crate::domain::{Column, Cursor, Mark, PeopleFilter, Result, Scope, Sort, Turn};
use crate::store::Conn;
use crate::store::people::Row;
use crate::store::schema::{field_values, people};
use crate::store::written::{self, Written, written};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};
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
        let asked = (scope, filter);
        if valued {
            let here = here.and_then(|cursor| Some((mark(cursor)?, cursor.id)));
            found.extend(with_value(conn, asked, (field, sort), here, (down, left))?);
        } else {
            found.extend(without_value(conn, asked, field, here, (down, left))?);
        }
    }
    in_order(conn, found, sort)
}

/// The value of somebody who has one.
fn mark(cursor: &Cursor) -> Option<String> {
    let Mark::Text(text) = &cursor.mark else { return None };
    text.strip_prefix(VALUED).map(str::to_owned)
}

/// Straight from the index, of whoever matches.
fn with_value(
    conn: &mut Conn,
    (scope, filter): (Scope, &PeopleFilter),
    (field, sort): (i64, &Sort),
    from: Option<(String, i64)>,
    (down, most): (bool, i64),
) -> Result<Vec<(i64, String)>> {
    use field_values::{field_id, person_id, place, table, value_key};
    // Of several choices the first one sorts.
    let valued = || table.filter(field_id.eq(field)).filter(place.eq(0)).into_boxed();
    let along = || keyset!(valued(), value_key, person_id, from.clone(), down).select((person_id, value_key));
    let part = Part { skip: 0, most };
    let found = patiently(
        conn,
        (scope, filter, None),
        (sort, part),
        |conn, plan, part, stretch| {
            let (some, tests) = (along().offset(stretch.from).limit(stretch.most), plan.all.clone());
            let told = ["looked.person_id, looked.value_key", "looked"];
            Ok(met::<(BigInt, Text), _>(told, some, those("looked.person_id", tests), part).load(conn)?)
        },
        |conn, plan| match plan.met_by("field_values.person_id") {
            Some(met) => Ok(along().filter(met).limit(most).load(conn)?),
            None => with_value_among(conn, field, plan.rows(), from.clone(), (down, most)),
        },
    )?;
    Ok(found.into_iter().map(|(id, key): (i64, String)| (id, format!("{VALUED}{key}"))).collect())
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
    Ok(query.select((people::id, key())).limit(most).load(conn)?)
}

fn without_value(
    conn: &mut Conn,
    (scope, filter): (Scope, &PeopleFilter),
    field: i64,
    from: Option<&Cursor>,
    (descending, most): (bool, i64),
) -> Result<Vec<(i64, String)>> {
    let turn = from.map_or(Turn::First, |cursor| Turn::After(cursor.clone()));
    let (sort, lacks) = (Sort { column: Column::Added, descending }, Test::Row(written("NOT ").then(has_value(field))));
    let found = ids(conn, (scope, filter, Some(&lacks)), (&sort, &turn), Part { skip: 0, most })?;
    Ok(found.into_iter().map(|id| (id, String::new())).collect())
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
