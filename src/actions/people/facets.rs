//! How many people of a list have each of its usual values: what narrowing it further would leave.
use super::list::permitted;
use crate::actions::Act;
use crate::domain::{Count, PeopleFilter, Result, Role, Sort, Status, Target, Verb};
use crate::store::list::{Looks, count_shown, facets};

/// So many tags, groups and organisations are told.
const MOST: i64 = 8;
/// So far is looked for each figure: it is asked for, and nobody waits for it to see the list. All the same for each, so
/// that they compare.
const LOOKS: Looks = Looks { enough: 2_000, most: 2_000 };

/// Values with how many have them, those first that most have; what the filter asks of the same thing is left out.
#[derive(Debug)]
pub struct Facets {
    /// How many the filter itself leaves.
    pub matching: Count,
    pub roles: Vec<(Role, Count)>,
    pub statuses: Vec<(Status, Count)>,
    /// The last three are empty for whoever may not see them.
    pub organisations: Vec<(String, Count)>,
    pub groups: Vec<(String, Count)>,
    pub tags: Vec<(String, Count)>,
}

type Most = fn(&mut crate::store::Conn, &[i64], i64) -> Result<Vec<String>>;

/// `but_status` is the filter without what it asks of the status.
pub fn show(act: &mut Act, filter: &PeopleFilter, but_status: &PeopleFilter) -> Result<Facets> {
    let filter = &*permitted(act, filter, &Sort::default())?;
    let but_status = &*permitted(act, but_status, &Sort::default())?;
    let mut roles = vec![];
    for role in Role::ALL {
        roles.push((role, count(act, &PeopleFilter { roles: vec![role], ..filter.clone() })?));
    }
    let mut statuses = vec![];
    for status in Status::ALL {
        statuses.push((status, count(act, &PeopleFilter { status: Some(status), ..but_status.clone() })?));
    }
    let of = |act: &mut Act, most: Most, with: fn(&mut PeopleFilter) -> &mut Option<String>| {
        named(act, filter.clone(), most, with)
    };
    Ok(Facets {
        matching: count(act, filter)?,
        roles,
        statuses,
        organisations: of(act, facets::organisations, |filter| &mut filter.organisation)?,
        groups: of(act, facets::groups, |filter| &mut filter.group)?,
        tags: of(act, facets::tags, |filter| &mut filter.tag)?,
    })
}

fn named(
    act: &mut Act,
    mut filter: PeopleFilter,
    most: Most,
    asked: fn(&mut PeopleFilter) -> &mut Option<String>,
) -> Result<Vec<(String, Count)>> {
    if !act.actor.can(Verb::SeeStaffFields, Target::House) {
        return Ok(vec![]);
    }
    let chosen = asked(&mut filter).take();
    let people = facets::sample(act.conn, act.actor.scope(), &filter)?;
    let mut names = most(act.conn, &people, MOST)?;
    names.extend(chosen.filter(|chosen| !names.contains(chosen)));
    let mut counted = vec![];
    for name in names {
        *asked(&mut filter) = Some(name.clone());
        counted.push((name, count(act, &filter)?));
    }
    counted.sort_by_key(|(_, count)| std::cmp::Reverse(count.at_least()));
    Ok(counted)
}

fn count(act: &mut Act, filter: &PeopleFilter) -> Result<Count> {
    count_shown(act.conn, act.actor.scope(), filter, LOOKS)
}
