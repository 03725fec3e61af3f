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
    last: i64,
}

/// The largest number there is.
pub fn last(conn: &mut Conn) -> Result<i64> {
    let last: Option<i64> = people::table.select(people::id).order(people::id.desc()).first(conn).optional()?;
    Ok(last.unwrap_or_default())
}

/// Whether it takes a while to look at all up to this number: with more than some 150,000 people.
pub fn is_long(last: i64) -> bool {
    const SHORT: usize = 5;
    ladder::down(last.saturating_add(1)).len() > SHORT
}

impl Walk {
    /// By this [`super::index_query`], up to the [`last`] number.
    pub fn of(query: String, last: i64) -> Self {
        Self { query, last }
    }

    /// A statement for the numbers of all, newest first; further conditions may follow.
    pub fn all(&self) -> Written<BigInt> {
        self.from(None, true)
    }

    /// The same beyond this number, up or down.
    pub fn from(&self, from: Option<i64>, down: bool) -> Written<BigInt> {
        let after = self.last.saturating_add(1);
        if down {
            self.along(ladder::down(from.unwrap_or(after).min(after)), down)
        } else {
            self.along(ladder::up(from.map_or(0, |it| it.saturating_add(1)), self.last), down)
        }
    }

    /// Whoever is found in a range is in order, and so is the whole: PostgreSQL has no way to join these but one row
    /// after the other.
    fn along(&self, steps: Vec<ladder::Step>, down: bool) -> Written<BigInt> {
        let (way, sign) = if down { ("DESC", "<") } else { ("ASC", ">=") };
        let (ranges, ends): (Vec<String>, Vec<String>) =
            steps.into_iter().map(|(range, end)| (format!("\"'{range}'\""), end.to_string())).unzip();
        let all = written("SELECT people_grams.person_id FROM unnest(CAST(").text(format!("{{{}}}", ranges.join(",")));
        let all = all.sql(" AS TEXT[]), CAST(").text(format!("{{{}}}", ends.join(","))).sql(" AS BIGINT[]))");
        let all = all.sql(" AS step (range, at) CROSS JOIN LATERAL (SELECT g.person_id FROM people_grams AS g ");
        // The range by itself: within one query PostgreSQL would go through the word's whole list before it.
        let all = all.sql("WHERE g.grams @@ CAST(step.range AS tsquery) AND g.grams @@ CAST(").text(&*self.query);
        // As a sum, which no index has: PostgreSQL would collect all below that number before it meets the few of the range.
        let all = all.sql(format!(" AS tsquery) AND g.person_id + 0 {sign} step.at ORDER BY g.person_id {way})"));
        all.sql(" AS people_grams WHERE 1 = 1")
    }
}
