//! Work that goes on after its page was answered, one person after another.
use super::belonging::Choices;
use super::{PersonId, Time};
use serde::{Deserialize, Serialize};

/// What is done to each.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Work {
    /// To the trash, as was chosen for all; `decided` names what somebody was asked about.
    Deletion { choices: Choices, decided: Vec<String> },
}

impl Work {
    pub fn name(&self) -> &'static str {
        match self {
            Self::Deletion { .. } => "deletion",
        }
    }
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Waiting,
    Done,
    Cancelled,
}

impl State {
    pub const ALL: [Self; 3] = [Self::Waiting, Self::Done, Self::Cancelled];

    pub fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
        }
    }
}

#[derive(Debug, Clone)]
pub struct Job {
    pub id: i64,
    /// Who started it; nobody when that was the command line.
    pub actor: Option<PersonId>,
    pub work: Work,
    pub state: State,
    pub created_at: Time,
    pub ended_at: Option<Time>,
}
