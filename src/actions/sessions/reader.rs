//! Whoever a session stands for, as they are now.
use crate::actions::Act;
use crate::domain::key::Grant;
use crate::domain::{Actor, Catalogue, Error, Person, PersonId, Powers, Result, Role, Standing, Target, Verb};
use crate::store;
use crate::store::preferences::Preferences;

pub(in crate::actions) fn actor_of(person: &Person, powers: Powers, key: Option<Grant>) -> Actor {
    Actor::Person { id: person.id, label: person.label(), role: person.role, powers, key }
}

/// The same actor with the role and rights they have now; refuses when they may no longer act.
pub fn afresh(conn: &mut store::Conn, actor: &Actor) -> Result<Actor> {
    let Actor::Person { id, label, key, .. } = actor else { return Ok(actor.clone()) };
    if let Some(grant) = key {
        // It may have been revoked meanwhile, or is lent by somebody who may lend it no more.
        store::keys::known(conn, grant.key)?.ok_or(Error::Forbidden("key.revoked"))?;
        if grant.owner != *id && !may_lend(conn, grant.owner)? {
            return Err(Error::Forbidden("key.revoked"));
        }
    }
    match store::people::standing(conn, *id)? {
        Some((status, Standing { role, powers })) if status.may_sign_in() => {
            Ok(Actor::Person { id: *id, label: label.clone(), role, powers, key: *key })
        }
        _ => Err(Error::Forbidden("forbidden.role")),
    }
}

/// Only administrators' keys come in as somebody else.
fn may_lend(conn: &mut store::Conn, owner: PersonId) -> Result<bool> {
    let standing = store::people::standing(conn, owner)?;
    Ok(standing.is_some_and(|(status, standing)| status.may_sign_in() && standing.role == Role::Admin))
}

/// Who a session belongs to, read afresh.
pub struct Reader {
    /// As [`store::people::alone`] has them.
    pub person: Person,
    pub actor: Actor,
    pub preferences: Preferences,
    /// The custom fields that they may see.
    pub catalogue: Catalogue,
    pub house_name: String,
    /// [`Standing::code`] of now.
    pub standing: String,
}

/// Nobody once they may no longer sign in, or may do less than when the session `remembered` it.
pub fn reader(act: &mut Act, id: PersonId, remembered: Option<&str>) -> Result<Option<Reader>> {
    let person = match store::people::alone(act.conn, id) {
        Ok(person) if person.status.may_sign_in() => person,
        Ok(_) | Err(Error::NotFound) => return Ok(None),
        Err(e) => return Err(e),
    };
    let powers = store::people::powers(act.conn, id)?;
    let standing = Standing::new(person.role, powers);
    if remembered.and_then(Standing::parse).is_some_and(|before| before.loses_by(&standing)) {
        return Ok(None);
    }
    let actor = actor_of(&person, powers, None);
    let preferences = store::preferences::find(act.conn, id)?;
    let house_name = crate::actions::setup::house_name(act)?;
    let all = store::fields::all(act.conn)?;
    let catalogue = if actor.can(Verb::SeeStaffFields, Target::House) { all } else { all.for_customers() };
    Ok(Some(Reader { person, actor, preferences, catalogue, house_name, standing: standing.code() }))
}

/// Whoever an administrator's command names with `--as`.
pub fn acting_as(act: &mut Act, email: &str) -> Result<Actor> {
    let unknown = || Error::invalid("as", "as.unknown");
    let id = store::people::first_by_login(act.conn, email)?.ok_or_else(unknown)?;
    Ok(reader(act, id, None)?.ok_or_else(unknown)?.actor)
}
