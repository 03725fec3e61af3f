//! Finding a text as a whole in one of several places.
use super::matching::Query;
use crate::domain::extra::Extra;
use crate::domain::person::Provider;
use crate::domain::{PeopleFilter, Place, fold};
use crate::store::schema::people;
use crate::store::{Conn, MultiBackend, search};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};

type Condition = Box<dyn BoxableExpression<people::table, MultiBackend, SqlType = Bool>>;

pub fn placed<'a>(conn: &Conn, query: Query<'a>, filter: &PeopleFilter) -> Query<'a> {
    let q = filter.q.trim();
    if q.is_empty() {
        return query;
    }
    let either = |one: Condition, other: Condition| -> Condition { Box::new(one.or(other)) };
    match filter.places.iter().map(|place| condition(conn, *place, q)).reduce(either) {
        Some(any) => query.filter(any),
        None => query,
    }
}

fn condition(conn: &Conn, place: Place, q: &str) -> Condition {
    let words = search::words(q);
    let number = || fold(q).chars().filter(|c| c.is_alphanumeric() || *c == '+').collect::<String>();
    match place {
        Place::Known => {
            let each = words.iter().map(|word| -> Condition {
                Box::new(people::search_text.like(search::anywhere_pattern(word)).escape('\\'))
            });
            let both = |one: Condition, other: Condition| -> Condition { Box::new(one.and(other)) };
            let found = each.reduce(both).unwrap_or_else(|| Box::new(sql::<Bool>("1 = 0")));
            both(known(conn, &words), found)
        }
        Place::Name => indexed(conn, &words, "people.name <> '' AND people.name_key", &fold(q)),
        Place::Email => indexed(conn, &words, "people.email_key", &fold(q)),
        Place::Phone => indexed(conn, &words, "people.phone_key", &number()),
        Place::Landline => {
            let theirs =
                format!("SELECT e.person_id FROM person_extras AS e WHERE e.name = '{}'", Extra::Landline.name());
            holds(&format!("people.id IN ({theirs} AND LOWER(e.value)"), q, ")")
        }
        Place::Wechat => {
            let [one, other] = Provider::WECHAT.map(Provider::provider);
            let theirs = format!("SELECT i.person_id FROM identities AS i WHERE i.provider IN ('{one}', '{other}')");
            holds(&format!("people.id IN ({theirs} AND LOWER(i.subject)"), q, ")")
        }
        Place::Details => holds("(LOWER(people.details)", q, ")"),
    }
}

/// Those whom the search index finds.
fn known(conn: &Conn, words: &[String]) -> Condition {
    if words.is_empty() {
        return Box::new(sql::<Bool>("1 = 0"));
    }
    let (before, after) = search::condition(conn);
    Box::new(sql::<Bool>(before).bind::<Text, _>(search::index_query(conn, words)).sql(after))
}

/// Of those, those whose column holds the text; a text without any word is nowhere.
fn indexed(conn: &Conn, words: &[String], column: &str, text: &str) -> Condition {
    if text.is_empty() {
        return Box::new(sql::<Bool>("1 = 0"));
    }
    let holds = sql::<Bool>(&format!("({column} LIKE ")).bind::<Text, _>(search::anywhere_pattern(text));
    Box::new(known(conn, words).and(holds.sql(" ESCAPE '\\')")))
}

fn holds(before: &str, q: &str, after: &str) -> Condition {
    let pattern = search::anywhere_pattern(&q.to_lowercase());
    Box::new(sql::<Bool>(&format!("{before} LIKE ")).bind::<Text, _>(pattern).sql(&format!(" ESCAPE '\\'{after}")))
}
