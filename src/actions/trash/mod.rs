//! The trash: what was deleted, sealed until it expires.
mod keeping;
mod restoration;

pub use keeping::{edit_retention, purge, retention, set_retention, unreadable};
pub use restoration::{Restoration, Restored, restore, show};

use super::Act;
use super::people::deletion::Plan;
use crate::domain::undo::Step;
use crate::domain::{Cursor, Error, Field, Page, PersonId, Result, Target, Time, Turn, Verb, fold_for_search};
use crate::store;
use crate::store::avatars::Picture;
use crate::store::trash::{New, Sealed};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};

/// A search looks through so many entries.
const SEARCHED: usize = 20_000;

/// What an entry says of itself while it is restorable.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Gist {
    pub label: String,
    pub email: String,
    pub role: String,
    /// Names of kinds with how many there were.
    pub counts: Vec<(String, i64)>,
}

/// All that brings it back.
#[derive(Serialize, Deserialize)]
struct Contents {
    steps: Vec<Step>,
    picture: Option<Kept>,
}

/// A picture that nobody else had.
#[derive(Serialize, Deserialize)]
struct Kept {
    hash: String,
    kind: String,
    /// In base64.
    bytes: String,
}

/// An entry of the trash.
#[derive(Debug, Clone)]
pub struct Entry {
    pub id: i64,
    pub thing: String,
    pub thing_id: i64,
    pub by: String,
    pub at: Time,
    pub expires_at: Time,
    pub gist: Gist,
}

fn name(thing: &str, id: i64) -> String {
    format!("trash {thing} {id}")
}

/// Seals somebody who has just been deleted; nothing when the house keeps nothing.
pub(super) fn keep_person(act: &mut Act, plan: &Plan, steps: Vec<Step>) -> Result<Option<i64>> {
    let person = &plan.person;
    let mut picture = None;
    if let Some(hash) = &person.avatar {
        let Picture { hash, kind, bytes } = store::avatars::find(act.conn, hash)?;
        store::avatars::drop_unused(act.conn, &hash)?;
        picture = Some(Kept { hash, kind, bytes: STANDARD.encode(bytes) });
    }
    let gist = Gist {
        label: person.label(),
        email: person.fields.get(Field::Email),
        role: person.role.name().into(),
        counts: plan.lines.iter().map(|line| (line.what.name().to_owned(), line.count)).collect(),
    };
    keep(act, ("person", person.id.0), &gist, Contents { steps, picture })
}

/// What the deletion of an organisation, a group or a tag leaves without one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Freed {
    pub people: i64,
    pub tickets: i64,
}

/// `held` is the condition that its tickets meet.
pub(super) fn freed(act: &mut Act, held: &str, people: i64) -> Result<Freed> {
    Ok(Freed { people, tickets: store::rows::count(act.conn, "tickets", held)? })
}

/// Seals an organisation, a group or a tag that has just been deleted.
pub(super) fn keep_thing(
    act: &mut Act,
    thing: (&str, i64),
    label: &str,
    freed: Freed,
    steps: Vec<Step>,
) -> Result<Option<i64>> {
    let counts = [("members", freed.people), ("tickets", freed.tickets)];
    let counts = counts.into_iter().filter(|(_, n)| *n > 0).map(|(name, n)| (name.to_owned(), n)).collect();
    let gist = Gist { label: label.into(), email: String::new(), role: String::new(), counts };
    keep(act, thing, &gist, Contents { steps, picture: None })
}

/// Nothing when the house keeps nothing.
fn keep(act: &mut Act, (thing, id): (&str, i64), gist: &Gist, contents: Contents) -> Result<Option<i64>> {
    let days = retention(act)?;
    if days == 0 {
        return Ok(None);
    }
    let label = name(thing, id);
    let gist = act.vault.seal(&label, &serde_json::to_vec(gist).map_err(Error::broken)?)?;
    let contents = act.vault.seal(&label, &serde_json::to_vec(&contents).map_err(Error::broken)?)?;
    let new = New {
        thing,
        thing_id: id,
        cause: "deletion",
        actor: act.actor.id(),
        actor_label: act.actor.label(),
        at: act.now,
        expires_at: act.now.plus(crate::domain::time::days(days.unsigned_abs())),
        gist: &gist,
        contents: &contents,
    };
    store::trash::insert(act.conn, &new).map(Some)
}

fn opened(act: &Act, sealed: Sealed) -> Result<Entry> {
    let plain = act.vault.open(&name(&sealed.thing, sealed.thing_id), &sealed.gist)?;
    Ok(Entry {
        id: sealed.id,
        thing: sealed.thing,
        thing_id: sealed.thing_id,
        by: sealed.actor_label,
        at: Time::from_micros(sealed.at),
        expires_at: Time::from_micros(sealed.expires_at),
        gist: serde_json::from_slice(&plain).map_err(Error::broken)?,
    })
}

/// Whose entries this actor sees: everybody's, or their own.
fn whose(act: &Act) -> Result<Option<PersonId>> {
    act.actor.must(Verb::Restore, Target::House)?;
    let all = act.actor.can(Verb::RestoreForOthers, Target::House);
    Ok(act.actor.id().filter(|_| !all))
}

/// A page of the trash, newest first.
pub struct Listing {
    pub list: Vec<Entry>,
    pub total: i64,
    pub retention: i64,
    pub before: Option<Cursor>,
    pub after: Option<Cursor>,
}

/// Reads a cursor of the trash.
pub fn cursor(raw: &str) -> Option<Cursor> {
    Cursor::parse(raw, store::trash::ORDER)
}

/// Those whose name or e-mail holds `q`; a search shows the first `size` only.
pub fn index(act: &mut Act, q: &str, turn: &Turn, size: usize) -> Result<Listing> {
    let by = whose(act)?;
    let (total, retention) = (store::trash::count(act.conn, by, act.now)?, retention(act)?);
    if !q.trim().is_empty() {
        let list = search(act, by, q, size)?;
        return Ok(Listing { list, total, retention, before: None, after: None });
    }
    let found = store::trash::list(act.conn, by, act.now, turn, size as i64 + 1)?;
    let Page { list: found, before, after } = turn.page(found, size, |one| store::trash::cursor(one.id));
    let list = found.into_iter().map(|one| opened(act, one)).collect::<Result<_>>()?;
    Ok(Listing { list, total, retention, before, after })
}

fn search(act: &mut Act, by: Option<PersonId>, q: &str, size: usize) -> Result<Vec<Entry>> {
    let q = fold_for_search(&q.chars().take(200).collect::<String>());
    let (mut list, mut turn, mut looked) = (vec![], Turn::First, 0);
    while list.len() < size && looked < SEARCHED {
        let found = store::trash::list(act.conn, by, act.now, &turn, 500)?;
        let Some(last) = found.last() else { break };
        turn = Turn::After(store::trash::cursor(last.id));
        looked += found.len();
        for sealed in found {
            let entry = opened(act, sealed)?;
            let known = fold_for_search(&format!("{} {}", entry.gist.label, entry.gist.email));
            list.extend(known.contains(&q).then_some(entry));
        }
    }
    list.truncate(size);
    Ok(list)
}
