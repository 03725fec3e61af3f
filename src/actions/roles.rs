//! Custom roles: which permissions, upon whom.
use super::Act;
use crate::domain::event::Kind;
use crate::domain::{Change, CustomRole, Error, Event, Person, Result, Scope, Subject, Target, Verb};
use crate::store;

/// A page names so many holders.
const SHOWN: i64 = 50;

/// A house has at most so many.
const MOST: usize = 200;

/// A role and how many agents hold it.
#[derive(Debug, Clone)]
pub struct Counted {
    pub role: CustomRole,
    pub holders: i64,
}

pub fn index(act: &mut Act) -> Result<Vec<Counted>> {
    act.actor.must(Verb::ManageRoles, Target::House)?;
    let counts = store::roles::counts(act.conn)?;
    let roles = store::roles::all(act.conn)?;
    Ok(roles.into_iter().map(|role| Counted { holders: counts.get(&role.id).copied().unwrap_or(0), role }).collect())
}

/// The role, and the first of those who hold it.
pub fn show(act: &mut Act, id: i64) -> Result<(Counted, Vec<Person>)> {
    let counted = index(act)?.into_iter().find(|one| one.role.id == id).ok_or(Error::NotFound)?;
    let ids = store::roles::holders(act.conn, id, SHOWN)?;
    Ok((counted, store::people::find_many(act.conn, Scope::Everyone, &ids)?))
}

pub fn create(act: &mut Act, role: &CustomRole) -> Result<i64> {
    act.actor.must(Verb::ManageRoles, Target::House)?;
    if store::roles::all(act.conn)?.len() >= MOST {
        return Err(Error::invalid("name", "roles.too_many"));
    }
    let id = store::roles::insert(act.conn, role, act.now)?;
    act.record(Event::on(Kind::RoleCreated, Subject::Role(id), &role.name, changes_between(None, role)))?;
    Ok(id)
}

/// Whoever loses something by it is signed out with their next request.
pub fn update(act: &mut Act, role: &CustomRole) -> Result<()> {
    let (Counted { role: old, .. }, _) = show(act, role.id)?;
    if old.version != role.version {
        return Err(Error::Stale);
    }
    let changes = changes_between(Some(&old), role);
    if changes.is_empty() {
        return Ok(());
    }
    store::roles::update(act.conn, role)?;
    act.record(Event::on(Kind::RoleEdited, Subject::Role(role.id), &role.name, changes))
}

fn changes_between(old: Option<&CustomRole>, new: &CustomRole) -> Vec<Change> {
    let told = |role: &CustomRole| {
        [
            ("name", role.name.clone()),
            ("description", role.description.clone()),
            ("permissions", role.powers.permissions.to_string()),
            ("reach", role.powers.reach.name().to_owned()),
            ("ticket_restriction", role.powers.tickets.name().to_owned()),
        ]
    };
    let before = old.map(told);
    let was = |at: usize| before.as_ref().map(|all| all[at].1.clone()).unwrap_or_default();
    let pairs = told(new).into_iter().enumerate().map(|(at, (name, now))| (name, was(at), now));
    pairs.filter(|(_, old, new)| old != new).map(|(name, old, new)| Change::new(name, old, new)).collect()
}

/// Only one that nobody holds: without it they might be able to do more than before.
pub fn destroy(act: &mut Act, id: i64) -> Result<()> {
    let (Counted { role, holders }, _) = show(act, id)?;
    if holders > 0 {
        return Err(Error::Forbidden("roles.held"));
    }
    store::roles::delete(act.conn, id)?;
    act.record(Event::on(Kind::RoleDeleted, Subject::Role(id), &role.name, changes_between(Some(&role), &blank(&role))))
}

fn blank(role: &CustomRole) -> CustomRole {
    CustomRole { name: String::new(), description: String::new(), ..role.clone() }
}
