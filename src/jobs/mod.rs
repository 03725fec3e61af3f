//! Work on many people: shells that call an action chunk by chunk.
pub mod generate;
pub mod import;
pub mod likeness;
pub mod purge;
pub mod seal;
pub mod tally;
pub mod tidy;
pub mod worker;

use crate::actions::Caller;
use crate::domain::{Actor, Door};

/// A step by the clock, as the house itself or as whoever started it.
fn caller(actor: Actor) -> Caller {
    Caller { actor, door: Door::Job, request: uuid::Uuid::new_v4().to_string() }
}
