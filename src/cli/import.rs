//! `rollcall import`.
use super::here;
use crate::App;
use crate::actions::imports::{Fault, Source};
use crate::actions::{Caller, people, sessions};
use crate::jobs::import::{self, Report};
use crate::words::Language;
use anyhow::Context;
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
    let catalogue = app.read_here(&caller, people::list::catalogue)?;
    let mut source =
        Source::open(&args.file, &catalogue).with_context(|| format!("cannot import {}", args.file.display()))?;
    for title in &source.unknown {
        eprintln!("The column {title:?} is not known and is ignored.");
    }
    let report = import::run(app, &caller, &mut source, args.dry_run)?;
    match args.json {
        true => print_json(&report)?,
        false => print(&report, args.dry_run),
    }
    Ok(())
}

/// The report as scripts read it, in this order.
#[derive(serde::Serialize)]
struct Told {
    created: u64,
    updated: u64,
    unchanged: u64,
    duplicate: u64,
    failed: u64,
    errors: Vec<ToldError>,
}

#[derive(serde::Serialize)]
struct ToldError {
    row: i64,
    column: Option<String>,
    error: String,
}

fn print_json(report: &Report) -> anyhow::Result<()> {
    let told = |(row, fault): &(i64, Fault)| ToldError {
        row: *row,
        column: fault.column.as_ref().map(ToString::to_string),
        error: Language::English.say(fault.key),
    };
    let errors = report.errors.iter().map(told).collect();
    let Report { created, updated, unchanged, duplicate, failed, .. } = *report;
    println!("{}", serde_json::to_string(&Told { created, updated, unchanged, duplicate, failed, errors })?);
    Ok(())
}

fn print(report: &Report, dry_run: bool) {
    for (row, fault) in &report.errors {
        let column = fault.column.as_ref().map(|column| format!(", {column}")).unwrap_or_default();
        println!("row {row}{column}: {}", Language::English.say(fault.key));
    }
    if dry_run {
        println!("Nothing was written. An import would give:");
    }
    let Report { created, updated, unchanged, duplicate, failed, .. } = report;
    println!("created {created}, updated {updated}, unchanged {unchanged}, duplicate {duplicate}, failed {failed}");
}
