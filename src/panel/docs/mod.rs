//! `/docs`: what programs can ask of the house.
pub mod api;
