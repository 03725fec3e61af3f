//! Lists of people: one filter for pages and counts, one keyset for every order.
use super::people::{Row, complete};
use super::schema::{people, people_tags, tags};
use super::{Conn, MultiBackend, search};
use crate::domain::{Column, Cursor, Mark, PeopleFilter, Person, Result, Scope, Sort, Span, Turn, fold};
use diesel::dsl::{IntoBoxed, sql};
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};

type Query<'a> = IntoBoxed<'a, people::table, MultiBackend>;

/// A page, and where to go on from it both ways.
#[derive(Debug)]
pub struct Page {
    pub people: Vec<Person>,
    pub before: Option<Cursor>,
    pub after: Option<Cursor>,
}

/// Exactly how many match.
pub fn count(conn: &mut Conn, scope: Scope, filter: &PeopleFilter) -> Result<i64> {
    Ok(matching(conn, scope, filter).count().get_result(conn)?)
}

/// One page in the order asked for. A keyset page costs the same however deep it lies.
pub fn page(
    conn: &mut Conn,
    scope: Scope,
    filter: &PeopleFilter,
    sort: Sort,
    turn: &Turn,
    size: usize,
) -> Result<Page> {
    let backwards = matches!(turn, Turn::Before(_));
    let query = matching(conn, scope, filter);
    let query = ordered(query, sort, turn).limit(size as i64 + 1);
    let mut rows: Vec<Row> = query.select(Row::as_select()).load(conn)?;
    let more = rows.len() > size;
    rows.truncate(size);
    if backwards {
        rows.reverse();
    }
    let first = rows.first().map(|row| cursor(row, sort));
    let last = rows.last().map(|row| cursor(row, sort));
    let (is_start, is_end) = match turn {
        Turn::First => (true, !more),
        Turn::After(_) => (false, !more),
        Turn::Before(_) => (!more, false),
    };
    Ok(Page { people: complete(conn, rows)?, before: first.filter(|_| !is_start), after: last.filter(|_| !is_end) })
}

fn matching<'a>(conn: &Conn, scope: Scope, filter: &PeopleFilter) -> Query<'a> {
    let mut query = people::table.into_boxed();
    match scope {
        Scope::Everyone => {}
        Scope::Only(id) => query = query.filter(people::id.eq(id.0)),
        Scope::Nobody => query = query.filter(sql::<Bool>("1 = 0")),
    }
    if let Some(role) = filter.role {
        query = query.filter(people::role.eq(role as i16));
    }
    if let Some(status) = filter.status {
        query = query.filter(people::status.eq(status as i16));
    }
    if let Some(name) = &filter.organisation {
        query = query.filter(people::organisation_key.eq(fold(name)));
    }
    if let Some(name) = &filter.tag {
        let tagged = people_tags::table.inner_join(tags::table).filter(tags::name_key.eq(fold(name)));
        let tagged = tagged.select(people_tags::person_id);
        query = query.filter(people::id.eq_any(tagged));
    }
    query = within(query, filter.created, filter.seen);
    let words = search::words(&filter.q);
    if !words.is_empty() {
        let (before, after) = search::condition(conn);
        query = query.filter(sql::<Bool>(before).bind::<Text, _>(search::index_query(conn, &words)).sql(after));
    }
    for word in words {
        query = query.filter(people::search_text.like(search::anywhere_pattern(&word)).escape('\\'));
    }
    query
}

fn within<'a>(mut query: Query<'a>, created: Span, seen: Span) -> Query<'a> {
    if let Some(from) = created.from {
        query = query.filter(people::created_at.ge(from.micros()));
    }
    if let Some(until) = created.until {
        query = query.filter(people::created_at.lt(until.micros()));
    }
    if !seen.is_open() {
        query = query.filter(people::last_login_at.gt(0));
    }
    if let Some(from) = seen.from {
        query = query.filter(people::last_login_at.ge(from.micros()));
    }
    if let Some(until) = seen.until {
        query = query.filter(people::last_login_at.lt(until.micros()));
    }
    query
}

/// Sorts by `$column` and the id, and goes on from the cursor. The bound comes first and alone, because
/// only so both databases seek in the index instead of walking it.
macro_rules! keyset {
    ($query:expr, $column:expr, $place:expr, $down:expr) => {
        match ($place, $down) {
            (None, true) => $query.order(($column.desc(), people::id.desc())),
            (None, false) => $query.order(($column.asc(), people::id.asc())),
            (Some((value, id)), true) => $query
                .filter($column.le(value.clone()))
                .filter($column.lt(value).or(people::id.lt(id)))
                .order(($column.desc(), people::id.desc())),
            (Some((value, id)), false) => $query
                .filter($column.ge(value.clone()))
                .filter($column.gt(value).or(people::id.gt(id)))
                .order(($column.asc(), people::id.asc())),
        }
    };
}

fn ordered<'a>(query: Query<'a>, sort: Sort, turn: &Turn) -> Query<'a> {
    let (place, down) = match turn {
        Turn::First => (None, sort.descending),
        Turn::After(cursor) => (Some(cursor), sort.descending),
        Turn::Before(cursor) => (Some(cursor), !sort.descending),
    };
    let number = place.map(|c| (if let Mark::Number(n) = c.mark { n } else { 0 }, c.id));
    let small = number.map(|(n, id)| (n as i16, id));
    let text = place.map(|c| (if let Mark::Text(t) = &c.mark { t.clone() } else { String::new() }, c.id));
    match sort.column {
        Column::Added => by_id(query, place.map(|c| c.id), down),
        Column::Name => keyset!(query, people::name_key, text, down),
        Column::Organisation => keyset!(query, people::organisation_key, text, down),
        Column::Role => keyset!(query, people::role, small, down),
        Column::Status => keyset!(query, people::status, small, down),
        Column::Seen => keyset!(query, people::last_login_at, number, down),
        Column::Created => keyset!(query, people::created_at, number, down),
        Column::Changed => keyset!(query, people::updated_at, number, down),
    }
}

fn by_id<'a>(query: Query<'a>, place: Option<i64>, down: bool) -> Query<'a> {
    match (place, down) {
        (None, true) => query.order(people::id.desc()),
        (None, false) => query.order(people::id.asc()),
        (Some(id), true) => query.filter(people::id.lt(id)).order(people::id.desc()),
        (Some(id), false) => query.filter(people::id.gt(id)).order(people::id.asc()),
    }
}

fn cursor(row: &Row, sort: Sort) -> Cursor {
    let mark = match sort.column {
        Column::Added => Mark::Number(row.id),
        Column::Name => Mark::Text(row.name_key.clone()),
        Column::Organisation => Mark::Text(row.organisation_key.clone()),
        Column::Role => Mark::Number(row.role.into()),
        Column::Status => Mark::Number(row.status.into()),
        Column::Seen => Mark::Number(row.last_login_at),
        Column::Created => Mark::Number(row.created_at),
        Column::Changed => Mark::Number(row.updated_at),
    };
    Cursor { order: sort.to_string(), mark, id: row.id }
}
