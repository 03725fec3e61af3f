//! What is to happen to a row.
use super::row::Fault;
use crate::domain::{Change, Person, PersonId};
use crate::store::people::NewPerson;

/// What is to happen to a row.
pub enum Decision {
    Create(Box<NewPerson>),
    Update(Box<Person>, Vec<Change>),
    Unchanged(PersonId),
    Duplicate,
    Failed(Fault),
}

impl Decision {
    /// Whom the row is about, where somebody is there.
    pub fn person(&self) -> Option<PersonId> {
        match self {
            Self::Update(person, _) => Some(person.id),
            Self::Unchanged(id) => Some(*id),
            _ => None,
        }
    }
}
