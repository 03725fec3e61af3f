//! Groups: teams of agents and the people in their care.
use super::{Act, trash};
use crate::domain::event::Kind;
use crate::domain::{
    Change, Error, Event, FieldErrors, Group, Person, PersonId, Result, Scope, Subject, Target, Verb, fold, text,
};
use crate::store::{groups, people, tickets};
use std::collections::{BTreeSet, HashMap};

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

/// All in scope, uncounted, by name.
pub fn known(act: &mut Act) -> Result<Vec<Group>> {
    permit(act)?;
    groups::all(act.conn, act.actor.scope())
}

/// The staff in scope of each of these groups; groups without any are left out.
pub fn teams(act: &mut Act, ids: &[i64]) -> Result<HashMap<i64, Vec<Person>>> {
    permit(act)?;
    let teams = groups::teams(act.conn, ids)?;
    let all: Vec<PersonId> = teams.values().flatten().copied().collect();
    let people = people::find_many(act.conn, act.actor.scope(), &all)?;
    let people: HashMap<PersonId, Person> = people.into_iter().map(|person| (person.id, person)).collect();
    let team = |team: Vec<PersonId>| team.iter().filter_map(|id| people.get(id).cloned()).collect();
    Ok(teams.into_iter().map(|(id, ids)| (id, team(ids))).collect())
}

/// Those in scope who are in each of these, by number; groups without any are left out.
pub fn members(act: &mut Act, ids: &[i64]) -> Result<HashMap<i64, Vec<PersonId>>> {
    permit(act)?;
    groups::members(act.conn, act.actor.scope(), ids)
}

/// These and nobody else in reach are in it. An entry for each whom that changes.
pub fn set_members(act: &mut Act, id: i64, wanted: &[PersonId]) -> Result<()> {
    groups::lock(act.conn, id)?;
    let name = edit(act, id)?.name;
    let scope = act.actor.scope();
    let now: BTreeSet<PersonId> =
        groups::members(act.conn, scope, &[id])?.remove(&id).unwrap_or_default().into_iter().collect();
    let wanted: BTreeSet<PersonId> = wanted.iter().copied().collect();
    let moved: Vec<PersonId> = now.symmetric_difference(&wanted).copied().collect();
    let people = people::find_many(act.conn, scope, &moved)?;
    if people.len() < moved.len() {
        return Err(Error::invalid("members", "groups.members_unknown"));
    }
    move_all(act, &name, people.iter().map(|person| (person, wanted.contains(&person.id))).collect())
}

/// What an identity provider calls it. The same again changes nothing.
pub fn set_external_id(act: &mut Act, id: i64, raw: &str) -> Result<()> {
    let mut group = edit(act, id)?;
    let external = text::line(raw, 200).map_err(|key| Error::invalid("external_id", key))?;
    if external == group.external_id {
        return Ok(());
    }
    let change = Change::new("external_id", &group.external_id, &external);
    group.external_id = external;
    groups::update(act.conn, &group, act.now)?;
    act.record(Event::on(Kind::GroupEdited, Subject::Group(id), group.name, vec![change]))
}

/// These and no other staff are in its team; people in its care stay. An entry for each whom that changes.
pub fn set_team(act: &mut Act, id: i64, wanted: &[PersonId]) -> Result<()> {
    groups::lock(act.conn, id)?;
    let name = edit(act, id)?.name;
    let team = people::find_many(act.conn, act.actor.scope(), wanted)?;
    if wanted.iter().any(|id| team.iter().all(|person| person.id != *id)) {
        return Err(Error::invalid("agents", "groups.team_unknown"));
    }
    if team.iter().any(|person| !person.role.is_staff()) {
        return Err(Error::invalid("agents", "groups.team_no_staff"));
    }
    let now = teams(act, &[id])?.remove(&id).unwrap_or_default();
    let among = |people: &[Person], one: &Person| people.iter().any(|other| other.id == one.id);
    let joining = team.iter().filter(|one| !among(&now, one)).map(|one| (one, true));
    move_all(act, &name, joining.chain(now.iter().filter(|one| !among(&team, one)).map(|one| (one, false))).collect())
}

/// Each into the group of this name or out of it.
fn move_all(act: &mut Act, name: &str, mut moves: Vec<(&Person, bool)>) -> Result<()> {
    // In one order, so that two who change teams at once wait for each other.
    moves.sort_by_key(|(person, _)| person.id);
    for (person, joins) in moves {
        let mut fields = person.fields.clone();
        fields.groups.retain(|one| one != name);
        if joins {
            fields.groups.push(name.to_owned());
            fields.groups.sort_by_key(|name| fold(name));
        }
        if fields.groups.len() > text::MOST_NAMES {
            return Err(Error::invalid("groups", "names.too_many"));
        }
        super::people::edit(act, person.id, person.version, fields)?;
    }
    Ok(())
}

/// The names that a form offers.
pub fn names(act: &mut Act) -> Result<Vec<String>> {
    Ok(groups::all(act.conn, act.actor.scope())?.into_iter().map(|group| group.name).collect())
}

pub fn show(act: &mut Act, id: i64) -> Result<Counted> {
    let found = find(act, id)?;
    counted(act, vec![found])?.pop().ok_or(Error::NotFound)
}

/// One, uncounted.
pub fn find(act: &mut Act, id: i64) -> Result<Group> {
    permit(act)?;
    groups::find(act.conn, act.actor.scope(), id)
}

/// One that this actor may change.
pub fn edit(act: &mut Act, id: i64) -> Result<Group> {
    let found = find(act, id)?;
    act.actor.must(Verb::ManageGroups, Target::House)?;
    Ok(found)
}

/// What a form says of a group.
#[derive(Debug, Clone)]
pub struct Draft {
    pub name: String,
    pub description: String,
}

impl Draft {
    pub fn parse(name: &str, description: &str) -> Result<Self> {
        let mut errors = FieldErrors::default();
        let name = errors.take("name", text::name(name, 100));
        let description = errors.take("description", text::lines(description, 2_000));
        match (name, description) {
            (Some(name), Some(description)) => Ok(Self { name, description }),
            _ => Err(Error::Invalid(errors)),
        }
    }
}

pub fn create(act: &mut Act, draft: Draft) -> Result<i64> {
    let Draft { name, description } = &draft;
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
pub fn update(act: &mut Act, id: i64, version: i64, Draft { name, description }: Draft) -> Result<()> {
    let mut group = edit(act, id)?;
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
    groups::update(act.conn, &group, act.now)?;
    act.record(Event::on(Kind::GroupEdited, Subject::Group(id), group.name, changes))
}

/// What its deletion leaves without a group.
pub fn plan_deletion(act: &mut Act, id: i64) -> Result<(Counted, trash::Freed)> {
    let group = edit(act, id)?;
    let counted = counted(act, vec![group])?.pop().ok_or(Error::NotFound)?;
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
