//! Finding, reading, making and changing people.
pub mod activity;
pub mod password;
pub mod role;
pub mod suspension;

use super::Act;
use crate::domain::event::Kind;
use crate::domain::password::Hash;
use crate::domain::{
    Change, Error, Event, Field, Fields, PeopleFilter, Person, PersonId, Result, Role, Sort, Status, Target, Turn, Verb,
};
use crate::store::people::NewPerson;
use crate::store::{self, list::Page};

/// A page of people and how many there are.
#[derive(Debug)]
pub struct Listing {
    pub page: Page,
    pub matching: i64,
    pub total: i64,
}

pub fn index(act: &mut Act, filter: &PeopleFilter, sort: Sort, turn: &Turn, size: usize) -> Result<Listing> {
    act.actor.must(Verb::List, Target::House)?;
    let scope = act.actor.scope();
    let page = store::list::page(act.conn, scope, filter, sort, turn, size)?;
    let total = store::list::count(act.conn, scope, &PeopleFilter::default())?;
    let matching =
        if *filter == PeopleFilter::default() { total } else { store::list::count(act.conn, scope, filter)? };
    Ok(Listing { page, matching, total })
}

pub fn show(act: &mut Act, id: PersonId) -> Result<Person> {
    let person = store::people::find(act.conn, act.actor.scope(), id)?;
    act.actor.must(Verb::See, &person)?;
    Ok(person)
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

pub fn create(act: &mut Act, draft: Draft, password: Option<Hash>) -> Result<Person> {
    act.actor.must(Verb::Create, Target::New(draft.role))?;
    let person = insert(act, draft, password)?;
    let changes = creation_changes(&person.fields, person.role, person.status);
    act.record(Event::about(Kind::PersonCreated, &person, changes))?;
    Ok(person)
}

/// Makes the person without asking or recording; for actions that do both themselves.
pub(super) fn insert(act: &mut Act, draft: Draft, password: Option<Hash>) -> Result<Person> {
    let Draft { fields, role, status } = draft;
    let uid = uuid::Uuid::new_v4();
    let new = NewPerson { uid, fields, role, status, created_at: act.now, last_login_at: None };
    let id = store::people::insert(act.conn, &[new], act.now)?.pop().ok_or_else(|| Error::broken("nobody was made"))?;
    if let Some(hash) = password {
        store::passwords::set(act.conn, id, &hash, act.now)?;
    }
    store::people::find(act.conn, crate::domain::Scope::Everyone, id)
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
    let mut staff_fields = Field::ALL.iter().filter(|field| field.is_for_staff());
    if staff_fields.any(|field| person.fields.differs(&fields, *field)) {
        act.actor.must(Verb::EditStaffFields, &person)?;
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
    act.record(Event { kind: Kind::PeopleGenerated, person: None, label: String::new(), changes })?;
    Ok(ids)
}

/// The house never stands without an administrator who can act: refuses when `person` is the last.
fn keep_an_admin(act: &mut Act, person: &Person) -> Result<()> {
    if (person.role, person.status) != (Role::Admin, Status::Active) {
        return Ok(());
    }
    let is_last = store::people::active_admins(act.conn)? == [person.id];
    if is_last { Err(Error::Forbidden("forbidden.last_admin")) } else { Ok(()) }
}
