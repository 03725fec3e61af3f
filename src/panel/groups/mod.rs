//! `/groups` and everything below it.
pub mod deletion;
pub mod form;
pub mod index;
pub mod show;
