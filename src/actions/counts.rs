//! What is counted while people change.
use super::Act;
use crate::domain::{Result, Target, Verb};
use crate::store;

/// Makes few rows of many; nobody's change, so nothing is recorded.
pub fn sum_up(act: &mut Act) -> Result<()> {
    act.actor.must(Verb::Examine, Target::House)?;
    store::counts::sum_up(act.conn)
}
