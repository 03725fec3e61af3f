//! For how long the trash keeps what it has.
use super::{Contents, name};
use crate::actions::Act;
use crate::domain::event::Kind;
use crate::domain::{Change, Error, Event, Result, Subject, Target, Turn, Verb};
use crate::store;

/// Unless a setting says otherwise.
const DAYS: i64 = 30;
const SETTING: &str = "trash_retention_days";
const MOST_DAYS: i64 = 3_650;

/// For how many days something deleted can be taken back; 0 keeps nothing.
pub fn retention(act: &mut Act) -> Result<i64> {
    let set = store::settings::get(act.conn, SETTING)?;
    set.map_or(Ok(DAYS), |days| days.parse().map_err(Error::broken))
}

/// For whoever may change it.
pub fn edit_retention(act: &mut Act) -> Result<i64> {
    act.actor.must(Verb::SetRetention, Target::House)?;
    retention(act)
}

/// Counts for what is deleted from now on. The same again changes nothing.
pub fn set_retention(act: &mut Act, days: i64) -> Result<()> {
    let before = edit_retention(act)?;
    if !(0..=MOST_DAYS).contains(&days) {
        return Err(Error::invalid("days", "trash.days_range"));
    }
    if days == before {
        return Ok(());
    }
    store::settings::set(act.conn, SETTING, &days.to_string())?;
    let changes = vec![Change::new("days", before.to_string(), days.to_string())];
    act.record(Event::on(Kind::RetentionSet, Subject::House, "", changes))
}

/// Forgets what has expired; answers how many entries that were. Nothing gone, nothing written.
pub fn purge(act: &mut Act) -> Result<i64> {
    act.actor.must(Verb::Purge, Target::House)?;
    for person in store::trash::expired_people(act.conn, act.now)? {
        store::duplicates::forget(act.conn, person)?;
    }
    let gone = store::trash::purge(act.conn, act.now)? as i64;
    if gone > 0 {
        let changes = vec![Change::new("entries", gone.to_string(), "")];
        act.record(Event::on(Kind::TrashPurged, Subject::House, "", changes))?;
    }
    Ok(gone)
}

/// How many entries the master key does not open.
pub fn unreadable(act: &mut Act) -> Result<i64> {
    let (mut turn, mut broken) = (Turn::First, 0);
    loop {
        let found = store::trash::list(act.conn, None, act.now, &turn, 100)?;
        let Some(last) = found.last() else { return Ok(broken) };
        turn = Turn::After(store::trash::cursor(last.id));
        for sealed in found {
            let (_, contents) = store::trash::find(act.conn, sealed.id, act.now)?;
            let plain = act.vault.open(&name(&sealed.thing, sealed.thing_id), &contents);
            broken += i64::from(!plain.is_ok_and(|plain| serde_json::from_slice::<Contents>(&plain).is_ok()));
        }
    }
}
