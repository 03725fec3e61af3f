//! The one place that says who may do what.
use super::{Error, Person, PersonId, Result, Rights, Role};

/// Who acts.
#[derive(Debug, Clone)]
pub enum Actor {
    /// Somebody signed in, read afresh for this request.
    Person { id: PersonId, label: String, role: Role, rights: Rights },
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
    /// What staff wrote about a person, and writing it.
    SeeStaffFields,
    EditStaffFields,
    List,
    Create,
    Edit,
    Suspend,
    ChangeRole,
    SetPassword,
    SeeAudit,
    Import,
    Generate,
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
    Only(PersonId),
    Nobody,
}

impl Actor {
    pub fn can(&self, verb: Verb, target: impl Into<Target>) -> bool {
        match self {
            Self::CommandLine => true,
            Self::Visitor => false,
            Self::Person { id, role: Role::Admin, .. } => admin_can(*id, verb, target.into()),
            Self::Person { id, role: Role::Agent, rights, .. } => agent_can(*id, *rights, verb, target.into()),
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
            _ => Err(Error::Forbidden("forbidden.role")),
        }
    }

    pub fn scope(&self) -> Scope {
        match self {
            Self::CommandLine => Scope::Everyone,
            Self::Person { role, .. } if role.is_staff() => Scope::Everyone,
            Self::Person { id, .. } => Scope::Only(*id),
            Self::Visitor => Scope::Nobody,
        }
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

    /// The roles this actor may give to somebody new.
    pub fn grantable_roles(&self) -> Vec<Role> {
        Role::ALL.into_iter().filter(|role| self.can(Verb::Create, Target::New(*role))).collect()
    }
}

fn admin_can(me: PersonId, verb: Verb, target: Target) -> bool {
    match target {
        Target::Person { id, .. } => !(verb == Verb::Suspend && id == me),
        Target::New(_) => true,
        Target::House => verb != Verb::Generate,
    }
}

fn agent_can(me: PersonId, rights: Rights, verb: Verb, target: Target) -> bool {
    let customer = matches!(target, Target::Person { role: Role::EndUser, .. } | Target::New(Role::EndUser));
    let myself = matches!(target, Target::Person { id, .. } if id == me);
    match verb {
        Verb::See | Verb::SeeStaffFields | Verb::List => true,
        Verb::Edit | Verb::SetPassword if myself => true,
        Verb::Create | Verb::Edit | Verb::EditStaffFields | Verb::Suspend => rights.manage_people && customer,
        Verb::Import => rights.manage_people,
        _ => false,
    }
}

fn end_user_can(me: PersonId, verb: Verb, target: Target) -> bool {
    let myself = matches!(target, Target::Person { id, .. } if id == me);
    myself && matches!(verb, Verb::See | Verb::Edit | Verb::SetPassword)
}
