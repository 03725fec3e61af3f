//! Finding a text as a whole in one of several places.
use super::demand::{Demand, holding, pieces};
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
    let is_indexed = |place: &Place| matches!(place, Place::Known | Place::Name | Place::Email | Place::Phone);
    let indexed = !words.is_empty() && filter.places.iter().all(is_indexed);
    let source = indexed.then(|| pieces(conn, words, true));
    (!q.is_empty()).then(|| Demand { source, row: written("(").then(row).sql(")") })
}

fn condition(place: Place, q: &str, words: &[String]) -> Written<Bool> {
    let number = || fold(q).chars().filter(|c| c.is_alphanumeric() || *c == '+').collect::<String>();
    match place {
        Place::Known if words.is_empty() => nobody(),
        Place::Known => holding(words),
        Place::Name => indexed(words, "people.name <> '' AND people.name_key", &fold(q)),
        Place::Email => indexed(words, "people.email_key", &fold(q)),
        Place::Phone => indexed(words, "people.phone_key", &number()),
        Place::Landline => {
            let theirs =
                format!("SELECT e.person_id FROM person_extras AS e WHERE e.name = '{}'", Extra::Landline.name());
            holds(format!("people.id IN ({theirs} AND LOWER(e.value)"), q, ")")
        }
        Place::Wechat => {
            let [one, other] = Provider::WECHAT.map(Provider::provider);
            let theirs = format!("SELECT i.person_id FROM identities AS i WHERE i.provider IN ('{one}', '{other}')");
            holds(format!("people.id IN ({theirs} AND LOWER(i.subject)"), q, ")")
        }
        Place::Details => holds("(LOWER(people.details)".to_owned(), q, ")"),
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

fn holds(before: String, q: &str, after: &'static str) -> Written<Bool> {
    let pattern = search::anywhere_pattern(&q.to_lowercase());
    written(format!("{before} LIKE ")).text(pattern).sql(" ESCAPE '\\'").sql(after)
}
