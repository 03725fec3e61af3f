//! Rows of any table as JSON: taken out whole, put back as they were. Conditions hold ids of ours only.
mod references;
mod undoing;

pub use references::REFERENCES;
pub use undoing::{Orphan, undo};

use super::{Conn, each_backend};
use crate::domain::undo::{Row, Step};
use crate::domain::{Error, Result};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use serde_json::Value;

/// So many rows or ids go into one statement.
const CHUNK: usize = 1_000;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

fn lines(conn: &mut Conn, sql: String) -> Result<Vec<String>> {
    let found: Vec<Line> = each_backend!(conn, |c| diesel::sql_query(sql).load(c))?;
    Ok(found.into_iter().map(|one| one.line).collect())
}

fn execute(conn: &mut Conn, sql: String) -> Result<usize> {
    Ok(each_backend!(conn, |c| diesel::sql_query(sql).execute(c))?)
}

/// How many rows of the table meet the condition.
pub fn count(conn: &mut Conn, table: &str, condition: &str) -> Result<i64> {
    let sql = format!("SELECT COUNT(*) AS number FROM {table} WHERE {condition}");
    let found: Vec<Number> = each_backend!(conn, |c| diesel::sql_query(sql).load(c))?;
    Ok(found.first().map_or(0, |one| one.number))
}

/// Whether a row that meets the condition has this text in this column.
pub fn is_held(conn: &mut Conn, table: &str, column: &str, value: &str, condition: &str) -> Result<bool> {
    let sql = format!("SELECT COUNT(*) AS number FROM {table} WHERE {column} = $1 AND {condition}");
    let found: Vec<Number> = each_backend!(conn, |c| diesel::sql_query(sql).bind::<Text, _>(value).load(c))?;
    Ok(found.first().is_some_and(|one| one.number > 0))
}

/// The first `most` values of a text expression, such as a name.
pub fn samples(conn: &mut Conn, expression: &str, from: &str, condition: &str, most: usize) -> Result<Vec<String>> {
    lines(conn, format!("SELECT {expression} AS line FROM {from} WHERE {condition} ORDER BY 1 LIMIT {most}"))
}

/// The ids of rows that meet the condition, ascending.
pub fn ids(conn: &mut Conn, table: &str, condition: &str) -> Result<Vec<i64>> {
    let sql = format!("SELECT id AS number FROM {table} WHERE {condition} ORDER BY 1");
    let found: Vec<Number> = each_backend!(conn, |c| diesel::sql_query(sql).load(c))?;
    Ok(found.into_iter().map(|one| one.number).collect())
}

/// The rows that meet the condition.
pub fn read(conn: &mut Conn, table: &str, condition: &str) -> Result<Vec<Row>> {
    let whole = match conn {
        Conn::Postgres(_) => format!("CAST(row_to_json({table}) AS text)"),
        Conn::Sqlite(_) => {
            let columns = lines(conn, format!("SELECT name AS line FROM pragma_table_info('{table}')"))?;
            let pairs: Vec<String> = columns.iter().map(|name| format!("'{name}', \"{name}\"")).collect();
            format!("json_object({})", pairs.join(", "))
        }
    };
    let found = lines(conn, format!("SELECT {whole} AS line FROM {table} WHERE {condition}"))?;
    found.iter().map(|line| serde_json::from_str(line).map_err(Error::broken)).collect()
}

/// Takes out the rows that meet the condition; nothing when there are none.
pub fn remove(conn: &mut Conn, table: &str, condition: &str) -> Result<Option<Step>> {
    let rows = read(conn, table, condition)?;
    if rows.is_empty() {
        return Ok(None);
    }
    if execute(conn, format!("DELETE FROM {table} WHERE {condition}"))? != rows.len() {
        return Err(Error::Stale);
    }
    Ok(Some(Step::Removed { table: table.into(), rows }))
}

/// Changes rows that meet the condition and all have `before`; nothing when there are none.
pub fn change(conn: &mut Conn, table: &str, condition: &str, before: Row, after: Row) -> Result<Option<Step>> {
    let ids = ids(conn, table, condition)?;
    if ids.is_empty() {
        return Ok(None);
    }
    if overwrite(conn, table, &ids, &before, &after)? != ids.len() {
        return Err(Error::Stale);
    }
    Ok(Some(Step::Changed { table: table.into(), ids, before, after }))
}

/// Gives those of these rows that still have `before` what is `after`; answers how many.
pub fn overwrite(conn: &mut Conn, table: &str, ids: &[i64], before: &Row, after: &Row) -> Result<usize> {
    let mut values: Vec<String> =
        after.iter().map(|(name, value)| format!("\"{name}\" = {}", literal(value))).collect();
    if VERSIONED.contains(&table) {
        // Forms opened before are stale.
        values.push("version = version + 1".into());
    }
    let held = holding(before);
    let mut changed = 0;
    for part in ids.chunks(CHUNK) {
        let listed = part.iter().map(i64::to_string).collect::<Vec<_>>().join(", ");
        let values = values.join(", ");
        changed += execute(conn, format!("UPDATE {table} SET {values} WHERE id IN ({listed}) AND {held}"))?;
    }
    Ok(changed)
}

/// The condition that a row has the same in these columns.
fn key_condition(columns: &[&str], row: &Row) -> String {
    let held = columns.iter().map(|name| format!("\"{name}\" = {}", literal(row.get(*name).unwrap_or(&Value::Null))));
    held.collect::<Vec<_>>().join(" AND ")
}

/// The condition that a row has these values.
fn holding(row: &Row) -> String {
    let held = row.iter().map(|(name, value)| match value {
        Value::Null => format!("\"{name}\" IS NULL"),
        value => format!("\"{name}\" = {}", literal(value)),
    });
    held.collect::<Vec<_>>().join(" AND ")
}

const VERSIONED: [&str; 4] = ["organisations", "people", "tickets", "workspaces"];

fn literal(value: &Value) -> String {
    match value {
        Value::Null => "NULL".into(),
        Value::Bool(yes) => if *yes { "TRUE" } else { "FALSE" }.into(),
        Value::Number(number) => number.to_string(),
        other => format!("'{}'", other.as_str().unwrap_or_default().replace('\'', "''")),
    }
}

/// Puts rows in, as they are.
pub fn insert(conn: &mut Conn, table: &str, rows: &[Row]) -> Result<()> {
    let Some(first) = rows.first() else { return Ok(()) };
    let names: Vec<&String> = first.keys().collect();
    let columns = names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
    for part in rows.chunks(CHUNK) {
        let json = serde_json::to_string(part).map_err(Error::broken)?;
        match conn {
            Conn::Postgres(c) => {
                let sql = format!(
                    "INSERT INTO {table} ({columns}) SELECT {columns} FROM json_populate_recordset(NULL::{table}, CAST($1 AS json))"
                );
                diesel::sql_query(sql).bind::<Text, _>(json).execute(c)?
            }
            Conn::Sqlite(c) => {
                let values: Vec<String> = names.iter().map(|name| format!("json_extract(value, '$.{name}')")).collect();
                let sql = format!("INSERT INTO {table} ({columns}) SELECT {} FROM json_each(?)", values.join(", "));
                diesel::sql_query(sql).bind::<Text, _>(json).execute(c)?
            }
        };
    }
    Ok(())
}

/// Adds rows that can be taken out again.
pub fn add(conn: &mut Conn, table: &str, rows: Vec<Row>) -> Result<Option<Step>> {
    insert(conn, table, &rows)?;
    Ok((!rows.is_empty()).then(|| Step::Added { table: table.into(), rows }))
}

/// What tells a row of this table from others, as text.
pub fn key(table: &str, row: &Row) -> String {
    let columns =
        references::UNIQUE.iter().find(|(one, _)| *one == table).map_or(&[] as &[&str], |(_, columns)| columns);
    columns.iter().map(|name| row.get(*name).unwrap_or(&Value::Null).to_string()).collect::<Vec<_>>().join(" ")
}

pub fn names_a_person(table: &str, column: &str) -> bool {
    REFERENCES.iter().any(|(child, name, parent, _)| (*child, *name, *parent) == (table, column, "people"))
}
