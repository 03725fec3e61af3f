//! `/trash` and everything below it.
pub mod erasure;
pub mod index;
pub mod restoration;
pub mod retention;
