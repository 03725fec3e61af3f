//! Finding people by any part of what they are known by: pieces of one to three characters are indexed, and of an
//! address with a long name the end of that; the whole word is checked on the row.
mod ladder;
mod parts;
mod phone;
mod pieces;
mod walk;

pub use parts::{parts, unite};
pub use walk::{Walk, is_long, last};

use super::schema::people_to_index;
use super::written::{among, written};
use super::{BATCH, Conn, each_backend};
use crate::domain::shared::each;
use crate::domain::{Fields, PeopleFilter, PersonId, Result, fold_for_search};
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use phone::{as_phone, is_of_phone, plain};
use pieces::{GRAM, address, all_grams, asked_grams};
use std::collections::BTreeSet;

/// The index is asked for so many whole pieces, at least two of each word.
const MOST_PIECES: usize = 4;

/// Words before it whoever may see a person may find them by, words after it only staff.
pub const STAFF: char = '\n';

/// What a person is found by, folded: words apart by blanks, what anybody sees before [`STAFF`].
pub fn text_of<'a>(
    fields: &'a Fields,
    former: impl Iterator<Item = &'a str>,
    staff: impl Iterator<Item = &'a str>,
) -> String {
    let known = [
        Some(fields.name.as_str()),
        Some(fields.first_name.as_str()),
        Some(fields.last_name.as_str()),
        fields.email.as_ref().map(|e| e.as_str()),
        fields.username.as_ref().map(|u| u.as_str()),
        fields.phone.as_ref().map(|p| p.as_str()),
    ];
    let mut words: Vec<String> = vec![];
    for word in known.into_iter().flatten().chain(former).flat_map(forms) {
        if !words.iter().any(|old| old.contains(&word)) {
            words.push(word);
        }
    }
    let mut more: Vec<String> = staff.flat_map(forms).filter(|word| !words.contains(word)).collect();
    more.sort_unstable();
    more.dedup();
    format!("{}{STAFF}{}", words.join(" "), more.join(" "))
}

/// The words of a text as they are found. What looks like a number is also found by its digits alone.
fn forms(text: &str) -> Vec<String> {
    let folded = fold_for_search(text);
    let words = folded.split(' ').filter(|word| !word.is_empty());
    words.flat_map(|word| [word.to_owned(), as_phone(word)]).collect()
}

/// The words of a query, folded; all must be found. Phone numbers lose their punctuation.
pub fn words(q: &str) -> Vec<String> {
    let folded = fold_for_search(q);
    let all: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    let found = all.chunk_by(|one, next| is_of_phone(one) == is_of_phone(next)).flat_map(plain);
    found.take(PeopleFilter::MOST_WORDS).map(|word| word.chars().take(PeopleFilter::LONGEST_WORD).collect()).collect()
}

/// Whether a piece is the whole word, so that whoever the index finds need not be looked at.
pub fn is_answered(word: &str) -> bool {
    word.chars().count() <= GRAM
}

/// So many pieces of each word keep most of those out who only have them apart. Each costs a list as long as it is
/// common.
pub fn most_pieces(words: &[String]) -> usize {
    (MOST_PIECES / words.len().max(1)).max(2)
}

/// The query in the index's own language, of whichever database this is, for up to so many pieces of each word.
/// PostgreSQL has short pieces of their own; SQLite finds them as what longer ones begin with.
pub fn index_query(conn: &mut Conn, words: &[String], most: usize) -> Result<String> {
    // Whoever waits to be indexed may be from before there were such pieces.
    let by_address = words.iter().any(|word| address(word).is_some()) && !is_behind(conn)?;
    let pieces = words.iter().flat_map(|word| {
        let whole = word.chars().count() >= GRAM;
        let grams = match address(word).filter(|_| by_address) {
            Some(address) => vec![address.to_owned()],
            None if whole => asked_grams(word, most),
            None => vec![word.clone()],
        };
        grams.into_iter().map(move |gram| (gram, whole))
    });
    Ok(match conn {
        Conn::Sqlite(_) => {
            let term = |(gram, whole): (String, bool)| {
                format!("\"{}\"{}", gram.replace('"', "\"\""), if whole { "" } else { "*" })
            };
            pieces.map(term).collect::<Vec<_>>().join(" ")
        }
        Conn::Postgres(_) => pieces.map(|(gram, _)| lexeme(&gram)).collect::<Vec<_>>().join(" & "),
    })
}

/// Whether people wait to be indexed.
pub fn is_behind(conn: &mut Conn) -> Result<bool> {
    let first = people_to_index::table.select(people_to_index::person_id).limit(1);
    Ok(each_backend!(conn, |c| first.load::<i64>(c))?.len() == 1)
}

/// A LIKE pattern for the word anywhere; its escape is `\`.
pub fn anywhere_pattern(word: &str) -> String {
    format!("%{}%", escaped(word))
}

/// A LIKE pattern for what begins so; its escape is `\`.
pub fn prefix_pattern(letters: &str) -> String {
    format!("{}%", escaped(&crate::domain::fold(letters)))
}

pub(super) fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

/// Puts people who were not indexed yet into the index.
pub fn add(conn: &mut Conn, people: &[(PersonId, &str)]) -> Result<()> {
    if let Conn::Postgres(_) = conn {
        return add_at_once(conn, people);
    }
    for some in people.chunks(BATCH) {
        let pieces = each(some, |(_, text)| all_grams(text).join(" "));
        for ((id, _), pieces) in some.iter().zip(pieces) {
            let row = written::<BigInt>("INSERT INTO people_grams (rowid, grams) VALUES (").number(id.0);
            row.sql(", ").text(pieces).sql(")").execute(conn)?;
        }
    }
    Ok(())
}

/// By one statement, because PostgreSQL is asked over a wire.
fn add_at_once(conn: &mut Conn, people: &[(PersonId, &str)]) -> Result<()> {
    let lexemes = |id: i64, text: &str| {
        let short = |gram: &String| {
            let ends = gram.char_indices().skip(1).take(GRAM - 1);
            ends.map(|(at, _)| gram[..at].to_owned()).collect::<Vec<_>>()
        };
        let grams = all_grams(text);
        let all: BTreeSet<String> = grams.iter().flat_map(short).chain(ladder::of(id)).collect();
        all.iter().chain(&grams).map(|gram| lexeme(gram)).collect::<Vec<_>>().join(" ")
    };
    for some in people.chunks(BATCH) {
        let listed: Vec<(i64, String)> = each(some, |(id, text)| (id.0, lexemes(id.0, text)));
        let rows = written::<BigInt>("INSERT INTO people_grams (person_id, grams) SELECT ")
            .sql("CAST(one->>0 AS BIGINT), CAST(one->>1 AS tsvector) FROM json_array_elements(CAST(");
        rows.text(serde_json::json!(listed).to_string()).sql(" AS JSON)) AS one").execute(conn)?;
    }
    Ok(())
}

/// Each is found by the text beside them from now on.
pub fn replace(conn: &mut Conn, people: &[(PersonId, &str)]) -> Result<()> {
    let ids: Vec<PersonId> = people.iter().map(|(id, _)| *id).collect();
    remove(conn, &ids)?;
    add(conn, people)
}

/// These are found by nothing from now on.
pub fn remove(conn: &mut Conn, ids: &[PersonId]) -> Result<()> {
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let id = if let Conn::Sqlite(_) = conn { "rowid" } else { "person_id" };
    let theirs = among(conn, id, &ids).of_type();
    written::<BigInt>("DELETE FROM people_grams WHERE ").then(theirs).execute(conn)?;
    Ok(())
}

fn lexeme(gram: &str) -> String {
    format!("'{}'", gram.replace('\\', "\\\\").replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_number_is_found_however_it_is_typed() {
        assert_eq!(words("138-0000-3818"), ["13800003818"]);
        assert_eq!(words("(415) 555-0199 ada"), ["415", "5550199", "ada"]);
        assert_eq!(words("+49 (030) 123-45 678"), ["49", "30", "12345", "678"]);
        assert_eq!(words("+49 (0)30 12345678"), ["49", "30", "12345678"]);
        assert_eq!(words("139‑1234–5678"), ["13912345678"]);
        assert_eq!(words("a-1-2@b 12.5 (3)"), ["a-1-2@b", "12.5", "(3)"]);
    }
}
