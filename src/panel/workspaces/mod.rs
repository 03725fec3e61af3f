//! `/workspaces` and everything below it.
pub mod form;
pub mod index;
pub mod members;
pub mod show;
