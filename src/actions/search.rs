//! Finding anything by a part of its name.
use super::people::list::permitted;
use super::{Act, groups, organisations, tags};
use crate::domain::{PeopleFilter, Person, Result, Sort, Target, Turn, Verb, fold};
use crate::store::{self, organisations::Wanted};

/// Of each kind so many are shown.
pub const MOST: usize = 8;

/// What was found; `more` when there are people beyond those shown.
#[derive(Default)]
pub struct Found {
    pub people: Vec<Person>,
    pub more: bool,
    pub organisations: Vec<organisations::Counted>,
    pub more_organisations: bool,
    pub groups: Vec<groups::Counted>,
    pub tags: Vec<tags::Counted>,
}

impl Found {
    pub fn is_empty(&self) -> bool {
        self.people.is_empty() && self.organisations.is_empty() && self.groups.is_empty() && self.tags.is_empty()
    }
}

/// Blank letters find nothing.
pub fn index(act: &mut Act, q: &str) -> Result<Found> {
    let filter = PeopleFilter { q: q.trim().chars().take(200).collect(), ..PeopleFilter::default() };
    let sort = Sort::default();
    let filter = permitted(act, &filter, &sort)?;
    let q = filter.q.clone();
    if q.is_empty() {
        return Ok(Found::default());
    }
    let scope = act.actor.scope();
    let page = store::list::page(act.conn, scope, &filter, &sort, &Turn::First, MOST)?;
    let mut found = Found { more: page.after.is_some(), people: page.people, ..Found::default() };
    if act.actor.can(Verb::SeeStaffFields, Target::House) {
        let wanted = Wanted { q: q.clone(), ..Wanted::default() };
        let list = store::organisations::list(act.conn, scope, &wanted, &Turn::First, MOST as i64)?;
        found.more_organisations = list.len() > MOST;
        found.organisations = organisations::counted(act, list.into_iter().take(MOST).collect())?;
        let all = store::groups::all(act.conn, scope)?;
        let named = all.into_iter().filter(|group| fold(&group.name).contains(&fold(&q))).take(MOST);
        found.groups = groups::counted(act, named.collect())?;
        let list = store::tags::list(act.conn, scope, &q, MOST as i64)?;
        found.tags = tags::counted(act, list)?;
    }
    Ok(found)
}

/// In how many parts the search index is held.
pub fn parts(act: &mut Act) -> Result<i64> {
    act.actor.must(Verb::Examine, Target::House)?;
    store::search::parts(act.conn)
}

/// Goes on making one of them; false when it is. Nobody's change, so nothing is recorded.
pub fn unite(act: &mut Act) -> Result<bool> {
    act.actor.must(Verb::Examine, Target::House)?;
    store::search::unite(act.conn)
}

/// Whether the search index is to follow what changed for many.
pub fn is_behind(act: &mut Act) -> Result<bool> {
    act.actor.must(Verb::Examine, Target::House)?;
    store::search::is_behind(act.conn)
}

/// Follows for some of them. Nobody's change, so nothing is recorded.
pub fn catch_up(act: &mut Act) -> Result<()> {
    act.actor.must(Verb::Examine, Target::House)?;
    store::people::catch_up(act.conn)
}
