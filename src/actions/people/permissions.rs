//! What somebody may do, as they stand.
use crate::actions::Act;
use crate::domain::{CustomRole, Person, PersonId, Result, Role, Standing, Verb};
use crate::store;

/// A person with what gives them their powers.
pub struct Allowed {
    pub person: Person,
    pub standing: Standing,
    /// The custom role of an agent who has one.
    pub custom_role: Option<CustomRole>,
}

pub fn show(act: &mut Act, id: PersonId) -> Result<Allowed> {
    let person = super::show(act, id)?;
    act.actor.must(Verb::SeePermissions, &person)?;
    let standing = Standing::new(person.role, store::people::powers(act.conn, id)?);
    let held = store::people::profile(act.conn, id)?.custom_role.filter(|_| person.role == Role::Agent);
    let custom_role = held.map(|role| store::roles::find(act.conn, role)).transpose()?;
    Ok(Allowed { person, standing, custom_role })
}
