//! `/tickets` and everything below it.
pub mod comments;
pub mod index;
pub mod show;
