//! SCIM's contract, section by section; what `scim2-tester` checks is left to it.
mod bulk;
mod groups;
mod lists;
mod patches;
mod users;

use super::{json, send};
use crate::house::{Client, House, Reply};
use rollcall::domain::key::Dialect;
use rollcall::domain::{Person, Role};
use serde_json::{Value, json as object};

pub const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
pub const GROUP: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";
pub const ENTERPRISE: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const PATCH: &str = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

pub fn of(house: &House, owner: &Person, read_only: bool) -> Client {
    let (_, secret) = house.key(Dialect::Scim, owner, read_only);
    house.stranger().with("authorization", &format!("Bearer {secret}"))
}

pub fn ada(house: &House) -> Client {
    let ada = house.join("Ada", Role::Admin);
    of(house, &ada, false)
}

/// A new user with this name and whatever else is said; answers the id.
pub fn user(client: &Client, name: &str, more: Value) -> String {
    let mut body = object!({ "schemas": [USER], "userName": name });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    id(&send(client, "POST", "/scim/v2/Users", body))
}

pub fn group(client: &Client, name: &str, members: &[&str]) -> String {
    let members: Vec<Value> = members.iter().map(|id| object!({ "value": id })).collect();
    let body = object!({ "schemas": [GROUP], "displayName": name, "members": members });
    id(&send(client, "POST", "/scim/v2/Groups", body))
}

fn id(reply: &Reply) -> String {
    assert_eq!(reply.status, 201, "{}", reply.body);
    json(reply)["id"].as_str().unwrap().to_owned()
}

pub fn patch(client: &Client, path: &str, operations: Value) -> Reply {
    send(client, "PATCH", path, object!({ "schemas": [PATCH], "Operations": operations }))
}

/// Parts of what is there now, one by one.
pub fn look(client: &Client, path: &str, parts: &[&str]) -> String {
    let now = json(&client.get(path));
    parts
        .iter()
        .map(|part| format!("{part} {}", now.pointer(part).unwrap_or(&Value::Null)))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Status, type and what is told of an error.
pub fn fault(reply: &Reply) -> String {
    let told = json(reply);
    let kind = told["scimType"].as_str().unwrap_or("-");
    format!("{} {} {}", told["status"].as_str().unwrap_or("?"), kind, told["detail"].as_str().unwrap_or("?"))
}

/// The user names or display names of a list.
pub fn names(reply: &Reply) -> String {
    let told = json(reply);
    let Some(list) = told["Resources"].as_array() else { return fault(reply) };
    let name = |one: &Value| one["userName"].as_str().or(one["displayName"].as_str()).unwrap_or("?").to_owned();
    list.iter().map(name).collect::<Vec<_>>().join(" ")
}
