//! What programs know of people beyond their fields.
use super::Act;
use crate::domain::event::Kind;
use crate::domain::{Change, Error, Event, Person, PersonId, Result, Verb};
use crate::store;
use std::collections::HashMap;

pub use crate::store::extras::Extras;

/// Of people who were found in reach, as far as this actor may know them; those without any are left out.
pub fn of(act: &mut Act, people: &[Person]) -> Result<HashMap<PersonId, Extras>> {
    let ids: Vec<PersonId> = people.iter().map(|person| person.id).collect();
    let mut found = store::extras::of(act.conn, &ids)?;
    for person in people.iter().filter(|person| !act.actor.can(Verb::SeeStaffFields, *person)) {
        let theirs = found.get_mut(&person.id).into_iter();
        theirs.for_each(|extras| extras.retain(|extra, _| !extra.is_for_staff()));
    }
    Ok(found)
}

/// Sets what is given; a blank value clears, and what is not given stays. Nothing changed, nothing written.
pub fn update(act: &mut Act, id: PersonId, given: &Extras) -> Result<()> {
    if given.is_empty() {
        return Ok(());
    }
    let person = super::editable(act, id)?;
    store::people::lock(act.conn, id)?;
    let sees_all = act.actor.can(Verb::SeeStaffFields, &person);
    let now = store::extras::of(act.conn, &[id])?.remove(&id).unwrap_or_default();
    let mut changes = vec![];
    for (extra, value) in given {
        let value: String = value.chars().filter(|c| !c.is_control()).collect();
        if value.len() > extra.most() {
            return Err(Error::invalid(extra.name(), "text.too_long"));
        }
        // What is hidden is told as blank; anything else would be a guess, and its answer a hint.
        if extra.is_for_staff() && !sees_all && value.is_empty() {
            continue;
        }
        let before = now.get(extra).cloned().unwrap_or_default();
        if before == value && (sees_all || !extra.is_for_staff()) {
            continue;
        }
        if extra.is_for_staff() {
            act.actor.must(Verb::EditStaffFields, &person)?;
        }
        store::extras::set(act.conn, id, *extra, &value)?;
        changes.push(Change::new(extra.name(), before, value));
    }
    if changes.is_empty() {
        return Ok(());
    }
    store::people::touch(act.conn, id, act.now)?;
    store::people::reindex(act.conn, &[id])?;
    act.record(Event::about(Kind::PersonEdited, &person, changes))
}
