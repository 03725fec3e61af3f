//! Custom fields: defining, arranging and retiring them.
use super::Act;
use crate::domain::event::Kind;
use crate::domain::{Catalogue, Change, CustomField, Error, Event, Result, Subject, Target, Verb};
use crate::store;
use std::collections::HashMap;

/// A house has at most so many, retired ones included.
pub const MOST: usize = 200;

/// All of them, and how many people have a value in each.
pub fn index(act: &mut Act) -> Result<(Catalogue, HashMap<i64, i64>)> {
    act.actor.must(Verb::ManageFields, Target::House)?;
    Ok((store::fields::all(act.conn)?, store::values::counts(act.conn)?))
}

pub fn edit(act: &mut Act, id: i64) -> Result<CustomField> {
    act.actor.must(Verb::ManageFields, Target::House)?;
    store::fields::all(act.conn)?.0.into_iter().find(|field| field.id == id).ok_or(Error::NotFound)
}

/// At once everywhere; nothing is written for people who are there already. One without a name gets one.
pub fn create(act: &mut Act, field: &CustomField) -> Result<i64> {
    act.actor.must(Verb::ManageFields, Target::House)?;
    let known = store::fields::all(act.conn)?.0;
    if known.len() >= MOST {
        return Err(Error::invalid("name", "fields.too_many"));
    }
    let mut field = field.clone();
    if field.name.is_empty() {
        let free = (1..).map(|n| format!("field_{n}")).find(|name| known.iter().all(|one| one.name != *name));
        field.name = free.unwrap_or_default();
    }
    let field = &field;
    let id = store::fields::insert(act.conn, field, act.now)?;
    let mut changes = vec![Change::new("name", "", &field.name), Change::new("kind_of_field", "", field.kind.name())];
    changes.extend(changes_between(None, field));
    act.record(Event::on(Kind::FieldCreated, Subject::Field(id), &field.name, changes))?;
    Ok(id)
}

/// Everything but name and kind. Values that no longer fit stay until somebody changes them.
pub fn update(act: &mut Act, mut field: CustomField) -> Result<()> {
    let old = edit(act, field.id)?;
    if old.version != field.version {
        return Err(Error::Stale);
    }
    field.retired = old.retired;
    let changes = changes_between(Some(&old), &field);
    if changes.is_empty() {
        return Ok(());
    }
    store::fields::update(act.conn, &field)?;
    act.record(Event::on(Kind::FieldEdited, Subject::Field(field.id), &field.name, changes))
}

fn changes_between(old: Option<&CustomField>, new: &CustomField) -> Vec<Change> {
    let yes_no = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
    let told = |field: &CustomField| {
        [
            ("label_en", field.label.en.clone()),
            ("label_zh", field.label.zh.clone()),
            ("help_en", field.help.en.clone()),
            ("help_zh", field.help.zh.clone()),
            ("audience", field.audience.name().to_owned()),
            ("staff_only", yes_no(field.staff_only)),
            ("required", yes_no(field.required)),
            ("initial", field.initial.clone()),
            ("choices", field.choices.join("; ")),
            ("pattern", field.pattern.clone()),
        ]
    };
    let before = old.map(told);
    let was = |at: usize| before.as_ref().map(|all| all[at].1.clone()).unwrap_or_default();
    let pairs = told(new).into_iter().enumerate().map(|(at, (name, now))| (name, was(at), now));
    pairs.filter(|(_, old, new)| old != new).map(|(name, old, new)| Change::new(name, old, new)).collect()
}

/// One place up or down among the active ones; at the end it stays where it is.
pub fn shift(act: &mut Act, id: i64, up: bool) -> Result<()> {
    let field = edit(act, id)?;
    let mut ids: Vec<i64> = store::fields::all(act.conn)?.active().map(|field| field.id).collect();
    let Some(at) = ids.iter().position(|one| *one == id) else { return Err(Error::NotFound) };
    let to = if up { at.checked_sub(1) } else { Some(at + 1).filter(|to| *to < ids.len()) };
    let Some(to) = to else { return Ok(()) };
    ids.swap(at, to);
    store::fields::arrange(act.conn, &ids)?;
    let changes = vec![Change::new("place", (at + 1).to_string(), (to + 1).to_string())];
    act.record(Event::on(Kind::FieldMoved, Subject::Field(id), field.name, changes))
}

/// Retired, it is asked for and shown no more, but every value stays; restored, all is as it was.
pub fn retire(act: &mut Act, id: i64, retired: bool) -> Result<()> {
    let mut field = edit(act, id)?;
    if field.retired == retired {
        return Ok(());
    }
    field.retired = retired;
    store::fields::update(act.conn, &field)?;
    let holders = format!("people.id IN (SELECT person_id FROM field_values WHERE field_id = {id})");
    store::people::reindex_those(act.conn, &holders)?;
    let kind = if retired { Kind::FieldRetired } else { Kind::FieldRestored };
    act.record(Event::on(kind, Subject::Field(id), field.name, vec![]))
}
