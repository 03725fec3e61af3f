//! How many people of a list have each of its usual values: what narrowing it further would leave.
use super::list::permitted;
use crate::actions::Act;
use crate::domain::{Count, PeopleFilter, Result, Role, Sort, Status, Target, Verb};
use crate::store::counts;
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

/// The newest people of a list; where they are all of it, they alone tell how many have each value.
#[derive(Clone)]
struct Newest {
    filter: PeopleFilter,
    people: Vec<i64>,
    is_all: bool,
}

impl Newest {
    fn of(act: &mut Act, filter: PeopleFilter) -> Result<Self> {
        let people = facets::newest(act.conn, act.actor.scope(), &filter)?;
        let is_all = (people.len() as i64) < facets::NEWEST;
        Ok(Self { filter, people, is_all })
    }

    /// The same for what is often the same list; of another nobody is looked for.
    fn where_same(&self, filter: PeopleFilter) -> Self {
        if filter == self.filter { self.clone() } else { Self { filter, people: vec![], is_all: false } }
    }

    /// How many of the list have each of these values, of which its newest have so many.
    fn counts<T: Clone + PartialEq>(
        &self,
        act: &mut Act,
        values: Vec<T>,
        found: &[(T, i64)],
        with: impl Fn(&mut PeopleFilter, T),
    ) -> Result<Vec<(T, Count)>> {
        let count = |value: T| {
            let known = found.iter().find(|(one, _)| self.is_all && *one == value);
            let counted = match known {
                Some((_, number)) => Count::Exactly(*number),
                None => {
                    let mut filter = self.filter.clone();
                    with(&mut filter, value.clone());
                    count(act, &filter)?
                }
            };
            Ok((value, counted))
        };
        values.into_iter().map(count).collect()
    }
}

type Most = fn(&mut crate::store::Conn, &[i64], i64) -> Result<Vec<(String, i64)>>;

/// `but_status` is the filter without what it asks of the status.
pub fn show(act: &mut Act, filter: &PeopleFilter, but_status: &PeopleFilter) -> Result<Facets> {
    let filter = &*permitted(act, filter, &Sort::default())?;
    let but_status = &*permitted(act, but_status, &Sort::default())?;
    let here = Newest::of(act, filter.clone())?;
    let of_any_role = here.where_same(PeopleFilter { roles: vec![], ..filter.clone() });
    let of_any_status = here.where_same(PeopleFilter { status: None, ..but_status.clone() });
    let of =
        |act: &mut Act, most: Most, with: fn(&mut PeopleFilter) -> &mut Option<String>| named(act, &here, most, with);
    Ok(Facets {
        matching: if here.is_all { Count::Exactly(here.people.len() as i64) } else { count(act, filter)? },
        roles: roles(act, &of_any_role)?,
        statuses: statuses(act, &of_any_status)?,
        organisations: of(act, facets::organisations, |filter| &mut filter.organisation)?,
        groups: of(act, facets::groups, |filter| &mut filter.group)?,
        tags: of(act, facets::tags, |filter| &mut filter.tag)?,
    })
}

fn roles(act: &mut Act, newest: &Newest) -> Result<Vec<(Role, Count)>> {
    let theirs = counts::of_people(act.conn, &newest.people)?;
    let of = |role| (role, theirs.iter().filter(|(one, ..)| *one == role).map(|(.., number)| number).sum());
    let found = Role::ALL.map(of);
    newest.counts(act, Role::ALL.to_vec(), &found, |filter, role| filter.roles = vec![role])
}

fn statuses(act: &mut Act, newest: &Newest) -> Result<Vec<(Status, Count)>> {
    let theirs = counts::of_people(act.conn, &newest.people)?;
    let of = |status| (status, theirs.iter().filter(|(_, one, _)| *one == status).map(|(.., number)| number).sum());
    let found = Status::ALL.map(of);
    newest.counts(act, Status::ALL.to_vec(), &found, |filter, status| filter.status = Some(status))
}

/// Of what has a name; what the filter asks of it is left out, and told in any case.
fn named(
    act: &mut Act,
    here: &Newest,
    most: Most,
    asked: fn(&mut PeopleFilter) -> &mut Option<String>,
) -> Result<Vec<(String, Count)>> {
    if !act.actor.can(Verb::SeeStaffFields, Target::House) {
        return Ok(vec![]);
    }
    let mut filter = here.filter.clone();
    let chosen = asked(&mut filter).take();
    let newest = if filter == here.filter { here } else { &Newest::of(act, filter)? };
    let found = most(act.conn, &newest.people, MOST)?;
    let mut names: Vec<String> = found.iter().map(|(name, _)| name.clone()).collect();
    names.extend(chosen.filter(|chosen| !names.contains(chosen)));
    let mut counted = newest.counts(act, names, &found, |filter, name| *asked(filter) = Some(name))?;
    counted.sort_by_key(|(_, count)| std::cmp::Reverse(count.at_least()));
    Ok(counted)
}

fn count(act: &mut Act, filter: &PeopleFilter) -> Result<Count> {
    count_shown(act.conn, act.actor.scope(), filter, LOOKS)
}
