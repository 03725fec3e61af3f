//! How somebody likes the panel: its language and its light.
use super::Act;
use crate::domain::event::Kind;
use crate::domain::{Change, Error, Event, FieldErrors, PersonId, Result};
use crate::store;

const THEMES: [&str; 3] = ["", "light", "dark"];

/// `light`, `dark`, or nothing to follow the system. The same again changes nothing.
pub fn set_theme(act: &mut Act, me: PersonId, theme: &str) -> Result<()> {
    if !THEMES.contains(&theme) {
        return Err(Error::Invalid(FieldErrors::one("theme", "theme.unknown")));
    }
    let person = super::people::show(act, me)?;
    let old = store::preferences::theme(act.conn, me)?.unwrap_or_default();
    if old == theme {
        return Ok(());
    }
    store::preferences::set_theme(act.conn, me, theme)?;
    act.record(Event::about(Kind::PreferencesEdited, &person, vec![Change::new("theme", old, theme)]))
}

/// Becomes the person's own language, as on their page.
pub fn set_language(act: &mut Act, me: PersonId, language: &str) -> Result<()> {
    let person = super::people::show(act, me)?;
    let mut fields = person.fields.clone();
    fields
        .set(crate::domain::Field::Language, language)
        .map_err(|key| Error::Invalid(FieldErrors::one("language", key)))?;
    super::people::edit(act, me, person.version, fields)?;
    Ok(())
}
