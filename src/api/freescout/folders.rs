//! `/api/mailboxes/{id}/folders` (contract, 4.6): the tickets of a group by where they stand. What the house has no
//! word for is an empty folder.
use super::wire::{Folder, Paging};
use crate::actions::tickets::{self, Load};
use crate::actions::{Act, groups, people};
use crate::api::{Answer, Call, Fault, cut};
use crate::domain::{PersonId, Role};

/// What the original calls a folder, and by which number.
const UNASSIGNED: (i64, &str) = (1, "Unassigned");
const MINE: (i64, &str) = (20, "Mine");
const STARRED: (i64, &str) = (25, "Starred");
const DRAFTS: (i64, &str) = (30, "Drafts");
const ASSIGNED: (i64, &str) = (40, "Assigned");
const CLOSED: (i64, &str) = (60, "Closed");
const SPAM: (i64, &str) = (80, "Spam");
const DELETED: (i64, &str) = (110, "Deleted");

/// Those of everybody in the team, or with `userId` of one; and those of all together.
pub async fn index(call: Call) -> Answer {
    let (paging, id) = (Paging::of(&call), call.id("id")?);
    let number = |name: &str| call.asked(name).map(|raw| raw.parse::<i64>().unwrap_or(-1));
    let (user, folder) = (number("userId").map(PersonId), number("folderId"));
    let mut all = call.read(move |act| folders(act, id, user)).await?;
    all.retain(|one| folder.is_none_or(|folder| one.id == folder));
    let total = all.len() as i64;
    Ok(paging.answer("folders", &cut(all, (paging.number, paging.size)), total))
}

fn folders(act: &mut Act, group: i64, user: Option<PersonId>) -> Result<Vec<Folder>, Fault> {
    groups::find(act, group)?;
    let counts = tickets::by_assignee(act, group)?;
    let team = groups::teams(act, &[group])?.remove(&group).unwrap_or_default();
    let mut team: Vec<PersonId> = team.iter().map(|person| person.id).collect();
    if let Some(user) = user {
        // Administrators are in every mailbox.
        let is_there = team.contains(&user) || people::show(act, user)?.role == Role::Admin;
        team = if is_there { vec![user] } else { vec![] };
    }
    let of = |who: Option<PersonId>| counts.get(&who).copied().unwrap_or_default();
    let sum = |pick: fn(&Load) -> i64| counts.values().map(pick).sum::<i64>();
    let (all, live, free) = (sum(|load| load.all), sum(|load| load.live), of(None).live);
    let shared = |kind, count, active| folder(group, None, kind, (count, active));
    let mut folders = vec![shared(UNASSIGNED, free, free)];
    folders.extend(team.iter().map(|id| folder(group, Some(*id), MINE, (of(Some(*id)).all, of(Some(*id)).live))));
    folders.extend(team.iter().map(|id| folder(group, Some(*id), STARRED, (0, 0))));
    folders.extend([
        shared(DRAFTS, 0, 0),
        shared(ASSIGNED, live - free, live - free),
        shared(CLOSED, all - live, 0),
        shared(SPAM, 0, 0),
        shared(DELETED, 0, 0),
    ]);
    Ok(folders)
}

/// Nothing keeps folders, so their numbers are made of what they are of; small enough for a client's doubles.
fn folder(group: i64, user: Option<PersonId>, (kind, name): (i64, &'static str), counts: (i64, i64)) -> Folder {
    let user_id = user.map(|id| id.0);
    let id = (user_id.unwrap_or(0) * 10_000 + group) * 128 + kind;
    let (total_count, active_count) = counts;
    Folder { id, name, kind, user_id, total_count, active_count, meta: serde_json::Map::new() }
}
