//! Groups: teams of agents and the people in their care.
use super::{Act, trash};
use crate::domain::event::Kind;
use crate::domain::{Change, Error, Event, Group, Result, Scope, Subject, Target, Verb};
use crate::store::{groups, tickets};

/// A house has at most so many.
pub const MOST: usize = 500;

/// A group with how many of its people are in scope.
#[derive(Debug, Clone)]
pub struct Counted {
    pub group: Group,
    /// Staff.
    pub team: i64,
    /// End users.
    pub care: i64,
    /// Open and pending tickets of theirs, within the actor's desk.
    pub tickets: i64,
}

fn permit(act: &mut Act) -> Result<()> {
    act.actor.must(Verb::List, Target::House)?;
    act.actor.must(Verb::SeeStaffFields, Target::House)
}

pub fn index(act: &mut Act) -> Result<Vec<Counted>> {
    permit(act)?;
    let groups = groups::all(act.conn, act.actor.scope())?;
    counted(act, groups)
}

pub(super) fn counted(act: &mut Act, list: Vec<Group>) -> Result<Vec<Counted>> {
    let counts = groups::counts(act.conn, act.actor.scope())?;
    let tickets = tickets::by_group(act.conn, act.actor.tickets())?;
    let count = |group: Group| {
        let (team, care) = counts.get(&group.id).copied().unwrap_or_default();
        let tickets = tickets.get(&group.id).copied().unwrap_or(0);
        Counted { group, team, care, tickets }
    };
    Ok(list.into_iter().map(count).collect())
}

/// The names that a form offers.
pub fn names(act: &mut Act) -> Result<Vec<String>> {
    Ok(groups::all(act.conn, act.actor.scope())?.into_iter().map(|group| group.name).collect())
}

pub fn show(act: &mut Act, id: i64) -> Result<Counted> {
    permit(act)?;
    let found = groups::find(act.conn, act.actor.scope(), id)?;
    counted(act, vec![found])?.pop().ok_or(Error::NotFound)
}

/// One that this actor may change.
pub fn edit(act: &mut Act, id: i64) -> Result<Counted> {
    let found = show(act, id)?;
    act.actor.must(Verb::ManageGroups, Target::House)?;
    Ok(found)
}

pub fn create(act: &mut Act, name: &str, description: &str) -> Result<i64> {
    act.actor.must(Verb::ManageGroups, Target::House)?;
    if groups::all(act.conn, Scope::Everyone)?.len() >= MOST {
        return Err(Error::invalid("name", "groups.too_many"));
    }
    let id = groups::insert(act.conn, name, description, act.now)?;
    let mut changes = vec![Change::new("name", "", name)];
    changes.extend((!description.is_empty()).then(|| Change::new("description", "", description)));
    act.record(Event::on(Kind::GroupCreated, Subject::Group(id), name, changes))?;
    Ok(id)
}

/// Nothing changed, nothing written.
pub fn update(act: &mut Act, id: i64, version: i64, name: String, description: String) -> Result<()> {
    let mut group = edit(act, id)?.group;
    if group.version != version {
        return Err(Error::Stale);
    }
    let pairs = [("name", &group.name, &name), ("description", &group.description, &description)];
    let differing = pairs.into_iter().filter(|(_, old, new)| old != new);
    let changes: Vec<Change> = differing.map(|(field, old, new)| Change::new(field, old, new)).collect();
    if changes.is_empty() {
        return Ok(());
    }
    (group.name, group.description) = (name, description);
    groups::update(act.conn, &group)?;
    act.record(Event::on(Kind::GroupEdited, Subject::Group(id), group.name, changes))
}

/// What its deletion leaves without a group.
pub fn plan_deletion(act: &mut Act, id: i64) -> Result<(Counted, trash::Freed)> {
    let counted = edit(act, id)?;
    let freed = trash::freed(act, &format!("group_id = {id}"), counted.team + counted.care)?;
    Ok((counted, freed))
}

/// Its people and tickets stay; refuses when there are not as many as were shown.
pub fn destroy(act: &mut Act, id: i64, shown: trash::Freed) -> Result<Option<i64>> {
    let (Counted { group, .. }, freed) = plan_deletion(act, id)?;
    if freed != shown {
        return Err(Error::Stale);
    }
    let steps = groups::delete(act.conn, id)?;
    let kept = trash::keep_thing(act, ("group", id), &group.name, freed, "", steps)?;
    let mut changes = vec![Change::new("name", &group.name, ""), Change::new("members", freed.people.to_string(), "")];
    changes.extend((freed.tickets > 0).then(|| Change::new("tickets", freed.tickets.to_string(), "")));
    act.record(Event::on(Kind::GroupDeleted, Subject::Group(id), group.name, changes))?;
    Ok(kept)
}
