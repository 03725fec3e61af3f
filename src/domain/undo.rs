//! What a deletion or a merge did, row by row, so that it can be taken back.
use super::PersonId;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A row of any table: column to value.
pub type Row = Map<String, Value>;

/// A row of these columns.
pub fn row(columns: Value) -> Row {
    if let Value::Object(row) = columns { row } else { Row::new() }
}

/// One thing that was done; taking it back does the opposite, last step first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "did", rename_all = "snake_case")]
pub enum Step {
    Removed {
        table: String,
        rows: Vec<Row>,
    },
    Added {
        table: String,
        rows: Vec<Row>,
    },
    /// These rows, by their ids, had `before` and have `after`.
    Changed {
        table: String,
        ids: Vec<i64>,
        before: Row,
        after: Row,
    },
}

impl Step {
    pub fn table(&self) -> &str {
        match self {
            Self::Removed { table, .. } | Self::Added { table, .. } | Self::Changed { table, .. } => table,
        }
    }

    /// Whose names or ways to be reached it touched.
    pub fn people(&self) -> Vec<PersonId> {
        let column = match self.table() {
            "people" => "id",
            "field_values" | "identities" | "person_extras" => "person_id",
            _ => return vec![],
        };
        let ids: Vec<i64> = match self {
            Self::Removed { rows, .. } | Self::Added { rows, .. } => {
                rows.iter().filter_map(|row| row.get(column)?.as_i64()).collect()
            }
            Self::Changed { ids, .. } if column == "id" => ids.clone(),
            Self::Changed { before, after, .. } => {
                [before, after].into_iter().filter_map(|row| row.get(column)?.as_i64()).collect()
            }
        };
        ids.into_iter().map(PersonId).collect()
    }

    /// How many rows it touched.
    pub fn size(&self) -> i64 {
        let count = match self {
            Self::Removed { rows, .. } | Self::Added { rows, .. } => rows.len(),
            Self::Changed { ids, .. } => ids.len(),
        };
        count as i64
    }
}

/// What could not be taken back, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Loss {
    pub table: String,
    pub count: i64,
    pub why: Why,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// What it belonged to is gone for good.
    Gone,
    /// What it belonged to is in the trash, and brings it back.
    Waiting,
    /// Somebody changed it meanwhile, and that stays.
    Changed,
    /// The same is there again already.
    Taken,
}

impl Why {
    pub fn name(self) -> &'static str {
        match self {
            Self::Gone => "gone",
            Self::Waiting => "waiting",
            Self::Changed => "changed",
            Self::Taken => "taken",
        }
    }
}
