//! The panel in a real browser, with and without script.
mod accessible;
mod day;
mod deletion;
mod driver;
mod jobs;
mod line;
mod million;
mod screens;
mod team;
