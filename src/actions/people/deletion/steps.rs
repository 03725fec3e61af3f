//! What a deletion does, kind by kind; each step is kept so that it can be taken back.
use super::{Leaves, Plan};
use crate::actions::Act;
use crate::domain::belonging::{Asked, Belonging, Choices, Hand, Owned};
use crate::domain::undo::{Row, Step, row};
use crate::domain::workspace::MemberRole;
use crate::domain::{Error, PersonId, Result};
use crate::store::{self, belongings, rows};
use serde_json::json;

/// Of the person alone, and in no line of a plan.
const OWN: [&str; 3] = ["agent_profiles", "passwords", "preferences"];

/// Everything, or Stale when a count is not the plan's.
pub fn carry_out(act: &mut Act, plan: &Plan, choices: &Choices, leaves: Leaves) -> Result<Vec<Step>> {
    let mut steps = vec![];
    store::groups::touch_of(act.conn, plan.person.id, act.now)?;
    // Nothing of another kind can have come since the plan was made: the person is locked.
    for line in &plan.lines {
        let done = touch(act, plan, choices, (line.what, leaves), &mut steps)?;
        if done != line.count {
            return Err(Error::Stale);
        }
    }
    let id = plan.person.id;
    for table in OWN {
        steps.extend(rows::remove(act.conn, table, &format!("person_id = {}", id.0))?);
    }
    crate::store::search::remove(act.conn, &[id])?;
    steps.extend(rows::remove(act.conn, "people", &format!("id = {}", id.0))?);
    Ok(steps)
}

/// Answers how many rows of this kind it touched.
fn touch(
    act: &mut Act,
    plan: &Plan,
    choices: &Choices,
    (what, leaves): (Belonging, Leaves),
    steps: &mut Vec<Step>,
) -> Result<i64> {
    use Belonging as B;
    let label = if leaves == Leaves::Name { plan.person.label() } else { String::new() };
    let gone = |column: &str, name: &str| {
        let before = row(json!({ column: plan.person.id.0, name: "" }));
        Some((before, row(json!({ column: null, name: label }))))
    };
    let changed = match (what, choices) {
        (B::OpenTickets, _) => return hand_over(act, plan, choices, steps),
        (B::SettledTickets, _) => gone("assignee_id", "assignee_label"),
        (B::Comments, _) => gone("author_id", "author_label"),
        (B::RequestedTickets, Choices { requested: Asked::Anonymous, .. }) => given(plan, "requester_id", None),
        (B::RequestedTickets, Choices { requested: Asked::GivenTo(heir), .. }) => {
            given(plan, "requester_id", Some(*heir))
        }
        (B::OwnedWorkspaces, Choices { workspaces: Owned::GivenTo(heir), .. }) => {
            let (_, condition) = belongings::place(what, plan.person.id);
            let ids = rows::ids(act.conn, "workspaces", &condition)?;
            let seat = json!({ "role": MemberRole::MANAGER.number() });
            sit_down(act, ("workspace_members", "workspace_id"), &ids, *heir, &row(seat), steps)?;
            given(plan, "owner_id", Some(*heir))
        }
        (B::OwnedGroups, Choices { groups: Owned::GivenTo(heir), .. })
        | (B::OwnedRooms, Choices { rooms: Owned::GivenTo(heir), .. }) => {
            let (_, condition) = belongings::place(what, plan.person.id);
            let ids = rows::ids(act.conn, "chats", &condition)?;
            sit_down(act, ("chat_members", "chat_id"), &ids, *heir, &Row::new(), steps)?;
            given(plan, "owner_id", Some(*heir))
        }
        _ => None,
    };
    let (table, condition) = belongings::place(what, plan.person.id);
    if let Some((before, after)) = changed {
        return Ok(keep(rows::change(act.conn, table, &condition, before, after)?, steps));
    }
    for (table, condition) in belongings::along(what, plan.person.id) {
        steps.extend(rows::remove(act.conn, table, &condition)?);
    }
    let removed = rows::remove(act.conn, table, &condition)?;
    // Nobody is signed in again by a restore.
    if matches!(what, B::Sessions | B::Tokens) { Ok(size(removed.as_ref())) } else { Ok(keep(removed, steps)) }
}

fn given(plan: &Plan, column: &str, heir: Option<PersonId>) -> Option<(Row, Row)> {
    let after = row(json!({ column: heir.map(|heir| heir.0) }));
    Some((row(json!({ column: plan.person.id.0 })), after))
}

/// Open tickets, group by group: each as chosen for its group, else as chosen for all.
fn hand_over(act: &mut Act, plan: &Plan, choices: &Choices, steps: &mut Vec<Step>) -> Result<i64> {
    let me = plan.person.id;
    let (table, condition) = belongings::place(Belonging::OpenTickets, me);
    let mut done = 0;
    for (group, _) in belongings::open_by_group(act.conn, me)? {
        let hand = choices.open_of_group.get(&group).copied().unwrap_or(choices.open);
        let group = (group > 0).then_some(group);
        let (assignee, into) = match hand {
            Hand::Nobody => (None, group),
            Hand::Person(heir) => (Some(heir.0), group),
            Hand::Group(id) => (None, Some(id)),
        };
        let within = group.map_or("group_id IS NULL".to_owned(), |id| format!("group_id = {id}"));
        let before = row(json!({ "assignee_id": me.0, "group_id": group }));
        let after = row(json!({ "assignee_id": assignee, "group_id": into }));
        done += keep(rows::change(act.conn, table, &format!("{condition} AND {within}"), before, after)?, steps);
    }
    Ok(done)
}

/// Whoever takes over is in it, too.
fn sit_down(
    act: &mut Act,
    (table, column): (&str, &str),
    ids: &[i64],
    heir: PersonId,
    seat: &Row,
    steps: &mut Vec<Step>,
) -> Result<()> {
    for id in ids {
        steps.extend(rows::remove(act.conn, table, &format!("{column} = {id} AND person_id = {}", heir.0))?);
        let mut new = row(json!({ column: id, "person_id": heir.0 }));
        new.extend(seat.clone());
        steps.extend(rows::add(act.conn, table, vec![new])?);
    }
    Ok(())
}

fn size(step: Option<&Step>) -> i64 {
    step.map_or(0, Step::size)
}

fn keep(step: Option<Step>, steps: &mut Vec<Step>) -> i64 {
    let count = size(step.as_ref());
    steps.extend(step);
    count
}
