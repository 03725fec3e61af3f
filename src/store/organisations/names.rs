//! Organisations by name and by e-mail domain.
use crate::domain::{Result, Scope, Time, fold};
use crate::store::schema::{organisation_domains, organisations};
use crate::store::written::among_texts;
use crate::store::{BATCH, Conn, each_backend, search};
use diesel::prelude::*;
use std::collections::HashMap;

/// The ids of all these names by folded name; those that are missing are made.
pub fn ensure(conn: &mut Conn, names: &[String], now: Time) -> Result<HashMap<String, i64>> {
    let mut wanted: HashMap<String, &str> = HashMap::new();
    for name in names.iter().filter(|name| !name.is_empty()) {
        wanted.entry(fold(name)).or_insert(name);
    }
    let keys: Vec<&String> = wanted.keys().collect();
    let mut found = by_keys(conn, &keys)?;
    let mut missing: Vec<_> = wanted.iter().filter(|(key, _)| !found.contains_key(*key)).collect();
    missing.sort();
    for part in missing.chunks(BATCH) {
        let rows: Vec<_> = part
            .iter()
            .map(|(key, name)| {
                (
                    organisations::name.eq(**name),
                    organisations::name_key.eq(*key),
                    organisations::description.eq(""),
                    organisations::created_at.eq(now.micros()),
                    organisations::updated_at.eq(now.micros()),
                )
            })
            .collect();
        each_backend!(conn, |c| {
            diesel::insert_into(organisations::table).values(&rows).on_conflict_do_nothing().execute(c)
        })?;
    }
    let made: Vec<&String> = missing.iter().map(|(key, _)| *key).collect();
    found.extend(by_keys(conn, &made)?);
    Ok(found)
}

fn by_keys(conn: &mut Conn, keys: &[&String]) -> Result<HashMap<String, i64>> {
    if keys.is_empty() {
        return Ok(HashMap::new());
    }
    let named = organisations::table.filter(among_texts(conn, "organisations.name_key", keys));
    Ok(named.select((organisations::name_key, organisations::id)).load(conn)?.into_iter().collect())
}

/// Whether there is one of this name.
pub fn is_known(conn: &mut Conn, name: &str) -> Result<bool> {
    Ok(!by_keys(conn, &[&fold(name)])?.is_empty())
}

/// The names of the organisations that take in these e-mail domains, by domain.
pub fn by_domain(conn: &mut Conn, domains: &[String]) -> Result<HashMap<String, String>> {
    let taking = organisation_domains::table
        .inner_join(organisations::table.on(organisations::id.eq(organisation_domains::organisation_id)))
        .filter(among_texts(conn, "organisation_domains.domain", domains));
    Ok(taking.select((organisation_domains::domain, organisations::name)).load(conn)?.into_iter().collect())
}

/// The first few names in scope that begin with these letters.
pub fn beginning(conn: &mut Conn, scope: Scope, letters: &str, most: i64) -> Result<Vec<String>> {
    let pattern = search::prefix_pattern(letters);
    Ok(super::visible(scope)
        .filter(organisations::name_key.like(pattern).escape('\\'))
        .order(organisations::name_key)
        .limit(most)
        .select(organisations::name)
        .load(conn)?)
}
