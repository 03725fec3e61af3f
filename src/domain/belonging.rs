//! What belongs to a person, and what becomes of it when they go.
use super::PersonId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

macro_rules! belongings {
    ($($variant:ident $name:literal),+ $(,)?) => {
        /// One kind of thing that a deletion touches.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Belonging { $($variant),+ }

        impl Belonging {
            /// In the order in which a plan lists them and a deletion goes through them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }
    };
}

// Each counts rows that those before it leave as they are, whatever is chosen: so the counts of a plan are
// those of its outcome. What takes others along comes after what is only the person's own.
belongings! {
    OpenTickets "open_tickets",
    SettledTickets "settled_tickets",
    Comments "comments",
    Following "following",
    Groups "groups",
    Tags "tags",
    Fields "fields",
    Extras "extras",
    Workspaces "workspaces",
    Chats "chats",
    Contacts "contacts",
    Blocks "blocks",
    Messages "messages",
    Conversations "conversations",
    Attributes "attributes",
    Identities "identities",
    Sessions "sessions",
    Tokens "tokens",
    Keys "keys",
    Failures "failures",
    Views "views",
    Steps "steps",
    Batches "batches",
    RequestedTickets "requested_tickets",
    OwnedWorkspaces "owned_workspaces",
    OwnedGroups "owned_groups",
    OwnedRooms "owned_rooms",
}

impl Belonging {
    /// Somebody must say what becomes of it.
    pub fn needs_decision(self) -> bool {
        use Belonging as B;
        matches!(self, B::OpenTickets | B::RequestedTickets | B::OwnedWorkspaces | B::OwnedGroups | B::OwnedRooms)
    }

    /// Losing it hurts nobody: no confirmation is typed for this alone.
    pub fn is_trivial(self) -> bool {
        use Belonging as B;
        matches!(
            self,
            B::Tags
                | B::Fields
                | B::Extras
                | B::Groups
                | B::Sessions
                | B::Tokens
                | B::Failures
                | B::Views
                | B::Batches
                | B::Steps
        )
    }
}

/// Who takes over an open ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Hand {
    Nobody,
    Person(PersonId),
    /// Nobody yet, but this group.
    Group(i64),
}

/// What becomes of tickets that the person asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Asked {
    Anonymous,
    GivenTo(PersonId),
    Deleted,
}

/// What becomes of something owned that others are in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Owned {
    GivenTo(PersonId),
    Deleted,
}

/// All that is decided before somebody is deleted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Choices {
    pub open: Hand,
    /// Instead of `open`, for tickets of these groups.
    pub open_of_group: BTreeMap<i64, Hand>,
    pub requested: Asked,
    pub workspaces: Owned,
    pub groups: Owned,
    pub rooms: Owned,
}

impl Choices {
    /// Nobody takes over: what is open is unassigned, what was asked is kept without a name, what was owned goes.
    pub fn without_heirs() -> Self {
        Self {
            open: Hand::Nobody,
            open_of_group: BTreeMap::new(),
            requested: Asked::Anonymous,
            workspaces: Owned::Deleted,
            groups: Owned::Deleted,
            rooms: Owned::Deleted,
        }
    }

    /// Open tickets are nobody's, what was asked is kept without a name, and what was owned is the heir's.
    pub fn inherited_by(heir: PersonId) -> Self {
        let owned = Owned::GivenTo(heir);
        Self { workspaces: owned, groups: owned, rooms: owned, ..Self::without_heirs() }
    }

    /// Everybody who takes something over.
    pub fn heirs(&self) -> Vec<PersonId> {
        let hands = [&self.open].into_iter().chain(self.open_of_group.values());
        let mut heirs: Vec<PersonId> =
            hands.filter_map(|hand| if let Hand::Person(heir) = hand { Some(*heir) } else { None }).collect();
        heirs.extend(if let Asked::GivenTo(heir) = self.requested { Some(heir) } else { None });
        let owned = [self.workspaces, self.groups, self.rooms].into_iter();
        heirs.extend(owned.filter_map(|owned| if let Owned::GivenTo(heir) = owned { Some(heir) } else { None }));
        heirs
    }
}

/// One line of a plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Touched {
    pub what: Belonging,
    pub count: i64,
    /// Other people, or their comments and messages, that go along when it is deleted.
    pub others: i64,
    /// Names of the first few; none for whoever may not see them.
    pub samples: Vec<String>,
}
