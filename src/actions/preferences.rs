//! How somebody likes the panel: language, zone, light, keys, and the columns of the list.
use super::{Act, people};
use crate::domain::event::Kind;
use crate::domain::{Change, Column, Error, Event, Field, FieldErrors, Person, PersonId, Result, Target, Verb};
use crate::store;
use crate::store::preferences::{self, Preferences};

const THEMES: [&str; 3] = ["", "light", "dark"];

fn me(act: &Act) -> Result<PersonId> {
    act.actor.id().ok_or(Error::NotFound)
}

/// `light`, `dark`, or nothing to follow the system. The same again changes nothing.
pub fn set_theme(act: &mut Act, theme: &str) -> Result<()> {
    let (me, theme) = (me(act)?, known_theme(theme)?);
    let old = preferences::find(act.conn, me)?;
    save(act, me, &old, &Preferences { theme, ..old.clone() })
}

/// The columns of the list from now on, in this order; none for the usual ones.
pub fn set_columns(act: &mut Act, columns: &[Column]) -> Result<()> {
    act.actor.must(Verb::List, Target::House)?;
    let me = me(act)?;
    let old = preferences::find(act.conn, me)?;
    let usual = columns == Column::USUAL;
    let names: Vec<String> = columns.iter().filter(|_| !usual).map(Column::name).collect();
    save(act, me, &old, &Preferences { columns: names.join(" "), ..old.clone() })
}

/// Language and time zone, appearance and shortcuts at once: one entry for all of it.
pub fn set(act: &mut Act, own: &[(Field, &str)], theme: &str, shortcuts: bool) -> Result<()> {
    let me = me(act)?;
    let old = preferences::find(act.conn, me)?;
    let new = Preferences { theme: known_theme(theme)?, shortcuts, ..old.clone() };
    let (person, after) = own_fields(act, me, own)?;
    let mut changes = person.fields.changes_to(&after.fields);
    if !changes.is_empty() {
        store::people::update(act.conn, &after, act.now)?;
    }
    changes.extend(changes_between(&old, &new));
    if changes.is_empty() {
        return Ok(());
    }
    preferences::set(act.conn, me, &new)?;
    act.record(Event::about(Kind::PreferencesEdited, &person, changes))
}

/// Becomes the person's own language or time zone, as on their page.
pub fn set_own(act: &mut Act, own: &[(Field, &str)]) -> Result<()> {
    let me = me(act)?;
    let (person, after) = own_fields(act, me, own)?;
    people::edit(act, me, person.version, after.fields)?;
    Ok(())
}

fn own_fields(act: &mut Act, me: PersonId, own: &[(Field, &str)]) -> Result<(Person, Person)> {
    let person = people::editable(act, me)?;
    let mut after = person.clone();
    let mut errors = FieldErrors::default();
    for (field, value) in own {
        errors.take(field.name(), after.fields.set(*field, value));
    }
    errors.or((person, after))
}

fn known_theme(theme: &str) -> Result<String> {
    if THEMES.contains(&theme) { Ok(theme.to_owned()) } else { Err(Error::invalid("theme", "theme.unknown")) }
}

fn save(act: &mut Act, me: PersonId, old: &Preferences, new: &Preferences) -> Result<()> {
    let changes = changes_between(old, new);
    if changes.is_empty() {
        return Ok(());
    }
    let person = people::show(act, me)?;
    preferences::set(act.conn, me, new)?;
    act.record(Event::about(Kind::PreferencesEdited, &person, changes))
}

fn changes_between(old: &Preferences, new: &Preferences) -> Vec<Change> {
    let yes_no = |yes: bool| if yes { "yes" } else { "no" };
    let pairs = [
        ("theme", old.theme.as_str(), new.theme.as_str()),
        ("columns", old.columns.as_str(), new.columns.as_str()),
        ("shortcuts", yes_no(old.shortcuts), yes_no(new.shortcuts)),
    ];
    pairs.into_iter().filter(|(_, old, new)| old != new).map(|(field, old, new)| Change::new(field, old, new)).collect()
}
