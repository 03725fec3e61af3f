//! `/imports`: bringing people in from files.
pub mod edit;
pub mod events;
pub mod index;
pub mod rejected;
pub mod reversal;
pub mod run;
pub mod show;
