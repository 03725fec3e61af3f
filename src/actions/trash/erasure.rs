//! Erasing somebody who is in the trash.
use super::restoration::find;
use super::taken::{own_row, text};
use super::{Contents, Entry};
use crate::actions::Act;
use crate::actions::people::erasure::{close, parsed};
use crate::domain::undo::{Row, Step};
use crate::domain::{Error, PersonId, Result, Target, Verb};
use crate::store;
use crate::store::rows;

/// A person's entry, for whoever may erase them.
pub fn edit(act: &mut Act, id: i64) -> Result<Entry> {
    Ok(open(act, id)?.0)
}

fn open(act: &mut Act, id: i64) -> Result<(Entry, Contents)> {
    act.actor.must(Verb::SeeErasures, Target::House)?;
    let (entry, contents) = find(act, id)?;
    match (entry.thing.as_str(), entry.by_merge) {
        ("person", false) => Ok((entry, contents)),
        // What was theirs is the survivor's now: they are erased together.
        ("person", true) => Err(Error::Forbidden("erasure.was_merged")),
        _ => Err(Error::NotFound),
    }
}

/// Nothing brings them back, and their name goes from where they wrote. Answers the number of the receipt.
pub fn create(act: &mut Act, id: i64, reason: &str) -> Result<i64> {
    let (entry, mut contents) = open(act, id)?;
    let reason = parsed(reason)?;
    let person = PersonId(entry.thing_id);
    let uid = text(own_row(&mut contents, "people", person.0)?, "uid").unwrap_or_default();
    for step in &contents.steps {
        forget_name(act, step)?;
    }
    store::trash::delete(act.conn, id)?;
    let touched = entry.gist.counts.into_iter().collect();
    close(act, person, uid, reason, (touched, vec![]))
}

/// Columns that name somebody who is gone.
const NAMES: [&str; 2] = ["author_label", "assignee_label"];

fn forget_name(act: &mut Act, step: &Step) -> Result<()> {
    let Step::Changed { table, ids, after, .. } = step else { return Ok(()) };
    let named: Row = after
        .iter()
        .filter(|(name, _)| NAMES.contains(&name.as_str()))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    if named.is_empty() {
        return Ok(());
    }
    let blank: Row = named.keys().map(|name| (name.clone(), "".into())).collect();
    rows::overwrite(act.conn, table, ids, &named, &blank).map(drop)
}
