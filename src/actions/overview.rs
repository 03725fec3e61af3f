//! How the house stands: figures of everybody in scope, and what needs attention.
use super::Act;
use super::audit::page;
use super::people::activity::hide_staff_fields;
use crate::domain::entry::Among;
use crate::domain::time::days;
use crate::domain::{Entry, EntryFilter, PeopleFilter, Result, Role, Status, Target, Time, Turn, Verb};
use crate::store::{self, organisations::Wanted};

/// So many weeks are charted.
pub const WEEKS: usize = 26;
/// Invited people who have not answered for so long need attention.
pub const LONG: std::time::Duration = days(30);
const LATEST: usize = 8;

pub struct Overview {
    pub by_role_and_status: Vec<(Role, Status, i64)>,
    /// New people in each week, the oldest week first; the last one ends with today (UTC).
    pub new_by_week: Vec<i64>,
    pub latest: Vec<Entry>,
    pub attention: Attention,
}

/// How many need a look; nothing where the reader may not look.
pub struct Attention {
    pub unreachable: i64,
    pub long_unverified: i64,
    pub suspended: i64,
    pub empty_organisations: Option<i64>,
}

impl Attention {
    /// Invited people created before this instant have not answered for long.
    pub fn since(now: Time) -> Time {
        now.minus(LONG)
    }
}

pub fn show(act: &mut Act) -> Result<Overview> {
    act.actor.must(Verb::List, Target::House)?;
    let scope = act.actor.scope();
    let by_role_and_status = store::counts::by_role_and_status(act.conn, scope)?;
    let new_by_week = store::counts::new_by_week(act.conn, scope, WEEKS, act.now)?;
    let attention = attention(act, &by_role_and_status)?;
    // Only administrators and their like see what happens to the house itself.
    let sees_house = [Verb::SeeAudit, Verb::SeeStaffFields].iter().all(|verb| act.actor.can(*verb, Target::House));
    let among = if sees_house { Among::All } else { Among::People };
    let filter = EntryFilter { among, ..EntryFilter::default() };
    let mut latest = page(act, &filter, &Turn::First, LATEST)?.list;
    if !act.actor.can(Verb::SeeStaffFields, Target::House) {
        hide_staff_fields(act, &mut latest)?;
    }
    Ok(Overview { by_role_and_status, new_by_week, latest, attention })
}

fn attention(act: &mut Act, counts: &[(Role, Status, i64)]) -> Result<Attention> {
    let scope = act.actor.scope();
    let unreachable = PeopleFilter { unreachable: true, ..PeopleFilter::default() };
    let long = Attention::since(act.now);
    let empty = Wanted { empty: true, ..Wanted::default() };
    let may_look = act.actor.can(Verb::SeeStaffFields, Target::House);
    Ok(Attention {
        unreachable: store::list::count(act.conn, scope, &unreachable)?,
        long_unverified: store::counts::created_before(act.conn, scope, Status::Unverified, long)?,
        suspended: counts.iter().filter(|(_, status, _)| *status == Status::Suspended).map(|(.., n)| n).sum(),
        empty_organisations: match may_look {
            true => Some(store::organisations::count(act.conn, scope, &empty)?),
            false => None,
        },
    })
}
