//! Keeps whom an actor makes or changes within what that actor may see.
use crate::actions::Act;
use crate::domain::{Error, Fields, PersonId, Result, Scope, fold};
use crate::store;

/// Where somebody's scope ends, read once for many people.
pub struct Bounds {
    scope: Scope,
    organisation: String,
    groups: Vec<String>,
}

impl Bounds {
    pub fn read(act: &mut Act) -> Result<Self> {
        let scope = act.actor.scope();
        let (Scope::OrganisationOf(me) | Scope::GroupsOf(me)) = scope else {
            return Ok(Self { scope, organisation: String::new(), groups: vec![] });
        };
        let Fields { organisation, groups, .. } = store::people::find(act.conn, Scope::Only(me), me)?.fields;
        Ok(Self { scope, organisation, groups })
    }

    /// Somebody new for whom nobody said otherwise joins the organisation or the groups of who makes them.
    pub fn settle(&self, fields: &mut Fields) {
        match self.scope {
            Scope::OrganisationOf(_) if fields.organisation.is_empty() => {
                fields.organisation = self.organisation.clone()
            }
            Scope::GroupsOf(_) if fields.groups.is_empty() => fields.groups = self.groups.clone(),
            _ => {}
        }
    }

    /// Refuses values that would put the person out of sight.
    pub fn hold(&self, person: Option<PersonId>, fields: &Fields) -> Result<()> {
        match self.fault(person, fields) {
            Some((field, key)) => Err(Error::invalid(field, key)),
            None => Ok(()),
        }
    }

    /// The field at fault and the key of why.
    pub fn fault(&self, person: Option<PersonId>, fields: &Fields) -> Option<(&'static str, &'static str)> {
        let shared = |mine: &[String], theirs: &[String]| {
            theirs.iter().any(|one| mine.iter().any(|other| fold(one) == fold(other)))
        };
        match self.scope {
            Scope::OrganisationOf(me) | Scope::GroupsOf(me) | Scope::Only(me) if person == Some(me) => None,
            Scope::Everyone => None,
            Scope::OrganisationOf(_) => {
                let same = !self.organisation.is_empty() && fold(&self.organisation) == fold(&fields.organisation);
                (!same).then_some(("organisation", "scope.organisation"))
            }
            Scope::GroupsOf(_) => (!shared(&self.groups, &fields.groups)).then_some(("groups", "scope.groups")),
            Scope::Only(_) | Scope::Nobody => Some(("email", "forbidden.role")),
        }
    }
}
