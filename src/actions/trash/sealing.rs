//! Sealing what has just been deleted or merged.
use super::{Contents, Gist, Kept, Survivor, name, retention};
use crate::actions::Act;
use crate::actions::people::deletion::Plan;
use crate::actions::people::merge::Plan as Merge;
use crate::domain::undo::Step;
use crate::domain::{Error, Field, Person, PersonId, Result};
use crate::store;
use crate::store::avatars::Picture;
use crate::store::trash::New;
use base64::{Engine, engine::general_purpose::STANDARD};

/// Seals somebody who has just been deleted; nothing when the house keeps nothing.
pub(in crate::actions) fn keep_person(act: &mut Act, plan: &Plan, steps: Vec<Step>) -> Result<Option<i64>> {
    let person = &plan.person;
    let pictures = pictures(act, &[&person.avatar])?;
    let counts = plan.lines.iter().map(|line| (line.what.name().to_owned(), line.count)).collect();
    let contents = Contents { steps, pictures, survivor: None };
    keep(act, ("person", person.id.0), "deletion", &of_person(person, counts), &contents)
}

fn of_person(person: &Person, counts: Vec<(String, i64)>) -> Gist {
    Gist {
        label: person.label(),
        email: person.fields.get(Field::Email),
        role: person.role.name().into(),
        counts,
        into: String::new(),
    }
}

/// Those of the pictures that nobody has any more are dropped.
fn pictures(act: &mut Act, hashes: &[&Option<String>]) -> Result<Vec<Kept>> {
    let mut kept = vec![];
    for hash in hashes.iter().filter_map(|hash| hash.as_ref()) {
        let Picture { hash, kind, bytes } = store::avatars::find(act.conn, hash)?;
        store::avatars::drop_unused(act.conn, &hash)?;
        kept.push(Kept { hash, kind, bytes: STANDARD.encode(bytes) });
    }
    Ok(kept)
}

/// Seals somebody who has just become one with the `survivor`; nothing when the house keeps nothing.
pub(in crate::actions) fn keep_merged(
    act: &mut Act,
    plan: &Merge,
    survivor: &Person,
    steps: Vec<Step>,
) -> Result<Option<i64>> {
    let (absorbed, before) = (&plan.absorbed, &plan.survivor);
    let pictures = pictures(act, &[&absorbed.avatar, &before.avatar])?;
    let counts = plan.lines.iter().map(|line| (line.what.name().to_owned(), line.moved + line.dropped)).collect();
    let gist = Gist { into: survivor.label(), ..of_person(absorbed, counts) };
    let survivor = Survivor {
        id: survivor.id.0,
        label: survivor.label(),
        changed_before: before.updated_at.micros(),
        changed_by: survivor.updated_at.micros(),
    };
    let contents = Contents { steps, pictures, survivor: Some(survivor) };
    keep(act, ("person", absorbed.id.0), "merge", &gist, &contents)
}

/// What the deletion of an organisation, a group or a tag leaves without one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Freed {
    pub people: i64,
    pub tickets: i64,
}

/// `held` is the condition that its tickets meet.
pub(in crate::actions) fn freed(act: &mut Act, held: &str, people: i64) -> Result<Freed> {
    Ok(Freed { people, tickets: store::rows::count(act.conn, "tickets", held)? })
}

/// Seals an organisation, a group or a tag that has just been deleted, or merged `into` another.
pub(in crate::actions) fn keep_thing(
    act: &mut Act,
    thing: (&str, i64),
    label: &str,
    freed: Freed,
    into: &str,
    steps: Vec<Step>,
) -> Result<Option<i64>> {
    let counts = [("members", freed.people), ("tickets", freed.tickets)];
    let counts = counts.into_iter().filter(|(_, n)| *n > 0).map(|(name, n)| (name.to_owned(), n)).collect();
    let gist = Gist { label: label.into(), email: String::new(), role: String::new(), counts, into: into.into() };
    let cause = if into.is_empty() { "deletion" } else { "merge" };
    keep(act, thing, cause, &gist, &Contents { steps, pictures: vec![], survivor: None })
}

/// Nothing when the house keeps nothing.
fn keep(act: &mut Act, (thing, id): (&str, i64), cause: &str, gist: &Gist, contents: &Contents) -> Result<Option<i64>> {
    let days = retention(act)?;
    if days == 0 {
        if thing == "person" {
            store::duplicates::forget(act.conn, PersonId(id))?;
        }
        return Ok(None);
    }
    let label = name(thing, id);
    let gist = act.vault.seal(&label, &serde_json::to_vec(gist).map_err(Error::broken)?)?;
    let contents = act.vault.seal(&label, &serde_json::to_vec(contents).map_err(Error::broken)?)?;
    let new = New {
        thing,
        thing_id: id,
        cause,
        actor: act.actor.id(),
        actor_label: act.actor.label(),
        at: act.now,
        expires_at: act.now.plus(crate::domain::time::days(days.unsigned_abs())),
        gist: &gist,
        contents: &contents,
    };
    store::trash::insert(act.conn, &new).map(Some)
}
