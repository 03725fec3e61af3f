//! Importing so many rows at a time: the same decisions whether it is tried or done.
use super::decision::Decision;
use super::keys::claim_of;
use super::resolve::Resolver;
use super::row::{self, Fault, RawRow};
use crate::actions::{Act, people};
use crate::domain::event::Kind;
use crate::domain::shared::each;
use crate::domain::{Change, Error, Event, Person, PersonId, Result, Subject, Target, Verb};
use crate::store;
use crate::store::people::NewPerson;
use crate::store::scratch::Claims;
use std::collections::HashMap;

/// What became of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    Created,
    Updated,
    Unchanged,
    /// The same person as an earlier row of the file, which won.
    Duplicate,
    Failed(Fault),
}

/// What a chunk decided, and what later chunks must know of it.
pub struct Chunk {
    pub outcomes: Vec<Outcome>,
    /// Whom each row is about, where somebody is there.
    pub people: Vec<Option<PersonId>>,
    pub claims: HashMap<String, i64>,
}

/// How it is known what earlier rows of the file were about.
pub enum Earlier<'c> {
    /// They are noted beside the house.
    Noted(&'c mut Claims),
    /// They were written, as this import remembers.
    Written(i64),
}

impl Earlier<'_> {
    /// Which rows claimed these values, or are about these people.
    pub fn claims(&mut self, act: &mut Act, values: Vec<String>, people: &[PersonId]) -> Result<HashMap<String, i64>> {
        match self {
            Self::Noted(claims) => {
                let people = people.iter().map(|id| claim_of(*id));
                claims.of(&values.into_iter().chain(people).collect::<Vec<_>>())
            }
            Self::Written(import) => {
                let met = store::imports::met(act.conn, *import, people)?;
                Ok(met.into_iter().map(|id| (claim_of(id), EARLIER)).collect())
            }
        }
    }
}

/// Some row before; which one nobody asks.
const EARLIER: i64 = 1;

impl Chunk {
    /// Call once the chunk's transaction has committed.
    pub fn remember(self, claims: &mut Claims) -> Result<Vec<Outcome>> {
        claims.set(&self.claims)?;
        Ok(self.outcomes)
    }
}

/// Decides every row, writes nothing.
pub fn rehearse(act: &mut Act, earlier: Earlier, rows: &[RawRow]) -> Result<Chunk> {
    Ok(decide(act, earlier, rows)?.0)
}

/// Decides every row, writes what is to be written, and records one entry for each person written.
pub fn create(act: &mut Act, earlier: Earlier, rows: &[RawRow]) -> Result<Chunk> {
    let (mut chunk, new, changed) = decide(act, earlier, rows)?;
    let mut events = vec![];
    // Changes come first: a value that one row gives up may be taken by a later one.
    for (person, changes) in changed {
        store::people::update(act.conn, &person, act.now)?;
        if let Some(seen) = person.last_login_at {
            store::people::set_last_login(act.conn, person.id, seen)?;
        }
        if changes.iter().any(|change| ["role", "status"].contains(&change.field.as_str())) {
            store::sessions::delete_of(act.conn, person.id)?;
        }
        events.push(Event::about(Kind::PersonEdited, &person, changes));
    }
    let ids = store::people::insert(act.conn, &new, act.now)?;
    let made = chunk.outcomes.iter().zip(&mut chunk.people).filter(|(outcome, _)| **outcome == Outcome::Created);
    made.zip(&ids).for_each(|((_, whom), id)| *whom = Some(*id));
    events.extend(ids.into_iter().zip(&new).map(|(id, one)| created(id, one)));
    act.record_all(&events)?;
    Ok(chunk)
}

type Decided = (Chunk, Vec<NewPerson>, Vec<(Person, Vec<Change>)>);

fn decide(act: &mut Act, earlier: Earlier, rows: &[RawRow]) -> Result<Decided> {
    act.actor.must(Verb::Import, Target::House)?;
    let catalogue = people::list::catalogue(act)?;
    let now = act.now;
    let parsed = each(rows, |raw| row::parse(raw, &catalogue, now));
    let mut resolver = Resolver::read(act, earlier, catalogue, parsed.iter().flatten())?;
    let (mut outcomes, mut whom, mut new, mut changed) = (vec![], vec![], vec![], vec![]);
    for (raw, row) in rows.iter().zip(parsed) {
        let decision = row.map_or_else(Decision::Failed, |row| resolver.decide(raw.number, row));
        whom.push(decision.person());
        outcomes.push(match decision {
            Decision::Create(one) => {
                new.push(*one);
                Outcome::Created
            }
            Decision::Update(person, changes) => {
                changed.push((*person, changes));
                Outcome::Updated
            }
            Decision::Unchanged(_) => Outcome::Unchanged,
            Decision::Duplicate => Outcome::Duplicate,
            Decision::Failed(fault) => Outcome::Failed(fault),
        });
    }
    let claims = resolver.into_claims();
    people::join_by_domain(act, &mut new.iter_mut().map(|one: &mut NewPerson| &mut one.fields).collect::<Vec<_>>())?;
    Ok((Chunk { outcomes, people: whom, claims }, new, changed))
}

fn created(id: crate::domain::PersonId, new: &NewPerson) -> Event {
    let changes = people::creation_changes(&new.fields, new.role, new.status);
    let label = new.fields.label().unwrap_or_else(|| new.uid.to_string());
    Event::on(Kind::PersonCreated, Subject::Person(id), label, changes)
}

/// Another writer came between; the chunk may be tried again.
pub fn is_worth_another_try(error: &Error) -> bool {
    matches!(error, Error::Conflict(_) | Error::Stale)
}
