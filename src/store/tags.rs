//! Tags and whom they are on.
use super::schema::{people, people_tags, tags};
use super::written::{among, among_texts};
use super::{BATCH, Conn, MultiBackend, each_backend, rows, scope};
use crate::domain::undo::Step;
use crate::domain::{Error, PersonId, Result, Scope, Tag, fold};
use diesel::dsl::{IntoBoxed, count_star};
use diesel::prelude::*;
use std::collections::{HashMap, HashSet};

/// Each person's tag names, sorted; people without tags are left out.
pub fn of(conn: &mut Conn, ids: &[i64]) -> Result<HashMap<i64, Vec<String>>> {
    let mut found: HashMap<i64, Vec<String>> = HashMap::new();
    let theirs = people_tags::table
        .inner_join(tags::table)
        .filter(among(conn, "people_tags.person_id", ids))
        .order(tags::name_key)
        .select((people_tags::person_id, tags::name));
    let rows: Vec<(i64, String)> = each_backend!(conn, |c| theirs.load(c))?;
    rows.into_iter().for_each(|(person, tag)| found.entry(person).or_default().push(tag));
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
        for name in *names {
            let id = *ids.get(&fold(name)).ok_or(Error::Stale)?;
            rows.push((people_tags::tag_id.eq(id), people_tags::person_id.eq(person.0)));
        }
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
    let named = tags::table.filter(among_texts(conn, "tags.name_key", keys));
    Ok(named.select((tags::name_key, tags::id)).load(conn)?.into_iter().collect())
}

/// Those on somebody in scope; everybody's scope sees unused ones, too.
fn visible<'a>(scope: Scope) -> IntoBoxed<'a, tags::table, MultiBackend> {
    let query = tags::table.into_boxed();
    let through = ["people_tags.tag_id", "people_tags", "people_tags.person_id"];
    match scope::condition_through("tags.id", through, scope) {
        Some(seen) => query.filter(seen),
        None => query,
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = tags)]
struct Row {
    id: i64,
    name: String,
    hue: i16,
    version: i64,
}

impl From<Row> for Tag {
    fn from(row: Row) -> Self {
        let Row { id, name, hue, version } = row;
        Self { id, name, hue, version }
    }
}

/// By name, any part of which holds `q`; `most` at most.
pub fn list(conn: &mut Conn, scope: Scope, q: &str, most: i64) -> Result<Vec<Tag>> {
    let query = visible(scope).filter(tags::name_key.like(super::search::anywhere_pattern(&fold(q))).escape('\\'));
    let rows: Vec<Row> = query.order(tags::name_key).limit(most).select(Row::as_select()).load(conn)?;
    Ok(rows.into_iter().map(Tag::from).collect())
}

pub fn find(conn: &mut Conn, scope: Scope, id: i64) -> Result<Tag> {
    Ok(visible(scope).filter(tags::id.eq(id)).select(Row::as_select()).first::<Row>(conn)?.into())
}

/// By its name, folded.
pub fn named(conn: &mut Conn, scope: Scope, name: &str) -> Result<Tag> {
    Ok(visible(scope).filter(tags::name_key.eq(fold(name))).select(Row::as_select()).first::<Row>(conn)?.into())
}

/// The colours of these names, folded; tags without one are left out.
pub fn hues(conn: &mut Conn, names: &[String]) -> Result<HashMap<String, i16>> {
    let keys: Vec<String> = names.iter().map(|name| fold(name)).collect();
    let coloured = tags::table.filter(among_texts(conn, "tags.name_key", &keys)).filter(tags::hue.gt(0));
    Ok(coloured.select((tags::name_key, tags::hue)).load(conn)?.into_iter().collect())
}

/// How many people in scope wear each of these.
pub fn counts(conn: &mut Conn, scope: Scope, ids: &[i64]) -> Result<HashMap<i64, i64>> {
    let mut query = people_tags::table
        .filter(people_tags::tag_id.eq_any(ids.to_vec()))
        .group_by(people_tags::tag_id)
        .select((people_tags::tag_id, count_star()))
        .into_boxed();
    if let Some(seen) = scope::condition_on("people_tags.person_id", scope) {
        query = query.filter(seen);
    }
    Ok(query.load::<(i64, i64)>(conn)?.into_iter().collect())
}

pub fn insert(conn: &mut Conn, name: &str, hue: i16) -> Result<i64> {
    let row = (tags::name.eq(name), tags::name_key.eq(fold(name)), tags::hue.eq(hue));
    Ok(diesel::insert_into(tags::table).values(row).returning(tags::id).get_result(conn)?)
}

pub fn update(conn: &mut Conn, tag: &Tag) -> Result<()> {
    let values = (
        tags::name.eq(&tag.name),
        tags::name_key.eq(fold(&tag.name)),
        tags::hue.eq(tag.hue),
        tags::version.eq(tag.version + 1),
    );
    outdate(conn, tag.id)?;
    let row = tags::table.find(tag.id).filter(tags::version.eq(tag.version));
    if diesel::update(row).set(values).execute(conn)? == 0 { Err(Error::Stale) } else { Ok(()) }
}

/// Whoever wears `id` wears `heir` from now on; answers what that did.
pub fn merge(conn: &mut Conn, id: i64, heir: i64) -> Result<Vec<Step>> {
    outdate(conn, id)?;
    let others = format!("SELECT o.person_id FROM people_tags AS o WHERE o.tag_id = {heir}");
    let mut new = rows::read(conn, "people_tags", &format!("tag_id = {id} AND person_id NOT IN ({others})"))?;
    new.iter_mut().for_each(|row| drop(row.insert("tag_id".into(), heir.into())));
    let mut steps: Vec<Step> = rows::remove(conn, "people_tags", &format!("tag_id = {id}"))?.into_iter().collect();
    steps.extend(rows::add(conn, "people_tags", new)?);
    steps.extend(rows::remove(conn, "tags", &format!("id = {id}"))?);
    Ok(steps)
}

/// Forms of people who wear it are stale from now on: they would bring back its old name.
fn outdate(conn: &mut Conn, id: i64) -> Result<()> {
    let wearers = people_tags::table.filter(people_tags::tag_id.eq(id)).select(people_tags::person_id);
    let row = people::table.filter(people::id.eq_any(wearers));
    diesel::update(row).set(people::version.eq(people::version + 1)).execute(conn)?;
    Ok(())
}

/// Which of these names there are, folded.
pub fn known(conn: &mut Conn, names: &[String]) -> Result<HashSet<String>> {
    let keys: Vec<String> = names.iter().map(|name| fold(name)).collect();
    Ok(by_keys(conn, &keys.iter().collect::<Vec<_>>())?.into_keys().collect())
}

/// Nobody wears it any more; answers what that did.
pub fn delete(conn: &mut Conn, id: i64) -> Result<Vec<Step>> {
    outdate(conn, id)?;
    let worn = rows::remove(conn, "people_tags", &format!("tag_id = {id}"))?;
    Ok(worn.into_iter().chain(rows::remove(conn, "tags", &format!("id = {id}"))?).collect())
}

/// The first few names in scope that begin with these letters.
pub fn beginning(conn: &mut Conn, scope: Scope, letters: &str, most: i64) -> Result<Vec<String>> {
    let pattern = super::search::prefix_pattern(letters);
    Ok(visible(scope)
        .filter(tags::name_key.like(pattern).escape('\\'))
        .order(tags::name_key)
        .limit(most)
        .select(tags::name)
        .load(conn)?)
}
