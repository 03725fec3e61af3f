//! What a filter demands of people, each demand in two ways: of an index, and of a row.
use super::placed;
use crate::domain::{Column, PeopleFilter, Role, Scope, Span, Within, fold};
use crate::store::written::{Written, written};
use crate::store::{Conn, scope, search};
use diesel::sql_types::{BigInt, Bool};
use std::ops::Bound;

/// One thing that must hold. Sources and rows are asked the same, unless the source says otherwise.
pub struct Demand {
    pub source: Option<Source>,
    /// As a condition on `people` that no index is used for, so that the order asked for is walked.
    pub row: Written<Bool>,
}

/// Where an index has whoever meets a demand.
pub struct Source {
    /// A statement that further conditions may follow.
    pub ids: Written<BigInt>,
    /// The column that it selects.
    pub id: &'static str,
    /// Their numbers come in order, each once.
    pub is_ordered: bool,
    /// Each once.
    pub is_unique: bool,
    /// Some of them may not meet the demand: rows tell.
    pub is_rough: bool,
}

/// All that a filter demands within a scope, for a list in the order of this column.
pub fn demands(conn: &Conn, scope: Scope, filter: &PeopleFilter, by: &Column) -> Vec<Demand> {
    let by = walked(by);
    let mut all: Vec<Demand> = scope::text(scope).map(in_scope).into_iter().collect();
    all.extend(searched(conn, filter));
    all.extend(filter.tag.as_deref().map(|name| named("people_tags", "tag_id", "tags", name)));
    all.extend(filter.group.as_deref().map(|name| named("people_groups", "group_id", "groups", name)));
    all.extend(in_groups(&filter.in_groups));
    all.extend(filter.fields.iter().map(|(field, within)| kept(*field, within)));
    all.extend(filter.email.as_deref().map(|email| text("email_key", email, by)));
    all.extend(filter.organisation.as_deref().map(|name| text("organisation_key", name, by)));
    if filter.unreachable {
        let row = written("COALESCE(people.email_key, people.phone_key) IS NULL");
        all.push(Demand { source: Some(ordered("COALESCE(one.email_key, one.phone_key) IS NULL", None)), row });
    }
    all.extend(filter.status.map(|status| number("status", status as i64, by)));
    all.extend(roles(&filter.roles, by));
    all.extend(span("created_at", &filter.created, by));
    all.extend(span("updated_at", &filter.changed, by));
    all.extend(span("last_login_at", &filter.seen, by));
    all
}

const ONE: &str = "SELECT one.id FROM people AS one WHERE ";

fn ordered(condition: &str, number: Option<i64>) -> Source {
    let mut ids = written(format!("{ONE}{condition}"));
    if let Some(number) = number {
        ids = ids.number(number);
    }
    Source { ids, id: "one.id", is_ordered: true, is_unique: true, is_rough: false }
}

fn unordered(ids: Written<BigInt>, id: &'static str) -> Source {
    Source { ids, id, is_ordered: false, is_unique: true, is_rough: false }
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
    let row = written(format!("{}people.{column} = ", sign(column, by))).number(value);
    Demand { source: Some(ordered(&format!("one.{column} = "), Some(value))), row }
}

fn text(column: &str, value: &str, by: &str) -> Demand {
    let mut source = ordered(&format!("one.{column} = "), None);
    source.ids = source.ids.text(fold(value));
    // A text takes no sign; with nothing added to it, it is still the text.
    let added = if column == by { "" } else { " || ''" };
    Demand { source: Some(source), row: written(format!("people.{column}{added} = ")).text(fold(value)) }
}

fn roles(roles: &[Role], by: &str) -> Option<Demand> {
    match roles {
        [] => None,
        [role] => Some(number("role", *role as i64, by)),
        several => {
            let listed = several.iter().map(|role| (*role as i16).to_string()).collect::<Vec<_>>().join(", ");
            let source = unordered(written(format!("{ONE}one.role IN ({listed})")), "one.id");
            Some(Demand {
                source: Some(source),
                row: written(format!("{}people.role IN ({listed})", sign("role", by))),
            })
        }
    }
}

fn in_scope(text: String) -> Demand {
    let ids = written(format!("{ONE}one.id IN (SELECT people.id FROM people WHERE {text})"));
    let source = unordered(ids, "one.id");
    Demand { source: Some(source), row: written(text) }
}

/// By the name of something that people wear or are in.
fn named(link: &'static str, column: &str, table: &str, name: &str) -> Demand {
    let id = if link == "people_tags" { "people_tags.person_id" } else { "people_groups.person_id" };
    let which = format!("(SELECT {table}.id FROM {table} WHERE {table}.name_key = ");
    let ids = written(format!("SELECT {id} FROM {link} WHERE {link}.{column} = {which}")).text(fold(name)).sql(")");
    linked(Source { ids, id, is_ordered: true, is_unique: true, is_rough: false })
}

fn linked(source: Source) -> Demand {
    let theirs = written::<Bool>(format!(" AND {} = people.id)", source.id));
    let row = written("EXISTS (").then(source.ids.clone().of_type()).then(theirs);
    Demand { source: Some(source), row }
}

fn in_groups(groups: &[i64]) -> Option<Demand> {
    let listed = groups.iter().map(i64::to_string).collect::<Vec<_>>().join(", ");
    let id = "people_groups.person_id";
    let ids = written(format!("SELECT {id} FROM people_groups WHERE people_groups.group_id IN ({listed})"));
    let is_one = groups.len() == 1;
    let source = Source { ids, id, is_ordered: is_one, is_unique: is_one, is_rough: false };
    (!groups.is_empty()).then(|| linked(source))
}

fn kept(field: i64, within: &Within) -> Demand {
    let ids = written("SELECT kept.person_id FROM field_values AS kept WHERE kept.field_id = ").number(field);
    let is_exact = within.from != Bound::Unbounded && within.from == within.until;
    let ids = match &within.from {
        Bound::Included(key) if is_exact => ids.sql(" AND kept.value_key = ").text(key),
        Bound::Included(key) => ids.sql(" AND kept.value_key >= ").text(key),
        Bound::Excluded(key) => ids.sql(" AND kept.value_key > ").text(key),
        Bound::Unbounded => ids,
    };
    let ids = match &within.until {
        Bound::Included(_) if is_exact => ids,
        Bound::Included(key) => ids.sql(" AND kept.value_key <= ").text(key),
        Bound::Excluded(key) => ids.sql(" AND kept.value_key < ").text(key),
        Bound::Unbounded => ids,
    };
    linked(Source { ids, id: "kept.person_id", is_ordered: is_exact, is_unique: is_exact, is_rough: false })
}

fn span(column: &str, span: &Span, by: &str) -> Option<Demand> {
    if span.is_open() {
        return None;
    }
    let (mut ids, mut row) = (written::<BigInt>(ONE), written::<Bool>(""));
    // Who was never seen was seen at 0.
    let from = span.from.map_or(1, |from| from.micros());
    ids = ids.sql(format!("one.{column} >= ")).number(from);
    row = row.sql(format!("{}people.{column} >= ", sign(column, by))).number(from);
    if let Some(until) = span.until {
        ids = ids.sql(format!(" AND one.{column} < ")).number(until.micros());
        row = row.sql(format!(" AND {}people.{column} < ", sign(column, by))).number(until.micros());
    }
    Some(Demand { source: Some(unordered(ids, "one.id")), row })
}

fn searched(conn: &Conn, filter: &PeopleFilter) -> Option<Demand> {
    let words = search::words(&filter.q);
    if !filter.places.is_empty() {
        return placed::demand(conn, filter, &words);
    }
    let is_rough = !words.iter().all(|word| search::is_answered(word));
    (!words.is_empty()).then(|| Demand { source: Some(pieces(conn, &words, is_rough)), row: holding(&words) })
}

/// Whom the search index finds.
pub fn pieces(conn: &Conn, words: &[String], is_rough: bool) -> Source {
    let id = search::id_column(conn);
    Source { ids: search::found(conn, words), id, is_ordered: true, is_unique: true, is_rough }
}

/// Each of the words somewhere in what a person is known by.
pub fn holding(words: &[String]) -> Written<Bool> {
    let mut all = written("(1 = 1");
    for word in words {
        all = all.sql(" AND people.search_text LIKE ").text(search::anywhere_pattern(word)).sql(" ESCAPE '\\'");
    }
    all.sql(")")
}
