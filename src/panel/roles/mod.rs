//! `/roles` and everything below it: what agents may do, under a name.
pub mod form;
pub mod index;
pub mod show;
