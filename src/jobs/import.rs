//! Importing a file: reads it row by row, hands some thousands to the action, adds up the report.
use crate::App;
use crate::actions::Caller;
use crate::actions::imports::{Chunk, Earlier, Fault, Outcome, RawRow, Source, rows};
use crate::domain::{Error, Result};
use crate::store::scratch::Claims;

const CHUNK: usize = 2_000;
/// A chunk waits so many times for the database to be free, each time as long as any write does.
const TURNS: u32 = 24;
/// The report names this many faults; it counts them all.
const MOST_ERRORS: usize = 10_000;

/// What became of every row.
#[derive(Debug, Default, PartialEq)]
pub struct Report {
    pub created: u64,
    pub updated: u64,
    pub unchanged: u64,
    pub duplicate: u64,
    pub failed: u64,
    /// The first faults by row number, counted from the header.
    pub errors: Vec<(i64, Fault)>,
}

/// Imports the whole file, or only tells what an import would do. Each chunk is one transaction.
pub fn run(app: &App, caller: &Caller, source: &mut Source, dry_run: bool) -> anyhow::Result<Report> {
    let mut claims = Claims::open()?;
    let mut report = Report::default();
    loop {
        let rows = source.take(CHUNK)?;
        if rows.is_empty() {
            return Ok(report);
        }
        let outcomes = chunk(app, caller, &mut claims, &rows, dry_run)?.remember(&mut claims)?;
        for (row, outcome) in rows.iter().zip(outcomes) {
            report.add(row, outcome);
        }
    }
}

/// Somebody else may write the same values at the same moment; then the chunk is decided anew. Where the house is at
/// work on something larger, the file waits for its turn.
fn chunk(app: &App, caller: &Caller, claims: &mut Claims, list: &[RawRow], dry_run: bool) -> Result<Chunk> {
    let (mut tries, mut turns) = (3, TURNS);
    loop {
        let outcome = match dry_run {
            true => app.read_here(caller, |act| rows::rehearse(act, Earlier::Noted(claims), list)),
            false => app.write_here(caller, |act| rows::create(act, Earlier::Noted(claims), list)),
        };
        let left = match &outcome {
            Err(Error::Busy { .. }) => &mut turns,
            Err(e) if rows::is_worth_another_try(e) => &mut tries,
            _ => return outcome,
        };
        *left -= 1;
        if *left == 0 {
            return outcome;
        }
    }
}

impl Report {
    fn add(&mut self, row: &RawRow, outcome: Outcome) {
        match outcome {
            Outcome::Created => self.created += 1,
            Outcome::Updated => self.updated += 1,
            Outcome::Unchanged => self.unchanged += 1,
            Outcome::Duplicate => self.duplicate += 1,
            Outcome::Failed(fault) => {
                self.failed += 1;
                if self.errors.len() < MOST_ERRORS {
                    self.errors.push((row.number, fault));
                }
            }
        }
    }
}
