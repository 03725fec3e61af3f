//! Names that a form offers while somebody types.
use super::Act;
use crate::domain::{Result, Target, Verb};
use crate::store;

const MOST: i64 = 8;

/// Nobody types more, and SQLite refuses long patterns.
fn bounded(letters: &str) -> String {
    letters.chars().take(200).collect()
}

pub fn organisations(act: &mut Act, letters: &str) -> Result<Vec<String>> {
    act.actor.must(Verb::List, Target::House)?;
    store::organisations::beginning(act.conn, &bounded(letters), MOST)
}

pub fn tags(act: &mut Act, letters: &str) -> Result<Vec<String>> {
    act.actor.must(Verb::List, Target::House)?;
    store::tags::beginning(act.conn, &bounded(letters), MOST)
}
