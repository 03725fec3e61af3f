//! Workspaces and who is in them.
use super::schema::{people, workspace_members, workspaces};
use super::{BATCH, Conn, MultiBackend, each_backend, scope, search};
use crate::domain::workspace::MemberRole;
use crate::domain::{Cursor, Error, Mark, PersonId, Result, Scope, Time, Turn, Workspace, fold};
use diesel::dsl::{IntoBoxed, count_star, sql};
use diesel::prelude::*;
use diesel::sql_types::Bool;
use std::collections::HashMap;

#[derive(Queryable, Selectable)]
#[diesel(table_name = workspaces)]
struct Row {
    id: i64,
    name: String,
    description: String,
    owner_id: i64,
    locked: bool,
    created_at: i64,
    version: i64,
}

impl From<Row> for Workspace {
    fn from(row: Row) -> Self {
        let Row { id, name, description, owner_id, locked, created_at, version } = row;
        Self {
            id,
            name,
            description,
            owner: PersonId(owner_id),
            locked,
            created_at: Time::from_micros(created_at),
            version,
        }
    }
}

/// Those that somebody in scope is in; everybody's scope sees all.
fn visible<'a>(scope: Scope) -> IntoBoxed<'a, workspaces::table, MultiBackend> {
    let query = workspaces::table.into_boxed();
    let through = ["workspace_members.workspace_id", "workspace_members", "workspace_members.person_id"];
    match scope::condition_through("workspaces.id", through, scope) {
        Some(seen) => query.filter(seen),
        None => query,
    }
}

pub fn find(conn: &mut Conn, scope: Scope, id: i64) -> Result<Workspace> {
    Ok(visible(scope).filter(workspaces::id.eq(id)).select(Row::as_select()).first::<Row>(conn)?.into())
}

/// The order cursors of workspaces belong to.
pub const ORDER: &str = "workspaces";

fn named<'a>(scope: Scope, q: &str) -> IntoBoxed<'a, workspaces::table, MultiBackend> {
    visible(scope).filter(workspaces::name_key.like(search::anywhere_pattern(&fold(q))).escape('\\'))
}

/// By name, any part of which holds `q`; one more than `size` when there are more.
pub fn list(conn: &mut Conn, scope: Scope, q: &str, turn: &Turn, size: i64) -> Result<Vec<Workspace>> {
    use workspaces::{id, name_key};
    let query = named(scope, q);
    let query = match turn {
        Turn::First => query.order((name_key.asc(), id.asc())),
        Turn::After(c) => query
            .filter(name_key.ge(text(c)))
            .filter(name_key.gt(text(c)).or(id.gt(c.id)))
            .order((name_key.asc(), id.asc())),
        Turn::Before(c) => query
            .filter(name_key.le(text(c)))
            .filter(name_key.lt(text(c)).or(id.lt(c.id)))
            .order((name_key.desc(), id.desc())),
    };
    let rows: Vec<Row> = query.select(Row::as_select()).limit(size + 1).load(conn)?;
    Ok(rows.into_iter().map(Workspace::from).collect())
}

fn text(cursor: &Cursor) -> String {
    if let Mark::Text(text) = &cursor.mark { text.clone() } else { String::new() }
}

pub fn cursor(workspace: &Workspace) -> Cursor {
    Cursor { order: ORDER.into(), mark: Mark::Text(fold(&workspace.name)), id: workspace.id }
}

pub fn count(conn: &mut Conn, scope: Scope, q: &str) -> Result<i64> {
    Ok(named(scope, q).count().get_result(conn)?)
}

/// Those that somebody is in, in the order they were made, after the first `skip`; and how many there are in all.
pub fn of(
    conn: &mut Conn,
    person: PersonId,
    role: Option<MemberRole>,
    (skip, most): (i64, i64),
) -> Result<(Vec<Workspace>, i64)> {
    let role = role.map_or(String::new(), |role| format!(" AND seat.role = {}", role.number()));
    let seat = format!("seat.workspace_id = workspaces.id AND seat.person_id = {}{role}", person.0);
    let condition = format!("EXISTS (SELECT 1 FROM workspace_members AS seat WHERE {seat})");
    let theirs = || workspaces::table.filter(sql::<Bool>(&condition));
    let page = theirs().order(workspaces::id).offset(skip).limit(most).select(Row::as_select());
    let rows: Vec<Row> = page.load(conn)?;
    Ok((rows.into_iter().map(Into::into).collect(), theirs().count().get_result(conn)?))
}

/// How many people in scope are in each of these.
pub fn members(conn: &mut Conn, scope: Scope, ids: &[i64]) -> Result<HashMap<i64, i64>> {
    let mut query = workspace_members::table
        .filter(workspace_members::workspace_id.eq_any(ids.to_vec()))
        .group_by(workspace_members::workspace_id)
        .select((workspace_members::workspace_id, count_star()))
        .into_boxed();
    if let Some(seen) = scope::condition_on("workspace_members.person_id", scope) {
        query = query.filter(seen);
    }
    Ok(query.load::<(i64, i64)>(conn)?.into_iter().collect())
}

/// Up to `most` of its members in scope with their roles, by role and name.
pub fn people_of(conn: &mut Conn, scope: Scope, id: i64, most: i64) -> Result<Vec<(PersonId, MemberRole)>> {
    let mut query = workspace_members::table
        .inner_join(people::table)
        .filter(workspace_members::workspace_id.eq(id))
        .order((workspace_members::role, people::name_key, people::id))
        .limit(most)
        .select((workspace_members::person_id, workspace_members::role))
        .into_boxed();
    if let Some(seen) = scope::condition(scope) {
        query = query.filter(seen);
    }
    let rows: Vec<(i64, i16)> = query.load(conn)?;
    let read = |(id, role)| {
        let role = MemberRole::new(role).ok_or_else(|| Error::broken("a workspace holds an unreadable role"))?;
        Ok((PersonId(id), role))
    };
    rows.into_iter().map(read).collect()
}

pub fn insert(conn: &mut Conn, new: &Workspace) -> Result<i64> {
    use workspaces as w;
    let row = (
        w::name.eq(&new.name),
        w::name_key.eq(fold(&new.name)),
        w::description.eq(&new.description),
        w::owner_id.eq(new.owner.0),
        w::locked.eq(new.locked),
        w::created_at.eq(new.created_at.micros()),
        w::version.eq(1),
    );
    Ok(diesel::insert_into(w::table).values(row).returning(w::id).get_result(conn)?)
}

pub fn update(conn: &mut Conn, changed: &Workspace) -> Result<()> {
    use workspaces as w;
    let row = w::table.find(changed.id).filter(w::version.eq(changed.version));
    let values = (
        w::name.eq(&changed.name),
        w::name_key.eq(fold(&changed.name)),
        w::description.eq(&changed.description),
        w::owner_id.eq(changed.owner.0),
        w::locked.eq(changed.locked),
        w::version.eq(changed.version + 1),
    );
    if diesel::update(row).set(values).execute(conn)? == 0 { Err(Error::Stale) } else { Ok(()) }
}

/// Whoever is in it already gets the new role.
pub fn set_members(conn: &mut Conn, id: i64, wanted: &[(PersonId, MemberRole)]) -> Result<()> {
    use workspace_members::{person_id, role, table, workspace_id};
    let people: Vec<i64> = wanted.iter().map(|(person, _)| person.0).collect();
    for part in people.chunks(BATCH) {
        diesel::delete(table.filter(workspace_id.eq(id).and(person_id.eq_any(part)))).execute(conn)?;
    }
    let rows: Vec<_> = wanted
        .iter()
        .map(|(person, as_role)| (workspace_id.eq(id), person_id.eq(person.0), role.eq(as_role.number())))
        .collect();
    for part in rows.chunks(BATCH) {
        each_backend!(conn, |c| diesel::insert_into(table).values(part).execute(c))?;
    }
    Ok(())
}

/// True when they were in it.
pub fn remove_member(conn: &mut Conn, id: i64, person: PersonId) -> Result<bool> {
    Ok(diesel::delete(workspace_members::table.find((id, person.0))).execute(conn)? == 1)
}
