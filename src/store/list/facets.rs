//! What the people of a list have most of, for narrowing it further.
use super::super::schema::{groups, people_groups, people_tags, tags};
use super::found::{Part, ids};
use crate::domain::{PeopleFilter, Result, Scope, Sort, Turn};
use crate::store::Conn;
use crate::store::schema::people;
use crate::store::written::among;
use diesel::dsl::count_star;
use diesel::prelude::*;

/// So many people of a list are looked at.
pub const NEWEST: i64 = 1_000;

/// The newest people of a list, by number.
pub fn newest(conn: &mut Conn, scope: Scope, filter: &PeopleFilter) -> Result<Vec<i64>> {
    ids(conn, (scope, filter, None), (&Sort::default(), &Turn::First), Part { skip: 0, most: NEWEST })
}

/// The tags that most of these people wear, with how many do.
pub fn tags(conn: &mut Conn, people: &[i64], most: i64) -> Result<Vec<(String, i64)>> {
    let worn = people_tags::table.inner_join(tags::table).filter(among(conn, "people_tags.person_id", people));
    let named = worn.group_by(tags::name).order((count_star().desc(), tags::name)).select((tags::name, count_star()));
    Ok(named.limit(most).load(conn)?)
}

/// The groups that most of these people are in, with how many are.
pub fn groups(conn: &mut Conn, people: &[i64], most: i64) -> Result<Vec<(String, i64)>> {
    use groups::name;
    let within = people_groups::table.inner_join(groups::table);
    let within = within.filter(among(conn, "people_groups.person_id", people));
    let named = within.group_by(name).order((count_star().desc(), name)).select((name, count_star()));
    Ok(named.limit(most).load(conn)?)
}

/// The organisations that most of these people belong to, with how many do.
pub fn organisations(conn: &mut Conn, people: &[i64], most: i64) -> Result<Vec<(String, i64)>> {
    use crate::store::schema::organisations::{name, table};
    let theirs = people::table.inner_join(table).filter(among(conn, "people.id", people));
    let named = theirs.group_by(name).order((count_star().desc(), name)).select((name, count_star()));
    Ok(named.limit(most).load(conn)?)
}
