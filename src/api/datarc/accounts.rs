//! `/openapi/v1/accounts/`, one at a time (contract, 5.1, 5.3, 5.5 to 5.8).
use super::translate::{self, account, uid};
use super::wire::{Account, done, success};
use crate::actions::Act;
use crate::actions::people::{self, Draft, deletion, extras, list, named, password, role, suspension};
use crate::api::{Answer, Call, Fault, Given};
use crate::domain::belonging::Choices;
use crate::domain::password::Hash;
use crate::domain::{
    Column, Error, Field, PeopleFilter, Person, PersonId, Place, Result, Rights, Role, Sort, Status, Target, Verb,
};
use serde_json::Value;
use uuid::Uuid;

/// Without a limit, a list has so many at most.
const MOST: i64 = 10_000;

pub async fn index(call: Call) -> Answer {
    let q = call.asked("q").unwrap_or_default().to_owned();
    let skip = call.asked("offset").and_then(|raw| raw.parse().ok()).unwrap_or(0).max(0);
    let most = call.number("limit", MOST).min(MOST);
    let accounts = call
        .read(move |act| {
            let places = if sees_all(act) { vec![Place::Known, Place::Details] } else { vec![] };
            let filter = PeopleFilter { q, places, ..PeopleFilter::default() };
            let sort = Sort { column: Column::Added, descending: false };
            let people = list::some(act, &filter, &sort, (skip, most))?;
            Ok(accounts(act, &people)?)
        })
        .await?;
    Ok(success(accounts))
}

pub async fn show(call: Call) -> Answer {
    let uid = call.place("uid").to_owned();
    Ok(success(call.read(move |act| Ok(shown(act, &uid)?)).await?))
}

/// The account of whoever has this username, phone or e-mail; null for nobody.
pub async fn fetch(call: Call) -> Answer {
    let login = call.given()?.text("username")?.filter(|login| !login.trim().is_empty());
    let login = login.ok_or_else(|| Fault::value("username", "is required"))?;
    let found = call
        .read(move |act| match named::by_login(act, &login)? {
            Some(person) => Ok(accounts(act, &[person])?.pop()),
            None => Ok(None),
        })
        .await?;
    Ok(success(found.map_or(Ok(Value::Null), serde_json::to_value).map_err(Error::broken)?))
}

pub async fn create(call: Call) -> Answer {
    let new = New::read(&call, &call.given()?).await?;
    Ok(success(call.write(move |act| new.create(act)).await?))
}

pub async fn update(call: Call) -> Answer {
    let change = Change::read(&call, &call.given()?).await?;
    let uid = call.place("uid").to_owned();
    let changed = call.write(move |act| {
        let person = named::by_uid(act, &uid)?;
        change.update(act, person)
    });
    Ok(success(changed.await?))
}

pub async fn destroy(call: Call) -> Answer {
    let uid = call.place("uid").to_owned();
    call.write_anew(move |act| {
        let person = named::by_uid(act, &uid)?;
        Ok(delete(act, person.id)?)
    })
    .await?;
    Ok(done())
}

/// Nobody is named as an heir: open tickets are nobody's, and what the person owned is the key's owner's from now on.
pub fn delete(act: &mut Act, id: PersonId) -> Result<()> {
    let heir = act.actor.id().ok_or(Error::NotFound)?;
    deletion::outright(act, id, Choices::inherited_by(heir)).map(drop)
}

fn shown(act: &mut Act, uid: &str) -> Result<Account> {
    let person = named::by_uid(act, uid)?;
    accounts(act, &[person])?.pop().ok_or(Error::NotFound)
}

pub fn accounts(act: &mut Act, people: &[Person]) -> Result<Vec<Account>> {
    let extras = extras::of(act, people)?;
    let sees_all = sees_all(act);
    Ok(people.iter().map(|person| account(person, extras.get(&person.id), sees_all)).collect())
}

/// Whether what staff wrote is for this key's owner.
pub fn sees_all(act: &Act) -> bool {
    act.actor.can(Verb::SeeStaffFields, Target::House)
}

/// An account to be made, with its password hashed.
pub struct New {
    uid: Uuid,
    given: Given,
    hash: Option<Hash>,
}

impl New {
    pub async fn read(call: &Call, given: &Given) -> Result<Self, Fault> {
        let uid = match given.text("uid")?.filter(|raw| !raw.is_empty()) {
            Some(raw) => uid(&raw)?,
            None => Uuid::new_v4(),
        };
        Ok(Self { uid, given: given.clone(), hash: call.hashed(given, "password").await? })
    }

    /// Nobody goes without a username: one is made of the uid.
    pub fn create(self, act: &mut Act) -> Result<Account, Fault> {
        let role = translate::role(&self.given, None)?.unwrap_or(Role::EndUser);
        let mut fields = translate::fields(people::blank(act, role)?, &self.given, sees_all(act))?;
        if fields.username.is_none() {
            let made = format!("u{}", &self.uid.simple().to_string()[..12]);
            fields.set(Field::Username, &made).map_err(|key| Error::invalid("username", key))?;
        }
        let status = translate::status(&self.given, None)?.unwrap_or(Status::Active);
        named::free_for(act, None, &fields)?;
        let person = people::create_as(act, self.uid, Draft { fields, role, status }, self.hash)?;
        if role == Role::Agent {
            role::update(act, person.id, auditor())?;
        }
        let extras = translate::extras(&self.given, sees_all(act))?;
        extras::update(act, person.id, &extras)?;
        Ok(shown(act, &self.uid.to_string())?)
    }
}

/// Auditors look, and change nothing.
fn auditor() -> role::Choice {
    let rights = Rights { manage_people: false, public_comments: false, moderator: false, ..Rights::default() };
    role::Choice { role: Role::Agent, rights, custom_role: None, sure: true }
}

/// What an account is to become, with its password hashed.
pub struct Change {
    pub given: Given,
    hash: Option<Hash>,
}

impl Change {
    pub async fn read(call: &Call, given: &Given) -> Result<Self, Fault> {
        Ok(Self { given: given.clone(), hash: call.hashed(given, "password").await? })
    }

    pub fn update(self, act: &mut Act, person: Person) -> Result<Account, Fault> {
        let person = people::hold(act, person.id)?;
        let fields = translate::fields(person.fields.clone(), &self.given, sees_all(act))?;
        named::free_for(act, Some(person.id), &fields)?;
        let id = person.id;
        let apart = self.hash.is_some() || ["status", "role"].iter().any(|key| self.given.has(key));
        if !apart || fields != person.fields {
            people::edit(act, id, person.version, fields)?;
        }
        let extras = translate::extras(&self.given, sees_all(act))?;
        extras::update(act, id, &extras)?;
        match translate::role(&self.given, Some(person.role))? {
            None => {}
            Some(Role::Agent) => drop(role::update(act, id, auditor())?),
            Some(role) => drop(role::update(act, id, role::Choice { role, ..auditor() })?),
        }
        if let Some(status) = translate::status(&self.given, Some(person.status))? {
            suspension::set(act, id, status)?;
        }
        if let Some(hash) = self.hash {
            password::set(act, id, &hash)?;
        }
        Ok(shown(act, &person.uid.to_string())?)
    }
}
