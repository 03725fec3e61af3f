//! Changing what a person is in this house, and what an agent may do.
use super::{Act, keep_an_admin};
use crate::domain::event::Kind;
use crate::domain::{
    Change, CustomRole, Error, Event, Person, PersonId, Profile, Result, Rights, Role, Standing, Verb,
};
use crate::store;

/// The person, their profile, and the custom roles there are.
pub fn edit(act: &mut Act, id: PersonId) -> Result<(Person, Profile, Vec<CustomRole>)> {
    let person = super::show(act, id)?;
    act.actor.must(Verb::ChangeRole, &person)?;
    let profile = store::people::profile(act.conn, id)?;
    Ok((person, profile, store::roles::all(act.conn)?))
}

/// What the form chooses; rights and custom role count for agents only.
#[derive(Debug, Clone, Copy)]
pub struct Choice {
    pub role: Role,
    pub rights: Rights,
    pub custom_role: Option<i64>,
    /// Whoever gives up a role of their own must say that they mean it.
    pub sure: bool,
}

/// Less power ends every session at once.
pub fn update(act: &mut Act, id: PersonId, choice: Choice) -> Result<Person> {
    store::people::lock(act.conn, id)?;
    let (mut person, mut profile, roles) = edit(act, id)?;
    let Choice { role, rights, custom_role, sure } = choice;
    if role != Role::Admin {
        keep_an_admin(act, &person)?;
    }
    if act.actor.id() == Some(id) && role < person.role && !sure {
        return Err(Error::invalid("sure", "rights.not_sure"));
    }
    let called = |id: Option<i64>| roles.iter().find(|one| Some(one.id) == id).map(|one| one.name.clone());
    if custom_role.is_some() && called(custom_role).is_none() {
        return Err(Error::invalid("custom_role", "custom_role.unknown"));
    }
    let mut changes = vec![];
    if role != person.role {
        changes.push(Change::new("role", person.role.name(), role.name()));
    }
    if role == Role::Agent {
        changes.extend(rights_changes(profile.rights, rights));
        let (old, new) = (called(profile.custom_role).unwrap_or_default(), called(custom_role).unwrap_or_default());
        changes.extend((old != new).then(|| Change::new("custom_role", old, new)));
    }
    if changes.is_empty() {
        return Ok(person);
    }
    let before = Standing::new(person.role, store::people::powers(act.conn, id)?);
    person.role = role;
    store::people::update(act.conn, &person, act.now)?;
    if role == Role::Agent {
        (profile.rights, profile.custom_role) = (rights, custom_role);
        store::people::set_profile(act.conn, id, &profile)?;
    } else if profile.custom_role.take().is_some() {
        store::people::set_profile(act.conn, id, &profile)?;
    }
    if before.loses_by(&Standing::new(role, store::people::powers(act.conn, id)?)) {
        store::sessions::delete_of(act.conn, id)?;
    }
    act.record(Event::about(Kind::RoleChanged, &person, changes))?;
    // Whoever gave up their own power sees no more than they now may.
    store::people::find(act.conn, crate::domain::Scope::Only(id), id)
}

fn rights_changes(old: Rights, new: Rights) -> Vec<Change> {
    let yes_no = |yes: bool| if yes { "yes" } else { "no" };
    let pairs = [
        ("manage_people", yes_no(old.manage_people), yes_no(new.manage_people)),
        ("public_comments", yes_no(old.public_comments), yes_no(new.public_comments)),
        ("moderator", yes_no(old.moderator), yes_no(new.moderator)),
        ("ticket_restriction", old.tickets.name(), new.tickets.name()),
    ];
    pairs.into_iter().filter(|(_, old, new)| old != new).map(|(field, old, new)| Change::new(field, old, new)).collect()
}
