//! `/Groups` (contract, 2 and 4.2).
use super::attributes::GROUP;
use super::list::{self, Query};
use super::schema::Document;
use super::versions::{self, Condition};
use super::{base, given, object, patch, resource, select_of};
use crate::actions::groups::{self, Draft};
use crate::actions::{Act, selection};
use crate::api::{Answer, Call, Fault};
use crate::domain::{Error, Group, PersonId};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde_json::{Map, Value, json};
use std::collections::HashMap;

/// In the order of the groups; who is in them only when that is asked for.
pub fn told(act: &mut Act, groups: &[Group], with_members: bool, base: &str) -> Result<Vec<Document>, Fault> {
    let ids: Vec<i64> = groups.iter().map(|group| group.id).collect();
    let members = if with_members { groups::members(act, &ids)? } else { HashMap::new() };
    let document = |group: &Group| {
        let member = |id: &PersonId| json!({ "value": id.0.to_string(), "$ref": format!("{base}/Users/{}", id.0), "type": "User" });
        let mut told = Document::from_iter([
            ("schemas".to_owned(), json!([GROUP.schema.urn])),
            ("id".to_owned(), json!(group.id.to_string())),
            ("displayName".to_owned(), json!(group.name)),
        ]);
        if !group.external_id.is_empty() {
            told.insert("externalId".into(), json!(group.external_id));
        }
        if let Some(members) = members.get(&group.id) {
            told.insert("members".into(), members.iter().map(member).collect());
        }
        let version = format!("W/\"{}.{}\"", group.version, group.updated_at.micros());
        told.insert(
            "meta".into(),
            json!({ "resourceType": "Group", "created": group.created_at.to_string(),
                    "lastModified": group.updated_at.to_string(),
                    "location": format!("{base}/Groups/{}", group.id), "version": version }),
        );
        told
    };
    Ok(groups.iter().map(document).collect())
}

pub async fn index(call: Call) -> Answer {
    list::show(&call, &GROUP, Query::of(&call)?).await
}

pub async fn search(call: Call) -> Answer {
    list::show(&call, &GROUP, Query::sent(&object(&call)?)?).await
}

fn found(act: &mut Act, id: i64, with_members: bool, base: &str) -> Result<Document, Fault> {
    selection::permit(act)?;
    let group = groups::find(act, id)?;
    told(act, &[group], with_members, base)?.pop().ok_or_else(|| Error::NotFound.into())
}

pub async fn show(call: Call) -> Answer {
    let (id, base, select) = (call.id("id")?, base(&call), select_of(&call)?);
    let with_members = select.shows(&GROUP, "members");
    let group = call.read(move |act| found(act, id, with_members, &base)).await?;
    if versions::is_known(&call, &group) {
        return Ok(HttpResponse::NotModified().finish());
    }
    resource(StatusCode::OK, &GROUP, group, &select)
}

pub async fn create(call: Call) -> Answer {
    let (base, select) = (base(&call), select_of(&call)?);
    let new = given::resource(&GROUP, &object(&call)?)?;
    let made = call.write(move |act| {
        selection::permit(act)?;
        let id = groups::create(act, draft(&new, "")?)?;
        write(act, id, &Document::new(), &new)?;
        found(act, id, true, &base)
    });
    resource(StatusCode::CREATED, &GROUP, made.await?, &select)
}

fn draft(new: &Document, description: &str) -> Result<Draft, Fault> {
    let name = new.get("displayName").and_then(Value::as_str);
    Ok(Draft::parse(name.ok_or_else(|| Fault::value("displayName", "is required"))?, description)?)
}

/// What the house keeps beside the name: the client's own id, and who is in it.
fn write(act: &mut Act, id: i64, old: &Document, new: &Document) -> Result<(), Fault> {
    let external = |of: &Document| of.get("externalId").and_then(Value::as_str).unwrap_or_default().to_owned();
    if external(old) != external(new) {
        groups::set_external_id(act, id, &external(new))?;
    }
    if old.get("members") != new.get("members") {
        groups::set_members(act, id, &members(new)?)?;
    }
    Ok(())
}

fn members(new: &Document) -> Result<Vec<PersonId>, Fault> {
    let list = new.get("members").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let id = |member: &Value| {
        if member["type"].as_str().is_some_and(|kind| !kind.eq_ignore_ascii_case("User")) {
            return Err(Fault::value("members", "must be users: groups hold no groups here"));
        }
        let id = member["value"].as_str().and_then(|id| id.parse().ok());
        id.map(PersonId).ok_or_else(|| Fault::value("members", "must have the ids of users as their values"))
    };
    list.iter().map(id).collect()
}

async fn change(call: &Call, wish: impl FnOnce(&Document) -> Result<Document, Fault> + Send + 'static) -> Answer {
    let (id, base, select, condition) = (call.id("id")?, base(call), select_of(call)?, Condition::of(call));
    let changed = call.write(move |act| {
        let old = found(act, id, true, &base)?;
        condition.hold(&old)?;
        let new = wish(&old)?;
        if old.get("displayName") != new.get("displayName") {
            let group = groups::edit(act, id)?;
            groups::update(act, id, group.version, draft(&new, &group.description)?)?;
        }
        write(act, id, &old, &new)?;
        found(act, id, true, &base)
    });
    resource(StatusCode::OK, &GROUP, changed.await?, &select)
}

pub async fn replace(call: Call) -> Answer {
    let new = given::resource(&GROUP, &object(&call)?)?;
    change(&call, move |_| {
        if new.contains_key("displayName") { Ok(new) } else { Err(Fault::value("displayName", "is required")) }
    })
    .await
}

pub async fn update(call: Call) -> Answer {
    let body: Map<String, Value> = object(&call)?;
    change(&call, move |old| {
        let mut new = old.clone();
        patch::apply(&GROUP, &mut new, &body)?;
        Ok(new)
    })
    .await
}

/// Whoever was in it is in it no more.
pub async fn destroy(call: Call) -> Answer {
    let (id, base, condition) = (call.id("id")?, base(&call), Condition::of(&call));
    call.write(move |act| {
        condition.hold(&found(act, id, false, &base)?)?;
        let (_, freed) = groups::plan_deletion(act, id)?;
        groups::destroy(act, id, freed)?;
        Ok(())
    })
    .await?;
    Ok(HttpResponse::NoContent().finish())
}
