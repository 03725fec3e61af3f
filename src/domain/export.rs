//! People that leave the house as a file.
use super::{PeopleFilter, PersonId, Sort, Turn};
use serde::{Deserialize, Serialize};

/// Who leaves, in which order, and what of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Export {
    /// These; everybody who matches where there are none.
    pub people: Vec<PersonId>,
    pub filter: PeopleFilter,
    pub sort: Sort,
    /// The names of its columns.
    pub columns: Vec<String>,
    /// Some of them are what staff wrote.
    pub for_staff: bool,
    /// As the list was asked for.
    pub asked: String,
}

/// How far a job is that writes one: where it goes on, unless it is at its end, and how long the file is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reached {
    pub turn: Option<Turn>,
    pub bytes: u64,
}

impl Default for Reached {
    fn default() -> Self {
        Self { turn: Some(Turn::First), bytes: 0 }
    }
}

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Csv,
    /// A workbook (Office Open XML).
    Xlsx,
    /// An object in each line (JSON Lines).
    Jsonl,
}

impl Format {
    pub const ALL: [Self; 3] = [Self::Csv, Self::Xlsx, Self::Jsonl];

    /// What names of such files end with.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Jsonl => "jsonl",
        }
    }

    pub fn parse(ending: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.ending() == ending)
    }

    pub fn content_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Jsonl => "application/jsonl; charset=utf-8",
        }
    }
}
