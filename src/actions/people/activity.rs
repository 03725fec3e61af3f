//! The history of one person.
use super::Act;
use crate::actions::audit::{Entries, page};
use crate::domain::extra::Extra;
use crate::domain::person::Provider;
use crate::domain::{Catalogue, Entry, EntryFilter, Field, Person, PersonId, Result, Turn, Verb};
use crate::store;

/// Newest first. What staff wrote about a person stays hidden from them here too.
pub fn index(act: &mut Act, id: PersonId, turn: &Turn, size: usize) -> Result<(Person, Entries)> {
    let person = super::show(act, id)?;
    let filter = EntryFilter { person: Some(id), ..EntryFilter::default() };
    let mut entries = page(act, &filter, turn, size)?;
    if !act.actor.can(Verb::SeeStaffFields, &person) {
        hide_staff_fields(act, &mut entries.list)?;
    }
    Ok((person, entries))
}

/// Takes what only staff may see out of entries.
pub(in crate::actions) fn hide_staff_fields(act: &mut Act, entries: &mut [Entry]) -> Result<()> {
    let catalogue = store::fields::all(act.conn)?;
    for entry in entries {
        entry.changes.retain(|change| !is_for_staff(&catalogue, &change.field));
    }
    Ok(())
}

fn is_for_staff(catalogue: &Catalogue, field: &str) -> bool {
    match field.strip_prefix("field.") {
        Some(name) => catalogue.remembered(name).is_none_or(|field| field.staff_only),
        None => {
            field == "reason"
                || Field::named(field).is_some_and(Field::is_for_staff)
                || Extra::named(field).is_some_and(Extra::is_for_staff)
                || Provider::ALL.iter().any(|kind| kind.field() == field)
        }
    }
}
