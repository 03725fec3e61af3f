//! Lists of entries, newest first.
use super::{Row, locks};
use crate::domain::entry::Among;
use crate::domain::vault::Vault;
use crate::domain::{Cursor, Entry, EntryFilter, Mark, Result, Scope, Subject, TicketScope, Turn};
use crate::store::schema::audit_entries;
use crate::store::{Conn, MultiBackend, scope};
use diesel::dsl::{IntoBoxed, sql};
use diesel::prelude::*;
use diesel::sql_types::Bool;

/// The order cursors of the history belong to.
pub const ORDER: &str = "entries";

type Query<'a> = IntoBoxed<'a, audit_entries::table, MultiBackend>;

fn matching<'a>((scope, tickets): (Scope, TicketScope), filter: &EntryFilter) -> Query<'a> {
    let mut query = audit_entries::table.into_boxed();
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
    query = match filter.among {
        Among::All => query,
        Among::People => query.filter(audit_entries::person_id.is_not_null()),
        Among::Tickets => query.filter(audit_entries::thing.eq("ticket")),
    };
    if let Some(id) = filter.actor {
        query = query.filter(audit_entries::actor_id.eq(id.0));
    }
    if !filter.kinds.is_empty() {
        let names: Vec<&'static str> = filter.kinds.iter().map(|kind| kind.name()).collect();
        query = query.filter(audit_entries::kind.eq_any(names));
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
    query
}

/// Newest first; one more than `size` when there are more.
pub fn list(
    conn: &mut Conn,
    vault: &Vault,
    seen: (Scope, TicketScope),
    filter: &EntryFilter,
    turn: &Turn,
    size: i64,
) -> Result<Vec<Entry>> {
    use audit_entries::id;
    let query = matching(seen, filter);
    let query = match turn {
        Turn::First => query.order(id.desc()),
        Turn::After(c) => query.filter(id.lt(c.id)).order(id.desc()),
        Turn::Before(c) => query.filter(id.gt(c.id)).order(id.asc()),
    };
    let rows = query.select(Row::as_select()).limit(size + 1).load(conn)?;
    read(conn, vault, rows)
}

/// Newest first, those after the first `skip`, for callers that count pages; what lies deep takes long.
pub fn numbered(
    conn: &mut Conn,
    vault: &Vault,
    seen: (Scope, TicketScope),
    filter: &EntryFilter,
    (skip, most): (i64, i64),
) -> Result<Vec<Entry>> {
    let query = matching(seen, filter).order(audit_entries::id.desc()).select(Row::as_select());
    let rows = query.offset(skip).limit(most).load(conn)?;
    read(conn, vault, rows)
}

pub fn count_matching(conn: &mut Conn, seen: (Scope, TicketScope), filter: &EntryFilter) -> Result<i64> {
    Ok(matching(seen, filter).count().get_result(conn)?)
}

fn read(conn: &mut Conn, vault: &Vault, rows: Vec<Row>) -> Result<Vec<Entry>> {
    let needed = rows.iter().map(Row::locked_by).collect::<Result<Vec<_>>>()?;
    let locks = locks::of(conn, vault, &needed.into_iter().flatten().collect())?;
    rows.into_iter().map(|row| row.read(&locks)).collect()
}

pub fn cursor(entry: &Entry) -> Cursor {
    Cursor { order: ORDER.into(), mark: Mark::Number(entry.id), id: entry.id }
}
