//! Taking steps back.
use super::references::{REFERENCES, UNIQUE};
use super::{CHUNK, Conn, count, execute, holding, ids, insert, key_condition, set};
use crate::domain::Result;
use crate::domain::undo::{Loss, Row, Step, Why};
use serde_json::Value;
use std::collections::{BTreeSet, HashSet};

/// Takes steps back, last first; answers what could not be. A row whose parent is gone does not return; a
/// reference that may be empty becomes so. What somebody changed or built upon meanwhile stays.
pub fn undo(conn: &mut Conn, steps: Vec<Step>) -> Result<Vec<Loss>> {
    let mut losses = vec![];
    let mut lose = |table: &str, count: usize, why: Why| {
        if count > 0 {
            losses.push(Loss { table: table.into(), count: count as i64, why });
        }
    };
    for step in steps.into_iter().rev() {
        match step {
            Step::Removed { table, rows } => {
                let all = rows.len();
                let (rows, loosened) = with_parents(conn, &table, rows)?;
                lose(&table, all - rows.len() + loosened, Why::Gone);
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
                for row in rows {
                    execute(conn, format!("DELETE FROM {table} WHERE {}{needed}", holding(&row)))?;
                }
            }
            Step::Changed { table, ids, before, after } => {
                let (mut known, loosened) = with_parents(conn, &table, vec![before])?;
                let Some(before) = known.pop() else {
                    lose(&table, ids.len(), Why::Gone);
                    continue;
                };
                lose(&table, if loosened > 0 { ids.len() } else { 0 }, Why::Gone);
                let returned = set(conn, &table, &ids, &after, &before)?;
                lose(&table, ids.len() - returned, Why::Changed);
            }
        }
    }
    Ok(losses)
}

/// Without the rows whose parents are gone; how many others lost a reference that may be empty.
fn with_parents(conn: &mut Conn, table: &str, mut rows: Vec<Row>) -> Result<(Vec<Row>, usize)> {
    let mut loosened = HashSet::new();
    for (_, column, parent, optional) in REFERENCES.iter().filter(|(child, ..)| *child == table) {
        let wanted: BTreeSet<i64> = rows.iter().filter_map(|row| row.get(*column)?.as_i64()).collect();
        let known = known(conn, parent, &wanted)?;
        let gone = |row: &Row| row.get(*column).and_then(Value::as_i64).is_some_and(|id| !known.contains(&id));
        if *optional {
            for (at, row) in rows.iter_mut().enumerate().filter(|(_, row)| gone(row)) {
                row.insert((*column).into(), Value::Null);
                loosened.insert(at);
            }
        } else {
            rows.retain(|row| !gone(row));
        }
    }
    Ok((rows, loosened.len()))
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
    let mut fresh = vec![];
    for row in rows {
        if count(conn, table, &key_condition(keys, &row))? == 0 {
            fresh.push(row);
        }
    }
    Ok(fresh)
}
