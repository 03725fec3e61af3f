//! Bringing back what was deleted.
use super::orphans;
use super::taken::{Taken, release, taken};
use super::{Contents, Entry, Kept, Survivor, name, opened, whose};
use crate::actions::Act;
use crate::domain::event::Kind;
use crate::domain::undo::Loss;
use crate::domain::{Change, Error, Event, Field, FieldErrors, Person, PersonId, Result, Scope, Subject, Time};
use crate::store::avatars::Picture;
use crate::store::{self, rows};
use base64::{Engine, engine::general_purpose::STANDARD};
use std::collections::BTreeMap;

/// An entry and what somebody else took meanwhile.
pub struct Restoration {
    pub entry: Entry,
    pub taken: Vec<Taken>,
    /// Of a merge: into whom.
    pub survivor: Option<String>,
    /// The survivor is in the trash and must come back first.
    pub waits: bool,
}

pub fn show(act: &mut Act, id: i64) -> Result<Restoration> {
    let (entry, mut contents) = find(act, id)?;
    let (table, ..) = home(&entry)?;
    let taken = taken(act, table, entry.thing_id, &mut contents)?;
    let waits = waits(act, &contents)?;
    Ok(Restoration { survivor: contents.survivor.map(|one| one.label), entry, taken, waits })
}

pub(super) fn find(act: &mut Act, id: i64) -> Result<(Entry, Contents)> {
    let by = whose(act)?;
    let (sealed, contents) = store::trash::find(act.conn, id, act.now)?;
    if by.is_some() && sealed.actor_id != by.map(|by| by.0) {
        return Err(Error::NotFound);
    }
    let plain = act.vault.open(&name(&sealed.thing, sealed.thing_id), &contents)?;
    Ok((opened(act, sealed)?, serde_json::from_slice(&plain).map_err(Error::broken)?))
}

/// Its table, and what it is in the history.
fn home(entry: &Entry) -> Result<(&'static str, Subject, Kind)> {
    let id = entry.thing_id;
    Ok(match entry.thing.as_str() {
        "person" => ("people", Subject::Person(PersonId(id)), Kind::PersonRestored),
        "organisation" => ("organisations", Subject::Organisation(id), Kind::OrganisationRestored),
        "group" => ("groups", Subject::Group(id), Kind::GroupRestored),
        "tag" => ("tags", Subject::Tag(id), Kind::TagRestored),
        other => return Err(Error::broken(format!("the trash holds an unknown {other}"))),
    })
}

/// What came back, under which name, and what could not.
#[derive(Debug)]
pub struct Restored {
    pub subject: Subject,
    pub label: String,
    pub losses: Vec<Loss>,
}

/// Everything as it was, with the same ids. `instead` gives new values for those that were taken meanwhile; a
/// blank one leaves what may be blank empty.
pub fn restore(act: &mut Act, id: i64, instead: &BTreeMap<String, String>) -> Result<Restored> {
    whose(act)?;
    store::trash::lock(act.conn, id)?;
    let (entry, mut contents) = find(act, id)?;
    if !store::trash::delete(act.conn, id)? {
        return Err(Error::NotFound);
    }
    let (table, subject, kind) = home(&entry)?;
    if waits(act, &contents)? {
        return Err(Error::invalid("survivor", "trash.survivor_first"));
    }
    let taken = taken(act, table, entry.thing_id, &mut contents)?;
    let mut errors = FieldErrors::default();
    let unanswered = taken.iter().filter(|one| !instead.contains_key(&one.field()));
    unanswered.for_each(|one| errors.add(one.field(), one.key));
    errors.or(())?;
    for one in &taken {
        release(&mut contents, table, entry.thing_id, one, instead.get(&one.field()).map_or("", String::as_str))?;
    }
    for Kept { hash, kind, bytes } in &contents.pictures {
        let (hash, kind, bytes) = (hash.clone(), kind.clone(), STANDARD.decode(bytes).map_err(Error::broken)?);
        store::avatars::insert(act.conn, &Picture { hash, kind, bytes })?;
    }
    let (mut losses, orphans) = rows::undo(act.conn, contents.steps)?;
    losses.extend(orphans::keep(act, orphans)?);
    let renamed = taken.first().and_then(|one| instead.get(&one.field())).cloned();
    let label = match subject {
        Subject::Person(who) => {
            store::people::index_returned(act.conn, who)?;
            if let Some(survivor) = &contents.survivor {
                store::erasures::part(act.conn, who)?;
                part(act, survivor, &taken, instead)?;
            }
            welcome(act, who, &taken, instead)?
        }
        Subject::Organisation(id) => {
            store::organisations::renew_members(act.conn, id)?;
            renamed.unwrap_or(entry.gist.label)
        }
        _ => renamed.unwrap_or(entry.gist.label),
    };
    for Kept { hash, .. } in &contents.pictures {
        store::avatars::drop_unused(act.conn, hash)?;
    }
    let into = |one: &Survivor| {
        Change::new("merged_into", format!("{} #{}", one.label, one.id), "").naming([PersonId(one.id)])
    };
    let merged_into = contents.survivor.as_ref().map(into);
    let kind = if merged_into.is_some() { Kind::MergeUndone } else { kind };
    let mut changes: Vec<Change> = merged_into.into_iter().collect();
    changes.push(Change::new("deleted_at", entry.at.to_string(), ""));
    let changed =
        |one: &Taken| Change::new(one.column, &one.value, instead.get(&one.field()).map_or("", String::as_str));
    changes.extend(taken.iter().map(changed));
    let lost = |loss: &Loss| Change::new("not_returned", loss.count.to_string(), loss.why.name());
    changes.extend(losses.iter().map(lost));
    act.record(Event::on(kind, subject, &label, changes))?;
    Ok(Restored { subject, label, losses })
}

/// Whoever somebody was merged into must be there to give back what they got, as long as they can be.
fn waits(act: &mut Act, contents: &Contents) -> Result<bool> {
    let Some(survivor) = &contents.survivor else { return Ok(false) };
    store::trash::holds(act.conn, ("person", survivor.id), act.now)
}

/// Gives the values that were chosen instead of the taken ones; answers their name.
fn welcome(act: &mut Act, who: PersonId, taken: &[Taken], instead: &BTreeMap<String, String>) -> Result<String> {
    store::people::renew_organisation(act.conn, who)?;
    store::groups::touch_of(act.conn, who, act.now)?;
    let mut person = store::people::find(act.conn, Scope::Everyone, who)?;
    if taken.iter().any(|one| !one.survivor) {
        rewrite(&mut person, taken.iter().filter(|one| !one.survivor), instead)?;
        store::people::update(act.conn, &person, act.now)?;
    }
    Ok(person.label())
}

fn rewrite<'a>(
    person: &mut Person,
    taken: impl Iterator<Item = &'a Taken>,
    instead: &BTreeMap<String, String>,
) -> Result<()> {
    let mut errors = FieldErrors::default();
    let mut last = String::from("email");
    for one in taken {
        let value = instead.get(&one.field()).map_or("", String::as_str);
        if let Some(Err(key)) = Field::named(one.column).map(|field| person.fields.set(field, value)) {
            errors.add(one.field(), key);
        }
        last = one.field();
    }
    if !person.fields.is_somebody() {
        errors.add(last, "email.nobody");
    }
    errors.or(())
}

/// The survivor of a merge is found by what is theirs alone again, and last changed when they were.
fn part(act: &mut Act, survivor: &Survivor, taken: &[Taken], instead: &BTreeMap<String, String>) -> Result<()> {
    let found = store::people::find_many(act.conn, Scope::Everyone, &[PersonId(survivor.id)])?;
    let Some(mut person) = found.into_iter().next() else { return Ok(()) };
    rewrite(&mut person, taken.iter().filter(|one| one.survivor), instead)?;
    let untouched = person.updated_at.micros() == survivor.changed_by;
    let at = if untouched { Time::from_micros(survivor.changed_before) } else { person.updated_at };
    store::people::update(act.conn, &person, at)
}
