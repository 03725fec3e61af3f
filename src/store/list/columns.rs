//! What a filter demands of the columns of people that have an index.
use super::demand::Demand;
use super::source::{ONE, Source, merged, ordered, unordered};
use super::test::Test;
use crate::domain::{Column, PeopleFilter, Span, fold};
use crate::store::Conn;
use crate::store::written::{Written, written};
use diesel::sql_types::Bool;
use std::collections::BTreeSet;

/// The index of which column gives this order, where a filter may ask for the same column.
pub fn walked(by: &Column) -> &'static str {
    match by {
        Column::Role => "role",
        Column::Status => "status",
        Column::Organisation => "organisation_key",
        Column::Seen => "last_login_at",
        Column::Created => "created_at",
        Column::Changed => "updated_at",
        _ => "",
    }
}

/// Keeps both databases from using the column's index, but for the order asked for.
fn on_row(column: &str, by: &str, condition: impl Fn(&str) -> Written<Bool>) -> Test {
    match column == by {
        true => Test::Along(condition(&format!("people.{column}"))),
        false => Test::Row(condition(&format!("+people.{column}"))),
    }
}

/// By the value of a column with an index of its own. SQLite looks for somebody's number in that, which takes half of
/// looking at their row or less; PostgreSQL has to look at the row of whoever was changed of late anyway.
fn valued(conn: &Conn, index: &str, by: &str, column: &str, value: impl Fn(&str) -> Written<Bool>) -> Test {
    match conn {
        Conn::Sqlite(_) if column != by => {
            let other = format!("SELECT other.id FROM people AS other INDEXED BY {index} WHERE ");
            Test::Link(written(other).then(value(&format!("other.{column}"))).sql(" AND other.id = "))
        }
        _ => on_row(column, by, value),
    }
}

pub fn organisation(conn: &Conn, name: &str, by: &str) -> Demand {
    let source = ordered(written("one.organisation_key = ").text(fold(name)));
    // A text takes no sign; with nothing added to it, it is still the text.
    let is = |column: &str| match column.strip_prefix('+') {
        Some(column) => written(format!("{column} || '' = ")).text(fold(name)),
        None => written(format!("{column} = ")).text(fold(name)),
    };
    Demand::new(source, valued(conn, "people_by_organisation", by, "organisation_key", is))
}

pub fn address(email: &str) -> Demand {
    let source = ordered(written("one.email_key = ").text(fold(email)));
    Demand::new(source, Test::Row(written("people.email_key || '' = ").text(fold(email))))
}

/// By roles, by a status, or by both, which have an index together.
pub fn role_and_status(conn: &Conn, filter: &PeopleFilter, by: &str) -> Option<Demand> {
    let roles: BTreeSet<i64> = filter.roles.iter().map(|role| *role as i64).collect();
    let listed = roles.iter().map(i64::to_string).collect::<Vec<_>>().join(", ");
    let has_role = |column: &str| written(format!("{column} IN ({listed})"));
    let status = filter.status.map(|status| status as i64);
    let has_status = |status| move |column: &str| written(format!("{column} = ")).number(status);
    let role = (!roles.is_empty()).then(|| valued(conn, "people_by_role", by, "role", has_role));
    let status_test = status.map(|status| valued(conn, "people_by_status", by, "status", has_status(status)));
    let tests: Vec<Test> = role.into_iter().chain(status_test).collect();
    (!tests.is_empty()).then(|| Demand { source: Some(of_each(conn, &roles, status)), tests })
}

/// Of everybody with this status or any, those of each role, or of all where none is told.
fn of_each(conn: &Conn, roles: &BTreeSet<i64>, status: Option<i64>) -> Source {
    let status = status.map(|status| written("one.status = ").number(status));
    let of = |role: &i64| {
        let role = written("one.role = ").number(*role);
        status.iter().cloned().fold(role, |role, status| role.sql(" AND ").then(status))
    };
    match roles.is_empty() {
        true => merged(conn, status.into_iter().collect()),
        false => merged(conn, roles.iter().map(of).collect()),
    }
}

pub fn span(column: &str, span: &Span, by: &str) -> Option<Demand> {
    if span.is_open() {
        return None;
    }
    // Who was never seen was seen at 0.
    let from = span.from.map_or(1, |from| from.micros().max(1));
    let within = |column: &str| {
        let beyond = written(format!("{column} >= ")).number(from);
        match span.until {
            Some(until) => beyond.sql(format!(" AND {column} < ")).number(until.micros()),
            None => beyond,
        }
    };
    let ids = written(ONE).then(within(&format!("one.{column}")).of_type());
    Some(Demand::new(unordered(ids), on_row(column, by, within)))
}
