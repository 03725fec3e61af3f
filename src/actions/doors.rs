//! What some APIs do differently when an administrator says so.
use super::Act;
use crate::App;
use crate::actions::Caller;
use crate::domain::event::Kind;
use crate::domain::{Change, Error, Event, Result, Subject, Target, Time, Verb};
use crate::store;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

const ORIGINS: &str = "freescout_origins";
const ALWAYS_OK: &str = "datarc_always_ok";
const MOST_ORIGINS: usize = 50;

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Doors {
    /// Whose pages in a browser may use FreeScout's API: `https://host[:port]`, or `*` for all.
    pub origins: Vec<String>,
    /// datarc's failures come with HTTP status 200, for clients that look at `errcode` alone.
    pub always_ok: bool,
}

impl Doors {
    /// Origins between blanks or commas.
    pub fn parse(origins: &str, always_ok: bool) -> Result<Self> {
        let parts = origins.split(|c: char| c.is_whitespace() || c == ',').filter(|part| !part.is_empty());
        let mut origins = parts.map(origin).collect::<Result<Vec<String>>>()?;
        origins.sort_unstable();
        origins.dedup();
        if origins.len() > MOST_ORIGINS {
            return Err(Error::invalid("origins", "doors.too_many"));
        }
        Ok(Self { origins, always_ok })
    }

    /// What a page from there is told that it may do, if it may.
    pub fn lets_in(&self, origin: &str) -> Option<&str> {
        self.origins.iter().map(String::as_str).find(|known| *known == "*" || *known == origin)
    }
}

fn origin(raw: &str) -> Result<String> {
    let url = if raw == "*" { return Ok(raw.to_owned()) } else { url::Url::parse(raw) };
    let bare = |url: &url::Url| ["http", "https"].contains(&url.scheme()) && url.path() == "/" && url.query().is_none();
    let url = url.ok().filter(bare).ok_or(Error::invalid("origins", "doors.malformed"))?;
    Ok(url.origin().ascii_serialization())
}

fn read(act: &mut Act) -> Result<Doors> {
    let origins = store::settings::get(act.conn, ORIGINS)?.unwrap_or_default();
    let origins = origins.split(' ').filter(|one| !one.is_empty()).map(str::to_owned).collect();
    Ok(Doors { origins, always_ok: store::settings::get(act.conn, ALWAYS_OK)?.as_deref() == Some("yes") })
}

pub fn edit(act: &mut Act) -> Result<Doors> {
    act.actor.must(Verb::ManageKeys, Target::House)?;
    read(act)
}

/// The same again changes nothing.
pub fn update(act: &mut Act, doors: &Doors) -> Result<()> {
    let before = edit(act)?;
    let yes_no = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
    let changes = Change::among([
        (ORIGINS, before.origins.join(" "), doors.origins.join(" ")),
        (ALWAYS_OK, yes_no(before.always_ok), yes_no(doors.always_ok)),
    ]);
    for change in &changes {
        store::settings::set(act.conn, &change.field, &change.after)?;
    }
    if changes.is_empty() { Ok(()) } else { act.record(Event::on(Kind::DoorsSet, Subject::House, "", changes)) }
}

/// Another instance hears of a change after so long.
const KEPT: Duration = Duration::from_secs(5);

/// What was read lately, so that not every request reads it.
#[derive(Default)]
pub struct Lately(Mutex<Option<(Doors, Time)>>);

impl Lately {
    pub fn forget(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn get(&self, now: Time) -> Option<Doors> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.as_ref().filter(|(_, read)| now.since(*read) < KEPT).map(|(doors, _)| doors.clone())
    }
}

/// As they stand, at most a few seconds ago.
pub async fn lately(app: &Arc<App>, caller: &Caller) -> Result<Doors> {
    if let Some(doors) = app.doors.get(app.now()) {
        return Ok(doors);
    }
    let doors = app.read(caller, read).await?;
    *app.doors.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((doors.clone(), app.now()));
    Ok(doors)
}
