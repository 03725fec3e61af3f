//! Pictures of people, by the hash of their content.
use super::schema::{avatars, people};
use super::{Conn, each_backend};
use crate::domain::{PersonId, Result};
use diesel::prelude::*;

/// A picture as it is served.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = avatars)]
pub struct Picture {
    pub hash: String,
    /// Its media type.
    pub kind: String,
    pub bytes: Vec<u8>,
}

pub fn find(conn: &mut Conn, hash: &str) -> Result<Picture> {
    Ok(avatars::table.find(hash).select(Picture::as_select()).first(conn)?)
}

/// The same picture is kept once.
pub fn insert(conn: &mut Conn, picture: &Picture) -> Result<()> {
    each_backend!(conn, |c| {
        diesel::insert_into(avatars::table).values(picture.clone()).on_conflict_do_nothing().execute(c)
    })?;
    Ok(())
}

/// Gives somebody a picture, or takes it away; one that nobody has any more is dropped.
pub fn set(conn: &mut Conn, person: PersonId, old: Option<&str>, new: Option<&str>) -> Result<()> {
    diesel::update(people::table.find(person.0)).set(people::avatar.eq(new)).execute(conn)?;
    old.map_or(Ok(()), |old| drop_unused(conn, old))
}

/// Drops a picture that nobody has any more.
pub fn drop_unused(conn: &mut Conn, hash: &str) -> Result<()> {
    let used = diesel::dsl::exists(people::table.filter(people::avatar.eq(hash)));
    if !diesel::select(used).get_result::<bool>(conn)? {
        diesel::delete(avatars::table.find(hash)).execute(conn)?;
    }
    Ok(())
}
