//! Figures about everybody in scope.
use super::list::in_scope;
use super::schema::people;
use super::written::{among, written};
use super::{Conn, scope};
use crate::domain::{Error, PeopleFilter, Result, Role, Scope, Status, Time};
use diesel::dsl::count_star;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, SmallInt};

/// How many people have each role and status; pairs that nobody has are left out.
type Counted = Vec<(Role, Status, i64)>;

/// Of everybody the database keeps count itself.
pub fn by_role_and_status(conn: &mut Conn, scope: Scope) -> Result<Counted> {
    match scope::condition(scope) {
        Some(seen) => {
            let query = people::table.group_by((people::role, people::status)).filter(seen);
            read(query.select((people::role, people::status, count_star())).load(conn)?)
        }
        None => read(of_everybody(conn)?),
    }
}

/// Of these people.
pub fn of_people(conn: &mut Conn, people: &[i64]) -> Result<Counted> {
    let theirs = people::table.filter(among(conn, "people.id", people));
    let counted = theirs.group_by((people::role, people::status));
    read(counted.select((people::role, people::status, count_star())).load(conn)?)
}

fn read(found: Vec<(i16, i16, i64)>) -> Result<Counted> {
    let unreadable = || Error::broken("somebody holds an unreadable role or status");
    let read = |(role, status, n): (i16, i16, i64)| {
        let role = *Role::ALL.get(role as usize).ok_or_else(unreadable)?;
        Ok((role, *Status::ALL.get(status as usize).ok_or_else(unreadable)?, n))
    };
    found.into_iter().filter(|(.., n)| *n > 0).map(read).collect()
}

/// How many have the role and the status that a filter asks for, where the database keeps count of them.
pub fn kept(conn: &mut Conn, scope: Scope, filter: &PeopleFilter) -> Result<Option<i64>> {
    if scope != Scope::Everyone {
        return Ok(None);
    }
    let PeopleFilter { roles, status, .. } = filter;
    let is_meant = |(role, other, _): &(Role, Status, i64)| {
        (roles.is_empty() || roles.contains(role)) && status.is_none_or(|status| status == *other)
    };
    let counted = by_role_and_status(conn, scope)?;
    Ok(Some(counted.into_iter().filter(is_meant).map(|(.., number)| number).sum()))
}

fn of_everybody(conn: &mut Conn) -> Result<Vec<(i16, i16, i64)>> {
    let sql = "SELECT role, status, CAST(SUM(number) AS BIGINT) FROM people_counts GROUP BY role, status ORDER BY 1, 2";
    Ok(written::<(SmallInt, SmallInt, BigInt)>(sql).load(conn)?)
}

/// PostgreSQL only adds to what is counted; this makes one row of many again.
pub fn sum_up(conn: &mut Conn) -> Result<()> {
    if let Conn::Postgres(_) = conn {
        for sql in [
            "WITH gone AS (DELETE FROM people_counts RETURNING role, status, number)
             INSERT INTO people_counts (role, status, number)
             SELECT role, status, SUM(number) FROM gone GROUP BY role, status HAVING SUM(number) <> 0",
            "WITH gone AS (DELETE FROM people_days AS one USING
               (SELECT day, status FROM people_days GROUP BY day, status HAVING COUNT(*) > 1) AS many
               WHERE one.day = many.day AND one.status = many.status RETURNING one.day, one.status, one.number)
             INSERT INTO people_days (day, status, number)
             SELECT day, status, SUM(number) FROM gone GROUP BY day, status HAVING SUM(number) <> 0",
            "WITH gone AS (DELETE FROM people_blocks AS one USING
               (SELECT block FROM people_blocks GROUP BY block HAVING COUNT(*) > 1) AS many
               WHERE one.block = many.block RETURNING one.block, one.number)
             INSERT INTO people_blocks (block, number)
             SELECT block, SUM(number) FROM gone GROUP BY block HAVING SUM(number) <> 0",
        ] {
            written::<BigInt>(sql).execute(conn)?;
        }
    }
    Ok(())
}

/// How many numbers a block has, as a power of two.
const BLOCK: u32 = 12;
/// So few are left out one by one.
const NEAR: i64 = 1_000;

/// Of everybody in the order of their numbers: beyond which one most of the first `skip` are left behind, and how many
/// are left to skip. The database keeps count of them by blocks of numbers.
pub fn skipped(conn: &mut Conn, skip: i64, down: bool) -> Result<(Option<i64>, i64)> {
    if skip < NEAR {
        return Ok((None, skip));
    }
    let way = if down { "DESC" } else { "ASC" };
    let sql = "SELECT block, CAST(SUM(number) AS BIGINT) FROM people_blocks GROUP BY block ORDER BY block";
    let blocks: Vec<(i64, i64)> = written::<(BigInt, BigInt)>(format!("{sql} {way}")).load(conn)?;
    let (mut from, mut left) = (None, skip);
    for (block, number) in blocks {
        if number > left {
            break;
        }
        left -= number;
        from = Some(if down { block << BLOCK } else { ((block + 1) << BLOCK) - 1 });
    }
    Ok((from, left))
}

const DAY: i64 = 86_400 * 1_000_000;

/// Of those with this status, how many were created before the day (UTC) of this moment: of everybody, whom the
/// database keeps count of by days itself, all but those who came since.
pub fn created_before(conn: &mut Conn, scope: Scope, status: Status, until: Time) -> Result<i64> {
    let day = until.micros() / DAY;
    if scope != Scope::Everyone {
        let theirs = people::status.eq(status as i16).and(people::created_at.lt(day * DAY));
        return Ok(in_scope(scope).filter(theirs).count().get_result(conn)?);
    }
    let all: i64 = by_role_and_status(conn, scope)?.iter().filter(|(_, one, _)| *one == status).map(|(.., n)| n).sum();
    let since = since(conn, day)?;
    Ok(all - since.iter().filter(|(_, one, _)| *one == status as i16).map(|(.., n)| n).sum::<i64>())
}

/// How many people of each status came on each day from this one on.
fn since(conn: &mut Conn, day: i64) -> Result<Vec<(i64, i16, i64)>> {
    let counted = written::<(BigInt, SmallInt, BigInt)>(
        "SELECT day, status, CAST(SUM(number) AS BIGINT) FROM people_days WHERE day >= ",
    );
    Ok(counted.number(day).sql(" GROUP BY day, status").load(conn)?)
}

/// How many people were created or changed since, counted no further than `most`.
pub fn changed_since(conn: &mut Conn, since: Time, most: i64) -> Result<i64> {
    let theirs = people::table.filter(people::updated_at.gt(since.micros())).select(people::id).limit(most);
    Ok(theirs.load::<i64>(conn)?.len() as i64)
}

/// How many people were created in each of so many weeks that end with the day (UTC) of `now`, the oldest first.
pub fn new_by_week(conn: &mut Conn, scope: Scope, weeks: usize, now: Time) -> Result<Vec<i64>> {
    let first = now.micros() / DAY + 1 - 7 * weeks as i64;
    if scope == Scope::Everyone {
        let mut found = vec![0; weeks];
        for (day, _, number) in since(conn, first)? {
            let week = usize::try_from((day - first) / 7).ok();
            week.and_then(|week| found.get_mut(week)).into_iter().for_each(|sum| *sum += number);
        }
        return Ok(found);
    }
    // One by one, each from the index alone: to group them all takes ten times as long.
    let of_week = |week: usize| {
        let begins = (first + 7 * week as i64) * DAY;
        let span = people::created_at.ge(begins).and(people::created_at.lt(begins + 7 * DAY));
        in_scope(scope).filter(span)
    };
    (0..weeks).map(|week| Ok(of_week(week).count().get_result(conn)?)).collect()
}
