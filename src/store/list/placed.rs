//! Finding a text as a whole in one of several places.
use super::demand::{Demand, Source, Test, holding, pieces};
use crate::domain::extra::Extra;
use crate::domain::person::Provider;
use crate::domain::{PeopleFilter, Place, fold};
use crate::store::written::{Written, written};
use crate::store::{Conn, search};
use diesel::sql_types::Bool;

/// Nothing when there is no text to look for.
pub fn demand(conn: &Conn, filter: &PeopleFilter, words: &[String]) -> Option<Demand> {
    let q = filter.q.trim();
    let either = |one: Written<Bool>, other: Written<Bool>| one.sql(" OR ").then(other);
    let row = filter.places.iter().map(|place| condition(*place, q, words)).reduce(either)?;
    let test = Test::Row(written("(").then(row).sql(")"));
    (!q.is_empty()).then(|| Demand { source: source(conn, filter, words, q), test })
}

/// Whoever may be meant; nothing where only rows tell.
fn source(conn: &Conn, filter: &PeopleFilter, words: &[String], q: &str) -> Option<Source> {
    let is_known = |place: &&Place| matches!(place, Place::Known | Place::Name | Place::Email | Place::Phone);
    let (known, others): (Vec<&Place>, Vec<&Place>) = filter.places.iter().partition(is_known);
    if known.is_empty() || words.is_empty() || others.contains(&&Place::Details) {
        return None;
    }
    let pieces = pieces(conn, words, true);
    if others.is_empty() {
        return Some(pieces);
    }
    let mut ids = written("SELECT one.id FROM people AS one WHERE one.id IN (").then(pieces.ids);
    for place in others {
        ids = ids.sql(" UNION ").then(apart(*place, q));
    }
    Some(Source { ids: ids.sql(")"), id: "one.id", is_ordered: false, ..pieces })
}

/// Whose land line or WeChat name holds the text.
fn apart<ST>(place: Place, q: &str) -> Written<ST> {
    let before = match place {
        Place::Landline => {
            let name = Extra::Landline.name();
            format!("SELECT e.person_id FROM person_extras AS e WHERE e.name = '{name}' AND LOWER(e.value)")
        }
        _ => {
            let [one, other] = Provider::WECHAT.map(Provider::provider);
            format!(
                "SELECT i.person_id FROM identities AS i WHERE i.provider IN ('{one}', '{other}') AND LOWER(i.subject)"
            )
        }
    };
    holds(before, q)
}

fn condition(place: Place, q: &str, words: &[String]) -> Written<Bool> {
    let number = || fold(q).chars().filter(|c| c.is_alphanumeric() || *c == '+').collect::<String>();
    match place {
        Place::Known if words.is_empty() => nobody(),
        Place::Known => holding(words),
        Place::Name => indexed(words, "people.name <> '' AND people.name_key", &fold(q)),
        Place::Email => indexed(words, "people.email_key", &fold(q)),
        Place::Phone => indexed(words, "people.phone_key", &number()),
        Place::Landline | Place::Wechat => written("people.id IN (").then(apart(place, q)).sql(")"),
        Place::Details => written("(").then(holds("LOWER(people.details)".to_owned(), q)).sql(")"),
    }
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

fn holds<ST>(before: String, q: &str) -> Written<ST> {
    let pattern = search::anywhere_pattern(&q.to_lowercase());
    written(format!("{before} LIKE ")).text(pattern).sql(" ESCAPE '\\'")
}
