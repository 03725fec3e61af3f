//! What cannot return yet waits in the entry of what it belongs to.
use super::{Contents, name};
use crate::actions::Act;
use crate::domain::undo::{Loss, Step, Why};
use crate::domain::{Error, Result};
use crate::store;
use crate::store::rows::Orphan;
use serde_json::Value;
use std::collections::BTreeMap;

/// What the trash calls a row of this table.
fn thing(table: &str) -> Option<&'static str> {
    Some(match table {
        "people" => "person",
        "organisations" => "organisation",
        "groups" => "group",
        "tags" => "tag",
        _ => return None,
    })
}

/// Puts each where its parent waits; what has none there is lost.
pub(super) fn keep(act: &mut Act, orphans: Vec<Orphan>) -> Result<Vec<Loss>> {
    let mut of_parent: BTreeMap<(&str, i64), Vec<Step>> = BTreeMap::new();
    // Where rows wait that are parents themselves: what is theirs waits there, too.
    let mut waiting: BTreeMap<(String, i64), (&str, i64)> = BTreeMap::new();
    for Orphan { parent, step } in orphans {
        let parent = waiting.get(&(parent.0.to_owned(), parent.1)).copied().unwrap_or(parent);
        if let Step::Removed { table, rows } = &step {
            let ids = rows.iter().filter_map(|row| row.get("id").and_then(Value::as_i64));
            waiting.extend(ids.map(|id| ((table.clone(), id), parent)));
        }
        // Parents came first and are undone last to first.
        of_parent.entry(parent).or_default().insert(0, step);
    }
    let mut losses = vec![];
    for ((table, id), steps) in of_parent {
        let counts: Vec<(String, i64)> = steps.iter().map(|step| (step.table().to_owned(), step.size())).collect();
        let waits = match thing(table) {
            Some(thing) => put(act, thing, id, steps)?,
            None => false,
        };
        let why = if waits { Why::Waiting } else { Why::Gone };
        for (table, count) in counts {
            match losses.iter_mut().find(|one: &&mut Loss| one.table == table && one.why == why) {
                Some(same) => same.count += count,
                None => losses.push(Loss { table, count, why }),
            }
        }
    }
    Ok(losses)
}

/// Before everything else in the entry, so that it is undone last, when the parent is there; false without one.
fn put(act: &mut Act, thing: &str, id: i64, steps: Vec<Step>) -> Result<bool> {
    let Some((entry, sealed)) = store::trash::of_thing(act.conn, (thing, id), act.now)? else { return Ok(false) };
    let label = name(thing, id);
    let plain = act.vault.open(&label, &sealed)?;
    let mut contents: Contents = serde_json::from_slice(&plain).map_err(Error::broken)?;
    contents.steps.splice(0..0, steps);
    let sealed = act.vault.seal(&label, &serde_json::to_vec(&contents).map_err(Error::broken)?)?;
    store::trash::set_contents(act.conn, entry, &sealed)?;
    Ok(true)
}
