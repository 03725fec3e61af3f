//! `/apiv2/groups` (contract, 8.1).
use super::paging::Paging;
use super::wire::{Agent, Group, gone, one, placed, url};
use super::{dates, staff_only};
use crate::actions::people::{self, profile};
use crate::actions::{Act, groups};
use crate::api::{Answer, Call, Fault, Given, cut};
use crate::domain::{self, Error, Field, Person, PersonId};
use actix_web::http::StatusCode;
use serde_json::Value;

pub async fn index(call: Call) -> Answer {
    let (paging, origin) = (Paging::of(&call)?, call.origin.clone());
    let (list, count) = call.read(move |act| page(act, |_| true, paging, &origin)).await?;
    Ok(paging.answer(&call, "groups", list, count))
}

/// Those that a user is in.
pub async fn of_user(call: Call) -> Answer {
    let (paging, id, origin) = (Paging::of(&call)?, call.person()?, call.origin.clone());
    let found = call.read(move |act| {
        staff_only(act)?;
        let theirs = people::show(act, id)?.fields.groups;
        page(act, |group| theirs.contains(&group.name), paging, &origin)
    });
    let (list, count) = found.await?;
    Ok(paging.answer(&call, "groups", list, count))
}

fn page(
    act: &mut Act,
    wanted: impl Fn(&domain::Group) -> bool,
    paging: Paging,
    origin: &str,
) -> Result<(Vec<Group>, i64), Fault> {
    let mut all: Vec<domain::Group> = groups::known(act)?.into_iter().filter(wanted).collect();
    all.sort_by_key(|group| group.id);
    let count = all.len() as i64;
    Ok((told(act, cut(all, paging.bounds()), origin)?, count))
}

fn told(act: &mut Act, list: Vec<domain::Group>, origin: &str) -> domain::Result<Vec<Group>> {
    let ids: Vec<i64> = list.iter().map(|group| group.id).collect();
    let mut teams = groups::teams(act, &ids)?;
    let staff: Vec<Person> = teams.values().flatten().cloned().collect();
    let profiles = profile::of(act, &staff)?;
    let agent = |person: Person| {
        let shown = profiles.get(&person.id).map(|profile| profile.display_name.clone());
        Agent {
            id: person.id.0,
            url: url(origin, "users", person.id.0),
            username: person.fields.get(Field::Email),
            name: shown.filter(|name| !name.is_empty()).unwrap_or_else(|| person.label()),
        }
    };
    let group = |group: domain::Group| Group {
        id: group.id,
        url: url(origin, "groups", group.id),
        name: group.name,
        created_at: dates::written(group.created_at),
        agents: teams.remove(&group.id).unwrap_or_default().into_iter().map(agent).collect(),
    };
    Ok(list.into_iter().map(group).collect())
}

fn shown(act: &mut Act, id: i64, origin: &str) -> domain::Result<Group> {
    let group = groups::find(act, id)?;
    told(act, vec![group], origin)?.pop().ok_or(Error::NotFound)
}

pub async fn show(call: Call) -> Answer {
    let (id, origin) = (call.id("id")?, call.origin.clone());
    Ok(one("group", &call.read(move |act| Ok(shown(act, id, &origin)?)).await?))
}

pub async fn create(call: Call) -> Answer {
    let (given, origin) = (call.given()?.within("group")?, call.origin.clone());
    let made = call.write(move |act| {
        let id = groups::create(act, groups::Draft::parse(&given.text("name")?.unwrap_or_default(), "")?)?;
        if let Some(team) = team(&given)? {
            groups::set_team(act, id, &team)?;
        }
        Ok(shown(act, id, &origin)?)
    });
    let group = made.await?;
    Ok(placed(StatusCode::CREATED, "group", &group, &group.url))
}

pub async fn update(call: Call) -> Answer {
    let (id, given, origin) = (call.id("id")?, call.given()?.within("group")?, call.origin.clone());
    let changed = call.write(move |act| {
        let group = groups::edit(act, id)?;
        if let Some(name) = given.text("name")? {
            groups::update(act, id, group.version, groups::Draft::parse(&name, &group.description)?)?;
        }
        if let Some(team) = team(&given)? {
            groups::set_team(act, id, &team)?;
        }
        Ok(shown(act, id, &origin)?)
    });
    Ok(one("group", &changed.await?))
}

pub async fn destroy(call: Call) -> Answer {
    let id = call.id("id")?;
    call.write(move |act| {
        let (_, freed) = groups::plan_deletion(act, id)?;
        Ok(groups::destroy(act, id, freed)?)
    })
    .await?;
    Ok(gone())
}

/// Numbers, some clients write them as texts.
fn team(given: &Given) -> Result<Option<Vec<PersonId>>, Fault> {
    const MOST: usize = 500;
    let Some(list) = given.list("agents")? else { return Ok(None) };
    if list.len() > MOST {
        return Err(Fault::value("agents", format!("may have {MOST} items at most")));
    }
    let number = |one: &Value| one.as_i64().or_else(|| one.as_str()?.trim().parse().ok()).map(PersonId);
    let team = list.iter().map(number).collect::<Option<Vec<_>>>();
    team.map(Some).ok_or_else(|| Fault::value("agents", "must be the numbers of users"))
}
