//! `/organisations` and everything below it.
pub mod deletion;
pub mod form;
pub mod index;
pub mod merge;
pub mod show;
