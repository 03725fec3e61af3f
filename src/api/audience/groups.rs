//! `/groups` (contract, 8).
use super::lists::Asked;
use super::permissions;
use super::users::numbers;
use super::wire::{Group, PID};
use crate::actions::Act;
use crate::actions::grants;
use crate::actions::groups::{self, Counted, Draft};
use crate::api::{Answer, Call, Fault, Given, cut};
use crate::domain::{self, Error, PersonId, fold};
use actix_web::HttpResponse;
use serde_json::Value;

pub async fn index(call: Call) -> Answer {
    let asked = Asked::of(&call)?;
    let mut all = call.read(|act| Ok(groups::index(act)?)).await?;
    let q = fold(&asked.search);
    all.retain(|one| fold(&one.group.name).contains(&q) || fold(&one.group.description).contains(&q));
    match asked.sort_by.as_deref() {
        None | Some("groupId" | "pid") => all.sort_by_key(|one| one.group.id),
        Some("name") => all.sort_by_key(|one| fold(&one.group.name)),
        Some("description") => all.sort_by_key(|one| fold(&one.group.description)),
        Some("membershipCount") => all.sort_by_key(|one| one.team + one.care),
        Some(_) => return Err(Fault::value("sortBy", "must be a property of groups")),
    }
    if asked.descending {
        all.reverse();
    }
    let total = all.len() as i64;
    let page = cut(all, asked.bounds());
    let page = call.read(move |act| Ok(told(act, page)?)).await?;
    Ok(asked.answer(&page, total))
}

fn told(act: &mut Act, all: Vec<Counted>) -> domain::Result<Vec<Group>> {
    let ids: Vec<i64> = all.iter().map(|one| one.group.id).collect();
    let mut members = groups::members(act, &ids)?;
    let mut grants = grants::of(act, &ids)?;
    let told = |Counted { group, team, care, .. }: Counted| Group {
        group_id: group.id,
        pid: PID,
        name: group.name,
        description: (!group.description.is_empty()).then_some(group.description),
        membership_count: team + care,
        wildcards: grants.remove(&group.id).unwrap_or_default().wildcards,
        users: members.remove(&group.id).unwrap_or_default().into_iter().map(|id| id.0).collect(),
    };
    Ok(all.into_iter().map(told).collect())
}

fn shown(act: &mut Act, id: i64) -> domain::Result<Group> {
    let found = groups::show(act, id)?;
    told(act, vec![found])?.pop().ok_or(Error::NotFound)
}

/// Who is in it and what it opens, as far as that is given.
fn write(act: &mut Act, id: i64, given: &Given) -> Result<(), Fault> {
    if let Some(list) = given.list("users")? {
        let number = |one: &Value| one.as_i64().or_else(|| one.as_str()?.trim().parse().ok());
        let users = list.iter().map(number).collect::<Option<Vec<i64>>>();
        let users = users.ok_or_else(|| Fault::value("users", "must be the numbers of users"))?;
        groups::set_members(act, id, &users.into_iter().map(PersonId).collect::<Vec<_>>())?;
    }
    if let Some(list) = given.list("wildcards")? {
        let name = |one: &Value| one.as_str().filter(|one| permissions::is_wildcard(one)).map(str::to_owned);
        let wildcards = list.iter().map(name).collect::<Option<Vec<_>>>();
        let wildcards = wildcards.ok_or_else(|| Fault::value("wildcards", "must be names of the catalogue"))?;
        let now = grants::of(act, &[id])?.remove(&id).unwrap_or_default();
        grants::update(act, id, &grants::Grants { wildcards, ..now })?;
    }
    Ok(())
}

pub async fn show(call: Call) -> Answer {
    let id = call.id("id")?;
    Ok(HttpResponse::Ok().json(call.read(move |act| Ok(shown(act, id)?)).await?))
}

fn draft(given: &Given, now: Option<&domain::Group>) -> Result<Draft, Fault> {
    let kept = |pick: fn(&domain::Group) -> &String| now.map(|group| pick(group).clone()).unwrap_or_default();
    let name = given.text("name")?.unwrap_or_else(|| kept(|group| &group.name));
    let description = given.text("description")?.unwrap_or_else(|| kept(|group| &group.description));
    Ok(Draft::parse(&name, &description)?)
}

pub async fn create(call: Call) -> Answer {
    let given = call.given()?;
    let draft = draft(&given, None)?;
    let made = call.write(move |act| {
        let id = groups::create(act, draft)?;
        write(act, id, &given)?;
        Ok(shown(act, id)?)
    });
    Ok(HttpResponse::Created().json(made.await?))
}

pub async fn update(call: Call) -> Answer {
    let (id, given) = (call.id("id")?, call.given()?);
    let changed = call.write(move |act| {
        let group = groups::edit(act, id)?;
        groups::update(act, id, group.version, draft(&given, Some(&group))?)?;
        write(act, id, &given)?;
        Ok(shown(act, id)?)
    });
    Ok(HttpResponse::Ok().json(changed.await?))
}

pub async fn destroy(call: Call) -> Answer {
    let id = call.id("id")?;
    call.write(move |act| Ok(delete(act, id)?)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// All of them or none; unknown ones are passed over.
pub async fn destroy_all(call: Call) -> Answer {
    let ids = numbers(&call)?;
    call.write(move |act| {
        for id in ids {
            match delete(act, id) {
                Ok(()) | Err(Error::NotFound) => {}
                Err(e) => return Err(e.into()),
            }
        }
        Ok(())
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Whoever was in it is in it no more.
fn delete(act: &mut Act, id: i64) -> domain::Result<()> {
    let (_, freed) = groups::plan_deletion(act, id)?;
    groups::destroy(act, id, freed).map(drop)
}
