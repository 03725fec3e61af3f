//! Names that a form offers while somebody types.
use super::Act;
use crate::domain::{Result, Target, Verb};
use crate::store;

const MOST: i64 = 8;

pub fn organisations(act: &mut Act, letters: &str) -> Result<Vec<String>> {
    act.actor.must(Verb::List, Target::House)?;
    store::organisations::beginning(act.conn, letters, MOST)
}

pub fn tags(act: &mut Act, letters: &str) -> Result<Vec<String>> {
    act.actor.must(Verb::List, Target::House)?;
    store::tags::beginning(act.conn, letters, MOST)
}
