//! Values that nobody else may have, and that somebody else has now.
use super::Contents;
use crate::actions::Act;
use crate::domain::undo::{Row, Step};
use crate::domain::{Error, Result, fold, text as domain_text};
use crate::store::rows;
use serde_json::Value;

/// The row of the thing itself.
pub(super) fn own_row<'a>(contents: &'a mut Contents, home: &str, id: i64) -> Result<&'a mut Row> {
    let is_it = |row: &&mut Row| row.get("id").and_then(Value::as_i64) == Some(id);
    let removed = contents.steps.iter_mut().rev().filter_map(|step| match step {
        Step::Removed { table, rows } if table == home => rows.iter_mut().find(is_it),
        _ => None,
    });
    removed.into_iter().next().ok_or_else(|| Error::broken("an entry of the trash holds nothing"))
}

/// The columns that nobody else may have the same in, with how that is said.
fn unique(table: &str) -> &'static [(&'static str, &'static str)] {
    match table {
        "people" => &[("email", "email.taken"), ("phone", "phone.taken"), ("username", "username.taken")],
        _ => &[("name", "name.taken")],
    }
}

pub(super) fn text(row: &Row, column: &str) -> Option<String> {
    row.get(column).and_then(Value::as_str).map(str::to_owned)
}

/// A value that somebody else has now, of whoever comes back, or of whoever they were merged into.
#[derive(Debug, Clone, PartialEq)]
pub struct Taken {
    pub column: &'static str,
    pub value: String,
    /// Of the survivor of a merge.
    pub survivor: bool,
    /// How it is said.
    pub key: &'static str,
}

impl Taken {
    /// The field of a form that asks for another value.
    pub fn field(&self) -> String {
        if self.survivor { format!("survivor_{}", self.column) } else { self.column.to_owned() }
    }
}

pub(super) fn taken(act: &mut Act, table: &str, id: i64, contents: &mut Contents) -> Result<Vec<Taken>> {
    let row = own_row(contents, table, id)?.clone();
    let mut taken = vec![];
    for (column, key) in unique(table) {
        let column_key = format!("{column}_key");
        if let (Some(value), Some(folded)) = (text(&row, column), text(&row, &column_key)) {
            // What the survivor got by the merge goes back.
            let given =
                returning(contents, &column_key).is_some_and(|(_, after)| after == Some(&folded.clone().into()));
            let others = match &contents.survivor {
                Some(survivor) if given => format!("id <> {}", survivor.id),
                _ => "1 = 1".into(),
            };
            if rows::is_held(act.conn, table, &column_key, &folded, &others)? {
                taken.push(Taken { column, value, survivor: false, key });
            }
        }
        taken.extend(taken_of_survivor(act, contents, column, key)?);
    }
    Ok(taken)
}

/// The step that gave the survivor of a merge this column: its row before, and the value after.
fn returning<'a>(contents: &'a Contents, column: &str) -> Option<(&'a Row, Option<&'a Value>)> {
    let survivor = contents.survivor.as_ref()?;
    contents.steps.iter().find_map(|step| match step {
        Step::Changed { table, ids, before, after } if table == "people" && *ids == [survivor.id] => {
            before.contains_key(column).then(|| (before, after.get(column)))
        }
        _ => None,
    })
}

fn taken_of_survivor(
    act: &mut Act,
    contents: &Contents,
    column: &'static str,
    key: &'static str,
) -> Result<Option<Taken>> {
    let column_key = format!("{column}_key");
    let Some(survivor) = &contents.survivor else { return Ok(None) };
    let Some((before, after)) = returning(contents, &column_key) else { return Ok(None) };
    let (Some(value), Some(folded)) = (text(before, column), text(before, &column_key)) else { return Ok(None) };
    let itself = format!("id = {}", survivor.id);
    let unchanged = match after.and_then(Value::as_str) {
        Some(after) => rows::is_held(act.conn, "people", &column_key, after, &itself)?,
        None => rows::count(act.conn, "people", &format!("{itself} AND {column_key} IS NULL"))? == 1,
    };
    let others = format!("id <> {}", survivor.id);
    let held = unchanged && rows::is_held(act.conn, "people", &column_key, &folded, &others)?;
    Ok(held.then_some(Taken { column, value, survivor: true, key }))
}

/// Makes room: a person comes back without what somebody else has now; everything else under its new name.
pub(super) fn release(contents: &mut Contents, table: &str, id: i64, taken: &Taken, instead: &str) -> Result<()> {
    let (column, key) = (taken.column, format!("{}_key", taken.column));
    if taken.survivor {
        let survivor = contents.survivor.as_ref().map_or(0, |one| one.id);
        for step in &mut contents.steps {
            if let Step::Changed { table, ids, before, .. } = step
                && table == "people"
                && *ids == [survivor]
                && before.contains_key(&key)
            {
                before.insert(column.into(), Value::Null);
                before.insert(key.clone(), Value::Null);
            }
        }
        return Ok(());
    }
    let row = own_row(contents, table, id)?;
    if table == "people" {
        row.insert(column.into(), Value::Null);
        row.insert(key, Value::Null);
        return Ok(());
    }
    let name = match table {
        "organisations" if !instead.trim().is_empty() => domain_text::line(instead, 200),
        _ => domain_text::name(instead, 100),
    };
    let name = name.map_err(|key| Error::invalid(column, key))?;
    row.insert(key, fold(&name).into());
    row.insert(column.into(), name.into());
    Ok(())
}
