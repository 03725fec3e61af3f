//! What identity providers keep with people, for whoever sees what staff wrote.
use super::Act;
use crate::domain::event::Kind;
use crate::domain::extra::PREFIX;
use crate::domain::kept::Kept;
use crate::domain::{Change, Error, Event, Person, PersonId, Result, Verb};
use crate::store;
use std::collections::HashMap;

/// So many bytes in one row, and so many rows.
const LONGEST: usize = 16_384;
const MOST: usize = 500;

/// Of people who were found in reach; those without any are left out.
pub fn of(act: &mut Act, people: &[Person]) -> Result<HashMap<PersonId, Kept>> {
    let seen = people.iter().filter(|person| act.actor.can(Verb::SeeStaffFields, *person));
    let ids: Vec<PersonId> = seen.map(|person| person.id).collect();
    let rows = store::extras::kept(act.conn, &ids)?;
    Ok(rows.into_iter().map(|(id, rows)| (id, Kept::read(&rows))).collect())
}

/// This and nothing else. Nothing changed, nothing written.
pub fn update(act: &mut Act, id: PersonId, wanted: &Kept) -> Result<()> {
    let person = super::editable(act, id)?;
    store::people::lock(act.conn, id)?;
    let now = store::extras::kept(act.conn, &[id])?.remove(&id).unwrap_or_default();
    let rows = wanted.rows();
    if rows == now {
        return Ok(());
    }
    act.actor.must(Verb::EditStaffFields, &person)?;
    if rows.len() > MOST || rows.values().any(|value| value.len() > LONGEST) {
        return Err(Error::invalid("attributes", "text.too_long"));
    }
    for name in now.keys().filter(|name| !rows.contains_key(*name)) {
        store::extras::keep(act.conn, id, name, "")?;
    }
    for (name, value) in rows.iter().filter(|(name, value)| now.get(*name) != Some(value)) {
        store::extras::keep(act.conn, id, name, value)?;
    }
    store::people::touch(act.conn, id, act.now)?;
    act.record(Event::about(Kind::PersonEdited, &person, changes(&Kept::read(&now), wanted)))
}

fn changes(before: &Kept, after: &Kept) -> Vec<Change> {
    let (before, after) = (before.told(), after.told());
    let mut lists: Vec<&str> = before.keys().chain(after.keys()).copied().collect();
    lists.sort_unstable();
    lists.dedup();
    let said =
        |told: &std::collections::BTreeMap<&str, String>, list: &str| told.get(list).cloned().unwrap_or_default();
    let change = |list: &str| Change::new(&format!("{PREFIX}{list}"), said(&before, list), said(&after, list));
    lists.into_iter().map(change).filter(|change| change.before != change.after).collect()
}
