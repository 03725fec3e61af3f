//! Finding a text as a whole in one of several places.
use super::demand::Demand;
use super::source::{Source, unordered};
use super::test::Test;
use crate::domain::extra::Extra;
use crate::domain::person::Provider;
use crate::domain::{PeopleFilter, Place, Result, fold};
use crate::store::written::{Written, written};
use crate::store::{Conn, search};
use diesel::sql_types::Bool;

/// Nothing when there is no text to look for.
pub fn demand(conn: &mut Conn, filter: &PeopleFilter, words: &[String]) -> Result<Option<Demand>> {
    let q = filter.q.trim();
    let either = |one: Written<Bool>, other: Written<Bool>| one.sql(" OR ").then(other);
    let row = filter.places.iter().map(|place| condition(*place, q, words)).reduce(either);
    let Some(row) = row.filter(|_| !q.is_empty()) else { return Ok(None) };
    let test = Test::Row(written("(").then(row).sql(")"));
    Ok(Some(Demand::new(source(conn, filter, words)?, test)))
}

/// Whoever may be meant; nothing where only rows tell.
fn source(conn: &mut Conn, filter: &PeopleFilter, words: &[String]) -> Result<Option<Source>> {
    let is_indexed = !words.is_empty() && !filter.places.contains(&Place::Details);
    is_indexed.then(|| pieces(conn, words, true)).transpose()
}

/// Whom the search index finds.
pub fn pieces(conn: &mut Conn, words: &[String], is_rough: bool) -> Result<Source> {
    let query = search::index_query(conn, words, search::most_pieces(words))?;
    let whom = |ids, id| Source { id, is_ordered: true, is_rough, is_slow: true, ..unordered(ids) };
    if let Conn::Postgres(_) = conn {
        let last = search::last(conn)?;
        let walk = search::Walk::of(query, last);
        let found = whom(walk.all(), "people_grams.person_id");
        return Ok(Source { walk: Some(walk), is_long: search::is_long(last), ..found });
    }
    let found = |query: String| {
        let ids = "SELECT people_grams.rowid FROM people_grams WHERE people_grams MATCH ";
        whom(written(ids).text(query), "people_grams.rowid")
    };
    if words.len() < 2 {
        return Ok(found(query));
    }
    // SQLite goes through a list for every piece, and hardly anybody has a piece of each word but not the words.
    let brief = Some(search::index_query(conn, words, 1)?).filter(|brief| *brief != query);
    let is_long = search::is_long(search::last(conn)?);
    Ok(Source { brief: brief.map(|brief| Box::new(found(brief))), is_long, ..found(query) })
}

/// That somebody's land line or WeChat name holds the text.
fn apart(place: Place, q: &str) -> Written<Bool> {
    let before = match place {
        Place::Landline => {
            let name = Extra::Landline.name();
            format!(
                "SELECT 1 FROM person_extras AS e WHERE e.person_id = people.id AND e.name = '{name}' AND LOWER(e.value)"
            )
        }
        _ => {
            let [one, other] = Provider::WECHAT.map(Provider::provider);
            format!(
                "SELECT 1 FROM identities AS i
                 WHERE i.person_id = people.id AND i.provider IN ('{one}', '{other}') AND LOWER(i.subject)"
            )
        }
    };
    written("EXISTS (").then(holds(before, q)).sql(")")
}

fn condition(place: Place, q: &str, words: &[String]) -> Written<Bool> {
    let number = || fold(q).chars().filter(|c| c.is_alphanumeric() || *c == '+').collect::<String>();
    match place {
        Place::Known | Place::Contact if words.is_empty() => nobody(),
        Place::Known => holding(words),
        Place::Contact => contact(words),
        Place::Name => indexed(words, "people.name <> '' AND people.name_key", &fold(q)),
        Place::Email => indexed(words, "people.email_key", &fold(q)),
        Place::Phone => indexed(words, "people.phone_key", &number()),
        Place::Landline | Place::Wechat => apart(place, q),
        Place::Details => written("(").then(holds("LOWER(people.details)".to_owned(), q)).sql(")"),
    }
}

/// Each of the words somewhere in what a person is known by.
pub fn holding(words: &[String]) -> Written<Bool> {
    all_like(words.iter().map(|word| search::anywhere_pattern(word)))
}

/// Each of them before what only staff see.
fn contact(words: &[String]) -> Written<Bool> {
    all_like(words.iter().map(|word| format!("{}{}%", search::anywhere_pattern(word), search::STAFF)))
}

fn all_like(patterns: impl Iterator<Item = String>) -> Written<Bool> {
    let mut all = written("(1 = 1");
    for pattern in patterns {
        all = all.sql(" AND people.search_text LIKE ").text(pattern).sql(" ESCAPE '\\'");
    }
    all.sql(")")
}

fn nobody() -> Written<Bool> {
    written("1 = 0")
}

/// Whoever is known by these words and has the text in this column; a text without any word is nowhere.
fn indexed(words: &[String], column: &str, text: &str) -> Written<Bool> {
    if text.is_empty() || words.is_empty() {
        return nobody();
    }
    let holds = written(format!(" AND {column} LIKE ")).text(search::anywhere_pattern(text)).sql(" ESCAPE '\\')");
    written("(").then(holding(words)).then(holds)
}

fn holds(before: String, q: &str) -> Written<Bool> {
    let pattern = search::anywhere_pattern(&q.to_lowercase());
    written(format!("{before} LIKE ")).text(pattern).sql(" ESCAPE '\\'")
}
