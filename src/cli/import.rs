//! `rollcall import`.
use super::here;
use crate::App;
use crate::actions::{Caller, sessions};
use crate::jobs::import::{self, Report, Source};
use crate::words::Language;
use anyhow::Context;
use serde_json::json;
use std::path::PathBuf;

#[derive(clap::Args)]
pub struct Args {
    /// Comma, semicolon or tab separated; UTF-8, UTF-16 or GB18030; the first row names the columns
    file: PathBuf,
    /// Only tell what an import would do
    #[arg(long)]
    dry_run: bool,
    /// Import with no more rights than this person has
    #[arg(long, value_name = "EMAIL")]
    r#as: Option<String>,
    /// Print the report as JSON; it names at most the first 10,000 errors and counts them all
    #[arg(long)]
    json: bool,
}

pub fn run(app: &App, args: &Args) -> anyhow::Result<()> {
    let caller = match &args.r#as {
        Some(email) => Caller { actor: app.read_here(&here(), |act| sessions::acting_as(act, email))?, ..here() },
        None => here(),
    };
    let mut source = Source::open(&args.file).with_context(|| format!("cannot import {}", args.file.display()))?;
    for title in &source.unknown {
        eprintln!("The column {title:?} is not known and is ignored.");
    }
    let report = import::run(app, &caller, &mut source, args.dry_run)?;
    if args.json { print_json(&report) } else { print(&report, args.dry_run) }
    Ok(())
}

fn print_json(report: &Report) {
    let error = |(row, fault): &(i64, crate::actions::imports::Fault)| json!({ "row": row, "column": fault.column, "error": Language::English.say(fault.key) });
    let errors: Vec<_> = report.errors.iter().map(error).collect();
    let Report { created, updated, unchanged, duplicate, failed, .. } = report;
    let report = json!({
        "created": created, "updated": updated, "unchanged": unchanged, "duplicate": duplicate, "failed": failed,
        "errors": errors,
    });
    println!("{report}");
}

fn print(report: &Report, dry_run: bool) {
    for (row, fault) in &report.errors {
        let column = fault.column.map(|column| format!(", {column}")).unwrap_or_default();
        println!("row {row}{column}: {}", Language::English.say(fault.key));
    }
    if dry_run {
        println!("Nothing was written. An import would give:");
    }
    let Report { created, updated, unchanged, duplicate, failed, .. } = report;
    println!("created {created}, updated {updated}, unchanged {unchanged}, duplicate {duplicate}, failed {failed}");
}
