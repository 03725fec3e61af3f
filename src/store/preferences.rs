//! How each person likes the panel to look and behave.
use super::{Conn, each_backend, schema::preferences};
use crate::domain::{PersonId, Result};
use diesel::prelude::*;

#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = preferences)]
pub struct Preferences {
    /// `light` or `dark`; nothing follows the system.
    pub theme: String,
    /// The names of the list's columns with blanks between; nothing for the usual ones.
    #[diesel(column_name = list_columns)]
    pub columns: String,
    /// Whether single keys do something.
    pub shortcuts: bool,
}

impl Default for Preferences {
    fn default() -> Self {
        Self { theme: String::new(), columns: String::new(), shortcuts: true }
    }
}

pub fn find(conn: &mut Conn, person: PersonId) -> Result<Preferences> {
    let query = preferences::table.find(person.0);
    let found = each_backend!(conn, |c| query.select(Preferences::as_select()).first(c).optional())?;
    Ok(found.unwrap_or_default())
}

pub fn set(conn: &mut Conn, person: PersonId, values: &Preferences) -> Result<()> {
    each_backend!(conn, |c| {
        diesel::insert_into(preferences::table)
            .values((preferences::person_id.eq(person.0), values.clone()))
            .on_conflict(preferences::person_id)
            .do_update()
            .set(values.clone())
            .execute(c)
    })?;
    Ok(())
}
