//! Figures about everybody in scope.
use super::schema::people;
use super::{Conn, MultiBackend, scope};
use crate::domain::{Error, Result, Role, Scope, Status, Time};
use diesel::dsl::{count_star, sql};
use diesel::prelude::*;
use diesel::sql_types::BigInt;

/// How many people have each role and status; pairs that nobody has are left out.
pub fn by_role_and_status(conn: &mut Conn, scope: Scope) -> Result<Vec<(Role, Status, i64)>> {
    let query = people::table.group_by((people::role, people::status));
    let mut query = query.select((people::role, people::status, count_star())).into_boxed::<MultiBackend>();
    if let Some(seen) = scope::condition(scope) {
        query = query.filter(seen);
    }
    let unreadable = || Error::broken("somebody holds an unreadable role or status");
    let read = |(role, status, n): (i16, i16, i64)| {
        let role = *Role::ALL.get(role as usize).ok_or_else(unreadable)?;
        Ok((role, *Status::ALL.get(status as usize).ok_or_else(unreadable)?, n))
    };
    query.load(conn)?.into_iter().map(read).collect()
}

const WEEK: i64 = 7 * 86_400 * 1_000_000;

/// How many people were created in each of so many weeks that end at `until`, the oldest first.
pub fn new_by_week(conn: &mut Conn, scope: Scope, weeks: usize, until: Time) -> Result<Vec<i64>> {
    let start = until.micros() - weeks as i64 * WEEK;
    // Integer division on both databases; the two numbers are ours.
    let week = || sql::<BigInt>(&format!("(people.created_at - ({start})) / {WEEK}"));
    let mut query = people::table
        .group_by(week())
        .select((week(), count_star()))
        .into_boxed::<MultiBackend>()
        .filter(people::created_at.ge(start).and(people::created_at.lt(until.micros())));
    if let Some(seen) = scope::condition(scope) {
        query = query.filter(seen);
    }
    let mut counts = vec![0; weeks];
    for (week, n) in query.load::<(i64, i64)>(conn)? {
        if let Some(count) = counts.get_mut(week as usize) {
            *count = n;
        }
    }
    Ok(counts)
}
