//! People and groups as a program asks for them, in conditions of its own.
use crate::actions::Act;
use crate::domain::condition::{Condition, Mark, Wanted};
use crate::domain::{Group, Person, PersonId, Result, Target, Verb};
use crate::store::{self, selection::Table};
use std::collections::HashMap;

/// Conditions may ask for what staff wrote, so only those who see that may ask.
pub fn permit(act: &mut Act) -> Result<()> {
    act.actor.must(Verb::List, Target::House)?;
    act.actor.must(Verb::SeeStaffFields, Target::House)
}

/// In order, each with its place in it.
pub fn people(act: &mut Act, wanted: &Wanted) -> Result<Vec<(Person, Mark)>> {
    permit(act)?;
    let scope = act.actor.scope();
    let marks = store::selection::page(act.conn, Table::People, scope, wanted)?;
    let ids: Vec<PersonId> = marks.iter().map(|mark| PersonId(mark.id)).collect();
    let found = store::people::find_many(act.conn, scope, &ids)?;
    let mut found: HashMap<i64, Person> = found.into_iter().map(|person| (person.id.0, person)).collect();
    Ok(marks.into_iter().filter_map(|mark| Some((found.remove(&mark.id)?, mark))).collect())
}

pub fn count_people(act: &mut Act, condition: &Condition) -> Result<i64> {
    permit(act)?;
    store::selection::count(act.conn, Table::People, act.actor.scope(), condition)
}

/// The same of groups.
pub fn groups(act: &mut Act, wanted: &Wanted) -> Result<Vec<(Group, Mark)>> {
    permit(act)?;
    let scope = act.actor.scope();
    let marks = store::selection::page(act.conn, Table::Groups, scope, wanted)?;
    let all = store::groups::all(act.conn, scope)?;
    let mut all: HashMap<i64, Group> = all.into_iter().map(|group| (group.id, group)).collect();
    Ok(marks.into_iter().filter_map(|mark| Some((all.remove(&mark.id)?, mark))).collect())
}

pub fn count_groups(act: &mut Act, condition: &Condition) -> Result<i64> {
    permit(act)?;
    store::selection::count(act.conn, Table::Groups, act.actor.scope(), condition)
}
