//! Organisations: what they are called, whom they take in, and who belongs to them.
mod list;
mod names;

pub use list::{ORDER, Wanted, count, cursor, forget_joined, list, numbered};
pub use names::{beginning, by_domain, ensure, is_known};

use super::schema::{organisation_domains, organisations, people};
use super::written::among;
use super::{BATCH, Conn, MultiBackend, each_backend, people as people_rows, rows, scope};
use crate::domain::undo::{Step, row};
use crate::domain::{Error, Organisation, PersonId, Result, Scope, Time, fold};
use diesel::dsl::{IntoBoxed, count_star};
use diesel::prelude::*;
use serde_json::json;
use std::collections::HashMap;

#[derive(Queryable, Selectable)]
#[diesel(table_name = organisations)]
struct Row {
    id: i64,
    name: String,
    description: String,
    created_at: i64,
    updated_at: i64,
    version: i64,
}

fn complete(conn: &mut Conn, rows: Vec<Row>) -> Result<Vec<Organisation>> {
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let found: Vec<(i64, String)> = organisation_domains::table
        .filter(organisation_domains::organisation_id.eq_any(&ids))
        .order(organisation_domains::domain)
        .select((organisation_domains::organisation_id, organisation_domains::domain))
        .load(conn)?;
    let mut domains: HashMap<i64, Vec<String>> = HashMap::new();
    found.into_iter().for_each(|(id, domain)| domains.entry(id).or_default().push(domain));
    let whole = |row: Row| Organisation {
        domains: domains.remove(&row.id).unwrap_or_default(),
        id: row.id,
        name: row.name,
        description: row.description,
        created_at: Time::from_micros(row.created_at),
        updated_at: Time::from_micros(row.updated_at),
        version: row.version,
    };
    Ok(rows.into_iter().map(whole).collect())
}

/// Those that somebody in scope belongs to; everybody's scope sees empty ones, too.
fn visible<'a>(scope: Scope) -> IntoBoxed<'a, organisations::table, MultiBackend> {
    let query = organisations::table.into_boxed();
    let through = ["members.organisation_id", "people AS members", "members.id"];
    match scope::condition_through("organisations.id", through, scope) {
        Some(seen) => query.filter(seen),
        None => query,
    }
}

pub fn find(conn: &mut Conn, scope: Scope, id: i64) -> Result<Organisation> {
    let rows: Vec<Row> = visible(scope).filter(organisations::id.eq(id)).select(Row::as_select()).load(conn)?;
    complete(conn, rows)?.pop().ok_or(Error::NotFound)
}

/// What these are called; unknown ones and those out of scope are left out.
pub fn labels(conn: &mut Conn, scope: Scope, ids: &[i64]) -> Result<HashMap<i64, String>> {
    let query = visible(scope).filter(organisations::id.eq_any(ids.to_vec()));
    let rows: Vec<(i64, String)> = query.select((organisations::id, organisations::name)).load(conn)?;
    Ok(rows.into_iter().collect())
}

/// The one each of these people belongs to; whoever belongs to none is left out.
pub fn ids_of(conn: &mut Conn, persons: &[PersonId]) -> Result<HashMap<PersonId, i64>> {
    if persons.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<i64> = persons.iter().map(|id| id.0).collect();
    let theirs = people::table.filter(among(conn, "people.id", &ids)).select((people::id, people::organisation_id));
    let rows: Vec<(i64, Option<i64>)> = each_backend!(conn, |c| theirs.load(c))?;
    Ok(rows.into_iter().filter_map(|(id, organisation)| Some((PersonId(id), organisation?))).collect())
}

/// By its name, folded.
pub fn named(conn: &mut Conn, scope: Scope, name: &str) -> Result<Organisation> {
    let query = visible(scope).filter(organisations::name_key.eq(fold(name)));
    let rows: Vec<Row> = query.select(Row::as_select()).load(conn)?;
    complete(conn, rows)?.pop().ok_or(Error::NotFound)
}

/// How many people in scope belong to each of these.
pub fn members(conn: &mut Conn, scope: Scope, ids: &[i64]) -> Result<HashMap<i64, i64>> {
    let mut query = people::table
        .filter(people::organisation_id.eq_any(ids.iter().copied().map(Some)))
        .group_by(people::organisation_id)
        .select((people::organisation_id, count_star()))
        .into_boxed();
    if let Some(seen) = scope::condition(scope) {
        query = query.filter(seen);
    }
    let rows: Vec<(Option<i64>, i64)> = query.load(conn)?;
    Ok(rows.into_iter().filter_map(|(id, n)| Some((id?, n))).collect())
}

pub fn insert(conn: &mut Conn, new: &Organisation) -> Result<i64> {
    let row = (
        organisations::name.eq(&new.name),
        organisations::name_key.eq(fold(&new.name)),
        organisations::description.eq(&new.description),
        organisations::created_at.eq(new.created_at.micros()),
        organisations::updated_at.eq(new.created_at.micros()),
        organisations::version.eq(1),
    );
    let id: i64 =
        diesel::insert_into(organisations::table).values(row).returning(organisations::id).get_result(conn)?;
    add_domains(conn, id, &new.domains)?;
    Ok(id)
}

fn add_domains(conn: &mut Conn, id: i64, domains: &[String]) -> Result<()> {
    use organisation_domains::*;
    let rows: Vec<_> = domains.iter().map(|one| (domain.eq(one), organisation_id.eq(id))).collect();
    for part in rows.chunks(BATCH) {
        each_backend!(conn, |c| diesel::insert_into(table).values(part).execute(c))?;
    }
    Ok(())
}

/// Name, description and domains; members sort by the new name from now on.
pub fn update(conn: &mut Conn, changed: &Organisation, now: Time) -> Result<()> {
    let row = organisations::table.find(changed.id).filter(organisations::version.eq(changed.version));
    let key = fold(&changed.name);
    let values = (
        organisations::name.eq(&changed.name),
        organisations::name_key.eq(&key),
        organisations::description.eq(&changed.description),
        organisations::updated_at.eq(now.micros()),
        organisations::version.eq(changed.version + 1),
    );
    if diesel::update(row).set(values).execute(conn)? == 0 {
        return Err(Error::Stale);
    }
    renew_members(conn, changed.id)?;
    diesel::delete(organisation_domains::table.filter(organisation_domains::organisation_id.eq(changed.id)))
        .execute(conn)?;
    add_domains(conn, changed.id, &changed.domains)
}

/// Members sort by the name it has now.
pub fn renew_members(conn: &mut Conn, id: i64) -> Result<()> {
    let key: String = organisations::table.find(id).select(organisations::name_key).first(conn)?;
    let stale = people::table.filter(people::organisation_id.eq(id).and(people::organisation_key.ne(&key)));
    // Forms opened before are stale: they would bring back the old name.
    let moved = (people::organisation_key.eq(&key), people::version.eq(people::version + 1));
    diesel::update(stale).set(moved).execute(conn)?;
    people_rows::reindex_those(conn, &format!("people.organisation_id = {id}"))
}

/// Its people, tickets and domains belong to the heir, who takes its description if there is none; answers what
/// that did.
pub fn merge(conn: &mut Conn, gone: &Organisation, heir: &Organisation) -> Result<Vec<Step>> {
    let (held, own) = (format!("organisation_id = {}", gone.id), format!("id = {}", gone.id));
    let id = |one: &Organisation| row(json!({ "organisation_id": one.id }));
    let mut steps: Vec<Step> = rows::change(conn, "people", &held, id(gone), id(heir))?.into_iter().collect();
    renew_members(conn, heir.id)?;
    steps.extend(rows::change(conn, "tickets", &held, id(gone), id(heir))?);
    let mut domains = rows::read(conn, "organisation_domains", &held)?;
    steps.extend(rows::remove(conn, "organisation_domains", &held)?);
    domains.iter_mut().for_each(|domain| domain.extend(id(heir)));
    steps.extend(rows::add(conn, "organisation_domains", domains)?);
    if heir.description.is_empty() && !gone.description.is_empty() {
        let said = |text: &str| row(json!({ "description": text }));
        let only = format!("id = {}", heir.id);
        steps.extend(rows::change(conn, "organisations", &only, said(""), said(&gone.description))?);
    }
    steps.extend(rows::remove(conn, "organisations", &own)?);
    Ok(steps)
}

/// Its people and its tickets belong to none; answers what that did.
pub fn delete(conn: &mut Conn, organisation: &Organisation) -> Result<Vec<Step>> {
    let id = organisation.id;
    let held = format!("organisation_id = {id}");
    let before = row(json!({ "organisation_id": id, "organisation_key": fold(&organisation.name) }));
    let after = row(json!({ "organisation_id": null, "organisation_key": "" }));
    let mut steps: Vec<Step> = rows::change(conn, "people", &held, before, after)?.into_iter().collect();
    let members: Vec<PersonId> = steps.iter().flat_map(Step::people).collect();
    let none = row(json!({ "organisation_id": null }));
    steps.extend(rows::change(conn, "tickets", &held, row(json!({ "organisation_id": id })), none)?);
    steps.extend(rows::remove(conn, "organisation_domains", &held)?);
    steps.extend(rows::remove(conn, "organisations", &format!("id = {id}"))?);
    people_rows::reindex(conn, &members)?;
    Ok(steps)
}
