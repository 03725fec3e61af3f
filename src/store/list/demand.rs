//! What a filter demands of people, each demand in two ways: of an index, and of a row.
use super::placed;
use super::source::{ONE, Source, ordered, unordered};
use crate::domain::{Column, PeopleFilter, Result, Role, Scope, Span, Within, fold};
use crate::store::written::{Written, written};
use crate::store::{Conn, scope, search};
use diesel::sql_types::{BigInt, Bool};
use std::collections::BTreeSet;
use std::ops::Bound;

/// One thing that must hold. Sources and rows are asked the same, unless the source says otherwise.
pub struct Demand {
    pub source: Option<Source>,
    pub test: Test,
}

/// How it is found out whether somebody meets a demand, without looking for others who do.
#[derive(Clone)]
pub enum Test {
    /// A condition on `people` that no index is used for, so that the order asked for is walked.
    Row(Written<Bool>),
    /// A statement that their number completes: a table of links has them, and their own row need not be read.
    Link(Written<Bool>),
}

impl Test {
    /// As a condition on `people`.
    pub fn of_row(self) -> Written<Bool> {
        match self {
            Self::Row(condition) => condition,
            Self::Link(_) => self.of("people.id"),
        }
    }

    /// Of the number in this column; rows are looked up by it. As a value rather than with EXISTS: PostgreSQL would
    /// sooner read everybody than look up one after the other, and lose the order.
    fn of(self, id: &str) -> Written<Bool> {
        match self {
            Self::Row(condition) => {
                let one = written(format!("(SELECT MIN(1) FROM people WHERE people.id = {id} AND "));
                one.then(condition).sql(") = 1")
            }
            Self::Link(statement) => {
                written("(SELECT MIN(1) FROM (").then(statement).sql(format!("{id}) AS linked) = 1"))
            }
        }
    }
}

/// That the number in this column meets all of these; nothing when there is nothing to meet. Links are asked first.
pub fn those<ST>(id: &str, tests: Vec<Test>) -> Written<ST> {
    let (links, rows): (Vec<Test>, Vec<Test>) = tests.into_iter().partition(|test| matches!(test, Test::Link(_)));
    let row = rows.into_iter().map(Test::of_row).reduce(|all, one| all.sql(" AND ").then(one)).map(Test::Row);
    let all = links.into_iter().chain(row).map(|test| test.of(id));
    all.fold(written(""), |all, one| all.sql(" AND ").then(one.of_type()))
}

/// All that a filter demands within a scope, for a list in the order of this column.
pub fn demands(conn: &mut Conn, scope: Scope, filter: &PeopleFilter, by: &Column) -> Result<Vec<Demand>> {
    let by = walked(by);
    let mut all: Vec<Demand> = scope::text(scope).map(in_scope).into_iter().collect();
    all.extend(searched(conn, filter)?);
    all.extend(filter.tag.as_deref().map(|name| named("people_tags", "tag_id", "tags", name)));
    all.extend(filter.group.as_deref().map(|name| named("people_groups", "group_id", "groups", name)));
    all.extend(in_groups(&filter.in_groups));
    all.extend(filter.fields.iter().map(|(field, within)| kept(*field, within)));
    all.extend(filter.email.as_deref().map(|email| text("email_key", email, by)));
    all.extend(filter.organisation.as_deref().map(|name| text("organisation_key", name, by)));
    if filter.unreachable {
        let source = ordered("COALESCE(one.email_key, one.phone_key) IS NULL", None);
        let test = Test::Row(written("COALESCE(people.email_key, people.phone_key) IS NULL"));
        all.push(Demand { source: Some(source), test });
    }
    all.extend(filter.status.map(|status| number("status", status as i64, by)));
    all.extend(roles(conn, &filter.roles, by));
    all.extend(span("created_at", &filter.created, by));
    all.extend(span("updated_at", &filter.changed, by));
    all.extend(span("last_login_at", &filter.seen, by));
    Ok(all)
}

/// The index of which column gives this order, where a filter may ask for the same column.
fn walked(by: &Column) -> &'static str {
    match by {
        Column::Role => "role",
        Column::Status => "status",
        Column::Organisation => "organisation_key",
        Column::Seen => "last_login_at",
        Column::Created => "created_at",
        Column::Changed => "updated_at",
        _ => "",
    }
}

/// Keeps both databases from using the column's index, but for the order asked for.
fn sign(column: &str, by: &str) -> &'static str {
    if column == by { "" } else { "+" }
}

fn number(column: &str, value: i64, by: &str) -> Demand {
    let test = Test::Row(written(format!("{}people.{column} = ", sign(column, by))).number(value));
    Demand { source: Some(ordered(&format!("one.{column} = "), Some(value))), test }
}

fn text(column: &str, value: &str, by: &str) -> Demand {
    let mut source = ordered(&format!("one.{column} = "), None);
    source.ids = source.ids.text(fold(value));
    // A text takes no sign; with nothing added to it, it is still the text.
    let added = if column == by { "" } else { " || ''" };
    Demand { source: Some(source), test: Test::Row(written(format!("people.{column}{added} = ")).text(fold(value))) }
}

fn roles(conn: &Conn, roles: &[Role], by: &str) -> Option<Demand> {
    match roles {
        [] => None,
        [role] => Some(number("role", *role as i64, by)),
        several => {
            let numbers: BTreeSet<String> = several.iter().map(|role| (*role as i16).to_string()).collect();
            // An index has those of each role in order, and both databases merge these; PostgreSQL only what says so.
            let [begin, end] = match conn {
                Conn::Sqlite(_) => ["", ""],
                Conn::Postgres(_) => ["(", " ORDER BY people.id DESC)"],
            };
            let of = |role| format!("{begin}SELECT people.id FROM people WHERE people.role = {role}{end}");
            let of_each = numbers.iter().map(of);
            let all = of_each.collect::<Vec<_>>().join(" UNION ALL ");
            let ids = written(format!("SELECT one.id FROM ({all}) AS one WHERE 1 = 1"));
            let source = Source { is_ordered: true, ..unordered(ids) };
            let listed = numbers.into_iter().collect::<Vec<_>>().join(", ");
            let test = Test::Row(written(format!("{}people.role IN ({listed})", sign("role", by))));
            Some(Demand { source: Some(source), test })
        }
    }
}

fn in_scope(text: String) -> Demand {
    let ids = written(format!("{ONE}one.id IN (SELECT people.id FROM people WHERE {text})"));
    Demand { source: Some(unordered(ids)), test: Test::Row(written(text)) }
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
    Demand { source: Some(source), test: Test::Link(ids("other").of_type().sql(" AND other.person_id = ")) }
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

fn span(column: &str, span: &Span, by: &str) -> Option<Demand> {
    if span.is_open() {
        return None;
    }
    let (mut ids, mut row) = (written::<BigInt>(ONE), written::<Bool>(""));
    // Who was never seen was seen at 0.
    let from = span.from.map_or(1, |from| from.micros().max(1));
    ids = ids.sql(format!("one.{column} >= ")).number(from);
    row = row.sql(format!("{}people.{column} >= ", sign(column, by))).number(from);
    if let Some(until) = span.until {
        ids = ids.sql(format!(" AND one.{column} < ")).number(until.micros());
        row = row.sql(format!(" AND {}people.{column} < ", sign(column, by))).number(until.micros());
    }
    Some(Demand { source: Some(unordered(ids)), test: Test::Row(row) })
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
    let test = Test::Row(placed::holding(&words));
    Ok(Some(Demand { source: Some(placed::pieces(conn, &words, is_rough)?), test }))
}
