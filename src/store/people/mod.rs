//! Finding, making and changing people.
mod access;
mod row;
mod words;

pub use access::{
    active_admins, any_admin, by_login, first_by_login, lock, lock_all, powers, profile, profiles, set_appearance,
    set_last_login, set_profile, standing, touch,
};
pub use row::NewPerson;
pub(super) use row::Row;
pub use words::{catch_up, index_returned, reindex, reindex_those};

use super::schema::{organisations, people};
use super::written::{among, among_texts};
use super::{
    BATCH, Conn, each_backend, fields, groups, organisations as organisation_rows, scope, search, tags,
    values as custom,
};
use crate::domain::shared::each;
use crate::domain::{Error, Person, PersonId, Profile, Result, Role, Scope, Time};
use diesel::prelude::*;
use row::{NewRow, Related, new_row, values};
use std::collections::HashMap;
use words::Beside;

/// Unknown and out of scope answer alike.
pub fn find(conn: &mut Conn, scope: Scope, id: PersonId) -> Result<Person> {
    find_many(conn, scope, &[id])?.pop().ok_or(Error::NotFound)
}

/// Somebody's own row: organisation, groups, tags and custom values stay empty.
pub fn alone(conn: &mut Conn, id: PersonId) -> Result<Person> {
    let row: Row = each_backend!(conn, |c| people::table.find(id.0).select(Row::as_select()).first(c))?;
    row.into_person(Related::default())
}

/// In no particular order; unknown ones and those out of scope are left out.
pub fn find_many(conn: &mut Conn, scope: Scope, ids: &[PersonId]) -> Result<Vec<Person>> {
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let rows = rows(conn, scope, &ids)?;
    complete(conn, rows)
}

/// The rows of those in scope, in no particular order.
pub(super) fn rows(conn: &mut Conn, scope: Scope, ids: &[i64]) -> Result<Vec<Row>> {
    let theirs = people::table.filter(among(conn, "people.id", ids));
    Ok(match (scope::condition(scope), ids) {
        (Some(seen), _) => each_backend!(conn, |c| theirs.filter(seen).select(Row::as_select()).load(c))?,
        // Its text is known beforehand: three times as fast to ask.
        (None, [id]) => each_backend!(conn, |c| people::table.find(id).select(Row::as_select()).load(c))?,
        (None, _) => each_backend!(conn, |c| theirs.select(Row::as_select()).load(c))?,
    })
}

/// What these are called; unknown ones and those out of scope are left out.
pub fn labels(conn: &mut Conn, scope: Scope, ids: &[PersonId]) -> Result<HashMap<PersonId, String>> {
    let people = find_many(conn, scope, ids)?;
    Ok(people.into_iter().map(|person| (person.id, person.label())).collect())
}

/// One of the four values by which a person is told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key {
    Uid,
    Email,
    Phone,
    Username,
}

/// Who holds these values, folded; values nobody holds are left out.
pub fn holders(conn: &mut Conn, key: Key, values: &[String]) -> Result<HashMap<String, PersonId>> {
    macro_rules! holding {
        ($column:ident) => {{
            let theirs = people::table.filter(among_texts(conn, concat!("people.", stringify!($column)), values));
            let theirs = theirs.select((people::$column.nullable(), people::id));
            each_backend!(conn, |c| theirs.load(c))?
        }};
    }
    let rows: Vec<(Option<String>, i64)> = match key {
        Key::Uid => holding!(uid),
        Key::Email => holding!(email_key),
        Key::Phone => holding!(phone_key),
        Key::Username => holding!(username_key),
    };
    Ok(rows.into_iter().filter_map(|(value, id)| Some((value?, PersonId(id)))).collect())
}

/// Makes them all; answers their ids in the same order.
pub fn insert(conn: &mut Conn, new: &[NewPerson], now: Time) -> Result<Vec<PersonId>> {
    let names: Vec<String> = new.iter().map(|one| one.fields.organisation.clone()).collect();
    let organisations = organisation_rows::ensure(conn, &names, now)?;
    let catalogue = fields::all(conn)?;
    let (mut ids, mut texts) = (vec![], vec![]);
    for part in new.chunks(BATCH) {
        let found_by = |one: &NewPerson| words::of(&one.fields, &catalogue, &Beside::default());
        let rows: Vec<NewRow> = each(part, |one| new_row(one, &organisations, found_by(one), now));
        texts.extend(rows.iter().map(|row| row.values.search_text.clone()));
        let made: Vec<(String, i64)> = each_backend!(conn, |c| {
            diesel::insert_into(people::table).values(rows).returning((people::uid, people::id)).get_results(c)
        })?;
        let by_uid: HashMap<String, i64> = made.into_iter().collect();
        ids.extend(part.iter().map(|one| PersonId(by_uid[&one.uid.to_string()])));
    }
    // All at once: SQLite writes out what was indexed so far before every statement for several rows.
    search::add(conn, &ids.iter().copied().zip(texts.iter().map(String::as_str)).collect::<Vec<_>>())?;
    let tagged: Vec<_> = ids.iter().zip(new).map(|(id, one)| (*id, one.fields.tags.as_slice())).collect();
    tags::attach(conn, &tagged)?;
    let grouped: Vec<_> = ids.iter().zip(new).map(|(id, one)| (*id, one.fields.groups.as_slice())).collect();
    groups::attach(conn, &grouped, now)?;
    let valued: Vec<_> = ids.iter().zip(new).map(|(id, one)| (*id, &one.fields.custom)).collect();
    custom::attach(conn, &catalogue, &valued)?;
    for (id, _) in ids.iter().zip(new).filter(|(_, one)| one.role == Role::Agent) {
        set_profile(conn, *id, &Profile::default())?;
    }
    Ok(ids)
}

/// After a row came back whole: the organisation's name as it is called now, or none.
pub fn renew_organisation(conn: &mut Conn, id: PersonId) -> Result<()> {
    let row = people::table.find(id.0);
    let current: Option<i64> = row.select(people::organisation_id).first(conn)?;
    let key = match current {
        Some(current) => organisations::table.find(current).select(organisations::name_key).first(conn)?,
        None => String::new(),
    };
    diesel::update(row).set(people::organisation_key.eq(key)).execute(conn)?;
    Ok(())
}

/// Writes fields, role and status, if nobody else has written since `version`.
pub fn update(conn: &mut Conn, person: &Person, now: Time) -> Result<()> {
    let organisations = organisation_rows::ensure(conn, std::slice::from_ref(&person.fields.organisation), now)?;
    let beside = words::beside(conn, &[person.id])?.remove(&person.id).unwrap_or_default();
    let catalogue = fields::all(conn)?;
    let text = words::of(&person.fields, &catalogue, &beside);
    let values = values(&person.fields, (person.role, person.status), &organisations, text.clone(), now);
    let row = people::table.find(person.id.0).filter(people::version.eq(person.version));
    let before: Option<String> = row.select(people::search_text).first(conn).optional()?;
    let written = diesel::update(row).set((values, people::version.eq(person.version + 1))).execute(conn)?;
    if written == 0 {
        return Err(Error::Stale);
    }
    if person.role == Role::Agent {
        access::keep_profile(conn, person.id)?;
    }
    tags::replace(conn, person.id, &person.fields.tags)?;
    groups::replace(conn, person.id, &person.fields.groups, now)?;
    custom::replace(conn, &catalogue, person.id, &person.fields.custom)?;
    // Most changes are of something else, and the index is by far the dearest.
    if before.is_some_and(|before| before == text) { Ok(()) } else { search::replace(conn, &[(person.id, &text)]) }
}

/// Adds what other tables hold: the organisations' names, tags, groups and custom values.
pub(super) fn complete(conn: &mut Conn, rows: Vec<Row>) -> Result<Vec<Person>> {
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let mut tags = tags::of(conn, &ids)?;
    let mut groups = groups::of(conn, &ids)?;
    let mut custom = custom::of(conn, &ids)?;
    let mut names: HashMap<i64, String> = HashMap::new();
    let mut wanted: Vec<i64> = rows.iter().filter_map(|row| row.organisation_id).collect();
    wanted.sort_unstable();
    wanted.dedup();
    if !wanted.is_empty() {
        let called = organisations::table.filter(among(conn, "organisations.id", &wanted));
        let called = called.select((organisations::id, organisations::name));
        names.extend(each_backend!(conn, |c| called.load::<(i64, String)>(c))?);
    }
    rows.into_iter()
        .map(|row| {
            let related = Related {
                organisation: row.organisation_id.and_then(|id| names.get(&id).cloned()).unwrap_or_default(),
                tags: tags.remove(&row.id).unwrap_or_default(),
                groups: groups.remove(&row.id).unwrap_or_default(),
                custom: custom.remove(&row.id).unwrap_or_default(),
            };
            row.into_person(related)
        })
        .collect()
}
