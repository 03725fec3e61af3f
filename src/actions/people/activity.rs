//! The history of one person.
use super::Act;
use crate::actions::audit::{Entries, page};
use crate::domain::{Entry, EntryFilter, Field, Person, PersonId, Result, Turn, Verb};

/// Newest first. What staff wrote about a person stays hidden from them here too.
pub fn index(act: &mut Act, id: PersonId, turn: &Turn, size: usize) -> Result<(Person, Entries)> {
    let person = super::show(act, id)?;
    let filter = EntryFilter { person: Some(id), ..EntryFilter::default() };
    let mut entries = page(act, &filter, turn, size)?;
    if !act.actor.can(Verb::SeeStaffFields, &person) {
        entries.list.iter_mut().for_each(hide_staff_fields);
    }
    Ok((person, entries))
}

fn hide_staff_fields(entry: &mut Entry) {
    entry
        .changes
        .retain(|change| change.field != "reason" && !Field::named(&change.field).is_some_and(Field::is_for_staff));
}
