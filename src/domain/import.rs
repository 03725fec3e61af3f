//! A file of people that somebody brings in.
use super::{PersonId, Time};
use serde::{Deserialize, Serialize};

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// What its columns mean is not decided.
    Draft,
    /// It is tried, or was.
    Trial,
    /// It is brought in, or was.
    Run,
    /// It is taken back, or was.
    Reversal,
}

impl Stage {
    pub const ALL: [Self; 4] = [Self::Draft, Self::Trial, Self::Run, Self::Reversal];

    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Trial => "trial",
            Self::Run => "run",
            Self::Reversal => "reversal",
        }
    }

    /// What its columns mean may still be decided.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Trial)
    }
}

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowOutcome {
    Created,
    Updated,
    Unchanged,
    /// The same person as an earlier row, which won.
    Duplicate,
    Failed,
}

/// How many rows became what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub created: i64,
    pub updated: i64,
    pub unchanged: i64,
    pub duplicate: i64,
    pub failed: i64,
}

impl Counts {
    pub fn add(&mut self, outcome: RowOutcome) {
        *match outcome {
            RowOutcome::Created => &mut self.created,
            RowOutcome::Updated => &mut self.updated,
            RowOutcome::Unchanged => &mut self.unchanged,
            RowOutcome::Duplicate => &mut self.duplicate,
            RowOutcome::Failed => &mut self.failed,
        } += 1;
    }

    pub fn written(self) -> i64 {
        self.created + self.updated
    }
}

/// Counts, and the first rows with each fault.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    pub counts: Counts,
    pub faults: Vec<FaultKind>,
}

/// One kind of fault: the column, the key of what to say, how many rows have it, and the numbers of the first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaultKind {
    pub column: String,
    pub key: String,
    pub rows: i64,
    pub first: Vec<i64>,
}

/// A kind of fault is shown with so many rows.
const SHOWN: usize = 5;

impl Report {
    /// Notes what became of a row, and which column is at fault for which reason.
    pub fn add(&mut self, number: i64, outcome: RowOutcome, fault: Option<(&str, &str)>) {
        self.counts.add(outcome);
        let Some((column, key)) = fault else { return };
        let known = self.faults.iter().position(|one| (one.column.as_str(), one.key.as_str()) == (column, key));
        let at = known.unwrap_or_else(|| {
            self.faults.push(FaultKind { column: column.to_owned(), key: key.to_owned(), rows: 0, first: vec![] });
            self.faults.len() - 1
        });
        let kind = &mut self.faults[at];
        kind.rows += 1;
        if kind.first.len() < SHOWN {
            kind.first.push(number);
        }
    }
}

#[derive(Debug, Clone)]
pub struct Import {
    pub id: i64,
    pub actor: PersonId,
    /// As the file was called.
    pub name: String,
    /// What it is called in the data folder; empty once it is forgotten.
    pub file: String,
    pub bytes: i64,
    /// Without the header.
    pub rows: i64,
    pub header: Vec<String>,
    /// What each title means, by the name of a column; nothing where it is left out.
    pub columns: Vec<Option<String>>,
    pub stage: Stage,
    /// What works on it, or did last.
    pub job: Option<i64>,
    /// Rows that are done, and where the next one begins.
    pub at_row: i64,
    pub at_byte: i64,
    pub trial: Option<Report>,
    pub report: Report,
    pub created_at: Time,
    pub version: i64,
}
