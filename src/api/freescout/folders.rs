//! `/api/mailboxes/{id}/folders` (contract, 4.6): the tickets of a group by where they stand. What the house has no
//! word for is an empty folder.
use super::wire::{Folder, Paging};
use crate::actions::{Act, groups, tickets};
use crate::api::{Answer, Call, Fault};
use crate::domain::ticket::Holder;
use crate::domain::{PersonId, TicketFilter};

const UNASSIGNED: i64 = 1;
const MINE: i64 = 20;
const STARRED: i64 = 25;
const DRAFTS: i64 = 30;
const ASSIGNED: i64 = 40;
const CLOSED: i64 = 60;
const SPAM: i64 = 80;
const DELETED: i64 = 110;

/// Those of everybody in the team, or with `userId` of one; and those of all together.
pub async fn index(call: Call) -> Answer {
    let (paging, id) = (Paging::of(&call), call.id("id")?);
    let number = |name: &str| call.asked(name).map(|raw| raw.parse::<i64>().unwrap_or(-1));
    let (user, folder) = (number("userId").map(PersonId), number("folderId"));
    let mut all = call.read(move |act| folders(act, id, user)).await?;
    all.retain(|one| folder.is_none_or(|folder| one.id == folder));
    let total = all.len() as i64;
    Ok(paging.answer("folders", &paging.cut(all), total))
}

fn folders(act: &mut Act, group: i64, user: Option<PersonId>) -> Result<Vec<Folder>, Fault> {
    groups::show(act, group)?;
    let all = TicketFilter { group: Some(group), ..TicketFilter::default() };
    let live = TicketFilter { live: true, ..all.clone() };
    let nobody = TicketFilter { assignee: Some(Holder::Nobody), ..live.clone() };
    let [total, open, free] = [all.clone(), live.clone(), nobody].map(|filter| tickets::count(act, &filter));
    let (total, open, free) = (total?, open?, free?);
    let shared = |kind: i64, name, count, active| folder(group, None, (kind, name), (count, active));
    let mut folders = vec![shared(UNASSIGNED, "Unassigned", free, free)];
    let mut team: Vec<PersonId> =
        groups::teams(act, &[group])?.remove(&group).unwrap_or_default().iter().map(|person| person.id).collect();
    team.retain(|id| user.is_none_or(|user| user == *id));
    for id in &team {
        let theirs = |filter: &TicketFilter| TicketFilter { assignee: Some(Holder::Person(*id)), ..filter.clone() };
        let counts = (tickets::count(act, &theirs(&all))?, tickets::count(act, &theirs(&live))?);
        folders.push(folder(group, Some(*id), (MINE, "Mine"), counts));
    }
    folders.extend(team.iter().map(|id| folder(group, Some(*id), (STARRED, "Starred"), (0, 0))));
    folders.extend([
        shared(DRAFTS, "Drafts", 0, 0),
        shared(ASSIGNED, "Assigned", open - free, open - free),
        shared(CLOSED, "Closed", total - open, 0),
        shared(SPAM, "Spam", 0, 0),
        shared(DELETED, "Deleted", 0, 0),
    ]);
    Ok(folders)
}

/// Nothing keeps folders, so their numbers are made of what they are of.
fn folder(group: i64, user: Option<PersonId>, (kind, name): (i64, &'static str), counts: (i64, i64)) -> Folder {
    let user_id = user.map(|id| id.0);
    let id = (user_id.unwrap_or(0) * 1_000_000 + group) * 1_000 + kind;
    let (total_count, active_count) = counts;
    Folder { id, name, kind, user_id, total_count, active_count, meta: serde_json::Map::new() }
}
