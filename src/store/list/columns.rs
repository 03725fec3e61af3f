//! What a filter demands of the columns of people that have an index.
use super::demand::{Demand, Test};
use super::source::{ONE, Source, ordered, unordered};
use crate::domain::{Column, Role, Span, fold};
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

pub fn number(conn: &Conn, column: &str, value: i64, by: &str) -> Demand {
    let is = |column: &str| written(format!("{column} = ")).number(value);
    let test = valued(conn, &format!("people_by_{column}"), by, column, is);
    Demand { source: Some(ordered(&format!("one.{column} = "), Some(value))), test }
}

pub fn organisation(conn: &Conn, name: &str, by: &str) -> Demand {
    let mut source = ordered("one.organisation_key = ", None);
    source.ids = source.ids.text(fold(name));
    // A text takes no sign; with nothing added to it, it is still the text.
    let is = |column: &str| match column.strip_prefix('+') {
        Some(column) => written(format!("{column} || '' = ")).text(fold(name)),
        None => written(format!("{column} = ")).text(fold(name)),
    };
    let test = valued(conn, "people_by_organisation", by, "organisation_key", is);
    Demand { source: Some(source), test }
}

pub fn address(email: &str) -> Demand {
    let mut source = ordered("one.email_key = ", None);
    source.ids = source.ids.text(fold(email));
    Demand { source: Some(source), test: Test::Row(written("people.email_key || '' = ").text(fold(email))) }
}

pub fn roles(conn: &Conn, roles: &[Role], by: &str) -> Option<Demand> {
    match roles {
        [] => None,
        [role] => Some(number(conn, "role", *role as i64, by)),
        several => {
            let numbers: BTreeSet<String> = several.iter().map(|role| (*role as i16).to_string()).collect();
            // An index has those of each role in order, and both databases merge these; PostgreSQL only what says so.
            let [begin, end] = match conn {
                Conn::Sqlite(_) => ["", ""],
                Conn::Postgres(_) => ["(", " ORDER BY people.id DESC)"],
            };
            let of = |role| format!("{begin}SELECT people.id FROM people WHERE people.role = {role}{end}");
            let of_each = numbers.iter().map(of);
            let all = of_each.collect::<Vec<_>>().join(" UNION ALL ");
            let ids = written(format!("SELECT one.id FROM ({all}) AS one WHERE 1 = 1"));
            let source = Source { is_ordered: true, ..unordered(ids) };
            let listed = numbers.into_iter().collect::<Vec<_>>().join(", ");
            let are = |column: &str| written(format!("{column} IN ({listed})"));
            Some(Demand { source: Some(source), test: valued(conn, "people_by_role", by, "role", are) })
        }
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
    Some(Demand { source: Some(unordered(ids)), test: on_row(column, by, within) })
}
