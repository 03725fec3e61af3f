//! Finding, reading, making and changing people.
pub mod access;
pub mod activity;
pub mod avatar;
pub mod bounds;
pub mod data;
pub mod deletion;
pub mod erasure;
pub mod export;
pub mod extras;
pub mod facets;
pub mod identities;
pub mod kept;
pub mod list;
pub mod merge;
pub mod named;
pub mod password;
pub mod permissions;
pub mod picture;
pub mod profile;
pub mod role;
pub mod suspension;

use super::Act;
use crate::domain::event::Kind;
use crate::domain::password::Hash;
use crate::domain::person::fresh_uid;
use crate::domain::{
    Change, Error, Event, Field, Fields, Person, PersonId, Result, Role, Status, Subject, Target, Verb, deed::without,
    organisation::domain_of,
};
use crate::store;
use crate::store::people::NewPerson;
use bounds::Bounds;

pub fn show(act: &mut Act, id: PersonId) -> Result<Person> {
    let person = store::people::find(act.conn, act.actor.scope(), id)?;
    act.actor.must(Verb::See, &person)?;
    Ok(person)
}

/// In the order of their numbers as given, each once; unknown ones and those out of reach are left out.
pub fn several(act: &mut Act, ids: &[PersonId]) -> Result<Vec<Person>> {
    let mut found = store::people::find_many(act.conn, act.actor.scope(), ids)?;
    found.sort_by_key(|person| ids.iter().position(|id| *id == person.id));
    Ok(found)
}

/// The same, and nobody else changes them until this write is done: for doors whose callers know no version.
pub fn hold(act: &mut Act, id: PersonId) -> Result<Person> {
    store::people::lock(act.conn, id)?;
    show(act, id)
}

/// Somebody whom this actor may change.
pub fn editable(act: &mut Act, id: PersonId) -> Result<Person> {
    let person = show(act, id)?;
    act.actor.must(Verb::Edit, &person)?;
    Ok(person)
}

/// Somebody new, as a form or a command describes them.
#[derive(Debug, Clone)]
pub struct Draft {
    pub fields: Fields,
    pub role: Role,
    pub status: Status,
}

/// What somebody new starts with, as far as this actor sees it.
pub fn blank(act: &mut Act, role: Role) -> Result<Fields> {
    Ok(Fields::blank(&list::catalogue(act)?, role))
}

pub fn create(act: &mut Act, draft: Draft, password: Option<Hash>) -> Result<Person> {
    create_as(act, fresh_uid(act.now), draft, password)
}

/// With a uid that somebody else chose.
pub fn create_as(act: &mut Act, uid: uuid::Uuid, mut draft: Draft, password: Option<Hash>) -> Result<Person> {
    act.actor.must(Verb::Create, Target::New(draft.role))?;
    if password.is_some() {
        act.actor.must(Verb::SetPassword, Target::New(draft.role))?;
    }
    if writes_staff_fields(act, &Fields::default(), &draft.fields)? {
        act.actor.must(Verb::EditStaffFields, Target::New(draft.role))?;
    }
    let bounds = Bounds::read(act)?;
    bounds.settle(&mut draft.fields);
    know_groups(act, &Fields::default(), &draft.fields)?;
    bounds.hold(None, &draft.fields)?;
    let person = insert(act, uid, draft, password)?;
    let changes = creation_changes(&person.fields, person.role, person.status);
    act.record(Event::about(Kind::PersonCreated, &person, changes))?;
    Ok(person)
}

/// Makes the person without asking or recording; for actions that do both themselves.
pub(super) fn insert(act: &mut Act, uid: uuid::Uuid, draft: Draft, password: Option<Hash>) -> Result<Person> {
    let Draft { mut fields, role, status } = draft;
    join_by_domain(act, &mut [&mut fields])?;
    let new = NewPerson { uid, fields, role, status, created_at: act.now, last_login_at: None };
    let id = store::people::insert(act.conn, &[new], act.now)?.pop().ok_or_else(|| Error::broken("nobody was made"))?;
    if let Some(hash) = password {
        store::passwords::set(act.conn, id, &hash, act.now)?;
    }
    store::people::find(act.conn, crate::domain::Scope::Everyone, id)
}

/// People without an organisation join the one that takes in their e-mail's domain.
pub(super) fn join_by_domain(act: &mut Act, people: &mut [&mut Fields]) -> Result<()> {
    let domain = |fields: &Fields| fields.email.as_ref().filter(|_| fields.organisation.is_empty()).map(domain_of);
    let domains: Vec<String> = people.iter().filter_map(|fields| domain(fields)).collect();
    let names = store::organisations::by_domain(act.conn, &domains)?;
    for fields in people {
        if let Some(name) = domain(fields).and_then(|domain| names.get(&domain)) {
            fields.organisation = name.clone();
        }
    }
    Ok(())
}

/// Nobody is put into a group that this actor does not see.
fn know_groups(act: &mut Act, before: &Fields, after: &Fields) -> Result<()> {
    let added = without(&after.groups, &before.groups);
    if !added.is_empty() && !without(&added, &super::groups::names(act)?).is_empty() {
        return Err(Error::invalid("groups", "groups.unknown"));
    }
    Ok(())
}

/// Whether going from one to the other touches what only staff see.
fn writes_staff_fields(act: &mut Act, before: &Fields, after: &Fields) -> Result<bool> {
    if Field::ALL.iter().any(|field| field.is_for_staff() && before.differs(after, *field)) {
        return Ok(true);
    }
    let custom = before.custom_differences(after);
    if custom.is_empty() {
        return Ok(false);
    }
    let catalogue = store::fields::all(act.conn)?;
    let hidden = |name: &&str| catalogue.remembered(name).is_none_or(|field| field.staff_only);
    Ok(custom.iter().any(hidden))
}

/// What the history says of somebody new.
pub(super) fn creation_changes(fields: &Fields, role: Role, status: Status) -> Vec<Change> {
    let mut changes = Fields::default().changes_to(fields);
    changes.push(Change::new("role", "", role.name()));
    changes.push(Change::new("status", "", status.name()));
    changes
}

/// Writes `fields` over those of the `version` they were made from. Nothing changed, nothing written.
pub fn edit(act: &mut Act, id: PersonId, version: i64, fields: Fields) -> Result<Person> {
    let mut person = editable(act, id)?;
    // Asked before the version is looked at: a conflict shows what stands there now.
    if writes_staff_fields(act, &person.fields, &fields)? {
        act.actor.must(Verb::EditStaffFields, &person)?;
        know_groups(act, &person.fields, &fields)?;
        Bounds::read(act)?.hold(Some(id), &fields)?;
    }
    if person.version != version {
        return Err(Error::Stale);
    }
    let changes = person.fields.changes_to(&fields);
    if changes.is_empty() {
        return Ok(person);
    }
    person.fields = fields;
    store::people::update(act.conn, &person, act.now)?;
    act.record(Event::about(Kind::PersonEdited, &person, changes))?;
    show(act, id)
}

/// Many new people at once, with one entry for all; for trying and measuring.
pub fn generate(act: &mut Act, people: &[NewPerson], seed: u64) -> Result<Vec<PersonId>> {
    act.actor.must(Verb::Generate, Target::House)?;
    let ids = store::people::insert(act.conn, people, act.now)?;
    let changes = vec![Change::new("count", "", people.len().to_string()), Change::new("seed", "", seed.to_string())];
    act.record(Event::on(Kind::PeopleGenerated, Subject::House, "", changes))?;
    Ok(ids)
}

/// The house never stands without an administrator who can act: refuses when `person` is the last.
pub(super) fn keep_an_admin(act: &mut Act, person: &Person) -> Result<()> {
    if (person.role, person.status) != (Role::Admin, Status::Active) {
        return Ok(());
    }
    let is_last = store::people::active_admins(act.conn)? == [person.id];
    if is_last { Err(Error::Forbidden("forbidden.last_admin")) } else { Ok(()) }
}
