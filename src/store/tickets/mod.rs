//! Tickets, and who is on them.
mod comments;
mod list;

pub use comments::{add as add_comment, of as comments};
pub use list::{ORDER, count, count_up_to, cursor, list, numbered};

use super::schema::{ticket_collaborators, tickets};
use super::{BATCH, Conn, MultiBackend, each_backend, scope};
use crate::domain::ticket::{Priority, Ticket, TicketStatus};
use crate::domain::{Error, PersonId, Result, TicketScope, Time, fold_for_search};
use diesel::dsl::IntoBoxed;
use diesel::prelude::*;
use std::collections::HashMap;

#[derive(Queryable, Selectable)]
#[diesel(table_name = tickets)]
struct Row {
    id: i64,
    subject: String,
    status: i16,
    priority: i16,
    requester_id: Option<i64>,
    assignee_id: Option<i64>,
    assignee_label: String,
    group_id: Option<i64>,
    organisation_id: Option<i64>,
    created_at: i64,
    updated_at: i64,
    version: i64,
}

impl TryFrom<Row> for Ticket {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        let unreadable = || Error::broken(format!("ticket {} holds an unreadable status or priority", row.id));
        Ok(Self {
            id: row.id,
            subject: row.subject,
            status: *TicketStatus::ALL.get(row.status as usize).ok_or_else(unreadable)?,
            priority: *Priority::ALL.get(row.priority as usize).ok_or_else(unreadable)?,
            requester: row.requester_id.map(PersonId),
            assignee: row.assignee_id.map(PersonId),
            assignee_label: row.assignee_label,
            group: row.group_id,
            organisation: row.organisation_id,
            created_at: Time::from_micros(row.created_at),
            updated_at: Time::from_micros(row.updated_at),
            version: row.version,
        })
    }
}

type Query<'a> = IntoBoxed<'a, tickets::table, MultiBackend>;

fn in_scope<'a>(scope: TicketScope) -> Query<'a> {
    let query = tickets::table.into_boxed();
    match scope::ticket_condition(scope) {
        Some(seen) => query.filter(seen),
        None => query,
    }
}

/// Unknown and out of scope answer alike.
pub fn find(conn: &mut Conn, scope: TicketScope, id: i64) -> Result<Ticket> {
    in_scope(scope).filter(tickets::id.eq(id)).select(Row::as_select()).first::<Row>(conn)?.try_into()
}

/// Makes them all; answers their ids in the same order.
pub fn insert(conn: &mut Conn, new: &[Ticket]) -> Result<Vec<i64>> {
    let mut ids = vec![];
    for part in new.chunks(BATCH) {
        let rows: Vec<_> = part
            .iter()
            .map(|one| (values(one), tickets::created_at.eq(one.created_at.micros()), tickets::version.eq(1)))
            .collect();
        let made: Vec<i64> = each_backend!(conn, |c| {
            diesel::insert_into(tickets::table).values(rows).returning(tickets::id).get_results(c)
        })?;
        ids.extend(made);
    }
    Ok(ids)
}

type Values = (
    diesel::dsl::Eq<tickets::subject, String>,
    diesel::dsl::Eq<tickets::subject_key, String>,
    diesel::dsl::Eq<tickets::status, i16>,
    diesel::dsl::Eq<tickets::priority, i16>,
    diesel::dsl::Eq<tickets::requester_id, Option<i64>>,
    diesel::dsl::Eq<tickets::assignee_id, Option<i64>>,
    diesel::dsl::Eq<tickets::assignee_label, String>,
    diesel::dsl::Eq<tickets::group_id, Option<i64>>,
    diesel::dsl::Eq<tickets::organisation_id, Option<i64>>,
    diesel::dsl::Eq<tickets::updated_at, i64>,
);

fn values(ticket: &Ticket) -> Values {
    (
        tickets::subject.eq(ticket.subject.clone()),
        tickets::subject_key.eq(fold_for_search(&ticket.subject)),
        tickets::status.eq(ticket.status as i16),
        tickets::priority.eq(ticket.priority as i16),
        tickets::requester_id.eq(ticket.requester.map(|id| id.0)),
        tickets::assignee_id.eq(ticket.assignee.map(|id| id.0)),
        tickets::assignee_label.eq(ticket.assignee_label.clone()),
        tickets::group_id.eq(ticket.group),
        tickets::organisation_id.eq(ticket.organisation),
        tickets::updated_at.eq(ticket.updated_at.micros()),
    )
}

/// Writes it, if nobody else has written since `version`.
pub fn update(conn: &mut Conn, ticket: &Ticket) -> Result<()> {
    let row = tickets::table.find(ticket.id).filter(tickets::version.eq(ticket.version));
    let written = diesel::update(row).set((values(ticket), tickets::version.eq(ticket.version + 1))).execute(conn)?;
    if written == 0 { Err(Error::Stale) } else { Ok(()) }
}

/// Somebody spoke: the ticket moves up in the lists, and stays as it was.
pub fn touch(conn: &mut Conn, id: i64, now: Time) -> Result<()> {
    diesel::update(tickets::table.find(id)).set(tickets::updated_at.eq(now.micros())).execute(conn)?;
    Ok(())
}

/// Who else follows it.
pub fn collaborators(conn: &mut Conn, id: i64) -> Result<Vec<PersonId>> {
    Ok(collaborators_of(conn, &[id])?.remove(&id).unwrap_or_default())
}

/// Who else follows each of these; those that nobody follows are left out.
pub fn collaborators_of(conn: &mut Conn, ids: &[i64]) -> Result<HashMap<i64, Vec<PersonId>>> {
    use ticket_collaborators::{person_id, table, ticket_id};
    let mut found: HashMap<i64, Vec<PersonId>> = HashMap::new();
    for part in ids.chunks(BATCH) {
        let query = table.filter(ticket_id.eq_any(part)).order(person_id);
        for (ticket, person) in query.select((ticket_id, person_id)).load::<(i64, i64)>(conn)? {
            found.entry(ticket).or_default().push(PersonId(person));
        }
    }
    Ok(found)
}

/// Brings people into tickets that they do not follow yet.
pub fn add_collaborators(conn: &mut Conn, wanted: &[(i64, PersonId)]) -> Result<()> {
    use ticket_collaborators::{person_id, table, ticket_id};
    let rows: Vec<_> = wanted.iter().map(|(ticket, person)| (ticket_id.eq(*ticket), person_id.eq(person.0))).collect();
    for part in rows.chunks(BATCH) {
        each_backend!(conn, |c| diesel::insert_into(table).values(part).execute(c))?;
    }
    Ok(())
}

/// How many tickets somebody has: all, and those that are open or pending.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Load {
    pub all: i64,
    pub live: i64,
}

/// Within the scope, of this group; those without an assignee are nobody's.
pub fn by_assignee(conn: &mut Conn, scope: TicketScope, group: i64) -> Result<HashMap<Option<PersonId>, Load>> {
    let mut query = tickets::table
        .group_by((tickets::assignee_id, tickets::status))
        .select((tickets::assignee_id, tickets::status, diesel::dsl::count_star()))
        .filter(tickets::group_id.eq(group))
        .into_boxed();
    if let Some(seen) = scope::ticket_condition(scope) {
        query = query.filter(seen);
    }
    let mut found: HashMap<Option<PersonId>, Load> = HashMap::new();
    for (assignee, status, n) in query.load::<(Option<i64>, i16, i64)>(conn)? {
        let load = found.entry(assignee.map(PersonId)).or_default();
        load.all += n;
        load.live += if status <= TicketStatus::Pending as i16 { n } else { 0 };
    }
    Ok(found)
}

/// How many tickets each group has in hand: open or pending, within the scope.
pub fn by_group(conn: &mut Conn, scope: TicketScope) -> Result<HashMap<i64, i64>> {
    let mut query = tickets::table
        .group_by(tickets::group_id)
        .select((tickets::group_id, diesel::dsl::count_star()))
        .filter(tickets::status.le(TicketStatus::Pending as i16))
        .into_boxed();
    if let Some(seen) = scope::ticket_condition(scope) {
        query = query.filter(seen);
    }
    let rows: Vec<(Option<i64>, i64)> = query.load(conn)?;
    Ok(rows.into_iter().filter_map(|(id, n)| Some((id?, n))).collect())
}
