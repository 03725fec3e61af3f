//! People that leave the house as a file.
use super::{PeopleFilter, PersonId, Sort, Standing, Turn};
use serde::{Deserialize, Serialize};

/// Who is in a file, and what of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Export {
    pub whom: Whom,
    /// The names of its columns.
    pub columns: Vec<String>,
    /// Of whoever asked for it.
    pub sight: Sight,
    /// As the list was asked for.
    pub asked: String,
}

/// Who is in a file, and in which order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Whom {
    /// These, by number.
    Chosen(Vec<PersonId>),
    Matching(Box<PeopleFilter>, Sort),
}

/// Whom somebody sees, and what of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sight {
    /// As [`Standing::code`] has it.
    pub standing: String,
    /// The organisation or the groups beyond which they see nobody, by name; nothing when they see everybody.
    pub circle: Option<Vec<String>>,
}

impl Sight {
    /// Something that this one shows, `now` does not.
    pub fn loses_by(&self, now: &Self) -> bool {
        let [before, after] = [self, now].map(|sight| Standing::parse(&sight.standing));
        let is_narrower = match (&self.circle, &now.circle) {
            (_, None) => false,
            (None, Some(_)) => true,
            (Some(before), Some(now)) => before.iter().any(|name| !now.contains(name)),
        };
        is_narrower || before.zip(after).is_none_or(|(before, after)| before.loses_by(&after))
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Rights, Role};

    #[test]
    fn a_sight_is_lost_with_a_group_and_with_a_right() {
        let sight = |role, circle: Option<&[&str]>| Sight {
            standing: Standing::new(role, Rights::default().powers()).code(),
            circle: circle.map(|names| names.iter().map(|name| (*name).to_owned()).collect()),
        };
        let (all, two) = (sight(Role::Agent, None), sight(Role::Agent, Some(&["Billing", "North"])));
        let (one, admin) = (sight(Role::Agent, Some(&["North"])), sight(Role::Admin, None));
        for (before, now) in [(&all, &two), (&two, &one), (&admin, &all)] {
            assert!(before.loses_by(now) && !now.loses_by(before) && !before.loses_by(before), "{before:?} {now:?}");
        }
    }
}
