//! Finding people by any part of what they are known by: pieces of one to three characters are indexed,
//! and the whole word is checked on the row.
mod ladder;
mod parts;
mod walk;

pub use parts::{parts, unite};
pub use walk::Walk;

use super::written::written;
use super::{BATCH, Conn};
use crate::domain::{Fields, PersonId, Result, fold_for_search};
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use std::collections::BTreeSet;

/// A query is cut off here; nobody types more.
const MOST_WORDS: usize = 8;
const LONGEST_WORD: usize = 64;
const GRAM: usize = 3;
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
    let bounded = |word: &str| word.chars().take(LONGEST_WORD).collect::<String>();
    folded.split(' ').filter(|word| !word.is_empty()).take(MOST_WORDS).map(|word| bounded(&as_phone(word))).collect()
}

fn as_phone(word: &str) -> String {
    let digits: String = word.chars().filter(char::is_ascii_digit).collect();
    let shaped = word.chars().all(|c| c.is_ascii_digit() || "+-.()/".contains(c));
    if shaped && digits.len() >= 7 { digits } else { word.to_owned() }
}

/// Whether a piece is the whole word, so that whoever the index finds need not be looked at.
pub fn is_answered(word: &str) -> bool {
    word.chars().count() <= GRAM
}

/// The query in the index's own language, of whichever database this is. PostgreSQL has short pieces of their own;
/// SQLite finds them as what longer ones begin with.
pub fn index_query(conn: &Conn, words: &[String]) -> String {
    // Each piece more costs a list as long as it is common.
    let most = (MOST_PIECES / words.len().max(1)).max(2);
    let pieces = words.iter().flat_map(|word| {
        let whole = word.chars().count() >= GRAM;
        let grams = if whole { asked_grams(word, most) } else { vec![word.clone()] };
        grams.into_iter().map(move |gram| (gram, whole))
    });
    match conn {
        Conn::Sqlite(_) => {
            let term = |(gram, whole): (String, bool)| {
                format!("\"{}\"{}", gram.replace('"', "\"\""), if whole { "" } else { "*" })
            };
            pieces.map(term).collect::<Vec<_>>().join(" ")
        }
        Conn::Postgres(_) => pieces.map(|(gram, _)| lexeme(&gram)).collect::<Vec<_>>().join(" & "),
    }
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
    for (id, text) in people {
        let row = written::<BigInt>("INSERT INTO people_grams (rowid, grams) VALUES (").number(id.0);
        row.sql(", ").text(all_grams(text).join(" ")).sql(")").execute(conn)?;
    }
    Ok(())
}

/// By one statement, because PostgreSQL is asked over a wire.
fn add_at_once(conn: &mut Conn, people: &[(PersonId, &str)]) -> Result<()> {
    let lexemes = |id: i64, text: &str| {
        let short =
            |gram: &String| gram.char_indices().skip(1).map(|(at, _)| gram[..at].to_owned()).collect::<Vec<_>>();
        let grams = all_grams(text);
        let all: BTreeSet<String> = grams.iter().flat_map(short).chain(ladder::of(id)).collect();
        all.iter().chain(&grams).map(|gram| lexeme(gram)).collect::<Vec<_>>().join(" ")
    };
    for some in people.chunks(BATCH) {
        let listed: Vec<(i64, String)> = some.iter().map(|(id, text)| (id.0, lexemes(id.0, text))).collect();
        let rows = written::<BigInt>("INSERT INTO people_grams (person_id, grams) SELECT ")
            .sql("CAST(one->>0 AS BIGINT), CAST(one->>1 AS tsvector) FROM json_array_elements(CAST(");
        rows.text(serde_json::json!(listed).to_string()).sql(" AS JSON)) AS one").execute(conn)?;
    }
    Ok(())
}

/// The person is found by `text` from now on.
pub fn replace(conn: &mut Conn, id: PersonId, text: &str) -> Result<()> {
    remove(conn, id)?;
    add(conn, &[(id, text)])
}

/// The person is found by nothing from now on.
pub fn remove(conn: &mut Conn, id: PersonId) -> Result<()> {
    let sql = match conn {
        Conn::Sqlite(_) => "DELETE FROM people_grams WHERE rowid = ",
        Conn::Postgres(_) => "DELETE FROM people_grams WHERE person_id = ",
    };
    written::<BigInt>(sql).number(id.0).execute(conn)?;
    Ok(())
}

fn all_grams(text: &str) -> Vec<String> {
    let mut all: Vec<String> = text.split([' ', STAFF]).flat_map(grams).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// At each character the piece of up to three from there; shorter at the word's end.
fn grams(word: &str) -> impl Iterator<Item = String> + '_ {
    word.char_indices().map(|(at, _)| word[at..].chars().take(GRAM).collect())
}

/// The whole pieces of a word that the index is asked for. Of a long word a few side by side are enough, and of an
/// address those before its `@`: each more costs a list as long as it is common, and the row is looked at anyway.
fn asked_grams(word: &str, most: usize) -> Vec<String> {
    const LONG: usize = 8;
    let name = word.split('@').next().filter(|name| name.chars().count() >= LONG).unwrap_or(word);
    let mut asked: Vec<String> = grams(name).filter(|gram| gram.chars().count() == GRAM).collect();
    if asked.len() > most {
        let last = asked.len() - 1;
        let apart = asked.into_iter().enumerate().filter(|(at, _)| at % GRAM == 0 || *at == last);
        asked = apart.map(|(_, gram)| gram).collect();
        asked.sort_by_key(|gram| std::cmp::Reverse(rarity(gram)));
        asked.truncate(most);
    }
    asked
}

/// Roughly how much a piece tells people apart: figures more than letters, and rare letters more than common ones.
fn rarity(gram: &str) -> u32 {
    let of = |c: char| match c {
        'a' | 'e' | 'i' | 'l' | 'n' | 'o' | 'r' | 's' | 't' => 1,
        'j' | 'k' | 'q' | 'v' | 'w' | 'x' | 'y' | 'z' => 3,
        'b'..='z' => 2,
        '0'..='9' => 4,
        _ if c.is_ascii() => 0,
        _ => 5,
    };
    gram.chars().map(of).sum()
}

fn lexeme(gram: &str) -> String {
    format!("'{}'", gram.replace('\\', "\\\\").replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_gives_a_piece_at_each_of_its_characters() {
        assert_eq!(grams("王伟an").collect::<Vec<_>>(), ["王伟a", "伟an", "an", "n"]);
    }

    #[test]
    fn of_a_long_word_the_index_is_asked_for_few_pieces() {
        assert_eq!(asked_grams("marsh", 4), ["mar", "ars", "rsh"]);
        assert_eq!(asked_grams("marshlands-of", 4), ["mar", "shl", "and", "-of"]);
        assert_eq!(asked_grams("mei.marsh.7-123456@fjord.example", 4), ["123", "456", "mei", "rsh"]);
        assert_eq!(asked_grams("ada.marsh@kestrel.example", 4), ["ada", "rsh", ".ma"]);
        assert_eq!(asked_grams("ada@fjord", 4), ["@fj", "ada", "ord"]);
    }

    #[test]
    fn a_phone_number_is_found_however_it_is_typed() {
        assert_eq!(words("138-0000-3818"), ["13800003818"]);
        assert_eq!(words("a-1-2@b"), ["a-1-2@b"]);
    }
}
