//! Erasing somebody for ever: nothing brings them back, and nobody reads what the history said of them.
use super::deletion::{self, Consent, Done, Leaves};
use crate::actions::Act;
use crate::domain::event::Kind;
use crate::domain::{Change, Cursor, Error, Event, Page, PersonId, Result, Subject, Target, Time, Turn, Verb, text};
use crate::store;
use base64::{Engine, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A reason is at most so long.
const LONGEST_REASON: usize = 500;

/// What proves an erasure; it names nobody.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Receipt {
    pub statement: String,
    pub person: i64,
    pub uid: String,
    pub at: String,
    /// Whose account did it; nobody when it was the house itself.
    pub by: Option<i64>,
    pub reason: String,
    /// Kinds of what belonged to them, and how many there were.
    pub touched: BTreeMap<String, i64>,
    /// Ed25519, in base64.
    pub public_key: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub signature: String,
}

const STATEMENT: &str = "The record of this person and what belonged to it was erased. Tickets and comments that were \
    kept bear no name. What the history of this house said of this person can no longer be read by anybody.";

impl Receipt {
    fn text(&self) -> Result<Vec<u8>> {
        serde_json::to_vec(&Self { signature: String::new(), ..self.clone() }).map_err(Error::broken)
    }
}

/// Whether this house signed the receipt as it stands.
pub fn is_genuine(act: &Act, receipt: &Receipt) -> Result<bool> {
    let signature = STANDARD.decode(&receipt.signature).unwrap_or_default();
    Ok(act.vault.signed(&receipt.text()?, &signature))
}

/// Whom an erasure would be of, and what it touches.
pub fn plan(act: &mut Act, id: PersonId) -> Result<deletion::Plan> {
    let plan = deletion::plan(act, id)?;
    act.actor.must(Verb::Erase, &plan.person)?;
    Ok(plan)
}

/// Answers the number of the receipt. Stale when the facts are not those that were shown.
pub fn create(act: &mut Act, id: PersonId, consent: &Consent, reason: &str) -> Result<i64> {
    let person = super::show(act, id)?;
    act.actor.must(Verb::Erase, &person)?;
    let reason = parsed(reason)?;
    let Done { plan, changes, .. } = deletion::carry_out(act, id, consent, Leaves::Nothing)?;
    if let Some(hash) = &plan.person.avatar {
        store::avatars::drop_unused(act.conn, hash)?;
    }
    let touched = plan.lines.iter().map(|line| (line.what.name().to_owned(), line.count)).collect();
    close(act, id, plan.person.uid.to_string(), reason, (touched, changes))
}

/// Why somebody is erased.
pub(in crate::actions) fn parsed(reason: &str) -> Result<String> {
    match text::line(reason, LONGEST_REASON) {
        Ok(reason) if reason.is_empty() => Err(Error::invalid("reason", "erasure.reason_blank")),
        Ok(reason) => Ok(reason),
        Err(key) => Err(Error::invalid("reason", key)),
    }
}

/// What every erasure ends with, once the rows are gone: no trash, no likeness, no key; a receipt and an entry.
pub(in crate::actions) fn close(
    act: &mut Act,
    id: PersonId,
    uid: String,
    reason: String,
    (touched, changes): (BTreeMap<String, i64>, Vec<Change>),
) -> Result<i64> {
    let merged = store::erasures::absorbed_by(act.conn, id)?;
    for one in merged.into_iter().chain([id]) {
        store::trash::forget(act.conn, one)?;
        store::erasures::part(act.conn, one)?;
        store::duplicates::forget(act.conn, one)?;
        store::audit::locks::destroy(act.conn, one)?;
    }
    super::export::kept::remove_all(act)?;
    let mut receipt = Receipt {
        statement: STATEMENT.into(),
        person: id.0,
        uid,
        at: act.now.to_string(),
        by: act.actor.id().map(|id| id.0),
        reason: reason.clone(),
        touched,
        public_key: STANDARD.encode(act.vault.public_key()),
        signature: String::new(),
    };
    receipt.signature = STANDARD.encode(act.vault.sign(&receipt.text()?));
    let text = serde_json::to_string(&receipt).map_err(Error::broken)?;
    let kept = store::erasures::insert(act.conn, id, act.now, &text)?;
    let mut told = vec![Change::new("reason", "", reason), Change::new("receipt", "", kept.to_string())];
    told.extend(changes);
    // In nobody's words: whoever it was about has no key any more.
    act.record(Event::on(Kind::PersonErased, Subject::Person(id), "", told).of(None))?;
    Ok(kept)
}

/// A page of receipts, newest first.
pub struct Listing {
    pub list: Vec<(i64, Time, Receipt)>,
    pub total: i64,
    pub before: Option<Cursor>,
    pub after: Option<Cursor>,
}

/// Reads a cursor of the receipts.
pub fn cursor(raw: &str) -> Option<Cursor> {
    Cursor::parse(raw, store::erasures::ORDER)
}

pub fn index(act: &mut Act, turn: &Turn, size: usize) -> Result<Listing> {
    act.actor.must(Verb::SeeErasures, Target::House)?;
    let total = store::erasures::count(act.conn)?;
    let found = store::erasures::list(act.conn, turn, size as i64 + 1)?;
    let Page { list, before, after } = turn.page(found, size, |(id, ..)| store::erasures::cursor(*id));
    let read = |(id, at, text): (i64, Time, String)| Ok((id, at, serde_json::from_str(&text).map_err(Error::broken)?));
    Ok(Listing { list: list.into_iter().map(read).collect::<Result<_>>()?, total, before, after })
}

/// The receipt as it is downloaded.
pub fn show(act: &mut Act, id: i64) -> Result<Receipt> {
    act.actor.must(Verb::SeeErasures, Target::House)?;
    serde_json::from_str(&store::erasures::find(act.conn, id)?).map_err(Error::broken)
}
