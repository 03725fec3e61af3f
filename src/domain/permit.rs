//! The one place that says who may do what.
use super::key::Grant;
use super::{
    Desk, Error, Permission, PersonId, Powers, Reach, Result, Role, Scope, Target, TicketRestriction, TicketScope, Verb,
};

/// Who acts.
#[derive(Debug, Clone, PartialEq)]
pub enum Actor {
    /// Somebody signed in or come in with a key, read afresh for this request.
    Person { id: PersonId, label: String, role: Role, powers: Powers, key: Option<Grant> },
    /// Whoever can run the program on its own machine.
    CommandLine,
    /// Nobody yet: signing in, setting up.
    Visitor,
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

    /// With which key they came in, if with one.
    pub fn key(&self) -> Option<Grant> {
        if let Self::Person { key, .. } = self { *key } else { None }
    }

    /// Refuses whoever came in with a key that only reads.
    pub fn must_write(&self) -> Result<()> {
        if self.key().is_some_and(|grant| grant.read_only) { Err(Error::Forbidden("key.reads_only")) } else { Ok(()) }
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
