//! The trash: what was deleted, sealed until it expires.
pub mod erasure;
mod keeping;
mod orphans;
mod restoration;
mod sealing;
mod taken;

pub use keeping::{edit_retention, purge, retention, set_retention, unreadable};
pub use restoration::{Restoration, Restored, restore, show};
pub use sealing::Freed;
pub(super) use sealing::{freed, keep_merged, keep_person, keep_thing};
pub use taken::Taken;

use super::Act;
use crate::domain::undo::Step;
use crate::domain::{Cursor, Error, Page, PersonId, Result, Target, Time, Turn, Verb, fold_for_search};
use crate::store;
use crate::store::trash::Sealed;
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
    /// Into whom they were merged.
    #[serde(default)]
    pub into: String,
}

/// All that brings it back.
#[derive(Serialize, Deserialize)]
struct Contents {
    steps: Vec<Step>,
    pictures: Vec<Kept>,
    /// Of a merge only.
    survivor: Option<Survivor>,
}

/// Whom somebody was merged into, and when they had been changed last, before the merge and by it.
#[derive(Clone, Serialize, Deserialize)]
struct Survivor {
    id: i64,
    label: String,
    changed_before: i64,
    changed_by: i64,
}

/// A picture that may be gone when it is wanted again.
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
    pub by_merge: bool,
    pub by: String,
    pub at: Time,
    pub expires_at: Time,
    pub gist: Gist,
}

fn name(thing: &str, id: i64) -> String {
    format!("trash {thing} {id}")
}

fn opened(act: &Act, sealed: Sealed) -> Result<Entry> {
    let plain = act.vault.open(&name(&sealed.thing, sealed.thing_id), &sealed.gist)?;
    Ok(Entry {
        id: sealed.id,
        thing: sealed.thing,
        thing_id: sealed.thing_id,
        by_merge: sealed.cause == "merge",
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
