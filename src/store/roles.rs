//! Custom roles and who holds them.
use super::schema::{agent_profiles, custom_roles, people};
use super::{Conn, each_backend};
use crate::domain::{CustomRole, Error, Permissions, PersonId, Powers, Reach, Result, Role, TicketRestriction, Time};
use diesel::dsl::count_star;
use diesel::prelude::*;
use std::collections::HashMap;

#[derive(Queryable, Selectable)]
#[diesel(table_name = custom_roles)]
pub(super) struct Row {
    id: i64,
    name: String,
    description: String,
    permissions: String,
    reach: i16,
    tickets: i16,
    version: i64,
}

impl TryFrom<Row> for CustomRole {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        let unreadable = || Error::broken(format!("custom role {} is unreadable", row.id));
        let powers = Powers {
            permissions: Permissions::parse(&row.permissions),
            reach: *Reach::ALL.get(row.reach as usize).ok_or_else(unreadable)?,
            tickets: *TicketRestriction::ALL.get(row.tickets as usize).ok_or_else(unreadable)?,
        };
        Ok(Self { id: row.id, name: row.name, description: row.description, powers, version: row.version })
    }
}

/// By name.
pub fn all(conn: &mut Conn) -> Result<Vec<CustomRole>> {
    let rows: Vec<Row> = custom_roles::table.order(custom_roles::name_key).select(Row::as_select()).load(conn)?;
    rows.into_iter().map(CustomRole::try_from).collect()
}

pub fn find(conn: &mut Conn, id: i64) -> Result<CustomRole> {
    custom_roles::table.find(id).select(Row::as_select()).first::<Row>(conn)?.try_into()
}

pub fn find_if_any(conn: &mut Conn, id: i64) -> Result<Option<CustomRole>> {
    let query = custom_roles::table.find(id);
    let row: Option<Row> = each_backend!(conn, |c| query.select(Row::as_select()).first(c).optional())?;
    row.map(CustomRole::try_from).transpose()
}

macro_rules! values {
    ($role:expr) => {
        (
            custom_roles::name.eq(&$role.name),
            custom_roles::name_key.eq($role.key()),
            custom_roles::description.eq(&$role.description),
            custom_roles::permissions.eq($role.powers.permissions.to_string()),
            custom_roles::reach.eq($role.powers.reach as i16),
            custom_roles::tickets.eq($role.powers.tickets as i16),
        )
    };
}

pub fn insert(conn: &mut Conn, role: &CustomRole, now: Time) -> Result<i64> {
    let rest = (custom_roles::created_at.eq(now.micros()), custom_roles::version.eq(1));
    let row = (values!(role), rest);
    Ok(diesel::insert_into(custom_roles::table).values(row).returning(custom_roles::id).get_result(conn)?)
}

pub fn update(conn: &mut Conn, role: &CustomRole) -> Result<()> {
    let row = custom_roles::table.find(role.id).filter(custom_roles::version.eq(role.version));
    let written = diesel::update(row).set((values!(role), custom_roles::version.eq(role.version + 1))).execute(conn)?;
    if written == 0 { Err(Error::Stale) } else { Ok(()) }
}

pub fn delete(conn: &mut Conn, id: i64) -> Result<()> {
    diesel::delete(custom_roles::table.find(id)).execute(conn)?;
    Ok(())
}

/// How many agents hold each role.
pub fn counts(conn: &mut Conn) -> Result<HashMap<i64, i64>> {
    let rows: Vec<(Option<i64>, i64)> = held()
        .group_by(agent_profiles::custom_role_id)
        .select((agent_profiles::custom_role_id, count_star()))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(id, n)| Some((id?, n))).collect())
}

/// Whoever holds this role, up to `most` of them.
pub fn holders(conn: &mut Conn, id: i64, most: i64) -> Result<Vec<PersonId>> {
    let query = held().filter(agent_profiles::custom_role_id.eq(id)).order(people::id);
    let ids: Vec<i64> = query.select(people::id).limit(most).load(conn)?;
    Ok(ids.into_iter().map(PersonId).collect())
}

/// Profiles of agents: those of anyone else mean nothing.
#[diesel::dsl::auto_type]
fn held() -> _ {
    let agent: i16 = AGENT;
    agent_profiles::table.inner_join(people::table).filter(people::role.eq(agent))
}
const AGENT: i16 = Role::Agent as i16;
