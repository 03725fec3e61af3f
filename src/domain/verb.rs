//! What is done, upon whom, and how far somebody reaches; who may do it, `permit` says.
use super::{Person, PersonId, Role};

/// What is done. Those that need no target are asked of [`Target::House`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// One person, or any entry about them.
    See,
    /// What staff wrote about people, and writing it; of the house: whether any list may show it.
    SeeStaffFields,
    EditStaffFields,
    List,
    Create,
    Edit,
    Suspend,
    ChangeRole,
    /// What they may do, as a list.
    SeePermissions,
    /// Display name and signature.
    EditProfile,
    SetPassword,
    /// Where they are signed in, and ending it.
    SeeSessions,
    /// Sign-in failures and standing, too.
    SeeAccess,
    SeeAudit,
    /// Taking its latest seal out of the house, and reading all of it again.
    ProveAudit,
    Import,
    Export,
    Generate,
    ManageOrganisations,
    ManageTags,
    ManageGroups,
    ManageFields,
    ManageRoles,
    /// Assigning tickets, changing where they stand, and notes on them; which ones, [`super::Actor::tickets`] says.
    WorkOnTickets,
    /// Saying something that whoever asked reads.
    CommentPublicly,
    ManageWorkspaces,
    /// Contacts, chat groups, messages and attributes of a person; and changing them.
    SeeChat,
    ChangeChat,
    /// Taking along everything that is held about them.
    ExportData,
    /// With all that belongs to them, after seeing what that touches.
    Delete,
    /// Deleting so that nothing brings them back and nobody reads what the history says of them; and what proves it.
    Erase,
    SeeErasures,
    /// Two records of one customer into one.
    Merge,
    /// Seeing what one deleted and bringing it back.
    Restore,
    /// What others deleted, too.
    RestoreForOthers,
    /// Of others, too: how far they are, and stopping them.
    SeeJobs,
    /// For how long what is deleted can be brought back.
    SetRetention,
    /// The keys with which programs come in.
    ManageKeys,
    /// Forgetting what has expired, and looking for what can never be: the house's own.
    Purge,
    Examine,
}

/// Upon whom or what.
#[derive(Debug, Clone, Copy)]
pub enum Target {
    Person {
        id: PersonId,
        role: Role,
    },
    /// Somebody who is to be made with this role.
    New(Role),
    House,
}

impl From<&Person> for Target {
    fn from(person: &Person) -> Self {
        Self::Person { id: person.id, role: person.role }
    }
}

/// Which people any read may touch; every query takes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    Everyone,
    /// The person and whoever belongs to the same organisation.
    OrganisationOf(PersonId),
    /// The person and whoever is in one of the same groups.
    GroupsOf(PersonId),
    Only(PersonId),
    Nobody,
}
