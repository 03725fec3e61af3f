//! Walking whom PostgreSQL's index finds in the order of their numbers: the index itself has nobody in order.
use super::ladder;
use crate::domain::Result;
use crate::store::Conn;
use crate::store::schema::people;
use crate::store::written::{Written, written};
use diesel::prelude::*;
use diesel::sql_types::BigInt;

/// Whoever a query of the index finds, one range of numbers after the other.
#[derive(Clone)]
pub struct Walk {
    query: String,
    /// The largest number there is.
    last: i64,
}

impl Walk {
    /// By this [`super::index_query`].
    pub fn of(conn: &mut Conn, query: String) -> Result<Self> {
        let last: Option<i64> = people::table.select(people::id).order(people::id.desc()).first(conn).optional()?;
        Ok(Self { query, last: last.unwrap_or_default() })
    }

    /// A statement for the numbers of all, newest first; further conditions may follow.
    pub fn all(&self) -> Written<BigInt> {
        self.from(None, true)
    }

    /// The same beyond this number, up or down.
    pub fn from(&self, from: Option<i64>, down: bool) -> Written<BigInt> {
        if down {
            self.along(ladder::down(from.unwrap_or(self.last).min(self.last)), "DESC", from.map(|it| ("<", it)))
        } else {
            self.along(ladder::up(from.unwrap_or(0), self.last), "ASC", from.map(|it| (">", it)))
        }
    }

    /// Whoever is found in a range is in order, and so is the whole: PostgreSQL has no way to join these but one row
    /// after the other.
    fn along(&self, ranges: Vec<String>, way: &str, from: Option<(&str, i64)>) -> Written<BigInt> {
        let ranges: Vec<String> = ranges.iter().map(|range| format!("\"'{range}'\"")).collect();
        let all = written("SELECT people_grams.person_id FROM unnest(CAST(").text(format!("{{{}}}", ranges.join(",")));
        let all =
            all.sql(" AS TEXT[])) AS step (range) CROSS JOIN LATERAL (SELECT g.person_id FROM people_grams AS g ");
        // The range by itself: within one query PostgreSQL would go through the word's whole list before it.
        let all = all.sql("WHERE g.grams @@ CAST(step.range AS tsquery) AND g.grams @@ CAST(").text(&*self.query);
        let all = all.sql(" AS tsquery)");
        let all = match from {
            Some((sign, from)) => all.sql(format!(" AND g.person_id {sign} ")).number(from),
            None => all,
        };
        all.sql(format!(" ORDER BY g.person_id {way}) AS people_grams WHERE 1 = 1"))
    }
}
