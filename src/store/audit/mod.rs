//! The history: entries are only ever added.
mod list;
pub mod locks;
pub mod seals;

pub use list::{ORDER, count_matching, cursor, list, numbered};

use super::schema::audit_entries;
use super::{BATCH, Conn, each_backend};
use crate::domain::event::Kind;
use crate::domain::shared::each;
use crate::domain::vault::Vault;
use crate::domain::{Actor, Change, Door, Entry, Error, Event, PersonId, Result, Subject, Time};
use diesel::prelude::*;
use locks::Locks;

/// Who writes, when, and through which door; the same for every entry of a transaction.
pub struct Stamp<'a> {
    pub actor: &'a Actor,
    pub at: Time,
    pub door: Door,
    pub request: &'a str,
    pub vault: &'a Vault,
}

pub fn insert(conn: &mut Conn, stamp: &Stamp, events: &[Event]) -> Result<()> {
    seals::hold_open(conn)?;
    for part in events.chunks(BATCH) {
        let named = part.iter().flat_map(|event| event.whose.into_iter().chain(named(&event.changes)));
        let locks = locks::ensure(conn, stamp.vault, &named.chain(stamp.actor.id()).collect())?;
        let rows = each(part, |event| row(stamp, &locks, event)).into_iter().collect::<Result<Vec<_>>>()?;
        each_backend!(conn, |c| diesel::insert_into(audit_entries::table).values(&rows).execute(c))?;
    }
    Ok(())
}

fn named(changes: &[Change]) -> impl Iterator<Item = PersonId> {
    changes.iter().flat_map(|change| change.names.iter().copied())
}

/// As it stands in the table: names and values are locked.
#[derive(Clone, Queryable, Selectable)]
#[diesel(table_name = audit_entries)]
struct Row {
    id: i64,
    at: i64,
    kind: String,
    actor_id: Option<i64>,
    actor_label: String,
    door: String,
    request: String,
    person_id: Option<i64>,
    person_label: String,
    changes: String,
    thing: Option<String>,
    thing_id: Option<i64>,
    mac: Vec<u8>,
    key_id: Option<i64>,
}

#[derive(Insertable)]
#[diesel(table_name = audit_entries, treat_none_as_default_value = false)]
struct NewRow {
    at: i64,
    kind: &'static str,
    actor_id: Option<i64>,
    actor_label: String,
    door: &'static str,
    request: String,
    person_id: Option<i64>,
    person_label: String,
    changes: String,
    thing: Option<&'static str>,
    thing_id: Option<i64>,
    mac: Vec<u8>,
    key_id: Option<i64>,
}

fn row(stamp: &Stamp, locks: &Locks, event: &Event) -> Result<NewRow> {
    let mut row = NewRow {
        at: stamp.at.micros(),
        kind: event.kind.name(),
        actor_id: stamp.actor.id().map(|id| id.0),
        actor_label: locks.lock_name(stamp.actor.id(), stamp.actor.label())?,
        door: stamp.door.name(),
        request: stamp.request.to_owned(),
        person_id: event.subject.person().map(|id| id.0),
        thing: event.subject.thing().map(|(name, _)| name),
        thing_id: event.subject.thing().map(|(_, id)| id),
        person_label: locks.lock_name(event.whose, &event.label)?,
        changes: locks.lock_changes(event.whose, &event.changes)?,
        mac: vec![],
        key_id: stamp.actor.key().map(|grant| grant.key),
    };
    row.mac = stamp.vault.mark(&row.text());
    Ok(row)
}

macro_rules! text_of {
    ($row:ty) => {
        impl $row {
            /// What the mark of an entry is made of: all but its number.
            fn text(&self) -> Vec<u8> {
                let Self { at, kind, actor_id, actor_label, door, request, person_id, .. } = self;
                let Self { person_label, changes, thing, thing_id, key_id, .. } = self;
                let known = (at, kind, actor_id, actor_label, door, request);
                let mut text = serde_json::json!([known, person_id, person_label, changes, thing, thing_id]);
                // Entries from before there were keys are proven by the same text as ever.
                if let (Some(key), Some(parts)) = (key_id, text.as_array_mut()) {
                    parts.push((*key).into());
                }
                text.to_string().into_bytes()
            }
        }
    };
}
text_of!(Row);
text_of!(NewRow);

impl Row {
    fn parts(&self) -> Result<Vec<locks::Part>> {
        // Entries from before there were keys hold their changes as they are.
        let plain = |_| serde_json::from_str::<Vec<Change>>(&self.changes).map(|changes| vec![changes.into()]);
        serde_json::from_str(&self.changes).or_else(plain).map_err(Error::broken)
    }

    /// Everybody whose key it takes to read it.
    fn locked_by(&self) -> Result<Vec<PersonId>> {
        let of_name = |kept: &str| kept.strip_prefix('@')?.split_once(' ')?.0.parse().ok().map(PersonId);
        let mut people: Vec<PersonId> =
            [&self.actor_label, &self.person_label].into_iter().filter_map(|kept| of_name(kept)).collect();
        self.parts()?.iter().for_each(|part| people.extend(part.by()));
        Ok(people)
    }

    fn read(self, locks: &Locks) -> Result<Entry> {
        let unknown = |what: &str| Error::broken(format!("audit entry {} names an unknown {what}", self.id));
        let subject = match (self.person_id, &self.thing, self.thing_id) {
            (Some(id), ..) => Subject::Person(PersonId(id)),
            (None, Some(name), Some(id)) => Subject::of_thing(name, id).ok_or_else(|| unknown("thing"))?,
            _ => Subject::House,
        };
        let (changes, hidden) = locks.open_changes(self.parts()?);
        let (actor, label) = (locks.open_name(&self.actor_label), locks.open_name(&self.person_label));
        Ok(Entry {
            id: self.id,
            at: Time::from_micros(self.at),
            kind: Kind::named(&self.kind).ok_or_else(|| unknown("kind"))?,
            actor: self.actor_id.map(PersonId),
            door: Door::named(&self.door).ok_or_else(|| unknown("door"))?,
            key: self.key_id,
            request: self.request.clone(),
            subject,
            erased: hidden || actor.is_none() || label.is_none(),
            actor_label: actor.unwrap_or_default(),
            label: label.unwrap_or_default(),
            changes,
        })
    }
}

/// How many entries there are in all.
pub fn count(conn: &mut Conn) -> Result<i64> {
    Ok(audit_entries::table.count().get_result(conn)?)
}
