//! `/groups` (contract, 8).
use super::lists::Asked;
use super::users::numbers;
use super::wire::{Group, PID};
use crate::actions::Act;
use crate::actions::groups::{self, Counted, Draft};
use crate::api::{Answer, Call, Fault, Given, cut};
use crate::domain::{self, Error, fold};
use actix_web::HttpResponse;

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
    let page: Vec<Group> = cut(all, asked.bounds()).into_iter().map(told).collect();
    Ok(asked.answer(&page, total))
}

/// Who is in it, the users say themselves; objects that groups could open there are none of here.
fn told(Counted { group, team, care, .. }: Counted) -> Group {
    Group {
        group_id: group.id,
        pid: PID,
        name: group.name,
        description: (!group.description.is_empty()).then_some(group.description),
        membership_count: team + care,
        wildcards: vec![],
        users: vec![],
    }
}

fn shown(act: &mut Act, id: i64) -> domain::Result<Group> {
    groups::show(act, id).map(told)
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
    let draft = draft(&call.given()?, None)?;
    let made = call.write(move |act| {
        let id = groups::create(act, draft)?;
        Ok(shown(act, id)?)
    });
    Ok(HttpResponse::Created().json(made.await?))
}

pub async fn update(call: Call) -> Answer {
    let (id, given) = (call.id("id")?, call.given()?);
    let changed = call.write(move |act| {
        let group = groups::edit(act, id)?;
        groups::update(act, id, group.version, draft(&given, Some(&group))?)?;
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
