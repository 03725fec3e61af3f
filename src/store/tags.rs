//! Tags and whom they are on.
use super::schema::{people_tags, tags};
use super::{BATCH, Conn, each_backend};
use crate::domain::{PersonId, Result, fold};
use diesel::prelude::*;
use std::collections::HashMap;

/// Each person's tag names, sorted; people without tags are left out.
pub fn of(conn: &mut Conn, ids: &[i64]) -> Result<HashMap<i64, Vec<String>>> {
    let mut found: HashMap<i64, Vec<String>> = HashMap::new();
    for part in ids.chunks(BATCH) {
        let rows: Vec<(i64, String)> = people_tags::table
            .inner_join(tags::table)
            .filter(people_tags::person_id.eq_any(part))
            .order(tags::name_key)
            .select((people_tags::person_id, tags::name))
            .load(conn)?;
        rows.into_iter().for_each(|(person, tag)| found.entry(person).or_default().push(tag));
    }
    Ok(found)
}

/// The person has these tags and no others; names nobody has used become tags.
pub fn replace(conn: &mut Conn, person: PersonId, names: &[String]) -> Result<()> {
    diesel::delete(people_tags::table.filter(people_tags::person_id.eq(person.0))).execute(conn)?;
    attach(conn, &[(person, names)])
}

/// Adds tags to people who have none of these yet.
pub fn attach(conn: &mut Conn, wanted: &[(PersonId, &[String])]) -> Result<()> {
    let all: Vec<&String> = wanted.iter().flat_map(|(_, names)| names.iter()).collect();
    if all.is_empty() {
        return Ok(());
    }
    let ids = ensure(conn, &all)?;
    let mut rows = vec![];
    for (person, names) in wanted {
        rows.extend(
            names.iter().map(|name| (people_tags::tag_id.eq(ids[&fold(name)]), people_tags::person_id.eq(person.0))),
        );
    }
    for part in rows.chunks(BATCH) {
        each_backend!(conn, |c| diesel::insert_into(people_tags::table).values(part).execute(c))?;
    }
    Ok(())
}

fn ensure(conn: &mut Conn, names: &[&String]) -> Result<HashMap<String, i64>> {
    let wanted: HashMap<String, &String> = names.iter().map(|name| (fold(name), *name)).collect();
    let mut keys: Vec<&String> = wanted.keys().collect();
    keys.sort();
    let mut found = by_keys(conn, &keys)?;
    let missing: Vec<_> = keys.into_iter().filter(|key| !found.contains_key(*key)).collect();
    for part in missing.chunks(BATCH) {
        let rows: Vec<_> = part.iter().map(|key| (tags::name.eq(wanted[*key]), tags::name_key.eq(*key))).collect();
        each_backend!(conn, |c| diesel::insert_into(tags::table).values(&rows).on_conflict_do_nothing().execute(c))?;
    }
    found.extend(by_keys(conn, &missing)?);
    Ok(found)
}

fn by_keys(conn: &mut Conn, keys: &[&String]) -> Result<HashMap<String, i64>> {
    let mut found = HashMap::new();
    for part in keys.chunks(BATCH) {
        let rows: Vec<(String, i64)> =
            tags::table.filter(tags::name_key.eq_any(part)).select((tags::name_key, tags::id)).load(conn)?;
        found.extend(rows);
    }
    Ok(found)
}

/// The first few names that begin with these letters.
pub fn beginning(conn: &mut Conn, letters: &str, most: i64) -> Result<Vec<String>> {
    let pattern = super::search::prefix_pattern(letters);
    Ok(tags::table
        .filter(tags::name_key.like(pattern).escape('\\'))
        .order(tags::name_key)
        .limit(most)
        .select(tags::name)
        .load(conn)?)
}
