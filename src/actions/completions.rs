//! Names that a form offers while somebody types.
use super::Act;
use crate::domain::{Result, Target, Verb};
use crate::store;

/// So many are offered.
pub const MOST: i64 = 8;

/// Nobody types more, and SQLite refuses long patterns.
fn bounded(letters: &str) -> String {
    letters.chars().take(200).collect()
}

fn permit(act: &mut Act) -> Result<()> {
    act.actor.must(Verb::List, Target::House)?;
    act.actor.must(Verb::SeeStaffFields, Target::House)
}

pub fn organisations(act: &mut Act, letters: &str) -> Result<Vec<String>> {
    permit(act)?;
    store::organisations::beginning(act.conn, act.actor.scope(), &bounded(letters), MOST)
}

pub fn tags(act: &mut Act, letters: &str) -> Result<Vec<String>> {
    permit(act)?;
    store::tags::beginning(act.conn, act.actor.scope(), &bounded(letters), MOST)
}
