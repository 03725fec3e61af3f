//! Figures about everybody in scope.
use super::list::in_scope;
use super::schema::people;
use super::written::written;
use super::{Conn, scope};
use crate::domain::{Error, Result, Role, Scope, Status, Time};
use diesel::dsl::count_star;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, SmallInt};

/// How many people have each role and status; pairs that nobody has are left out. Of everybody the database keeps
/// count itself.
pub fn by_role_and_status(conn: &mut Conn, scope: Scope) -> Result<Vec<(Role, Status, i64)>> {
    let unreadable = || Error::broken("somebody holds an unreadable role or status");
    let read = |(role, status, n): (i16, i16, i64)| {
        let role = *Role::ALL.get(role as usize).ok_or_else(unreadable)?;
        Ok((role, *Status::ALL.get(status as usize).ok_or_else(unreadable)?, n))
    };
    let found = match scope::condition(scope) {
        Some(seen) => {
            let query = people::table.group_by((people::role, people::status)).filter(seen);
            query.select((people::role, people::status, count_star())).load(conn)?
        }
        None => kept(conn)?,
    };
    found.into_iter().filter(|(.., n)| *n > 0).map(read).collect()
}

fn kept(conn: &mut Conn) -> Result<Vec<(i16, i16, i64)>> {
    let sql = "SELECT role, status, CAST(SUM(number) AS BIGINT) FROM people_counts GROUP BY role, status ORDER BY 1, 2";
    Ok(written::<(SmallInt, SmallInt, BigInt)>(sql).load(conn)?)
}

/// PostgreSQL only adds to what is counted; this makes one row of many again.
pub fn sum_up(conn: &mut Conn) -> Result<()> {
    if let Conn::Postgres(_) = conn {
        let sql = "WITH gone AS (DELETE FROM people_counts RETURNING role, status, number)
            INSERT INTO people_counts (role, status, number)
            SELECT role, status, SUM(number) FROM gone GROUP BY role, status HAVING SUM(number) <> 0";
        written::<BigInt>(sql).execute(conn)?;
    }
    Ok(())
}

/// Of those with this status, how many were created before: of everybody all but those who came since, who are few.
pub fn created_before(conn: &mut Conn, scope: Scope, status: Status, until: Time) -> Result<i64> {
    let theirs = people::status.eq(status as i16);
    if scope != Scope::Everyone {
        return Ok(in_scope(scope)
            .filter(theirs.and(people::created_at.lt(until.micros())))
            .count()
            .get_result(conn)?);
    }
    let all: i64 = by_role_and_status(conn, scope)?.iter().filter(|(_, one, _)| *one == status).map(|(.., n)| n).sum();
    let young: i64 =
        people::table.filter(theirs.and(people::created_at.ge(until.micros()))).count().get_result(conn)?;
    Ok(all - young)
}

const WEEK: i64 = 7 * 86_400 * 1_000_000;

/// How many people were created in each of so many weeks that end at `until`, the oldest first.
pub fn new_by_week(conn: &mut Conn, scope: Scope, weeks: usize, until: Time) -> Result<Vec<i64>> {
    let start = until.micros() - weeks as i64 * WEEK;
    // One by one, each from the index alone: to group them all takes ten times as long.
    let of_week = |week: usize| {
        let begins = start + week as i64 * WEEK;
        let span = people::created_at.ge(begins).and(people::created_at.lt(begins + WEEK));
        in_scope(scope).filter(span)
    };
    (0..weeks).map(|week| Ok(of_week(week).count().get_result(conn)?)).collect()
}
