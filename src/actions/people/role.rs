//! Changing what a person is in this house, and what an agent may do.
use super::{Act, keep_an_admin};
use crate::domain::event::Kind;
use crate::domain::{Change, Event, Person, PersonId, Result, Rights, Role, Standing, Verb};
use crate::store;

pub fn edit(act: &mut Act, id: PersonId) -> Result<(Person, Rights)> {
    let person = super::show(act, id)?;
    act.actor.must(Verb::ChangeRole, &person)?;
    let rights = store::people::rights(act.conn, id)?;
    Ok((person, rights))
}

/// Less power ends every session at once. Rights count for agents only.
pub fn update(act: &mut Act, id: PersonId, role: Role, rights: Rights) -> Result<Person> {
    let (mut person, old_rights) = edit(act, id)?;
    if role != Role::Admin {
        keep_an_admin(act, &person)?;
    }
    let mut changes = vec![];
    if role != person.role {
        changes.push(Change::new("role", person.role.name(), role.name()));
    }
    if role == Role::Agent {
        changes.extend(rights_changes(old_rights, rights));
    }
    if changes.is_empty() {
        return Ok(person);
    }
    let before = Standing::new(person.role, old_rights);
    person.role = role;
    store::people::update(act.conn, &person, act.now)?;
    if role == Role::Agent {
        store::people::set_rights(act.conn, id, rights)?;
    }
    if before.loses_by(&Standing::new(role, rights)) {
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
