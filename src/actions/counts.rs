//! What is counted while people change.
use super::Act;
use crate::domain::{Result, Target, Verb};
use crate::store;
use std::time::Duration;

/// Who changes so many people within so short a time brings in a file, or copies another house.
const FLOOD: (i64, Duration) = (1_000, Duration::from_secs(5));

/// Whether people come in by the thousand just now.
pub fn is_flooded(act: &mut Act) -> Result<bool> {
    act.actor.must(Verb::Examine, Target::House)?;
    let (many, span) = FLOOD;
    Ok(store::counts::changed_since(act.conn, act.now.minus(span), many)? == many)
}

/// Makes few rows of many; nobody's change, so nothing is recorded.
pub fn sum_up(act: &mut Act) -> Result<()> {
    act.actor.must(Verb::Examine, Target::House)?;
    store::counts::sum_up(act.conn)?;
    store::organisations::forget_joined(act.conn)
}
