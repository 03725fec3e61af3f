//! `/fields` and everything below it: what this house wants to know of people.
pub mod form;
pub mod index;
pub mod place;
pub mod retirement;
