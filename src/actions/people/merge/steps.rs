//! What a merge does, kind by kind; each step is kept so that it can be taken back.
use super::{Plan, talks, united};
use crate::actions::Act;
use crate::domain::belonging::Belonging;
use crate::domain::merge::{Moved, Sides};
use crate::domain::undo::{Row, Step, row};
use crate::domain::{Error, PersonId, Result};
use crate::store::{belongings, rows, search};
use serde_json::{Value, json};
use std::collections::HashSet;

/// Who folds into whom.
#[derive(Clone, Copy)]
pub(super) struct Two {
    pub absorbed: PersonId,
    pub survivor: PersonId,
}

/// How rows of a kind go over.
enum Way {
    /// They have an id, and this column names the survivor.
    Column(&'static str),
    /// They are known by who is in them; those that the survivor has already end.
    Seats,
    /// They are of the record alone, and end with it.
    End,
    Talks,
    Messages,
}

fn way(what: Belonging) -> Way {
    use Belonging as B;
    match what {
        B::OpenTickets | B::SettledTickets => Way::Column("assignee_id"),
        B::Comments => Way::Column("author_id"),
        B::RequestedTickets => Way::Column("requester_id"),
        B::OwnedWorkspaces | B::OwnedGroups | B::OwnedRooms => Way::Column("owner_id"),
        B::Identities | B::Batches => Way::Column("person_id"),
        B::Following | B::Groups | B::Tags | B::Workspaces | B::Chats => Way::Seats,
        B::Contacts | B::Blocks | B::Attributes | B::Extras => Way::Seats,
        B::Fields | B::Sessions | B::Tokens | B::Keys | B::Failures | B::Views | B::Steps => Way::End,
        B::Messages => Way::Messages,
        B::Conversations => Way::Talks,
    }
}

/// What would go over, and what would end; values of fields are chosen one by one, not counted.
pub fn count(act: &mut Act, absorbed: PersonId, survivor: PersonId) -> Result<Vec<Moved>> {
    let two = Two { absorbed, survivor };
    let mut lines = vec![];
    let counts = belongings::counts(act.conn, absorbed)?;
    for (what, all) in counts.into_iter().filter(|(what, _)| *what != Belonging::Fields) {
        let dropped = match way(what) {
            Way::Column(_) => 0,
            Way::End => all,
            Way::Seats => all - seats(act, what, two)?.1.len() as i64,
            Way::Talks => rows::count(act.conn, "conversations", &talks::between(two))?,
            Way::Messages => {
                let (table, condition) = belongings::place(what, absorbed);
                rows::count(act.conn, table, &format!("{condition} AND {}", talks::within(two)))?
            }
        };
        lines.push(Moved { what, moved: all - dropped, dropped });
    }
    Ok(lines)
}

/// The rows of the absorbed, and those that the survivor gets instead.
fn seats(act: &mut Act, what: Belonging, two: Two) -> Result<(Vec<Row>, Vec<Row>)> {
    let (table, theirs) = belongings::place(what, two.absorbed);
    let (_, own) = belongings::place(what, two.survivor);
    let key = |row: &Row| rows::key(table, row);
    let (gone, there) = (rows::read(act.conn, table, &theirs)?, rows::read(act.conn, table, &own)?);
    let mut known: HashSet<String> = there.iter().map(key).collect();
    let (from, to) = (Value::from(two.absorbed.0), Value::from(two.survivor.0));
    let mut new = vec![];
    for mut row in gone.clone() {
        for (name, value) in row.iter_mut().filter(|(_, value)| **value == from) {
            if rows::names_a_person(table, name) {
                *value = to.clone();
            }
        }
        let alone = ["contact_id", "blocked_id"].iter().any(|name| row.get(*name) == Some(&to))
            && row.get("person_id") == Some(&to);
        if !alone && known.insert(key(&row)) {
            new.push(row);
        }
    }
    Ok((gone, new))
}

/// Everything, or Stale when a count is not the plan's.
pub fn carry_out(act: &mut Act, plan: &Plan, sides: &Sides) -> Result<Vec<Step>> {
    let two = Two { absorbed: plan.absorbed.id, survivor: plan.survivor.id };
    let mut steps = vec![];
    // First: it says which messages end.
    let talks = talks::join(act, two, &mut steps)?;
    for what in Belonging::ALL.iter().copied() {
        let (table, condition) = belongings::place(what, two.absorbed);
        let (moved, dropped) = match way(what) {
            Way::Talks => talks.conversations,
            Way::Messages => (reassign(act, table, &condition, "sender_id", two, &mut steps)?, talks.ended),
            Way::Column(column) => (reassign(act, table, &condition, column, two, &mut steps)?, 0),
            Way::Seats => sit_down(act, what, two, &mut steps)?,
            Way::End => (0, end(act, what, two, &mut steps)?),
        };
        if what != Belonging::Fields && (moved, dropped) != plan.line(what) {
            return Err(Error::Stale);
        }
    }
    for (table, column) in
        [("agent_profiles", "person_id"), ("passwords", "person_id"), ("preferences", "person_id"), ("people", "id")]
    {
        steps.extend(rows::remove(act.conn, table, &format!("{column} = {}", two.absorbed.0))?);
    }
    search::remove(act.conn, &[two.absorbed])?;
    united::become_one(act, plan, sides, &mut steps)?;
    Ok(steps)
}

fn reassign(act: &mut Act, table: &str, condition: &str, column: &str, two: Two, steps: &mut Vec<Step>) -> Result<i64> {
    let (before, after) = (row(json!({ column: two.absorbed.0 })), row(json!({ column: two.survivor.0 })));
    let step = rows::change(act.conn, table, condition, before, after)?;
    let count = step.as_ref().map_or(0, Step::size);
    steps.extend(step);
    Ok(count)
}

fn end(act: &mut Act, what: Belonging, two: Two, steps: &mut Vec<Step>) -> Result<i64> {
    let (table, condition) = belongings::place(what, two.absorbed);
    let step = rows::remove(act.conn, table, &condition)?;
    let count = step.as_ref().map_or(0, Step::size);
    // Nobody is signed in again by an undo.
    steps.extend(step.filter(|_| !matches!(what, Belonging::Sessions | Belonging::Tokens)));
    Ok(count)
}

fn sit_down(act: &mut Act, what: Belonging, two: Two, steps: &mut Vec<Step>) -> Result<(i64, i64)> {
    let (table, condition) = belongings::place(what, two.absorbed);
    let (gone, new) = seats(act, what, two)?;
    let counts = (new.len() as i64, (gone.len() - new.len()) as i64);
    steps.extend(rows::remove(act.conn, table, &condition)?);
    steps.extend(rows::add(act.conn, table, new)?);
    if what == Belonging::Workspaces {
        rise(act, two, &gone, steps)?;
    }
    Ok(counts)
}

/// Where both are members of a workspace, the higher of the two roles stands.
fn rise(act: &mut Act, two: Two, gone: &[Row], steps: &mut Vec<Step>) -> Result<()> {
    let number = |row: &Row, name: &str| row.get(name).and_then(Value::as_i64).unwrap_or(0);
    for seat in gone {
        let condition = format!(
            "workspace_id = {} AND person_id = {} AND role < {}",
            number(seat, "workspace_id"),
            two.survivor.0,
            number(seat, "role")
        );
        if let Some(lower) = rows::remove(act.conn, "workspace_members", &condition)? {
            steps.push(lower);
            let mut higher = seat.clone();
            higher.insert("person_id".into(), two.survivor.0.into());
            steps.extend(rows::add(act.conn, "workspace_members", vec![higher])?);
        }
    }
    Ok(())
}
