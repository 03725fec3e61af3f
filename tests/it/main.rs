//! One test binary. Every story runs on SQLite and on PostgreSQL, through HTTP, against a real server.
mod api;
mod architecture;
mod browser;
mod cli;
mod house;
mod jobs;
mod killed;
mod memory;
mod merging;
mod migrations;
mod panel;
mod proof;
mod store;
mod undo;
mod vendor;
mod words;
mod workbook;
