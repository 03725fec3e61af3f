//! `/people` and everything below it.
pub mod activity;
pub mod ask;
pub mod conflict;
pub mod form;
pub mod index;
pub mod password;
pub mod role;
pub mod show;
pub mod suspension;
