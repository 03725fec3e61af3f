//! What the history is read as.
use super::event::{Change, Kind, Subject};
use super::{Door, PersonId, Time};

/// An entry of the history as it is read.
#[derive(Debug, Clone)]
pub struct Entry {
    pub id: i64,
    pub at: Time,
    pub kind: Kind,
    pub actor: Option<PersonId>,
    pub actor_label: String,
    pub door: Door,
    /// With which key, if with one.
    pub key: Option<i64>,
    pub request: String,
    pub subject: Subject,
    pub label: String,
    pub changes: Vec<Change>,
    /// Some of it was about somebody who was erased, and nobody reads it any more.
    pub erased: bool,
}

/// What entries are about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Among {
    #[default]
    All,
    People,
    Tickets,
}

/// Which entries; what is not given does not matter.
#[derive(Debug, Clone, Default)]
pub struct EntryFilter {
    pub person: Option<PersonId>,
    /// An organisation, a group and so on.
    pub thing: Option<Subject>,
    pub among: Among,
    pub actor: Option<PersonId>,
    /// One of these; any when there are none.
    pub kinds: Vec<Kind>,
    pub door: Option<Door>,
    pub at: super::Span,
}
