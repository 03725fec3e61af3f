//! What the house remembers about itself, by name.
use super::{Conn, each_backend, schema::settings};
use crate::domain::Result;
use diesel::prelude::*;

pub fn get(conn: &mut Conn, name: &str) -> Result<Option<String>> {
    let query = settings::table.find(name).select(settings::value);
    Ok(each_backend!(conn, |c| query.first(c).optional())?)
}

/// Whatever it was before.
pub fn set(conn: &mut Conn, name: &str, value: &str) -> Result<()> {
    let row = (settings::name.eq(name), settings::value.eq(value));
    each_backend!(conn, |c| {
        diesel::insert_into(settings::table)
            .values(row)
            .on_conflict(settings::name)
            .do_update()
            .set(settings::value.eq(value))
            .execute(c)
    })?;
    Ok(())
}

/// Sets it if nobody has; true when this call did.
pub fn claim(conn: &mut Conn, name: &str, value: &str) -> Result<bool> {
    let row = (settings::name.eq(name), settings::value.eq(value));
    let inserted = each_backend!(conn, |c| {
        diesel::insert_into(settings::table).values(row).on_conflict_do_nothing().execute(c)
    })?;
    Ok(inserted == 1)
}
