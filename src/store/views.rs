//! Views that each person has saved for themselves.
use super::{Conn, schema::saved_views};
use crate::domain::{PersonId, Result, Time, fold};
use diesel::prelude::*;

/// A list under a name.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = saved_views)]
pub struct View {
    pub id: i64,
    pub name: String,
    /// What stands after the question mark of the list's address.
    pub query: String,
}

/// In the order in which they were saved.
pub fn of(conn: &mut Conn, person: PersonId) -> Result<Vec<View>> {
    let query = saved_views::table.filter(saved_views::person_id.eq(person.0)).order(saved_views::id);
    Ok(query.select(View::as_select()).load(conn)?)
}

/// Somebody else's is not found.
pub fn find(conn: &mut Conn, person: PersonId, id: i64) -> Result<View> {
    let query = saved_views::table.find(id).filter(saved_views::person_id.eq(person.0));
    Ok(query.select(View::as_select()).first(conn)?)
}

pub fn insert(conn: &mut Conn, person: PersonId, name: &str, query: &str, now: Time) -> Result<i64> {
    let row = (
        saved_views::person_id.eq(person.0),
        saved_views::name.eq(name),
        saved_views::name_key.eq(fold(name)),
        saved_views::query.eq(query),
        saved_views::created_at.eq(now.micros()),
    );
    Ok(diesel::insert_into(saved_views::table).values(row).returning(saved_views::id).get_result(conn)?)
}

pub fn update(conn: &mut Conn, view: &View) -> Result<()> {
    let values = (
        saved_views::name.eq(&view.name),
        saved_views::name_key.eq(fold(&view.name)),
        saved_views::query.eq(&view.query),
    );
    diesel::update(saved_views::table.find(view.id)).set(values).execute(conn)?;
    Ok(())
}

pub fn delete(conn: &mut Conn, id: i64) -> Result<()> {
    diesel::delete(saved_views::table.find(id)).execute(conn)?;
    Ok(())
}
