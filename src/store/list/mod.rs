//! Lists of people: one filter for pages and counts, one keyset for every order.
mod by_field;
mod columns;
mod demand;
pub mod facets;
mod found;
mod looks;
mod order;
mod placed;
mod plan;
mod source;
mod test;

pub use looks::Looks;
pub(super) use plan::in_scope;

use super::people::{Row, complete, rows as people_rows};
use super::written::Written;
use super::{Conn, counts};
use crate::domain::{Column, Count, Cursor, Mark, PeopleFilter, Person, Result, Scope, Sort, Turn};
use demand::demands;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use found::{Part, ids};
use order::{by_text, cursor};
use plan::{Plan, Query, plan, plan_of_fewest, plan_to_count};
use std::collections::HashMap;

/// A page, and where to go on from it both ways.
#[derive(Debug)]
pub struct Page {
    pub people: Vec<Person>,
    pub before: Option<Cursor>,
    pub after: Option<Cursor>,
}

/// Exactly how many match; at once where the database keeps count.
pub fn count(conn: &mut Conn, scope: Scope, filter: &PeopleFilter) -> Result<i64> {
    match kept(conn, scope, filter)? {
        Some(known) => Ok(known),
        None => to_count(conn, scope, filter)?.count(conn),
    }
}

/// Everybody who matches, for a statement that takes the column `id` of what comes after it; answers how many it took.
pub fn give(conn: &mut Conn, scope: Scope, filter: &PeopleFilter, to: Written<BigInt>) -> Result<usize> {
    to_count(conn, scope, filter)?.give(conn, to)
}

/// How many match: exactly where the database keeps count, else counted up to [`Count::MOST`] and no further than
/// looking tells.
pub fn count_shown(conn: &mut Conn, scope: Scope, filter: &PeopleFilter, looks: Looks) -> Result<Count> {
    match kept(conn, scope, filter)? {
        Some(known) => Ok(Count::Exactly(known)),
        None => as_added(conn, scope, filter)?.count_shown(conn, looks),
    }
}

fn to_count(conn: &mut Conn, scope: Scope, filter: &PeopleFilter) -> Result<Plan> {
    let demands = demands(conn, scope, filter, &Column::Added)?;
    plan_to_count(conn, &demands)
}

fn as_added(conn: &mut Conn, scope: Scope, filter: &PeopleFilter) -> Result<Plan> {
    let demands = demands(conn, scope, filter, &Column::Added)?;
    plan(conn, &demands, &Column::Added)
}

fn is_everybody(scope: Scope, filter: &PeopleFilter) -> bool {
    scope == Scope::Everyone && *filter == PeopleFilter::default()
}

/// Whether it asks for roles and a status alone, of everybody: how many those are the database keeps count of.
fn is_kept(scope: Scope, filter: &PeopleFilter) -> bool {
    let plain = PeopleFilter { roles: filter.roles.clone(), status: filter.status, ..PeopleFilter::default() };
    scope == Scope::Everyone && *filter == plain
}

fn kept(conn: &mut Conn, scope: Scope, filter: &PeopleFilter) -> Result<Option<i64>> {
    if is_kept(scope, filter) { counts::kept(conn, scope, filter) } else { Ok(None) }
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
            let part = Part { skip: 0, most: size as i64 + 1 };
            let ids = ids(conn, (scope, filter, None), (sort, turn), part)?;
            with_places(in_order(conn, &ids)?, sort)
        }
    };
    turned(conn, rows, turn, size)
}

/// The first page of whom an index has in the order of their numbers, and how many match as far as looking tells:
/// one walk for both. Nothing where that takes more, or tells less, than asking for each.
pub fn first(
    conn: &mut Conn,
    scope: Scope,
    filter: &PeopleFilter,
    sort: &Sort,
    (size, looks): (usize, Looks),
) -> Result<Option<(Page, Count)>> {
    if sort.column != Column::Added || is_kept(scope, filter) {
        return Ok(None);
    }
    let plan = as_added(conn, scope, filter)?;
    let looks = Looks { enough: size, ..looks };
    let Some((mut ids, is_all)) = plan.look(conn, sort.descending, looks)? else { return Ok(None) };
    let met = ids.len();
    ids.truncate(size + 1);
    let rows = with_places(in_order(conn, &ids)?, sort);
    let page = turned(conn, rows, &Turn::First, size)?;
    Ok(Some((page, Count::met(met, is_all))))
}

/// The rows of these people, in the order of these numbers.
fn in_order(conn: &mut Conn, ids: &[i64]) -> Result<Vec<Row>> {
    let mut rows = people_rows(conn, Scope::Everyone, ids)?;
    let places: HashMap<i64, usize> = ids.iter().enumerate().map(|(place, id)| (*id, place)).collect();
    rows.sort_unstable_by_key(|row| places[&row.id]);
    Ok(rows)
}

/// Each with its place.
fn with_places(rows: Vec<Row>, sort: &Sort) -> Vec<(Row, Cursor)> {
    let place = |row| {
        let cursor = cursor(&row, sort);
        (row, cursor)
    };
    rows.into_iter().map(place).collect()
}

/// The people after the first `skip` in this order, for callers that count pages; what lies deep takes long, but in a list
/// of everybody as they were added.
pub fn numbered(
    conn: &mut Conn,
    scope: Scope,
    filter: &PeopleFilter,
    sort: &Sort,
    (skip, most): (i64, i64),
) -> Result<Vec<Person>> {
    let expression = match sort.column {
        Column::Email => "COALESCE(people.email_key, '')",
        Column::Phone => "COALESCE(people.phone_key, '')",
        Column::Username => "COALESCE(people.username_key, '')",
        Column::Title => "people.title",
        _ => {
            let (turn, skip) = match sort.column {
                Column::Added if is_everybody(scope, filter) => beyond(conn, sort, skip)?,
                _ => (Turn::First, skip),
            };
            let ids = ids(conn, (scope, filter, None), (sort, &turn), Part { skip, most })?;
            let rows = in_order(conn, &ids)?;
            return complete(conn, rows);
        }
    };
    let demands = demands(conn, scope, filter, &sort.column)?;
    let plan = plan_of_fewest(conn, &demands, &sort.column)?;
    let query = by_text(plan.rows(), expression, sort.descending).offset(skip).limit(most);
    let rows: Vec<Row> = query.select(Row::as_select()).load(conn)?;
    complete(conn, rows)
}

/// Where everybody goes on once nearly so many are skipped, and how many are left to skip.
fn beyond(conn: &mut Conn, sort: &Sort, skip: i64) -> Result<(Turn, i64)> {
    let (from, left) = counts::skipped(conn, skip, sort.descending)?;
    let place = |id| Turn::After(Cursor { order: sort.to_string(), mark: Mark::Number(id), id });
    Ok((from.map_or(Turn::First, place), left))
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
