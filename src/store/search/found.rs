//! Asking the index for words.
use super::{GRAM, asked_grams, ladder, lexeme};
use crate::domain::Result;
use crate::store::Conn;
use crate::store::schema::people;
use crate::store::written::{Written, written};
use diesel::prelude::*;
use diesel::sql_types::BigInt;

/// The index is asked for so many whole pieces, at least two of each word.
const MOST_PIECES: usize = 4;

/// Whom the index finds.
#[derive(Clone)]
pub struct Found {
    index: String,
    /// The largest number there is, on PostgreSQL.
    last: Option<i64>,
}

impl Found {
    /// By these words.
    pub fn by(conn: &mut Conn, words: &[String]) -> Result<Self> {
        let last = match conn {
            Conn::Sqlite(_) => None,
            Conn::Postgres(c) => Some(people::table.select(people::id).order(people::id.desc()).first(c).optional()?),
        };
        Ok(Self { index: index_query(conn, words), last: last.map(Option::unwrap_or_default) })
    }

    /// The column of [`Found::ids`].
    pub fn id(&self) -> &'static str {
        if self.last.is_some() { "people_grams.person_id" } else { "people_grams.rowid" }
    }

    /// Whether counting reads a row for each.
    pub fn reads_rows(&self) -> bool {
        self.last.is_some()
    }

    /// A statement for their numbers; further conditions may follow.
    pub fn ids(&self) -> Written<BigInt> {
        match self.last {
            Some(last) => self.along(ladder::down(last), "DESC", None),
            None => written("SELECT people_grams.rowid FROM people_grams WHERE people_grams MATCH ").text(&*self.index),
        }
    }

    /// The same in order, beyond this number; further conditions may follow, and then [`Found::order`].
    pub fn walked(&self, from: Option<i64>, down: bool) -> Written<BigInt> {
        let sign = if down { "<" } else { ">" };
        match self.last {
            Some(last) if down => {
                self.along(ladder::down(from.unwrap_or(last).min(last)), "DESC", from.map(|it| (sign, it)))
            }
            Some(last) => self.along(ladder::up(from.unwrap_or(0), last), "ASC", from.map(|it| (sign, it))),
            None => match from {
                Some(from) => self.ids().sql(format!(" AND {} {sign} ", self.id())).number(from),
                None => self.ids(),
            },
        }
    }

    /// What puts the statement into order, unless it is.
    pub fn order(&self, down: bool) -> Option<String> {
        let way = if down { "DESC" } else { "ASC" };
        self.last.is_none().then(|| format!(" ORDER BY {} {way}", self.id()))
    }

    /// One range after the other. Whoever is found in a range is in order, and so is the whole: PostgreSQL has no way
    /// to join these but one row after the other.
    fn along(&self, ranges: Vec<String>, way: &str, from: Option<(&str, i64)>) -> Written<BigInt> {
        let ranges: Vec<String> = ranges.iter().map(|range| format!("\"'{range}'\"")).collect();
        let all = written("SELECT people_grams.person_id FROM unnest(CAST(").text(format!("{{{}}}", ranges.join(",")));
        let all =
            all.sql(" AS TEXT[])) AS step (range) CROSS JOIN LATERAL (SELECT g.person_id FROM people_grams AS g ");
        // The range by itself: within one query PostgreSQL would go through the word's whole list before it.
        let all = all.sql("WHERE g.grams @@ CAST(step.range AS tsquery) AND g.grams @@ CAST(").text(&*self.index);
        let all = all.sql(" AS tsquery)");
        let all = match from {
            Some((sign, from)) => all.sql(format!(" AND g.person_id {sign} ")).number(from),
            None => all,
        };
        all.sql(format!(" ORDER BY g.person_id {way}) AS people_grams WHERE 1 = 1"))
    }
}

/// The query in the index's own language, of whichever database this is. PostgreSQL has short pieces of their own;
/// SQLite finds them as what longer ones begin with.
fn index_query(conn: &Conn, words: &[String]) -> String {
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
