//! What else people are known by, for whoever sees what staff wrote.
use super::Act;
use crate::domain::event::Kind;
use crate::domain::person::Provider;
use crate::domain::{Change, Error, Event, FieldErrors, Identity, Person, PersonId, Result, Verb, text};
use crate::store;
use std::collections::HashMap;

const MOST: i64 = 50;
const LONGEST: usize = 200;

pub fn index(act: &mut Act, id: PersonId) -> Result<Vec<Identity>> {
    let person = super::show(act, id)?;
    if act.actor.can(Verb::SeeStaffFields, &person) { store::identities::of(act.conn, id, MOST) } else { Ok(vec![]) }
}

/// What these call these people, the latest of each; those who may not be known so are left out.
pub fn latest(
    act: &mut Act,
    people: &[Person],
    providers: &[Provider],
) -> Result<HashMap<(PersonId, Provider), String>> {
    let seen = people.iter().filter(|person| act.actor.can(Verb::SeeStaffFields, *person));
    let ids: Vec<PersonId> = seen.map(|person| person.id).collect();
    let names: Vec<&str> = providers.iter().map(|kind| kind.provider()).collect();
    let found = store::identities::latest(act.conn, &ids, &names)?;
    let kind = |name: &str| providers.iter().copied().find(|kind| kind.provider() == name);
    Ok(found.into_iter().filter_map(|((id, name), subject)| Some(((id, kind(&name)?), subject))).collect())
}

/// Instead of the latest of its kind; a blank one takes all of its kind away. The same again changes nothing.
pub fn set(act: &mut Act, id: PersonId, kind: Provider, raw: &str) -> Result<()> {
    let person = super::editable(act, id)?;
    store::people::lock(act.conn, id)?;
    let subject =
        text::line(raw, LONGEST).ok().filter(|text| kind == Provider::Scim || !text.contains(char::is_whitespace));
    let subject = subject.ok_or(Error::invalid(kind.field(), "identity.malformed"))?;
    // What is hidden is told as blank; anything else would be a guess, and its answer a hint.
    if !act.actor.can(Verb::SeeStaffFields, &person) && subject.is_empty() {
        return Ok(());
    }
    let known = store::identities::by(act.conn, id, kind.provider())?;
    let before = known.last().cloned().unwrap_or_default();
    if before == subject && act.actor.can(Verb::SeeStaffFields, &person) {
        return Ok(());
    }
    act.actor.must(Verb::EditStaffFields, &person)?;
    let replaced = known.iter().filter(|one| subject.is_empty() || **one == before || **one == subject);
    for one in replaced {
        store::identities::delete(act.conn, kind.provider(), one)?;
    }
    if !subject.is_empty() {
        let kept = store::identities::keep(act.conn, id, kind.provider(), &subject, act.now)?;
        kept.ok_or_else(|| Error::Conflict(FieldErrors::one(kind.field(), "identity.taken")))?;
    }
    store::people::touch(act.conn, id, act.now)?;
    store::people::reindex(act.conn, &[id])?;
    act.record(Event::about(Kind::PersonEdited, &person, vec![Change::new(kind.field(), before, subject)]))
}
