//! What groups open in Audience Manager, as lists in JSON: blank for nothing.
use super::Conn;
use super::schema::groups;
use crate::domain::Result;
use diesel::prelude::*;
use std::collections::HashMap;

/// Wildcards and permissions of each of these groups.
pub fn of(conn: &mut Conn, ids: &[i64]) -> Result<HashMap<i64, (String, String)>> {
    let rows =
        groups::table.filter(groups::id.eq_any(ids)).select((groups::id, groups::wildcards, groups::permissions));
    let rows: Vec<(i64, String, String)> = rows.load(conn)?;
    Ok(rows.into_iter().map(|(id, wildcards, permissions)| (id, (wildcards, permissions))).collect())
}

pub fn set(conn: &mut Conn, group: i64, (wildcards, permissions): (&str, &str)) -> Result<()> {
    let values = (groups::wildcards.eq(wildcards), groups::permissions.eq(permissions));
    diesel::update(groups::table.find(group)).set((values, groups::version.eq(groups::version + 1))).execute(conn)?;
    Ok(())
}
