//! The one place that says who may do what.
use super::{Desk, Error, Permission, Person, PersonId, Powers, Reach, Result, Role, TicketRestriction, TicketScope};

/// Who acts.
#[derive(Debug, Clone)]
pub enum Actor {
    /// Somebody signed in, read afresh for this request.
    Person { id: PersonId, label: String, role: Role, powers: Powers },
    /// Whoever can run the program on its own machine.
    CommandLine,
    /// Nobody yet: signing in, setting up.
    Visitor,
}

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
    /// Assigning tickets, changing where they stand, and notes on them; which ones, [`Actor::tickets`] says.
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

impl Actor {
    pub fn can(&self, verb: Verb, target: impl Into<Target>) -> bool {
        match self {
            Self::CommandLine => true,
            Self::Visitor => false,
            Self::Person { id, role: Role::Admin, .. } => admin_can(*id, verb, target.into()),
            Self::Person { id, role: Role::Agent, powers, .. } => agent_can(*id, powers, verb, target.into()),
            Self::Person { id, .. } => end_user_can(*id, verb, target.into()),
        }
    }

    /// Unknown and invisible answer alike: what cannot be seen is not found.
    pub fn must(&self, verb: Verb, target: impl Into<Target>) -> Result<()> {
        let target = target.into();
        if self.can(verb, target) {
            return Ok(());
        }
        match target {
            Target::Person { .. } if !self.can(Verb::See, target) => Err(Error::NotFound),
            Target::Person { id, .. } if verb == Verb::Suspend && self.id() == Some(id) => {
                Err(Error::Forbidden("forbidden.yourself"))
            }
            Target::Person { id, .. } if matches!(verb, Verb::Delete | Verb::Erase) && self.id() == Some(id) => {
                Err(Error::Forbidden("forbidden.deleting_yourself"))
            }
            _ => Err(Error::Forbidden("forbidden.role")),
        }
    }

    pub fn scope(&self) -> Scope {
        match self {
            Self::CommandLine | Self::Person { role: Role::Admin, .. } => Scope::Everyone,
            Self::Person { id, role: Role::Agent, powers, .. } => match powers.reach {
                Reach::Everyone => Scope::Everyone,
                Reach::Organisation => Scope::OrganisationOf(*id),
                Reach::Groups => Scope::GroupsOf(*id),
            },
            Self::Person { id, .. } => Scope::Only(*id),
            Self::Visitor => Scope::Nobody,
        }
    }

    /// Which tickets this actor sees and works on.
    pub fn tickets(&self) -> TicketScope {
        let desk = match self {
            Self::CommandLine | Self::Person { role: Role::Admin, .. } => Desk::All,
            Self::Person { id, role: Role::Agent, powers, .. } => match powers.tickets {
                TicketRestriction::All => Desk::All,
                TicketRestriction::Groups => Desk::GroupsOf(*id),
                TicketRestriction::Assigned => Desk::AssignedTo(*id),
            },
            // The desk says whose they are already.
            Self::Person { id, .. } => return TicketScope { desk: Desk::AskedBy(*id), people: Scope::Everyone },
            Self::Visitor => Desk::Nothing,
        };
        TicketScope { desk, people: self.scope() }
    }

    pub fn id(&self) -> Option<PersonId> {
        match self {
            Self::Person { id, .. } => Some(*id),
            _ => None,
        }
    }

    /// How the history names them.
    pub fn label(&self) -> &str {
        match self {
            Self::Person { label, .. } => label,
            Self::CommandLine | Self::Visitor => "",
        }
    }

    /// Whether this actor may make one of two records of a customer.
    pub fn may_merge(&self) -> bool {
        self.can(Verb::List, Target::House) && self.can(Verb::Merge, Target::New(Role::EndUser))
    }

    /// The roles this actor may give to somebody new.
    pub fn grantable_roles(&self) -> Vec<Role> {
        Role::ALL.into_iter().filter(|role| self.can(Verb::Create, Target::New(*role))).collect()
    }
}

fn admin_can(me: PersonId, verb: Verb, target: Target) -> bool {
    match target {
        Target::Person { id, .. } => !(matches!(verb, Verb::Suspend | Verb::Delete | Verb::Erase) && id == me),
        Target::New(_) => true,
        Target::House => !matches!(verb, Verb::Generate | Verb::Purge | Verb::Examine),
    }
}

/// About people in reach; whoever is out of it was never found.
fn agent_can(me: PersonId, powers: &Powers, verb: Verb, target: Target) -> bool {
    use Permission as P;
    let customer = matches!(target, Target::Person { role: Role::EndUser, .. } | Target::New(Role::EndUser));
    let myself = matches!(target, Target::Person { id, .. } if id == me);
    let may = |permission| powers.may(permission);
    match verb {
        Verb::See | Verb::List => true,
        Verb::SeeStaffFields => may(P::SeeStaffFields),
        _ if myself => is_for_oneself(verb) || verb == Verb::EditProfile,
        Verb::Create => customer && may(P::CreatePeople),
        Verb::Edit => customer && may(P::EditPeople),
        Verb::EditStaffFields => customer && may(P::EditPeople) && may(P::SeeStaffFields),
        Verb::Suspend => customer && may(P::SuspendPeople),
        Verb::SetPassword => customer && may(P::SetPasswords),
        Verb::Import => may(P::ImportPeople),
        Verb::Export => may(P::ExportPeople),
        Verb::ManageOrganisations => may(P::ManageOrganisations),
        Verb::ManageTags => may(P::ManageTags),
        Verb::SeeAudit => may(P::SeeAudit),
        Verb::WorkOnTickets => true,
        Verb::CommentPublicly => may(P::PublicComments),
        Verb::SeeChat => may(P::SeeStaffFields),
        Verb::ChangeChat => customer && may(P::EditPeople),
        Verb::Delete => customer && may(P::DeletePeople),
        Verb::Merge => customer && may(P::DeletePeople) && may(P::EditPeople) && may(P::SeeStaffFields),
        Verb::Restore => may(P::DeletePeople),
        _ => false,
    }
}

fn end_user_can(me: PersonId, verb: Verb, target: Target) -> bool {
    if matches!(target, Target::House) {
        return verb == Verb::CommentPublicly;
    }
    matches!(target, Target::Person { id, .. } if id == me) && (verb == Verb::See || is_for_oneself(verb))
}

fn is_for_oneself(verb: Verb) -> bool {
    matches!(verb, Verb::Edit | Verb::SetPassword | Verb::SeeSessions | Verb::SeePermissions | Verb::ExportData)
}
