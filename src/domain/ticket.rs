//! Tickets: what people asked, who sees to it, and what was said about it.
use super::{PersonId, Scope, Time};

/// Names as small numbers in the database, in this order.
macro_rules! named {
    ($(#[$doc:meta])* $of:ident { $($variant:ident $name:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $of { $($variant),+ }

        impl $of {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            pub fn parse(raw: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.name() == raw)
            }
        }
    };
}

named! {
    /// Where a ticket stands; the first two are work to be done.
    TicketStatus { Open "open", Pending "pending", Solved "solved", Closed "closed" }
}

named! {
    Priority { Low "low", Normal "normal", High "high", Urgent "urgent" }
}

impl TicketStatus {
    /// Somebody still has to do something.
    pub fn is_live(self) -> bool {
        self <= Self::Pending
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Ticket {
    pub id: i64,
    pub subject: String,
    pub status: TicketStatus,
    pub priority: Priority,
    /// Nobody when whoever asked is gone and stays unnamed.
    pub requester: Option<PersonId>,
    pub assignee: Option<PersonId>,
    /// Names an assignee who is gone.
    pub assignee_label: String,
    pub group: Option<i64>,
    pub organisation: Option<i64>,
    pub created_at: Time,
    pub updated_at: Time,
    pub version: i64,
}

/// What somebody said about a ticket; public for whoever asked, else a note among staff.
#[derive(Debug, Clone, PartialEq)]
pub struct Comment {
    pub id: i64,
    pub author: Option<PersonId>,
    /// Names an author who is gone.
    pub author_label: String,
    pub is_public: bool,
    pub body: String,
    pub created_at: Time,
}

/// Which tickets any read or write may touch, before it is asked whose they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Desk {
    All,
    /// Those of the person's groups and those assigned to them.
    GroupsOf(PersonId),
    AssignedTo(PersonId),
    /// Those they asked themselves or were brought into.
    AskedBy(PersonId),
    Nothing,
}

/// Tickets of the desk whose requester is in scope; those without one count as in everybody's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TicketScope {
    pub desk: Desk,
    pub people: Scope,
}

/// Whose tickets a list means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    Person(PersonId),
    Nobody,
}

/// Which tickets; what is not given does not matter.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TicketFilter {
    pub q: String,
    pub status: Option<TicketStatus>,
    /// Open or pending.
    pub live: bool,
    pub priority: Option<Priority>,
    pub assignee: Option<Holder>,
    pub requester: Option<PersonId>,
    /// Asked, seen to or followed by this person.
    pub about: Option<PersonId>,
    pub group: Option<i64>,
    pub organisation: Option<i64>,
}
