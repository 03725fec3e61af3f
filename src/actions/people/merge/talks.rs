//! Conversations of two who become one.
use super::steps::Two;
use crate::actions::Act;
use crate::domain::belonging::Belonging;
use crate::domain::chat::Recipient;
use crate::domain::undo::{Step, row};
use crate::domain::{PersonId, Result};
use crate::store::{self, belongings, rows};
use serde_json::{Value, json};

/// The conversation of the two with each other.
pub(super) fn between(two: Two) -> String {
    let (one, other) = (two.absorbed.0.min(two.survivor.0), two.absorbed.0.max(two.survivor.0));
    format!("first_id = {one} AND second_id = {other}")
}

pub(super) fn within(two: Two) -> String {
    format!("conversation_id IN (SELECT id FROM conversations WHERE {})", between(two))
}

pub(super) struct Talks {
    /// Gone over, and ended.
    pub conversations: (i64, i64),
    /// Messages of the absorbed to the survivor.
    pub ended: i64,
}

/// What was said with others goes on in the survivor's conversations with them; what the two said to each other
/// ends.
pub(super) fn join(act: &mut Act, two: Two, steps: &mut Vec<Step>) -> Result<Talks> {
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
