//! The history: entries are only ever added.
use super::schema::audit_entries;
use super::{BATCH, Conn, each_backend, scope};
use crate::domain::event::Kind;
use crate::domain::{
    Actor, Cursor, Door, Entry, EntryFilter, Error, Event, Mark, PersonId, Result, Scope, Subject, TicketScope, Time,
    Turn,
};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

/// Who writes, when, and through which door; the same for every entry of a transaction.
pub struct Stamp<'a> {
    pub actor: &'a Actor,
    pub at: Time,
    pub door: Door,
    pub request: &'a str,
}

pub fn insert(conn: &mut Conn, stamp: &Stamp, events: &[Event]) -> Result<()> {
    for part in events.chunks(BATCH) {
        let rows = part.iter().map(|event| row(stamp, event)).collect::<Result<Vec<_>>>()?;
        each_backend!(conn, |c| diesel::insert_into(audit_entries::table).values(&rows).execute(c))?;
    }
    Ok(())
}

#[derive(Queryable, Selectable)]
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
}

fn row(stamp: &Stamp, event: &Event) -> Result<NewRow> {
    Ok(NewRow {
        at: stamp.at.micros(),
        kind: event.kind.name(),
        actor_id: stamp.actor.id().map(|id| id.0),
        actor_label: stamp.actor.label().to_owned(),
        door: stamp.door.name(),
        request: stamp.request.to_owned(),
        person_id: event.subject.person().map(|id| id.0),
        thing: event.subject.thing().map(|(name, _)| name),
        thing_id: event.subject.thing().map(|(_, id)| id),
        person_label: event.label.clone(),
        changes: serde_json::to_string(&event.changes).map_err(Error::broken)?,
    })
}

impl TryFrom<Row> for Entry {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        let unknown = |what: &str| Error::broken(format!("audit entry {} names an unknown {what}", row.id));
        let subject = match (row.person_id, &row.thing, row.thing_id) {
            (Some(id), ..) => Subject::Person(PersonId(id)),
            (None, Some(name), Some(id)) => Subject::of_thing(name, id).ok_or_else(|| unknown("thing"))?,
            _ => Subject::House,
        };
        Ok(Entry {
            id: row.id,
            at: Time::from_micros(row.at),
            kind: Kind::named(&row.kind).ok_or_else(|| unknown("kind"))?,
            actor: row.actor_id.map(PersonId),
            actor_label: row.actor_label,
            door: Door::named(&row.door).ok_or_else(|| unknown("door"))?,
            request: row.request,
            subject,
            label: row.person_label,
            changes: serde_json::from_str(&row.changes).map_err(Error::broken)?,
        })
    }
}

/// The order cursors of the history belong to.
pub const ORDER: &str = "entries";

/// Newest first; one more than `size` when there are more.
pub fn list(
    conn: &mut Conn,
    (scope, tickets): (Scope, TicketScope),
    filter: &EntryFilter,
    turn: &Turn,
    size: i64,
) -> Result<Vec<Entry>> {
    let mut query = audit_entries::table.select(Row::as_select()).into_boxed();
    if let Some(seen) = scope::ticket_condition_on("audit_entries.thing_id", tickets) {
        query = query.filter(sql::<Bool>(&format!("(COALESCE(audit_entries.thing, '') <> 'ticket' OR {seen})")));
    }
    if let Some(seen) = scope::condition_on("audit_entries.person_id", scope) {
        query = query.filter(seen);
    }
    if let Some(id) = filter.person {
        query = query.filter(audit_entries::person_id.eq(id.0));
    }
    if let Some((name, id)) = filter.thing.and_then(Subject::thing) {
        query = query.filter(audit_entries::thing.eq(name).and(audit_entries::thing_id.eq(id)));
    }
    if filter.people_only {
        query = query.filter(audit_entries::person_id.is_not_null());
    }
    if let Some(id) = filter.actor {
        query = query.filter(audit_entries::actor_id.eq(id.0));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(audit_entries::kind.eq(kind.name()));
    }
    if let Some(door) = filter.door {
        query = query.filter(audit_entries::door.eq(door.name()));
    }
    if let Some(from) = filter.at.from {
        query = query.filter(audit_entries::at.ge(from.micros()));
    }
    if let Some(until) = filter.at.until {
        query = query.filter(audit_entries::at.lt(until.micros()));
    }
    let rows: Vec<Row> = match turn {
        Turn::First => query.order(audit_entries::id.desc()).limit(size + 1).load(conn)?,
        Turn::After(c) => {
            query.filter(audit_entries::id.lt(c.id)).order(audit_entries::id.desc()).limit(size + 1).load(conn)?
        }
        Turn::Before(c) => {
            query.filter(audit_entries::id.gt(c.id)).order(audit_entries::id).limit(size + 1).load(conn)?
        }
    };
    rows.into_iter().map(Entry::try_from).collect()
}

pub fn cursor(entry: &Entry) -> Cursor {
    Cursor { order: ORDER.into(), mark: Mark::Number(entry.id), id: entry.id }
}

/// How many entries there are in all.
pub fn count(conn: &mut Conn) -> Result<i64> {
    Ok(audit_entries::table.count().get_result(conn)?)
}
