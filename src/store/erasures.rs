//! Receipts of erasures.
use super::schema::{absorptions, erasures, people};
use super::{Conn, rows};
use crate::domain::{Cursor, Mark, PersonId, Result, Role, Status, Time, Turn};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

pub fn insert(conn: &mut Conn, person: PersonId, at: Time, receipt: &str) -> Result<i64> {
    let row = (erasures::person_id.eq(person.0), erasures::at.eq(at.micros()), erasures::receipt.eq(receipt));
    Ok(diesel::insert_into(erasures::table).values(row).returning(erasures::id).get_result(conn)?)
}

/// The order cursors of receipts belong to.
pub const ORDER: &str = "erasures";

pub fn cursor(id: i64) -> Cursor {
    Cursor { order: ORDER.into(), mark: Mark::Number(id), id }
}

/// Newest first, in the order walked; `most` at most.
pub fn list(conn: &mut Conn, turn: &Turn, most: i64) -> Result<Vec<(i64, Time, String)>> {
    let query = erasures::table.into_boxed();
    let query = match turn {
        Turn::First => query.order(erasures::id.desc()),
        Turn::After(cursor) => query.filter(erasures::id.lt(cursor.id)).order(erasures::id.desc()),
        Turn::Before(cursor) => query.filter(erasures::id.gt(cursor.id)).order(erasures::id.asc()),
    };
    let rows: Vec<(i64, i64, String)> =
        query.select((erasures::id, erasures::at, erasures::receipt)).limit(most).load(conn)?;
    Ok(rows.into_iter().map(|(id, at, receipt)| (id, Time::from_micros(at), receipt)).collect())
}

pub fn count(conn: &mut Conn) -> Result<i64> {
    Ok(erasures::table.count().get_result(conn)?)
}

pub fn find(conn: &mut Conn, id: i64) -> Result<String> {
    Ok(erasures::table.find(id).select(erasures::receipt).first(conn)?)
}

/// Moments before which somebody must have been active, or suspended, to be due.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    pub inactive: Option<Time>,
    pub suspended: Option<Time>,
}

impl Bounds {
    fn condition(self) -> String {
        let inactive = self.inactive.map(|before| {
            let at = before.micros();
            format!(
                "(people.created_at < {at} AND people.last_login_at < {at}
                 AND NOT EXISTS (SELECT 1 FROM tickets WHERE tickets.requester_id = people.id AND tickets.updated_at >= {at})
                 AND NOT EXISTS (SELECT 1 FROM ticket_comments AS c WHERE c.author_id = people.id AND c.created_at >= {at})
                 AND NOT EXISTS (SELECT 1 FROM messages WHERE messages.sender_id = people.id AND messages.sent_at >= {at}))"
            )
        });
        let suspended = self.suspended.map(|before| {
            format!("(people.status = {} AND people.updated_at < {})", Status::Suspended as i16, before.micros())
        });
        let either: Vec<String> = inactive.into_iter().chain(suspended).collect();
        let either = if either.is_empty() { "1 = 0".to_owned() } else { either.join(" OR ") };
        // Whoever was brought back or became one with another counts from then on.
        let since = [self.inactive, self.suspended].into_iter().flatten().min().map_or(0, Time::micros);
        let returned = format!(
            "EXISTS (SELECT 1 FROM audit_entries AS a WHERE a.person_id = people.id AND a.at >= {since}
             AND a.kind IN ('person.restored', 'person.merged', 'person.merge_undone'))"
        );
        format!("people.role = {} AND ({either}) AND NOT {returned}", Role::EndUser as i16)
    }
}

/// Others may be in what they own.
const OWNS: &str = "(EXISTS (SELECT 1 FROM workspaces WHERE workspaces.owner_id = people.id)
    OR EXISTS (SELECT 1 FROM chats WHERE chats.owner_id = people.id))";

/// The first after this one of those who are due and own nothing that others use; `most` at most.
pub fn due(conn: &mut Conn, bounds: Bounds, after: PersonId, most: i64) -> Result<Vec<PersonId>> {
    let condition = format!("people.id > {} AND {} AND NOT {OWNS}", after.0, bounds.condition());
    let ids: Vec<i64> =
        people::table.filter(sql::<Bool>(&condition)).order(people::id).select(people::id).limit(most).load(conn)?;
    Ok(ids.into_iter().map(PersonId).collect())
}

/// How many those are, and how many own something.
pub fn count_due(conn: &mut Conn, bounds: Bounds) -> Result<(i64, i64)> {
    let condition = bounds.condition();
    let owners = rows::count(conn, "people", &format!("{condition} AND {OWNS}"))?;
    Ok((rows::count(conn, "people", &condition)? - owners, owners))
}

/// One became the other.
pub fn absorb(conn: &mut Conn, absorbed: PersonId, survivor: PersonId) -> Result<()> {
    use absorptions as a;
    let row = (a::absorbed_id.eq(absorbed.0), a::survivor_id.eq(survivor.0));
    diesel::insert_into(a::table).values(row).execute(conn)?;
    Ok(())
}

/// They are two again, or gone together.
pub fn part(conn: &mut Conn, absorbed: PersonId) -> Result<()> {
    diesel::delete(absorptions::table.find(absorbed.0)).execute(conn)?;
    Ok(())
}

/// Everybody who became somebody, also by way of others.
pub fn absorbed_by(conn: &mut Conn, survivor: PersonId) -> Result<Vec<PersonId>> {
    use absorptions as a;
    let (mut all, mut latest) = (vec![], vec![survivor.0]);
    while !latest.is_empty() {
        let next = a::table.filter(a::survivor_id.eq_any(latest)).select(a::absorbed_id);
        latest = next.load::<i64>(conn)?;
        all.extend(latest.iter().copied().map(PersonId));
    }
    Ok(all)
}
