//! What a merge does, kind by kind; each step is kept so that it can be taken back.
use super::Plan;
use crate::actions::Act;
use crate::domain::belonging::Belonging;
use crate::domain::chat::Recipient;
use crate::domain::merge::{AVATAR, Moved, SECONDARY, Side, Sides, merged};
use crate::domain::undo::{Row, Step, row};
use crate::domain::{Error, Field, Person, PersonId, Result, Scope};
use crate::store::{self, belongings, rows};
use serde_json::{Value, json};
use std::collections::HashSet;

/// Who folds into whom.
#[derive(Clone, Copy)]
struct Two {
    absorbed: PersonId,
    survivor: PersonId,
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
        B::Contacts | B::Blocks | B::Attributes => Way::Seats,
        B::Fields | B::Sessions | B::Failures | B::Views | B::Steps => Way::End,
        B::Messages => Way::Messages,
        B::Conversations => Way::Talks,
    }
}

/// What would go over, and what would end; values of fields are chosen one by one, not counted.
pub fn count(act: &mut Act, absorbed: PersonId, survivor: PersonId) -> Result<Vec<Moved>> {
    let two = Two { absorbed, survivor };
    let mut lines = vec![];
    for what in Belonging::ALL.iter().copied().filter(|what| *what != Belonging::Fields) {
        let (table, condition) = belongings::place(what, absorbed);
        let all = rows::count(act.conn, table, &condition)?;
        let dropped = match way(what) {
            Way::Column(_) => 0,
            Way::End => all,
            Way::Seats if all == 0 => 0,
            Way::Seats => all - seats(act, what, two)?.1.len() as i64,
            Way::Talks => rows::count(act.conn, "conversations", &between(two))?,
            Way::Messages => rows::count(act.conn, "messages", &format!("{condition} AND {}", within(two)))?,
        };
        lines.extend((all > 0).then_some(Moved { what, moved: all - dropped, dropped }));
    }
    Ok(lines)
}

/// The conversation of the two with each other.
fn between(two: Two) -> String {
    let (one, other) = (two.absorbed.0.min(two.survivor.0), two.absorbed.0.max(two.survivor.0));
    format!("first_id = {one} AND second_id = {other}")
}

fn within(two: Two) -> String {
    format!("conversation_id IN (SELECT id FROM conversations WHERE {})", between(two))
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
    let talks = join_talks(act, two, &mut steps)?;
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
    for (table, column) in [("agent_profiles", "person_id"), ("passwords", "person_id"), ("preferences", "person_id"), ("people", "id")] {
        steps.extend(rows::remove(act.conn, table, &format!("{column} = {}", two.absorbed.0))?);
    }
    store::search::remove(act.conn, two.absorbed)?;
    become_one(act, plan, sides, &mut steps)?;
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
    steps.extend(step.filter(|_| what != Belonging::Sessions));
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

struct Talks {
    /// Gone over, and ended.
    conversations: (i64, i64),
    /// Messages of the absorbed to the survivor.
    ended: i64,
}

/// What was said with others goes on in the survivor's conversations with them; what the two said to each other
/// ends.
fn join_talks(act: &mut Act, two: Two, steps: &mut Vec<Step>) -> Result<Talks> {
    let said = rows::count(act.conn, "messages", &format!("sender_id = {} AND {}", two.absorbed.0, within(two)))?;
    steps.extend(rows::remove(act.conn, "messages", &within(two))?);
    let alone = rows::remove(act.conn, "conversations", &between(two))?;
    let ended = alone.as_ref().map_or(0, Step::size);
    steps.extend(alone);
    let (_, condition) = belongings::place(Belonging::Conversations, two.absorbed);
    let old = rows::read(act.conn, "conversations", &condition)?;
    for one in &old {
        let number = |name: &str| one.get(name).and_then(Value::as_i64).unwrap_or(0);
        let with = number("first_id") + number("second_id") - two.absorbed.0;
        go_on(act, number("id"), PersonId(with), two.survivor, steps)?;
    }
    Ok(Talks { conversations: (old.len() as i64, ended), ended: said })
}

fn go_on(act: &mut Act, old: i64, with: PersonId, survivor: PersonId, steps: &mut Vec<Step>) -> Result<()> {
    let there = rows::count(act.conn, "conversations", &between(Two { absorbed: with, survivor }))?;
    let new = store::chats::conversation(act.conn, survivor, Recipient::Person(with))?;
    if there == 0 {
        let made = rows::read(act.conn, "conversations", &format!("id = {new}"))?;
        steps.push(Step::Added { table: "conversations".into(), rows: made });
    }
    let (from, to) = (row(json!({ "conversation_id": old })), row(json!({ "conversation_id": new })));
    steps.extend(rows::change(act.conn, "messages", &format!("conversation_id = {old}"), from, to)?);
    steps.extend(rows::remove(act.conn, "conversations", &format!("id = {old}"))?);
    Ok(())
}

/// The survivor gets what was chosen, and keeps what else the two were known by.
fn become_one(act: &mut Act, plan: &Plan, sides: &Sides, steps: &mut Vec<Step>) -> Result<()> {
    let id = plan.survivor.id;
    let chosen = plan.pairs.iter().filter(|pair| pair.side(sides) == Side::Absorbed);
    let chosen: Vec<String> = chosen.map(|pair| pair.name.clone()).collect();
    let mut survivor = store::people::find(act.conn, Scope::Everyone, id)?;
    survivor.fields = merged(&survivor.fields, &plan.absorbed.fields, &chosen);
    remember(act, plan, &survivor, steps)?;
    let (own, values) = (format!("id = {}", id.0), format!("person_id = {}", id.0));
    let before = (rows::read(act.conn, "people", &own)?, rows::read(act.conn, "field_values", &values)?);
    if chosen.iter().any(|name| name == AVATAR) {
        store::avatars::set(act.conn, id, None, plan.absorbed.avatar.as_deref())?;
    }
    store::people::update(act.conn, &survivor, act.now)?;
    let after = (rows::read(act.conn, "people", &own)?, rows::read(act.conn, "field_values", &values)?);
    if let (Some(before), Some(after)) = (before.0.first(), after.0.first()) {
        steps.extend(altered(id, before, after));
    }
    let without = |some: &[Row], others: &[Row]| -> Vec<Row> {
        some.iter().filter(|row| !others.contains(row)).cloned().collect()
    };
    let table = || "field_values".to_owned();
    let (gone, new) = (without(&before.1, &after.1), without(&after.1, &before.1));
    steps.extend((!gone.is_empty()).then(|| Step::Removed { table: table(), rows: gone }));
    steps.extend((!new.is_empty()).then(|| Step::Added { table: table(), rows: new }));
    Ok(())
}

/// Columns that follow from others.
const DERIVED: [&str; 5] = ["name_key", "organisation_key", "search_text", "updated_at", "version"];

/// A step for each value, so that one which somebody changes later does not keep the others from returning.
fn altered(id: PersonId, before: &Row, after: &Row) -> Vec<Step> {
    let differs = |name: &&String| before.get(*name) != after.get(*name);
    let own = after.keys().filter(|name| !DERIVED.contains(&name.as_str()) && !name.ends_with("_key")).filter(differs);
    own.map(|name| {
        let key = format!("{name}_key");
        let keyed = after.contains_key(&key) && !DERIVED.contains(&key.as_str());
        let columns: Vec<&str> = [name.as_str()].into_iter().chain(keyed.then_some(key.as_str())).collect();
        let of = |row: &Row| columns.iter().map(|name| ((*name).to_owned(), row[*name].clone())).collect::<Row>();
        Step::Changed { table: "people".into(), ids: vec![id.0], before: of(before), after: of(after) }
    })
    .collect()
}

/// Addresses, numbers and names that the survivor does not bear become identities, unless they are already.
fn remember(act: &mut Act, plan: &Plan, survivor: &Person, steps: &mut Vec<Step>) -> Result<()> {
    let both = [&plan.survivor.fields, &plan.absorbed.fields];
    for field in SECONDARY {
        for value in both.map(|fields| fields.get(field)) {
            if !value.is_empty() && survivor.fields.get(field) != value {
                steps.extend(remember_one(act, survivor.id, field, value)?);
            }
        }
    }
    Ok(())
}

fn remember_one(act: &mut Act, survivor: PersonId, field: Field, value: String) -> Result<Option<Step>> {
    let Some(id) = store::identities::keep(act.conn, survivor, field.name(), &value, act.now)? else { return Ok(None) };
    let rows = rows::read(act.conn, "identities", &format!("id = {id}"))?;
    Ok(Some(Step::Added { table: "identities".into(), rows }))
}
