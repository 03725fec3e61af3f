//! Lists of tickets: latest change first.
use super::{Query, Row, in_scope};
use crate::domain::ticket::{Holder, Ticket, TicketStatus};
use crate::domain::{Cursor, Mark, Result, TicketFilter, TicketScope, Turn, fold_for_search};
use crate::store::schema::tickets;
use crate::store::{Conn, search};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

/// The order cursors of tickets belong to.
pub const ORDER: &str = "tickets";

fn matching<'a>(scope: TicketScope, filter: &TicketFilter) -> Query<'a> {
    let mut query = in_scope(scope);
    if let Some(status) = filter.status {
        query = query.filter(tickets::status.eq(status as i16));
    }
    if filter.live {
        query = query.filter(tickets::status.le(TicketStatus::Pending as i16));
    }
    if let Some(priority) = filter.priority {
        query = query.filter(tickets::priority.eq(priority as i16));
    }
    query = match filter.assignee {
        Some(Holder::Person(id)) => query.filter(tickets::assignee_id.eq(id.0)),
        Some(Holder::Nobody) => query.filter(tickets::assignee_id.is_null()),
        None => query,
    };
    if let Some(id) = filter.requester {
        query = query.filter(tickets::requester_id.eq(id.0));
    }
    if let Some(id) = filter.about {
        query = query.filter(sql::<Bool>(&format!(
            "(tickets.requester_id = {0} OR tickets.assignee_id = {0} OR tickets.id IN \
             (SELECT c.ticket_id FROM ticket_collaborators AS c WHERE c.person_id = {0}))",
            id.0
        )));
    }
    if let Some(id) = filter.group {
        query = query.filter(tickets::group_id.eq(id));
    }
    if let Some(id) = filter.organisation {
        query = query.filter(tickets::organisation_id.eq(id));
    }
    for word in fold_for_search(&filter.q.chars().take(200).collect::<String>()).split_whitespace().take(8) {
        query = query.filter(tickets::subject_key.like(search::anywhere_pattern(word)).escape('\\'));
    }
    query
}

/// One more than `size` when there are more. Walked backwards before a place.
pub fn list(conn: &mut Conn, scope: TicketScope, filter: &TicketFilter, turn: &Turn, size: i64) -> Result<Vec<Ticket>> {
    use tickets::{id, updated_at};
    let query = matching(scope, filter);
    let query = match turn {
        Turn::First => query.order((updated_at.desc(), id.desc())),
        Turn::After(c) => query
            .filter(updated_at.le(at(c)))
            .filter(updated_at.lt(at(c)).or(id.lt(c.id)))
            .order((updated_at.desc(), id.desc())),
        Turn::Before(c) => query
            .filter(updated_at.ge(at(c)))
            .filter(updated_at.gt(at(c)).or(id.gt(c.id)))
            .order((updated_at.asc(), id.asc())),
    };
    let rows: Vec<Row> = query.select(Row::as_select()).limit(size + 1).load(conn)?;
    rows.into_iter().map(Ticket::try_from).collect()
}

fn at(cursor: &Cursor) -> i64 {
    if let Mark::Number(at) = cursor.mark { at } else { 0 }
}

/// Latest change first, those after the first `skip`, for callers that count pages; what lies deep takes long.
pub fn numbered(
    conn: &mut Conn,
    scope: TicketScope,
    filter: &TicketFilter,
    (skip, most): (i64, i64),
) -> Result<Vec<Ticket>> {
    let query = matching(scope, filter).order((tickets::updated_at.desc(), tickets::id.desc()));
    let rows: Vec<Row> = query.select(Row::as_select()).offset(skip).limit(most).load(conn)?;
    rows.into_iter().map(Ticket::try_from).collect()
}

/// Exactly how many match.
pub fn count(conn: &mut Conn, scope: TicketScope, filter: &TicketFilter) -> Result<i64> {
    Ok(matching(scope, filter).count().get_result(conn)?)
}

pub fn cursor(ticket: &Ticket) -> Cursor {
    Cursor { order: ORDER.into(), mark: Mark::Number(ticket.updated_at.micros()), id: ticket.id }
}

/// How many match, counted up to `most` and no further.
pub fn count_up_to(conn: &mut Conn, scope: TicketScope, filter: &TicketFilter, most: i64) -> Result<i64> {
    let ids: Vec<i64> = matching(scope, filter).select(tickets::id).limit(most).load(conn)?;
    Ok(ids.len() as i64)
}
