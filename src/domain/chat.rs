//! Chat: groups and rooms, whom somebody knows, and what was said.
use super::{PersonId, Time};

/// A group keeps its members; a room is one that people come and go in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChatKind {
    Group,
    Room,
}

impl ChatKind {
    pub const ALL: [Self; 2] = [Self::Group, Self::Room];

    pub fn name(self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::Room => "room",
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Chat {
    pub id: i64,
    pub kind: ChatKind,
    pub name: String,
    pub description: String,
    pub owner: PersonId,
    pub created_at: Time,
}

/// Where a message goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recipient {
    Person(PersonId),
    Chat(i64),
}

#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    pub id: i64,
    pub conversation: i64,
    pub sender: PersonId,
    pub body: String,
    pub sent_at: Time,
}

/// The longest message, in characters.
pub const LONGEST_MESSAGE: usize = 5_000;
/// All attributes of one person together, in bytes of names and values.
pub const MOST_ATTRIBUTE_BYTES: usize = 2_048;
