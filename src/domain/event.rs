//! What the history keeps: one entry for each write.
use super::{PersonId, Time};

/// Through which door a write came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    Panel,
    CommandLine,
}

impl Door {
    pub const ALL: [Self; 2] = [Self::Panel, Self::CommandLine];

    pub fn name(self) -> &'static str {
        match self {
            Self::Panel => "panel",
            Self::CommandLine => "command_line",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|door| door.name() == name)
    }
}

/// One field's way from `before` to `after`; never a password or another secret.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Change {
    pub field: String,
    pub before: String,
    pub after: String,
}

impl Change {
    pub fn new(field: &str, before: impl Into<String>, after: impl Into<String>) -> Self {
        Self { field: field.into(), before: before.into(), after: after.into() }
    }
}

macro_rules! kinds {
    ($($variant:ident $name:literal),+ $(,)?) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Kind { $($variant),+ }

        impl Kind {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }
    };
}

kinds! {
    HouseSetUp "house.set_up",
    PersonCreated "person.created",
    PersonEdited "person.edited",
    PersonSuspended "person.suspended",
    PersonReactivated "person.reactivated",
    RoleChanged "person.role_changed",
    PasswordChanged "person.password_changed",
    PeopleGenerated "people.generated",
    PreferencesEdited "preferences.edited",
    SignedIn "session.created",
    SignedOut "session.ended",
}

impl Kind {
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }
}

/// A write that has just happened, about to be recorded.
#[derive(Debug, Clone)]
pub struct Event {
    pub kind: Kind,
    pub person: Option<PersonId>,
    /// The person's name as it was then.
    pub label: String,
    pub changes: Vec<Change>,
}

impl Event {
    pub fn about(kind: Kind, person: &super::Person, changes: Vec<Change>) -> Self {
        Self { kind, person: Some(person.id), label: person.label(), changes }
    }
}

/// An entry of the history as it is read.
#[derive(Debug, Clone)]
pub struct Entry {
    pub id: i64,
    pub at: Time,
    pub kind: Kind,
    pub actor: Option<PersonId>,
    pub actor_label: String,
    pub door: Door,
    pub request: String,
    pub person: Option<PersonId>,
    pub person_label: String,
    pub changes: Vec<Change>,
}

/// Which entries; what is not given does not matter.
#[derive(Debug, Clone, Default)]
pub struct EntryFilter {
    pub person: Option<PersonId>,
    pub actor: Option<PersonId>,
    pub kind: Option<Kind>,
    pub door: Option<Door>,
    pub at: super::Span,
}
