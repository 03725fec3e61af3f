//! Bringing back what was deleted.
use super::{Contents, Entry, Kept, name, opened, whose};
use crate::actions::Act;
use crate::domain::event::Kind;
use crate::domain::undo::{Loss, Row, Step};
use crate::domain::{Change, Error, Event, Field, FieldErrors, Fields, Person, PersonId, Result, Scope, Subject};
use crate::store::avatars::Picture;
use crate::store::people::Key;
use crate::store::{self, rows};
use base64::{Engine, engine::general_purpose::STANDARD};
use std::collections::BTreeMap;

/// An entry and what somebody else took meanwhile: the field and the value that is no longer free.
pub struct Restoration {
    pub entry: Entry,
    pub taken: Vec<(Field, String)>,
}

pub fn show(act: &mut Act, id: i64) -> Result<Restoration> {
    let (entry, contents) = find(act, id)?;
    let person = person_row(&contents).ok_or_else(|| Error::broken("an entry of the trash holds no person"))?;
    let taken = taken(act, person)?;
    Ok(Restoration { entry, taken })
}

fn find(act: &mut Act, id: i64) -> Result<(Entry, Contents)> {
    let by = whose(act)?;
    let (sealed, contents) = store::trash::find(act.conn, id, act.now)?;
    if by.is_some() && sealed.actor_id != by.map(|by| by.0) {
        return Err(Error::NotFound);
    }
    let plain = act.vault.open(&name(&sealed.thing, sealed.thing_id), &contents)?;
    Ok((opened(act, sealed)?, serde_json::from_slice(&plain).map_err(Error::broken)?))
}

fn person_row(contents: &Contents) -> Option<&Row> {
    contents.steps.iter().rev().find_map(|step| match step {
        Step::Removed { table, rows } if table == "people" => rows.first(),
        _ => None,
    })
}

const UNIQUE: [(Field, Key, &str); 3] = [
    (Field::Email, Key::Email, "email"),
    (Field::Phone, Key::Phone, "phone"),
    (Field::Username, Key::Username, "username"),
];

fn taken(act: &mut Act, row: &Row) -> Result<Vec<(Field, String)>> {
    let text = |column: &str| row.get(column).and_then(|value| value.as_str()).map(str::to_owned);
    let mut taken = vec![];
    for (field, key, column) in UNIQUE {
        if let (Some(value), Some(folded)) = (text(column), text(&format!("{column}_key")))
            && !store::people::holders(act.conn, key, &[folded])?.is_empty()
        {
            taken.push((field, value));
        }
    }
    Ok(taken)
}

/// Who came back, and what could not.
#[derive(Debug)]
pub struct Restored {
    pub person: Person,
    pub losses: Vec<Loss>,
}

/// Everything as it was, with the same ids. `instead` gives new values for those that were taken meanwhile; a
/// blank one leaves the field empty.
pub fn restore(act: &mut Act, id: i64, instead: &BTreeMap<Field, String>) -> Result<Restored> {
    let (entry, mut contents) = find(act, id)?;
    if !store::trash::delete(act.conn, id)? {
        return Err(Error::NotFound);
    }
    let row = person_row(&contents).ok_or_else(|| Error::broken("an entry of the trash holds no person"))?;
    let text = row.get("search_text").and_then(|value| value.as_str()).unwrap_or_default().to_owned();
    let taken = taken(act, row)?;
    let unanswered = taken.iter().filter(|(field, _)| !instead.contains_key(field));
    let mut errors = FieldErrors::default();
    unanswered.for_each(|(field, _)| errors.add(field.name(), taken_key(*field)));
    errors.or(())?;
    free(&mut contents.steps, &taken);
    if let Some(Kept { hash, kind, bytes }) = contents.picture {
        let bytes = STANDARD.decode(bytes).map_err(Error::broken)?;
        store::avatars::insert(act.conn, &Picture { hash, kind, bytes })?;
    }
    let losses = rows::undo(act.conn, contents.steps)?;
    let who = PersonId(entry.thing_id);
    store::search::add(act.conn, &[(who, &text)])?;
    store::people::renew_organisation(act.conn, who)?;
    let person = rename(act, who, &taken, instead)?;
    let mut changes = vec![Change::new("deleted_at", entry.at.to_string(), "")];
    for (field, value) in &taken {
        changes.push(Change::new(field.name(), value, person.fields.get(*field)));
    }
    for loss in &losses {
        changes.push(Change::new("not_returned", loss.count.to_string(), loss.why.name()));
    }
    act.record(Event::on(Kind::PersonRestored, Subject::Person(who), person.label(), changes))?;
    Ok(Restored { person, losses })
}

fn taken_key(field: Field) -> &'static str {
    match field {
        Field::Email => "email.taken",
        Field::Phone => "phone.taken",
        _ => "username.taken",
    }
}

/// The row comes back without what somebody else has now.
fn free(steps: &mut [Step], taken: &[(Field, String)]) {
    for step in steps {
        let Step::Removed { table, rows } = step else { continue };
        if table == "people" {
            for (field, ..) in taken {
                let column = field.name();
                for row in rows.iter_mut() {
                    row.insert(column.into(), serde_json::Value::Null);
                    row.insert(format!("{column}_key"), serde_json::Value::Null);
                }
            }
        }
    }
}

/// Gives the values that were chosen instead of the taken ones.
fn rename(act: &mut Act, id: PersonId, taken: &[(Field, String)], instead: &BTreeMap<Field, String>) -> Result<Person> {
    let mut person = store::people::find(act.conn, Scope::Everyone, id)?;
    if taken.is_empty() {
        return Ok(person);
    }
    let mut errors = FieldErrors::default();
    for (field, _) in taken {
        let value = instead.get(field).map_or("", String::as_str);
        errors.take(field.name(), person.fields.set(*field, value));
    }
    let Fields { email, phone, username, .. } = &person.fields;
    if email.is_none() && phone.is_none() && username.is_none() {
        errors.add("email", "email.nobody");
    }
    errors.or(())?;
    store::people::update(act.conn, &person, act.now)?;
    store::people::find(act.conn, Scope::Everyone, id)
}
