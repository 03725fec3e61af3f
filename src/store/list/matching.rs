//! Which people a filter means, within what somebody may see.
use super::placed::placed;
use crate::domain::{PeopleFilter, Scope, fold};
use crate::store::schema::{groups, people, people_groups, people_tags, tags};
use crate::store::{Conn, MultiBackend, scope, search};
use diesel::dsl::{IntoBoxed, sql};
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};

pub type Query<'a> = IntoBoxed<'a, people::table, MultiBackend>;

/// Everybody whom this scope lets see.
pub fn in_scope<'a>(scope: Scope) -> Query<'a> {
    let query = people::table.into_boxed();
    match scope::condition(scope) {
        Some(condition) => query.filter(condition),
        None => query,
    }
}

pub fn matching<'a>(conn: &Conn, scope: Scope, filter: &PeopleFilter) -> Query<'a> {
    let mut query = in_scope(scope);
    if !filter.roles.is_empty() {
        query = query.filter(people::role.eq_any(filter.roles.iter().map(|role| *role as i16).collect::<Vec<_>>()));
    }
    if let Some(email) = &filter.email {
        query = query.filter(people::email_key.eq(fold(email)));
    }
    if let Some(status) = filter.status {
        query = query.filter(people::status.eq(status as i16));
    }
    if let Some(name) = &filter.organisation {
        query = query.filter(people::organisation_key.eq(fold(name)));
    }
    if filter.unreachable {
        query = query.filter(people::email_key.is_null().and(people::phone_key.is_null()));
    }
    query = belonging(query, filter);
    query = within(query, filter);
    if filter.places.is_empty() { searched(conn, query, &filter.q) } else { placed(conn, query, filter) }
}

/// By what other tables hold: groups, tags and custom fields.
fn belonging<'a>(mut query: Query<'a>, filter: &PeopleFilter) -> Query<'a> {
    if let Some(name) = &filter.group {
        let members = people_groups::table.inner_join(groups::table).filter(groups::name_key.eq(fold(name)));
        query = query.filter(people::id.eq_any(members.select(people_groups::person_id)));
    }
    if !filter.in_groups.is_empty() {
        let members = people_groups::table.filter(people_groups::group_id.eq_any(filter.in_groups.clone()));
        query = query.filter(people::id.eq_any(members.select(people_groups::person_id)));
    }
    if let Some(name) = &filter.tag {
        let tagged = people_tags::table.inner_join(tags::table).filter(tags::name_key.eq(fold(name)));
        query = query.filter(people::id.eq_any(tagged.select(people_tags::person_id)));
    }
    for (field, within) in &filter.fields {
        let before = format!(
            "people.id IN (SELECT kept.person_id FROM field_values AS kept WHERE kept.field_id = {field} AND kept.value_key >= "
        );
        let from = within.from.clone().unwrap_or_default();
        let until = within.until.clone().unwrap_or_else(|| char::MAX.to_string());
        let condition = sql::<Bool>(&before).bind::<Text, _>(from).sql(" AND kept.value_key <= ");
        query = query.filter(condition.bind::<Text, _>(until).sql(")"));
    }
    query
}

fn within<'a>(mut query: Query<'a>, filter: &PeopleFilter) -> Query<'a> {
    let PeopleFilter { created, changed, seen, .. } = filter;
    if let Some(from) = created.from {
        query = query.filter(people::created_at.ge(from.micros()));
    }
    if let Some(until) = created.until {
        query = query.filter(people::created_at.lt(until.micros()));
    }
    if let Some(from) = changed.from {
        query = query.filter(people::updated_at.ge(from.micros()));
    }
    if let Some(until) = changed.until {
        query = query.filter(people::updated_at.lt(until.micros()));
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

fn searched<'a>(conn: &Conn, mut query: Query<'a>, q: &str) -> Query<'a> {
    let words = search::words(q);
    if !words.is_empty() {
        let (before, after) = search::condition(conn);
        query = query.filter(sql::<Bool>(before).bind::<Text, _>(search::index_query(conn, &words)).sql(after));
    }
    for word in words {
        query = query.filter(people::search_text.like(search::anywhere_pattern(&word)).escape('\\'));
    }
    query
}
