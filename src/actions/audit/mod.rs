//! Reading the history.
mod sealing;

pub use sealing::{Checkpoint, Fault, Report, checkpoint, is_behind, seal, verify};

use super::Act;
use crate::domain::entry::Among;
use crate::domain::event::Kind;
use crate::domain::{
    Cursor, Door, Entry, EntryFilter, Page, PersonId, Result, Scope, Span, Subject, Target, Turn, Verb,
};
use crate::store;

/// A page of the history, newest first, and where to go on from it.
pub struct Entries {
    pub list: Vec<Entry>,
    pub newer: Option<Cursor>,
    pub older: Option<Cursor>,
}

/// Which entries somebody asks for; people by id, e-mail, username or phone.
#[derive(Debug, Default)]
pub struct Asked {
    pub person: Option<String>,
    pub actor: Option<String>,
    /// An organisation, a group and so on.
    pub thing: Option<Subject>,
    pub kind: Option<Kind>,
    pub door: Option<Door>,
    pub at: Span,
}

/// Somebody unknown has no entries.
pub fn index(act: &mut Act, asked: &Asked, turn: &Turn, size: usize) -> Result<Entries> {
    act.actor.must(Verb::SeeAudit, Target::House)?;
    let (person, actor) = (meant(act, asked.person.as_deref())?, meant(act, asked.actor.as_deref())?);
    let filter = EntryFilter {
        person,
        actor,
        thing: asked.thing,
        kinds: asked.kind.into_iter().collect(),
        door: asked.door,
        at: asked.at,
        among: among(act, Among::All),
    };
    let mut entries = page(act, &filter, turn, size)?;
    if !act.actor.can(Verb::SeeStaffFields, Target::House) {
        super::people::activity::hide_staff_fields(act, &mut entries.list)?;
    }
    Ok(entries)
}

/// The page of this number, from 1, and how many entries match on all pages; without what changed from what to what.
pub fn numbered(act: &mut Act, filter: EntryFilter, (page, size): (i64, i64)) -> Result<(Vec<Entry>, i64)> {
    act.actor.must(Verb::SeeAudit, Target::House)?;
    if filter.among == Among::Tickets && among(act, Among::All) != Among::All {
        return Ok((vec![], 0));
    }
    let filter = EntryFilter { among: among(act, filter.among), ..filter };
    let (seen, skip) = ((act.actor.scope(), act.actor.tickets()), (page - 1).saturating_mul(size));
    let mut list = store::audit::numbered(act.conn, act.vault, seen, &filter, (skip, size))?;
    list.iter_mut().for_each(|entry| entry.changes.clear());
    Ok((list, store::audit::count_matching(act.conn, seen, &filter)?))
}

/// What happens to organisations, tags and fields is for whoever sees those.
fn among(act: &Act, asked: Among) -> Among {
    if act.actor.can(Verb::SeeStaffFields, Target::House) { asked } else { Among::People }
}

/// People who are gone are still found by their id.
fn meant(act: &mut Act, typed: Option<&str>) -> Result<Option<PersonId>> {
    const NOBODY: PersonId = PersonId(0);
    let Some(typed) = typed else { return Ok(None) };
    let ids = store::people::by_login(act.conn, typed)?;
    // Whoever is out of sight is nobody: an address would be confirmed otherwise.
    let known = store::people::find_many(act.conn, act.actor.scope(), &ids)?.first().map(|person| person.id);
    Ok(known.or_else(|| typed.parse().ok().map(PersonId)).or(Some(NOBODY)))
}

/// Fields that hold the name of another person: whom somebody chats with, which they know themselves,
const KNOWN_TO: [&str; 3] = ["contact", "blocked", "to"];
/// who took over from them, who was taken for them, and whose key was used.
const HEIRS: [&str; 9] = [
    "open_tickets",
    "requested_tickets",
    "owned_workspaces",
    "owned_groups",
    "owned_rooms",
    "absorbed",
    "merged_into",
    "other",
    "key_owner",
];
/// What staff found out about two records is not for either of the two.
const OF_TWO: [Kind; 4] = [Kind::PersonMerged, Kind::MergeUndone, Kind::DuplicateDismissed, Kind::DuplicateReturned];

pub(super) fn page(act: &mut Act, filter: &EntryFilter, turn: &Turn, size: usize) -> Result<Entries> {
    let seen = (act.actor.scope(), act.actor.tickets());
    let mut list = store::audit::list(act.conn, act.vault, seen, filter, turn, size as i64)?;
    for entry in &mut list {
        entry.changes.retain(|change| may_name(seen.0, &change.field));
        if matches!(seen.0, Scope::Only(_) | Scope::Nobody) && OF_TWO.contains(&entry.kind) {
            entry.changes.clear();
        }
    }
    let Page { list, before: newer, after: older } = turn.page(list, size, store::audit::cursor);
    Ok(Entries { list, newer, older })
}

/// An entry about somebody in reach may name somebody who is not.
fn may_name(scope: Scope, field: &str) -> bool {
    match scope {
        Scope::Everyone => true,
        Scope::OrganisationOf(_) | Scope::GroupsOf(_) => !HEIRS.contains(&field) && !KNOWN_TO.contains(&field),
        Scope::Only(_) | Scope::Nobody => !HEIRS.contains(&field),
    }
}

/// Reads a cursor of the history.
pub fn cursor(raw: &str) -> Option<Cursor> {
    Cursor::parse(raw, store::audit::ORDER)
}
