//! How staff appear to customers: display name and signature.
use crate::actions::Act;
use crate::domain::event::Kind;
use crate::domain::{Change, Error, Event, FieldErrors, Person, PersonId, Profile, Result, Target, Verb, text};
use crate::store;
use std::collections::HashMap;

/// Only staff have one.
pub fn edit(act: &mut Act, id: PersonId) -> Result<(Person, Profile)> {
    let person = super::show(act, id)?;
    act.actor.must(Verb::EditProfile, &person)?;
    if !person.role.is_staff() {
        return Err(Error::NotFound);
    }
    let profile = store::people::profile(act.conn, id)?;
    Ok((person, profile))
}

/// Of several, for staff; those who never had one are left out.
pub fn of(act: &mut Act, people: &[Person]) -> Result<HashMap<PersonId, Profile>> {
    act.actor.must(Verb::List, Target::House)?;
    let ids: Vec<PersonId> = people.iter().filter(|one| one.role.is_staff()).map(|person| person.id).collect();
    store::people::profiles(act.conn, &ids)
}

/// How somebody appears.
#[derive(Debug, Clone)]
pub struct Draft {
    pub display_name: String,
    pub signature: String,
}

impl Draft {
    pub fn parse(display_name: &str, signature: &str) -> Result<Self> {
        let mut errors = FieldErrors::default();
        let display_name = errors.take("display_name", text::line(display_name, 200));
        let signature = errors.take("signature", text::lines(signature, 2_000));
        match (display_name, signature) {
            (Some(display_name), Some(signature)) => Ok(Self { display_name, signature }),
            _ => Err(Error::Invalid(errors)),
        }
    }
}

/// The same again changes nothing.
pub fn update(act: &mut Act, id: PersonId, Draft { display_name, signature }: Draft) -> Result<Person> {
    store::people::lock(act.conn, id)?;
    let (person, profile) = edit(act, id)?;
    let pairs = [("display_name", &profile.display_name, &display_name), ("signature", &profile.signature, &signature)];
    let differing = pairs.into_iter().filter(|(_, old, new)| old != new);
    let changes: Vec<Change> = differing.map(|(field, old, new)| Change::new(field, old, new)).collect();
    if changes.is_empty() {
        return Ok(person);
    }
    store::people::set_appearance(act.conn, id, &display_name, &signature)?;
    act.record(Event::about(Kind::ProfileEdited, &person, changes))?;
    Ok(person)
}
