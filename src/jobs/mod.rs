//! Work on many people: shells that call an action chunk by chunk.
pub mod generate;
pub mod import;
pub mod likeness;
pub mod purge;
pub mod seal;
pub mod worker;
