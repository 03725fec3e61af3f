//! Bringing back what was deleted.
use super::{Contents, Entry, Kept, name, opened, whose};
use crate::actions::Act;
use crate::domain::event::Kind;
use crate::domain::undo::{Loss, Row, Step};
use crate::domain::{Change, Error, Event, Field, FieldErrors, Fields, PersonId, Result, Scope, Subject, fold, text};
use crate::store::avatars::Picture;
use crate::store::{self, rows};
use base64::{Engine, engine::general_purpose::STANDARD};
use std::collections::BTreeMap;

/// An entry and what somebody else took meanwhile: the field and the value that is no longer free.
pub struct Restoration {
    pub entry: Entry,
    pub taken: Vec<(&'static str, String)>,
}

pub fn show(act: &mut Act, id: i64) -> Result<Restoration> {
    let (entry, mut contents) = find(act, id)?;
    let (table, ..) = home(&entry)?;
    let taken = taken(act, table, own_row(&mut contents, table)?)?;
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

/// Its table, and what it is in the history.
fn home(entry: &Entry) -> Result<(&'static str, Subject, Kind)> {
    let id = entry.thing_id;
    Ok(match entry.thing.as_str() {
        "person" => ("people", Subject::Person(PersonId(id)), Kind::PersonRestored),
        "organisation" => ("organisations", Subject::Organisation(id), Kind::OrganisationRestored),
        "group" => ("groups", Subject::Group(id), Kind::GroupRestored),
        "tag" => ("tags", Subject::Tag(id), Kind::TagRestored),
        other => return Err(Error::broken(format!("the trash holds an unknown {other}"))),
    })
}

/// The row of the thing itself: the last that was taken out, so the last step holds it.
fn own_row<'a>(contents: &'a mut Contents, home: &str) -> Result<&'a mut Row> {
    match contents.steps.last_mut() {
        Some(Step::Removed { table, rows }) if table == home => rows.first_mut(),
        _ => None,
    }
    .ok_or_else(|| Error::broken("an entry of the trash holds nothing"))
}

/// The columns that nobody else may have the same in, with how that is said.
fn unique(table: &str) -> &'static [(&'static str, &'static str)] {
    match table {
        "people" => &[("email", "email.taken"), ("phone", "phone.taken"), ("username", "username.taken")],
        _ => &[("name", "name.taken")],
    }
}

fn taken(act: &mut Act, table: &str, row: &Row) -> Result<Vec<(&'static str, String)>> {
    let text = |column: &str| row.get(column).and_then(|value| value.as_str()).map(str::to_owned);
    let mut taken = vec![];
    for (column, _) in unique(table) {
        if let (Some(value), Some(key)) = (text(column), text(&format!("{column}_key")))
            && rows::is_held(act.conn, table, &format!("{column}_key"), &key)?
        {
            taken.push((*column, value));
        }
    }
    Ok(taken)
}

/// What came back, under which name, and what could not.
#[derive(Debug)]
pub struct Restored {
    pub subject: Subject,
    pub label: String,
    pub losses: Vec<Loss>,
}

/// Everything as it was, with the same ids. `instead` gives new values for those that were taken meanwhile; a
/// blank one leaves what may be blank empty.
pub fn restore(act: &mut Act, id: i64, instead: &BTreeMap<String, String>) -> Result<Restored> {
    let (entry, mut contents) = find(act, id)?;
    if !store::trash::delete(act.conn, id)? {
        return Err(Error::NotFound);
    }
    let (table, subject, kind) = home(&entry)?;
    let row = own_row(&mut contents, table)?;
    let taken = taken(act, table, row)?;
    let mut errors = FieldErrors::default();
    let unanswered = unique(table).iter().filter(|(column, _)| taken.iter().any(|(other, _)| other == column));
    unanswered.filter(|(column, _)| !instead.contains_key(*column)).for_each(|(column, key)| errors.add(*column, key));
    errors.or(())?;
    let found_by = row.get("search_text").and_then(|text| text.as_str()).unwrap_or_default().to_owned();
    for (column, _) in &taken {
        rename(row, table, column, instead.get(*column).map_or("", String::as_str))?;
    }
    if let Some(Kept { hash, kind, bytes }) = contents.picture {
        let bytes = STANDARD.decode(bytes).map_err(Error::broken)?;
        store::avatars::insert(act.conn, &Picture { hash, kind, bytes })?;
    }
    let losses = rows::undo(act.conn, contents.steps)?;
    let label = match subject {
        Subject::Person(who) => welcome(act, who, &found_by, &taken, instead)?,
        _ => taken.first().and_then(|(column, _)| instead.get(*column)).cloned().unwrap_or(entry.gist.label),
    };
    let mut changes = vec![Change::new("deleted_at", entry.at.to_string(), "")];
    for (column, old) in &taken {
        changes.push(Change::new(column, old, instead.get(*column).map_or("", String::as_str)));
    }
    for loss in &losses {
        changes.push(Change::new("not_returned", loss.count.to_string(), loss.why.name()));
    }
    act.record(Event::on(kind, subject, &label, changes))?;
    Ok(Restored { subject, label, losses })
}

/// A person comes back without what somebody else has now; everything else under its new name.
fn rename(row: &mut Row, table: &str, column: &'static str, instead: &str) -> Result<()> {
    if table == "people" {
        row.insert(column.into(), serde_json::Value::Null);
        row.insert(format!("{column}_key"), serde_json::Value::Null);
        return Ok(());
    }
    let name = match table {
        "organisations" if !instead.trim().is_empty() => text::line(instead, 200),
        _ => text::name(instead, 100),
    };
    let name = name.map_err(|key| Error::invalid(column, key))?;
    row.insert(format!("{column}_key"), fold(&name).into());
    row.insert(column.into(), name.into());
    Ok(())
}

/// Finds them again, and gives the values that were chosen instead of the taken ones; answers their name.
fn welcome(
    act: &mut Act,
    who: PersonId,
    found_by: &str,
    taken: &[(&'static str, String)],
    instead: &BTreeMap<String, String>,
) -> Result<String> {
    store::search::add(act.conn, &[(who, found_by)])?;
    store::people::renew_organisation(act.conn, who)?;
    let mut person = store::people::find(act.conn, Scope::Everyone, who)?;
    if taken.is_empty() {
        return Ok(person.label());
    }
    let mut errors = FieldErrors::default();
    for (column, _) in taken {
        let value = instead.get(*column).map_or("", String::as_str);
        if let Some(field) = Field::named(column) {
            errors.take(column, person.fields.set(field, value));
        }
    }
    let Fields { email, phone, username, .. } = &person.fields;
    if email.is_none() && phone.is_none() && username.is_none() {
        errors.add("email", "email.nobody");
    }
    errors.or(())?;
    store::people::update(act.conn, &person, act.now)?;
    Ok(person.label())
}
