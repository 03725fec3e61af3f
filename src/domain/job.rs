//! Work that goes on after its page was answered, some people after others.
use super::belonging::Choices;
use super::deed::Deed;
use super::export::Export;
use super::{PersonId, Time};
use serde::{Deserialize, Serialize};

/// What is done to each.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Work {
    /// What deleting them would touch is found out.
    Plan,
    /// To the trash, as was chosen for all.
    Deletion { choices: Choices },
    /// One thing to all of them, kept in a batch so that it can be taken back.
    Batch { batch: i64, deed: Deed },
    /// What a batch did is taken back.
    Reversal { batch: i64, deed: Deed },
    /// What an import of this number would do is found out.
    Trial { import: i64 },
    /// It is done.
    Import { import: i64 },
    /// What the job `run` did of it is taken back.
    Revert { import: i64, run: i64 },
    /// They are written to a file.
    Export(Box<Export>),
}

impl Work {
    pub fn name(&self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Deletion { .. } => "deletion",
            Self::Batch { .. } => "batch",
            Self::Reversal { .. } => "reversal",
            Self::Trial { .. } => "trial",
            Self::Import { .. } => "import",
            Self::Revert { .. } => "revert",
            Self::Export(_) => "export",
        }
    }

    /// The number of the batch that it does or undoes.
    pub fn batch(&self) -> Option<i64> {
        match self {
            Self::Batch { batch, .. } | Self::Reversal { batch, .. } => Some(*batch),
            _ => None,
        }
    }

    /// The number of the import that it works on.
    pub fn import(&self) -> Option<i64> {
        match self {
            Self::Trial { import } | Self::Import { import } => Some(*import),
            _ => None,
        }
    }

    /// Under which request the job of this number writes the history.
    pub fn request(job: i64) -> String {
        format!("job-{job}")
    }

    /// So many people are worked on in one transaction. One that may be refused while others go is alone.
    pub fn at_once(&self) -> i64 {
        match self {
            Self::Deletion { .. } => 1,
            // Much is looked at for each.
            Self::Plan => 20,
            _ => 100,
        }
    }
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Waiting,
    Done,
    Cancelled,
    /// Tried several times in vain; somebody may try again.
    Failed,
    /// Until somebody lets it go on.
    Paused,
}

impl State {
    pub const ALL: [Self; 5] = [Self::Waiting, Self::Done, Self::Cancelled, Self::Failed, Self::Paused];

    /// Something may still come of it.
    pub const OPEN: [Self; 3] = [Self::Waiting, Self::Failed, Self::Paused];

    pub fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
            Self::Failed => "failed",
            Self::Paused => "paused",
        }
    }
}

/// How many people are which way through a job.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub done: i64,
    /// They were so already.
    pub unchanged: i64,
    pub refused: i64,
}

impl Tally {
    pub fn settled(self) -> i64 {
        self.done + self.unchanged + self.refused
    }
}

#[derive(Debug, Clone)]
pub struct Job {
    pub id: i64,
    /// Who started it; nobody when that was the command line.
    pub actor: Option<PersonId>,
    pub work: Work,
    pub state: State,
    pub total: i64,
    pub tally: Tally,
    pub created_at: Time,
    /// When somebody first worked on it.
    pub started_at: Option<Time>,
    pub ended_at: Option<Time>,
    /// How often it failed since it last came on, and the key of why.
    pub attempts: i16,
    pub cause: String,
    /// Whoever works on it now knows this word.
    pub holder: String,
    /// How far it is, in its own words; empty before it began.
    pub checkpoint: String,
    /// The word of the data folder where it must be done; empty when that may be anywhere.
    pub place: String,
}

impl Job {
    /// Nothing more comes of it by itself.
    pub fn is_over(&self) -> bool {
        !matches!(self.state, State::Waiting | State::Paused)
    }

    /// People a second since it began; nothing before it tells anything.
    pub fn rate(&self, now: Time) -> Option<f64> {
        let spent = self.ended_at.unwrap_or(now).since(self.started_at?).as_secs_f64();
        (self.tally.settled() > 0 && spent >= 1.0).then(|| self.tally.settled() as f64 / spent)
    }

    /// Seconds until its end at this rate.
    pub fn left(&self, now: Time) -> Option<i64> {
        let rate = self.rate(now).filter(|_| self.state == State::Waiting)?;
        Some(((self.total - self.tally.settled()) as f64 / rate).ceil() as i64)
    }
}
