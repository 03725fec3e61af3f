//! What groups open there (contract, 8 and 9): the catalogue, and the openings of a group.
use crate::actions::grants::{self, Grants, Opening};
use crate::actions::groups;
use crate::api::{Answer, Call, Fault};
use crate::domain::Error;
use actix_web::HttpResponse;
use serde_json::{Value, json};

/// Name of a kind of object, what is open on all of them, and what on one.
type Kind = (&'static str, &'static [&'static str], &'static [&'static str]);

const KINDS: [Kind; 5] = [
    (
        "SEGMENT",
        &[
            "VIEW_ALL_SEGMENTS",
            "EDIT_ALL_SEGMENTS",
            "CREATE_ALL_SEGMENTS",
            "DELETE_ALL_SEGMENTS",
            "MAP_ALL_SEGMENTS_TO_MODELS",
            "MAP_ALL_TO_DESTINATIONS",
        ],
        &["READ", "WRITE", "CREATE", "DELETE", "MAP_TO_MODELS", "MAP_TO_DESTINATION"],
    ),
    (
        "TRAIT",
        &[
            "VIEW_ALL_TRAITS",
            "EDIT_ALL_TRAITS",
            "CREATE_ALL_TRAITS",
            "DELETE_ALL_TRAITS",
            "MAP_ALL_TRAITS_TO_MODELS",
            "MAP_ALL_TO_SEGMENTS",
            "CREATE_ALL_ALGO_TRAITS",
        ],
        &["READ", "WRITE", "CREATE", "DELETE", "MAP_TO_MODELS", "MAP_TO_SEGMENTS"],
    ),
    (
        "DESTINATION",
        &["VIEW_ALL_DESTINATIONS", "EDIT_ALL_DESTINATIONS", "CREATE_DESTINATIONS", "DELETE_ALL_DESTINATIONS"],
        &["READ", "WRITE", "CREATE", "DELETE"],
    ),
    (
        "DERIVED_SIGNALS",
        &["VIEW_DERIVED_SIGNALS", "CREATE_DERIVED_SIGNALS", "EDIT_DERIVED_SIGNALS", "DELETE_DERIVED_SIGNALS"],
        &[],
    ),
    ("TAGS", &["VIEW_TAGS"], &[]),
];

/// In its interface only.
const OTHERS: [&str; 3] = ["VIEW_MODELS", "MANAGE_SEGMENT_TEST_GROUPS", "VIEW_ALL_SIGNALS"];

pub fn is_wildcard(name: &str) -> bool {
    OTHERS.contains(&name) || KINDS.iter().any(|(_, wildcards, _)| wildcards.contains(&name))
}

pub async fn types(_: Call) -> Answer {
    Ok(HttpResponse::Ok().json(KINDS.map(|(name, ..)| name)))
}

pub async fn one_type(call: Call) -> Answer {
    let (_, wildcard, per_object) =
        KINDS.into_iter().find(|(name, ..)| *name == call.place("type")).ok_or(Error::NotFound)?;
    Ok(HttpResponse::Ok().json(json!({ "wildcard": wildcard, "perObject": per_object })))
}

/// A group that cannot be reached is a bad request here.
fn reached<T>(found: Result<T, Fault>) -> Result<T, Fault> {
    found.map_err(|fault| match fault {
        Fault::Refused(Error::NotFound) => Fault::Body("There is no such group within reach.".into()),
        other => other,
    })
}

pub async fn index(call: Call) -> Answer {
    let id = reached(call.id("id"))?;
    let found = call.read(move |act| {
        reached(groups::find(act, id).map_err(Fault::from))?;
        Ok(grants::of(act, &[id])?.remove(&id).unwrap_or_default().openings)
    });
    Ok(HttpResponse::Ok().json(found.await?))
}

/// The whole list instead of the one before.
pub async fn update(call: Call) -> Answer {
    let id = reached(call.id("id"))?;
    let list: Vec<Value> = serde_json::from_slice(call.body())
        .map_err(|_| Fault::Body("The body must be an array of permissions.".into()))?;
    let openings = list.iter().map(opening).collect::<Result<Vec<_>, _>>()?;
    let changed = call.write(move |act| {
        reached(groups::find(act, id).map_err(Fault::from))?;
        let now = grants::of(act, &[id])?.remove(&id).unwrap_or_default();
        let wanted = Grants { openings, ..now };
        grants::update(act, id, &wanted)?;
        Ok(wanted.openings)
    });
    Ok(HttpResponse::Ok().json(changed.await?))
}

fn opening(raw: &Value) -> Result<Opening, Fault> {
    let kind = KINDS.into_iter().find(|(name, ..)| raw["objectType"] == *name);
    let (name, _, allowed) = kind.ok_or_else(|| Fault::value("objectType", "must be one of the catalogue"))?;
    let object_id = raw["objectId"].as_i64().or_else(|| raw["objectId"].as_str()?.trim().parse().ok());
    let object_id = object_id.ok_or_else(|| Fault::value("objectId", "must be an integer"))?;
    let unknown = || match allowed {
        [] => Fault::value("objectType", "is opened by wildcards only"),
        some => Fault::value("permissions", format!("must be some of {}", some.join(", "))),
    };
    let named = raw["permissions"].as_array().ok_or_else(unknown)?;
    let permission = |one: &Value| one.as_str().filter(|one| allowed.contains(one)).map(str::to_owned);
    let permissions = named.iter().map(permission).collect::<Option<Vec<_>>>().ok_or_else(unknown)?;
    Ok(Opening { object_type: name.to_owned(), object_id, permissions })
}
