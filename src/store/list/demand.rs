//! What a filter demands of people, each demand in two ways: of an index, and of a row.
use super::columns::{address, organisation, role_and_status, span, walked};
use super::placed;
use super::source::{ONE, Source, ordered, unordered};
use super::test::{Test, those};
use crate::domain::{Column, PeopleFilter, Result, Scope, Within, fold};
use crate::store::written::{Written, written};
use crate::store::{Conn, counts, scope, search};
use diesel::sql_types::BigInt;
use std::ops::Bound;

/// What must hold. Sources and rows are asked the same, unless the source says otherwise.
#[derive(Clone)]
pub struct Demand {
    pub source: Option<Source>,
    /// All of them.
    pub tests: Vec<Test>,
}

impl Demand {
    pub fn new(source: impl Into<Option<Source>>, test: Test) -> Self {
        Self { source: source.into(), tests: vec![test] }
    }

    /// SQLite looks one number after the other up; PostgreSQL joins what two indexes have in order.
    fn indexed<ST>(&self, conn: &Conn, id: &str) -> Option<Written<ST>> {
        match (conn, &self.source) {
            (Conn::Sqlite(_), _) => {
                let is_link = self.tests.iter().all(|test| matches!(test, Test::Link(_)));
                is_link.then(|| those(id, self.tests.clone()))
            }
            (Conn::Postgres(_), Some(source)) if source.is_ordered && !source.is_slow && !source.is_rough => {
                Some(written(format!(" AND {id} IN (")).then(source.ids.clone().of_type()).sql(")"))
            }
            (Conn::Postgres(_), _) => None,
        }
    }
}

/// That the number in this column meets all of these, as a condition that follows another; in an index as far as may be.
pub fn all_of<ST>(conn: &Conn, id: &str, demands: Vec<Demand>) -> Written<ST> {
    let (indexed, left) = narrowed(conn, id, demands);
    indexed.then(those(id, tests(left)))
}

/// The same of those that an index tells, and the others.
pub fn narrowed<ST>(conn: &Conn, id: &str, demands: Vec<Demand>) -> (Written<ST>, Vec<Demand>) {
    demands.into_iter().fold((written(""), vec![]), |(all, mut left), demand| match demand.indexed(conn, id) {
        Some(one) => (all.then(one), left),
        None => {
            left.push(demand);
            (all, left)
        }
    })
}

pub fn tests(demands: Vec<Demand>) -> Vec<Test> {
    demands.into_iter().flat_map(|demand| demand.tests).collect()
}

/// All that a filter demands within a scope, for a list in the order of this column.
pub fn demands(conn: &mut Conn, scope: Scope, filter: &PeopleFilter, by: &Column) -> Result<Vec<Demand>> {
    let index = walked(by);
    let mut all: Vec<Demand> = scope::text(scope).map(in_scope).into_iter().collect();
    all.extend(searched(conn, filter)?);
    all.extend(filter.tag.as_deref().map(|name| named("people_tags", "tag_id", "tags", name)));
    all.extend(filter.group.as_deref().map(|name| named("people_groups", "group_id", "groups", name)));
    all.extend(in_groups(&filter.in_groups));
    all.extend(filter.fields.iter().map(|(field, within)| kept(*field, within)));
    all.extend(filter.email.as_deref().map(address));
    all.extend(filter.organisation.as_deref().map(|name| organisation(conn, name, index)));
    if filter.unreachable {
        let source = ordered(written("COALESCE(one.email_key, one.phone_key) IS NULL"));
        all.push(Demand::new(source, Test::Row(written("COALESCE(people.email_key, people.phone_key) IS NULL"))));
    }
    all.extend(span("created_at", &filter.created, index));
    all.extend(span("updated_at", &filter.changed, index));
    all.extend(span("last_login_at", &filter.seen, index));
    let mut counted = role_and_status(conn, filter, index);
    // Where they are not walked in their own order, it matters how many they are.
    let is_walked = all.is_empty() && *by == Column::Added;
    if let Some(source) = counted.as_mut().and_then(|one| one.source.as_mut()).filter(|_| !is_walked) {
        source.known = counts::kept(conn, scope, filter)?;
    }
    all.extend(counted);
    Ok(all)
}

fn in_scope(text: String) -> Demand {
    let ids = written(format!("{ONE}one.id IN (SELECT people.id FROM people WHERE {text})"));
    Demand::new(unordered(ids), Test::Row(written(text)))
}

/// By the name of something that people wear or are in.
fn named(link: &str, column: &str, table: &str, name: &str) -> Demand {
    linked(true, |it| {
        let ids = format!("SELECT {it}.person_id FROM {link} AS {it} WHERE {it}.{column} = ");
        let which = format!("(SELECT {table}.id FROM {table} WHERE {table}.name_key = ");
        written(ids + &which).text(fold(name)).sql(")")
    })
}

/// By the rows of a table of links, which the statement calls by the name it is given. Whether nobody has two.
fn linked(is_unique: bool, ids: impl Fn(&str) -> Written<BigInt>) -> Demand {
    let source = Source { id: "link.person_id", is_ordered: is_unique, is_unique, ..unordered(ids("link")) };
    Demand::new(source, Test::Link(ids("other").of_type().sql(" AND other.person_id = ")))
}

fn in_groups(groups: &[i64]) -> Option<Demand> {
    let listed = groups.iter().map(i64::to_string).collect::<Vec<_>>().join(", ");
    let ids = |it: &str| {
        written(format!("SELECT {it}.person_id FROM people_groups AS {it} WHERE {it}.group_id IN ({listed})"))
    };
    (!groups.is_empty()).then(|| linked(groups.len() == 1, ids))
}

fn kept(field: i64, within: &Within) -> Demand {
    let is_exact = within.from != Bound::Unbounded && within.from == within.until;
    linked(is_exact, |it| {
        let all = format!("SELECT {it}.person_id FROM field_values AS {it} WHERE {it}.field_id = ");
        let ids = written(all).number(field);
        let value = |how: &str| format!(" AND {it}.value_key {how} ");
        let ids = match &within.from {
            Bound::Included(key) if is_exact => ids.sql(value("=")).text(key),
            Bound::Included(key) => ids.sql(value(">=")).text(key),
            Bound::Excluded(key) => ids.sql(value(">")).text(key),
            Bound::Unbounded => ids,
        };
        match &within.until {
            Bound::Included(_) if is_exact => ids,
            Bound::Included(key) => ids.sql(value("<=")).text(key),
            Bound::Excluded(key) => ids.sql(value("<")).text(key),
            Bound::Unbounded => ids,
        }
    })
}

fn searched(conn: &mut Conn, filter: &PeopleFilter) -> Result<Option<Demand>> {
    let words = search::words(&filter.q);
    if !filter.places.is_empty() {
        return placed::demand(conn, filter, &words);
    }
    if words.is_empty() {
        return Ok(None);
    }
    let is_rough = !words.iter().all(|word| search::is_answered(word));
    Ok(Some(Demand::new(placed::pieces(conn, &words, is_rough)?, Test::Row(placed::holding(&words)))))
}
