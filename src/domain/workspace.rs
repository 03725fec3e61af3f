//! Workspaces: what people share, who owns it and who is in it.
use super::{PersonId, Time};

#[derive(Debug, Clone, PartialEq)]
pub struct Workspace {
    pub id: i64,
    pub name: String,
    pub description: String,
    pub owner: PersonId,
    /// Nobody edits what is in it.
    pub locked: bool,
    pub created_at: Time,
    pub version: i64,
}

/// What a member may do in a workspace: 1 manages, 2 edits, 3 reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct MemberRole(i16);

impl MemberRole {
    pub const ALL: [Self; 3] = [Self(1), Self(2), Self(3)];
    pub const MANAGER: Self = Self(1);
    pub const READER: Self = Self(3);

    pub fn new(number: i16) -> Option<Self> {
        (1..=3).contains(&number).then_some(Self(number))
    }

    pub fn name(self) -> &'static str {
        ["manages", "edits", "reads"][self.0 as usize - 1]
    }

    pub fn number(self) -> i16 {
        self.0
    }
}
