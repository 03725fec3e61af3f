//! The first administrator, once.
use super::people::{Draft, creation_changes, insert};
use super::{Act, same_secret};
use crate::App;
use crate::domain::event::Kind;
use crate::domain::password::Hash;
use crate::domain::person::fresh_uid;
use crate::domain::{Error, Event, Fields, Person, Result, Role, Status};
use crate::store;
use base64::{Engine, engine::general_purpose::STANDARD};

const DONE: &str = "set_up";
const HOUSE_NAME: &str = "house_name";

/// Nobody administers this house yet, and nobody ever did.
pub fn is_open(act: &mut Act) -> Result<bool> {
    Ok(store::settings::get(act.conn, DONE)?.is_none() && !store::people::any_admin(act.conn)?)
}

/// Whether `code` is what the terminal printed.
pub fn proves(app: &App, code: &str) -> bool {
    same_secret(&app.setup_code, code.trim())
}

/// Closes for ever: of two who come at once, one is refused.
pub fn create(act: &mut Act, fields: Fields, house_name: &str, password: Hash) -> Result<Person> {
    if store::people::any_admin(act.conn)? || !store::settings::claim(act.conn, DONE, "yes")? {
        return Err(Error::NotFound);
    }
    store::settings::claim(act.conn, HOUSE_NAME, house_name)?;
    let draft = Draft { fields, role: Role::Admin, status: Status::Active };
    let person = insert(act, fresh_uid(act.now), draft, Some(password))?;
    let changes = creation_changes(&person.fields, person.role, person.status);
    act.record(Event::about(Kind::HouseSetUp, &person, changes))?;
    Ok(person)
}

/// What the support organisation calls itself; empty when nobody said.
pub fn house_name(act: &mut Act) -> Result<String> {
    Ok(store::settings::get(act.conn, HOUSE_NAME)?.unwrap_or_default())
}

const KEY_MARK: &str = "master_key_mark";

/// Whether the master key is the one that this house began with; nothing when it did not begin yet.
pub fn knows_key(act: &mut Act) -> Result<Option<bool>> {
    let known = store::settings::get(act.conn, KEY_MARK)?;
    Ok(known.map(|known| same_secret(&known, &key_mark(act))))
}

/// Begins with this master key; false when somebody began with another at the same moment.
pub fn remember_key(act: &mut Act) -> Result<bool> {
    let mark = key_mark(act);
    store::settings::claim(act.conn, KEY_MARK, &mark)?;
    Ok(knows_key(act)? == Some(true))
}

fn key_mark(act: &Act) -> String {
    STANDARD.encode(act.vault.mark(b"master key"))
}
