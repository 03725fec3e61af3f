//! Changes of several people in one step, kept so that they can be taken back.
use super::schema::{batch_changes, batches};
use super::written::among;
use super::{BATCH, Conn, each_backend};
use crate::domain::deed::Deed;
use crate::domain::{PersonId, Result, Time};
use diesel::prelude::*;

#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = batches)]
pub struct Batch {
    pub id: i64,
    /// Who did it.
    pub person_id: i64,
    pub verb: String,
    pub value: String,
    pub at: i64,
    pub undone: bool,
}

/// What one person was, and what the batch made of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Turned {
    pub person: PersonId,
    pub before: String,
    pub after: String,
}

pub fn insert(conn: &mut Conn, by: PersonId, deed: &Deed, now: Time) -> Result<i64> {
    let row = (
        batches::person_id.eq(by.0),
        batches::verb.eq(deed.name()),
        batches::value.eq(deed.value()),
        batches::at.eq(now.micros()),
        batches::undone.eq(false),
    );
    Ok(diesel::insert_into(batches::table).values(row).returning(batches::id).get_result(conn)?)
}

/// What it did to these.
pub fn add(conn: &mut Conn, id: i64, turned: &[Turned]) -> Result<()> {
    use batch_changes as c;
    let rows = turned.iter().map(|one| {
        (c::batch_id.eq(id), c::person_id.eq(one.person.0), c::before.eq(&one.before), c::after.eq(&one.after))
    });
    for part in rows.collect::<Vec<_>>().chunks(BATCH) {
        each_backend!(conn, |c| diesel::insert_into(batch_changes::table).values(part).execute(c))?;
    }
    Ok(())
}

/// Somebody else's is not found.
pub fn find(conn: &mut Conn, by: PersonId, id: i64) -> Result<Batch> {
    let query = batches::table.find(id).filter(batches::person_id.eq(by.0));
    Ok(query.select(Batch::as_select()).first(conn)?)
}

/// What it did to some, in the order of their numbers: to these, or to as many as `most` of all.
pub fn turned(conn: &mut Conn, id: i64, people: Option<&[PersonId]>, most: i64) -> Result<Vec<Turned>> {
    use batch_changes as c;
    let mut query = c::table.filter(c::batch_id.eq(id)).order(c::person_id).limit(most).into_boxed();
    if let Some(people) = people {
        let ids: Vec<i64> = people.iter().map(|person| person.0).collect();
        query = query.filter(among(conn, "batch_changes.person_id", &ids));
    }
    let rows: Vec<(i64, String, String)> = query.select((c::person_id, c::before, c::after)).load(conn)?;
    Ok(rows.into_iter().map(|(id, before, after)| Turned { person: PersonId(id), before, after }).collect())
}

/// True when this call undid it.
pub fn set_undone(conn: &mut Conn, id: i64) -> Result<bool> {
    let row = batches::table.find(id).filter(batches::undone.eq(false));
    Ok(diesel::update(row).set(batches::undone.eq(true)).execute(conn)? == 1)
}

/// Those of long ago can no longer be taken back; one at a time.
pub fn delete_before(conn: &mut Conn, time: Time) -> Result<usize> {
    let old = batches::table.filter(batches::at.lt(time.micros())).order(batches::id).select(batches::id);
    let Some(id) = old.first::<i64>(conn).optional()? else { return Ok(0) };
    Ok(diesel::delete(batches::table.find(id)).execute(conn)?)
}
