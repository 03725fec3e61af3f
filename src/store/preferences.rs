//! How each person likes the panel to look.
use super::{Conn, each_backend, schema::preferences};
use crate::domain::{PersonId, Result};
use diesel::prelude::*;

/// `light` or `dark`; nothing follows the system.
pub fn theme(conn: &mut Conn, person: PersonId) -> Result<Option<String>> {
    let found: Option<String> = preferences::table.find(person.0).select(preferences::theme).first(conn).optional()?;
    Ok(found.filter(|theme| !theme.is_empty()))
}

pub fn set_theme(conn: &mut Conn, person: PersonId, theme: &str) -> Result<()> {
    let row = (preferences::person_id.eq(person.0), preferences::theme.eq(theme));
    each_backend!(conn, |c| {
        diesel::insert_into(preferences::table)
            .values(row)
            .on_conflict(preferences::person_id)
            .do_update()
            .set(preferences::theme.eq(theme))
            .execute(c)
    })?;
    Ok(())
}
