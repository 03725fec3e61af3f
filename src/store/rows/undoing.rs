//! Taking steps back.
use super::references::{KEPT, REFERENCES, UNIQUE};
use super::{CHUNK, Conn, execute, holding, ids, insert, key, key_condition, overwrite, read};
use crate::domain::undo::{Loss, Row, Step, Why};
use crate::domain::{PersonId, Result};
use crate::store::people;
use serde_json::Value;
use std::collections::{BTreeSet, HashSet};

/// So many conditions are joined: SQLite counts each as a level of one expression, of which it takes 1,000.
const JOINED: usize = 100;

/// Something that cannot return before its parent does.
#[derive(Debug, Clone, PartialEq)]
pub struct Orphan {
    /// The parent's table and id.
    pub parent: (&'static str, i64),
    /// What would bring it back, once the parent is there.
    pub step: Step,
}

/// Takes steps back, last first; answers what could not be, and what waits for a parent that is gone. A reference
/// that may be empty is so meanwhile. What somebody changed or built upon meanwhile stays.
pub fn undo(conn: &mut Conn, steps: Vec<Step>) -> Result<(Vec<Loss>, Vec<Orphan>)> {
    let (mut losses, mut orphans) = (vec![], vec![]);
    let touched: BTreeSet<PersonId> = steps.iter().flat_map(Step::people).collect();
    let mut lose = |table: &str, count: usize, why: Why| {
        if count > 0 {
            losses.push(Loss { table: table.into(), count: count as i64, why });
        }
    };
    for step in steps.into_iter().rev() {
        match step {
            Step::Removed { table, rows } => {
                let (rows, gone) = with_parents(conn, &table, rows)?;
                orphans.extend(gone);
                let fresh = absent(conn, &table, rows.clone())?;
                lose(&table, rows.len() - fresh.len(), Why::Taken);
                insert(conn, &table, &fresh)?;
            }
            Step::Added { table, rows } => {
                let needed: String = REFERENCES
                    .iter()
                    .filter(|(_, _, parent, _)| *parent == table)
                    .map(|(child, column, ..)| {
                        format!(" AND NOT EXISTS (SELECT 1 FROM {child} WHERE {child}.{column} = {table}.id)")
                    })
                    .collect();
                for part in rows.chunks(JOINED) {
                    execute(conn, format!("DELETE FROM {table} WHERE ({}){needed}", any(part, holding)))?;
                }
            }
            Step::Changed { table, ids, before, after } => {
                let (known, gone) = with_parents(conn, &table, vec![before])?;
                orphans.extend(gone.into_iter().map(|orphan| of_all(orphan, &ids, &after)));
                let Some(before) = known.first() else { continue };
                let returned = overwrite(conn, &table, &ids, &after, before)?;
                lose(&table, ids.len() - returned, Why::Changed);
            }
        }
    }
    people::reindex(conn, &touched.into_iter().collect::<Vec<_>>())?;
    Ok((losses, orphans))
}

/// What would give all of these rows the value that one of them misses.
fn of_all(orphan: Orphan, ids: &[i64], after: &Row) -> Orphan {
    let step = match orphan.step {
        // Its reference may be empty, and is so until then.
        Step::Changed { table, before, after, .. } => Step::Changed { table, ids: ids.to_vec(), before, after },
        Step::Removed { table, rows } => {
            let before = rows.into_iter().next().unwrap_or_default();
            Step::Changed { table, ids: ids.to_vec(), before, after: after.clone() }
        }
        added => added,
    };
    Orphan { step, ..orphan }
}

/// Without the rows whose parents are gone, and with empty references where that may be; and what waits for those.
fn with_parents(conn: &mut Conn, table: &str, mut rows: Vec<Row>) -> Result<(Vec<Row>, Vec<Orphan>)> {
    let mut orphans = vec![];
    for (_, column, parent, optional) in REFERENCES.iter().filter(|(child, ..)| *child == table) {
        let number = |row: &Row| row.get(*column).and_then(Value::as_i64);
        let wanted: BTreeSet<i64> = rows.iter().filter_map(number).collect();
        let known = known(conn, parent, &wanted)?;
        let missing = |row: &Row| number(row).filter(|id| !known.contains(id));
        let mut there = vec![];
        for mut row in rows {
            let Some(id) = missing(&row) else {
                there.push(row);
                continue;
            };
            let table = table.to_owned();
            let step = if *optional && !KEPT.contains(&(table.as_str(), *column)) {
                let of = |value: Value| Row::from_iter([((*column).to_owned(), value)]);
                let ids = row.get("id").and_then(Value::as_i64).into_iter().collect();
                row.insert((*column).into(), Value::Null);
                there.push(row);
                Step::Changed { table, ids, before: of(id.into()), after: of(Value::Null) }
            } else {
                Step::Removed { table, rows: vec![row] }
            };
            orphans.push(Orphan { parent: (parent, id), step });
        }
        rows = there;
    }
    Ok((rows, orphans))
}

fn known(conn: &mut Conn, table: &str, wanted: &BTreeSet<i64>) -> Result<HashSet<i64>> {
    let mut found = HashSet::new();
    for part in wanted.iter().copied().collect::<Vec<_>>().chunks(CHUNK) {
        let listed = part.iter().map(i64::to_string).collect::<Vec<_>>().join(", ");
        found.extend(ids(conn, table, &format!("id IN ({listed})"))?);
    }
    Ok(found)
}

/// Those of the rows whose unique values nobody took meanwhile.
fn absent(conn: &mut Conn, table: &str, rows: Vec<Row>) -> Result<Vec<Row>> {
    let Some((_, keys)) = UNIQUE.iter().find(|(one, _)| *one == table) else { return Ok(rows) };
    let mut taken = HashSet::new();
    for part in rows.chunks(JOINED) {
        let there = read(conn, table, &any(part, |row| key_condition(keys, row)))?;
        taken.extend(there.iter().map(|row| key(table, row)));
    }
    Ok(rows.into_iter().filter(|row| !taken.contains(&key(table, row))).collect())
}

/// The condition that a row is one of these.
fn any(rows: &[Row], condition: impl Fn(&Row) -> String) -> String {
    rows.iter().map(|row| format!("({})", condition(row))).collect::<Vec<_>>().join(" OR ")
}
