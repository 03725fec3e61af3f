//! Lists of tickets, with the names of whoever is on them.
use crate::actions::Act;
use crate::domain::{Cursor, Page, PersonId, Result, Target, Ticket, TicketFilter, Turn, Verb};
use crate::store;
pub use crate::store::tickets::Load;
use std::collections::HashMap;

/// Counts go so far and no further.
pub const COUNTED: i64 = 10_000;

/// A ticket in a list. Names are empty where there is nobody, or nobody whom this actor may see.
#[derive(Debug, Clone)]
pub struct Shown {
    pub ticket: Ticket,
    pub requester: String,
    pub assignee: String,
    pub group: String,
    pub organisation: String,
}

/// A ticket and those who follow it, as far as this actor may see them.
pub struct Followed {
    pub ticket: Ticket,
    pub collaborators: Vec<PersonId>,
}

/// A page of tickets, and where to go on from it.
pub struct Listing {
    pub list: Vec<Shown>,
    /// Up to one more than [`COUNTED`].
    pub matching: i64,
    pub before: Option<Cursor>,
    pub after: Option<Cursor>,
}

/// Reads a cursor of the list.
pub fn cursor(raw: &str) -> Option<Cursor> {
    Cursor::parse(raw, store::tickets::ORDER)
}

/// Latest change first.
pub fn index(act: &mut Act, filter: &TicketFilter, turn: &Turn, size: usize) -> Result<Listing> {
    if act.actor.id().is_none() {
        act.actor.must(Verb::WorkOnTickets, Target::House)?;
    }
    let scope = act.actor.tickets();
    let list = store::tickets::list(act.conn, scope, filter, turn, size as i64)?;
    let Page { list, before, after } = turn.page(list, size, store::tickets::cursor);
    let matching = store::tickets::count_up_to(act.conn, scope, filter, COUNTED + 1)?;
    Ok(Listing { list: shown(act, list)?, matching, before, after })
}

/// The page of this number, from 1, latest change first, with who follows each ticket; and how many there are on all
/// pages. For staff.
pub fn numbered(act: &mut Act, filter: &TicketFilter, (page, size): (i64, i64)) -> Result<(Vec<Followed>, i64)> {
    act.actor.must(Verb::WorkOnTickets, Target::House)?;
    let (scope, skip) = (act.actor.tickets(), (page - 1).saturating_mul(size));
    let list = store::tickets::numbered(act.conn, scope, filter, (skip, size))?;
    let ids: Vec<i64> = list.iter().map(|ticket| ticket.id).collect();
    let mut following = store::tickets::collaborators_of(act.conn, &ids)?;
    let mut all: Vec<PersonId> = following.values().flatten().copied().collect();
    all.extend(list.iter().flat_map(|ticket| ticket.assignee));
    let seen = store::people::labels(act.conn, act.actor.scope(), &all)?;
    let theirs: Vec<i64> = list.iter().filter_map(|one| one.organisation).collect();
    let organisations = store::organisations::labels(act.conn, act.actor.scope(), &theirs)?;
    let sees_all = act.actor.can(Verb::SeeStaffFields, Target::House);
    let groups: Vec<i64> = store::groups::all(act.conn, act.actor.scope())?.iter().map(|group| group.id).collect();
    let followed = |mut ticket: Ticket| {
        ticket.organisation = ticket.organisation.filter(|id| sees_all && organisations.contains_key(id));
        ticket.group = ticket.group.filter(|id| sees_all && groups.contains(id));
        ticket.assignee = ticket.assignee.filter(|id| seen.contains_key(id));
        let mut collaborators = following.remove(&ticket.id).unwrap_or_default();
        collaborators.retain(|id| seen.contains_key(id));
        Followed { ticket, collaborators }
    };
    let list = list.into_iter().map(followed).collect();
    Ok((list, store::tickets::count(act.conn, scope, filter)?))
}

/// How many tickets of this group each assignee has, and nobody; for staff.
pub fn by_assignee(act: &mut Act, group: i64) -> Result<HashMap<Option<PersonId>, Load>> {
    act.actor.must(Verb::WorkOnTickets, Target::House)?;
    store::tickets::by_assignee(act.conn, act.actor.tickets(), group)
}

pub(super) fn shown(act: &mut Act, tickets: Vec<Ticket>) -> Result<Vec<Shown>> {
    let scope = act.actor.scope();
    let mut ids: Vec<PersonId> = tickets.iter().flat_map(|one| one.requester.into_iter().chain(one.assignee)).collect();
    ids.sort_unstable();
    ids.dedup();
    let people = store::people::labels(act.conn, scope, &ids)?;
    let groups: HashMap<i64, String> =
        store::groups::all(act.conn, scope)?.into_iter().map(|group| (group.id, group.name)).collect();
    let theirs: Vec<i64> = tickets.iter().filter_map(|one| one.organisation).collect();
    let organisations = store::organisations::labels(act.conn, scope, &theirs)?;
    let named = |id: Option<PersonId>| id.and_then(|id| people.get(&id).cloned()).unwrap_or_default();
    let whole = |ticket: Ticket| Shown {
        requester: named(ticket.requester),
        assignee: match ticket.assignee {
            Some(_) => named(ticket.assignee),
            None => ticket.assignee_label.clone(),
        },
        group: ticket.group.and_then(|id| groups.get(&id).cloned()).unwrap_or_default(),
        organisation: ticket.organisation.and_then(|id| organisations.get(&id).cloned()).unwrap_or_default(),
        ticket,
    };
    Ok(tickets.into_iter().map(whole).collect())
}
