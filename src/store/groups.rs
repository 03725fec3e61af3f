//! Groups and who is in them.
use super::schema::{groups, people, people_groups};
use super::written::{among, among_texts};
use super::{BATCH, Conn, each_backend, rows, scope};
use crate::domain::undo::{Step, row};
use crate::domain::{Error, Group, PersonId, Result, Role, Scope, Time, fold};
use diesel::dsl::{count_star, sql};
use diesel::expression::SqlLiteral;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool};
use serde_json::json;
use std::collections::HashMap;

#[derive(Queryable, Selectable)]
#[diesel(table_name = groups)]
struct Row {
    id: i64,
    name: String,
    description: String,
    created_at: i64,
    version: i64,
    external_id: String,
    updated_at: i64,
}

impl From<Row> for Group {
    fn from(row: Row) -> Self {
        let Row { id, name, description, created_at, version, external_id, updated_at } = row;
        let (created_at, updated_at) = (Time::from_micros(created_at), Time::from_micros(updated_at));
        Self { id, name, description, created_at, version, external_id, updated_at }
    }
}

const THROUGH: [&str; 3] = ["people_groups.group_id", "people_groups", "people_groups.person_id"];

fn seen(scope: Scope) -> Option<SqlLiteral<Bool>> {
    scope::condition_through("groups.id", THROUGH, scope)
}

/// Those in scope, as a condition in text.
pub(super) fn seen_text(scope: Scope) -> Option<String> {
    scope::text_through("groups.id", THROUGH, scope)
}

/// Those that hold somebody in scope; everybody's scope sees empty ones, too. By name.
pub fn all(conn: &mut Conn, scope: Scope) -> Result<Vec<Group>> {
    let mut query = groups::table.into_boxed();
    if let Some(seen) = seen(scope) {
        query = query.filter(seen);
    }
    let rows: Vec<Row> = query.order(groups::name_key).select(Row::as_select()).load(conn)?;
    Ok(rows.into_iter().map(Group::from).collect())
}

pub fn find(conn: &mut Conn, scope: Scope, id: i64) -> Result<Group> {
    let mut query = groups::table.filter(groups::id.eq(id)).into_boxed();
    if let Some(seen) = seen(scope) {
        query = query.filter(seen);
    }
    Ok(query.select(Row::as_select()).first::<Row>(conn)?.into())
}

/// How many people in scope each group holds: its team, and those in its care.
pub fn counts(conn: &mut Conn, scope: Scope) -> Result<HashMap<i64, (i64, i64)>> {
    let mut query = people_groups::table
        .inner_join(people::table)
        .group_by((people_groups::group_id, people::role))
        .select((people_groups::group_id, people::role, count_star()))
        .into_boxed();
    if let Some(seen) = scope::condition(scope) {
        query = query.filter(seen);
    }
    let rows: Vec<(i64, i16, i64)> = query.load(conn)?;
    let mut counts: HashMap<i64, (i64, i64)> = HashMap::new();
    for (group, role, n) in rows {
        let (team, care) = counts.entry(group).or_default();
        *(if role == Role::EndUser as i16 { care } else { team }) += n;
    }
    Ok(counts)
}

/// Keeps others from changing the group until the transaction ends; on SQLite nobody can anyway.
pub fn lock(conn: &mut Conn, id: i64) -> Result<()> {
    if let Conn::Postgres(c) = conn {
        groups::table.find(id).select(groups::id).for_update().first::<i64>(c)?;
    }
    Ok(())
}

/// The staff of each of these; those without any are left out.
pub fn teams(conn: &mut Conn, ids: &[i64]) -> Result<HashMap<i64, Vec<PersonId>>> {
    let mut found: HashMap<i64, Vec<PersonId>> = HashMap::new();
    for part in ids.chunks(BATCH) {
        let rows: Vec<(i64, i64)> = people_groups::table
            .inner_join(people::table)
            .filter(people_groups::group_id.eq_any(part).and(people::role.ge(Role::Agent as i16)))
            .order(people_groups::person_id)
            .select((people_groups::group_id, people_groups::person_id))
            .load(conn)?;
        rows.into_iter().for_each(|(group, person)| found.entry(group).or_default().push(PersonId(person)));
    }
    Ok(found)
}

pub fn insert(conn: &mut Conn, name: &str, description: &str, now: Time) -> Result<i64> {
    let row = (
        groups::name.eq(name),
        groups::name_key.eq(fold(name)),
        groups::description.eq(description),
        groups::created_at.eq(now.micros()),
        groups::updated_at.eq(now.micros()),
        groups::version.eq(1),
    );
    Ok(diesel::insert_into(groups::table).values(row).returning(groups::id).get_result(conn)?)
}

pub fn update(conn: &mut Conn, group: &Group, now: Time) -> Result<()> {
    outdate(conn, group.id)?;
    let row = groups::table.find(group.id).filter(groups::version.eq(group.version));
    let values = (
        groups::name.eq(&group.name),
        groups::name_key.eq(fold(&group.name)),
        groups::description.eq(&group.description),
        groups::external_id.eq(&group.external_id),
        groups::updated_at.eq(now.micros()),
        groups::version.eq(group.version + 1),
    );
    if diesel::update(row).set(values).execute(conn)? == 0 { Err(Error::Stale) } else { Ok(()) }
}

/// Forms of people in it are stale from now on: they would ask for its old name.
fn outdate(conn: &mut Conn, id: i64) -> Result<()> {
    let members = people_groups::table.filter(people_groups::group_id.eq(id)).select(people_groups::person_id);
    let row = people::table.filter(people::id.eq_any(members));
    diesel::update(row).set(people::version.eq(people::version + 1)).execute(conn)?;
    Ok(())
}

/// Whoever was in it is in it no more, and its tickets are nobody's; answers what that did.
pub fn delete(conn: &mut Conn, id: i64) -> Result<Vec<Step>> {
    outdate(conn, id)?;
    let held = format!("group_id = {id}");
    let mut steps: Vec<Step> = rows::remove(conn, "people_groups", &held)?.into_iter().collect();
    let none = row(json!({ "group_id": null }));
    steps.extend(rows::change(conn, "tickets", &held, row(json!({ "group_id": id })), none)?);
    steps.extend(rows::remove(conn, "groups", &format!("id = {id}"))?);
    Ok(steps)
}

/// Each person's group names, sorted; people without groups are left out.
pub fn of(conn: &mut Conn, ids: &[i64]) -> Result<HashMap<i64, Vec<String>>> {
    let mut found: HashMap<i64, Vec<String>> = HashMap::new();
    let theirs = people_groups::table
        .inner_join(groups::table)
        .filter(among(conn, "people_groups.person_id", ids))
        .order(groups::name_key)
        .select((people_groups::person_id, groups::name));
    let rows: Vec<(i64, String)> = each_backend!(conn, |c| theirs.load(c))?;
    rows.into_iter().for_each(|(person, group)| found.entry(person).or_default().push(group));
    Ok(found)
}

/// The person is in these groups and no others; an unknown name is refused.
pub fn replace(conn: &mut Conn, person: PersonId, names: &[String], now: Time) -> Result<()> {
    let keys: Vec<String> = names.iter().map(|name| fold(name)).collect();
    let theirs = people_groups::table.filter(people_groups::person_id.eq(person.0));
    let known: Vec<(i64, String)> =
        theirs.inner_join(groups::table).select((groups::id, groups::name_key)).load(conn)?;
    let left: Vec<i64> = known.iter().filter(|(_, key)| !keys.contains(key)).map(|(id, _)| *id).collect();
    if !left.is_empty() {
        diesel::delete(theirs.filter(people_groups::group_id.eq_any(&left))).execute(conn)?;
        touch(conn, &left, now)?;
    }
    let is_new = |name: &&String| known.iter().all(|(_, key)| *key != fold(name));
    let joined: Vec<String> = names.iter().filter(is_new).cloned().collect();
    attach(conn, &[(person, &joined)], now)
}

/// Who is in them was changed. Each change has a moment of its own, even when the clock stands still.
fn touch(conn: &mut Conn, ids: &[i64], now: Time) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let later = sql::<BigInt>("CASE WHEN updated_at >= ").bind::<BigInt, _>(now.micros());
    let later = later.sql(" THEN updated_at + 1 ELSE ").bind::<BigInt, _>(now.micros()).sql(" END");
    diesel::update(groups::table.filter(groups::id.eq_any(ids))).set(groups::updated_at.eq(later)).execute(conn)?;
    Ok(())
}

/// Somebody who is in groups comes or goes.
pub fn touch_of(conn: &mut Conn, person: PersonId, now: Time) -> Result<()> {
    let theirs = people_groups::table.filter(people_groups::person_id.eq(person.0)).select(people_groups::group_id);
    let ids: Vec<i64> = theirs.load(conn)?;
    touch(conn, &ids, now)
}

/// Numbers of those in scope who are in each of these groups, in order; groups without any are left out.
pub fn members(conn: &mut Conn, scope: Scope, ids: &[i64]) -> Result<HashMap<i64, Vec<PersonId>>> {
    let mut found: HashMap<i64, Vec<PersonId>> = HashMap::new();
    for part in ids.chunks(BATCH) {
        let mut query = people_groups::table.filter(people_groups::group_id.eq_any(part)).into_boxed();
        if let Some(seen) = scope::condition_on("people_groups.person_id", scope) {
            query = query.filter(seen);
        }
        let rows: Vec<(i64, i64)> = query
            .order((people_groups::group_id, people_groups::person_id))
            .select((people_groups::group_id, people_groups::person_id))
            .load(conn)?;
        rows.into_iter().for_each(|(group, person)| found.entry(group).or_default().push(PersonId(person)));
    }
    Ok(found)
}

/// Puts people into groups that they are not in yet.
pub fn attach(conn: &mut Conn, wanted: &[(PersonId, &[String])], now: Time) -> Result<()> {
    let names: Vec<String> = wanted.iter().flat_map(|(_, names)| names.iter().map(|name| fold(name))).collect();
    if names.is_empty() {
        return Ok(());
    }
    let ids = by_keys(conn, &names)?;
    let mut rows = vec![];
    for (person, names) in wanted {
        for name in *names {
            let unknown = || Error::invalid("groups", "groups.unknown");
            let id = *ids.get(&fold(name)).ok_or_else(unknown)?;
            rows.push((people_groups::group_id.eq(id), people_groups::person_id.eq(person.0)));
        }
    }
    for part in rows.chunks(BATCH) {
        each_backend!(conn, |c| diesel::insert_into(people_groups::table).values(part).execute(c))?;
    }
    touch(conn, &ids.into_values().collect::<Vec<_>>(), now)
}

/// The ids of known names, folded.
pub fn by_keys(conn: &mut Conn, keys: &[String]) -> Result<HashMap<String, i64>> {
    let named = groups::table.filter(among_texts(conn, "groups.name_key", keys));
    Ok(named.select((groups::name_key, groups::id)).load(conn)?.into_iter().collect())
}
