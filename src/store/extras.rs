//! What programs know of people beyond their fields.
use super::schema::person_extras as e;
use super::written::among;
use super::{Conn, each_backend};
use crate::domain::extra::{Extra, PREFIX};
use crate::domain::{PersonId, Result};
use diesel::prelude::*;
use std::collections::{BTreeMap, HashMap};

/// Values by what they are; blank ones are left out.
pub type Extras = BTreeMap<Extra, String>;

/// Everybody's; people without any are left out.
pub fn of(conn: &mut Conn, people: &[PersonId]) -> Result<HashMap<PersonId, Extras>> {
    let mut found: HashMap<PersonId, Extras> = HashMap::new();
    let ids: Vec<i64> = people.iter().map(|person| person.0).collect();
    let theirs = e::table.filter(among(conn, "person_extras.person_id", &ids));
    let rows: Vec<(i64, String, String)> = each_backend!(conn, |c| theirs.load(c))?;
    for (person, name, value) in rows {
        let Some(extra) = Extra::named(&name) else { continue };
        found.entry(PersonId(person)).or_default().insert(extra, value);
    }
    Ok(found)
}

/// A blank value clears.
pub fn set(conn: &mut Conn, person: PersonId, extra: Extra, value: &str) -> Result<()> {
    put(conn, person, extra.name(), value)
}

fn put(conn: &mut Conn, person: PersonId, name: &str, value: &str) -> Result<()> {
    if value.is_empty() {
        diesel::delete(e::table.find((person.0, name))).execute(conn)?;
        return Ok(());
    }
    let row = (e::person_id.eq(person.0), e::name.eq(name), e::value.eq(value));
    each_backend!(conn, |c| {
        diesel::insert_into(e::table)
            .values(row)
            .on_conflict((e::person_id, e::name))
            .do_update()
            .set(e::value.eq(value))
            .execute(c)
    })?;
    Ok(())
}

/// What identity providers keep with people: JSON by name, without the names' [`PREFIX`].
pub fn kept(conn: &mut Conn, people: &[PersonId]) -> Result<HashMap<PersonId, BTreeMap<String, String>>> {
    let mut found: HashMap<PersonId, BTreeMap<String, String>> = HashMap::new();
    let ids: Vec<i64> = people.iter().map(|person| person.0).collect();
    let theirs = e::table.filter(among(conn, "person_extras.person_id", &ids));
    let rows: Vec<(i64, String, String)> = theirs.filter(e::name.like(format!("{PREFIX}%"))).load(conn)?;
    for (person, name, value) in rows {
        found.entry(PersonId(person)).or_default().insert(name[PREFIX.len()..].to_owned(), value);
    }
    Ok(found)
}

/// A blank value clears.
pub fn keep(conn: &mut Conn, person: PersonId, name: &str, value: &str) -> Result<()> {
    put(conn, person, &format!("{PREFIX}{name}"), value)
}
