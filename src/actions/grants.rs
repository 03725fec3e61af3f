//! What groups open in Audience Manager. Here that opens nothing: it is kept for programs that ask for it again.
use super::{Act, groups};
use crate::domain::event::Kind;
use crate::domain::{Change, Error, Event, Result, Subject};
use crate::store;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// So many bytes of each.
const LONGEST: usize = 100_000;

/// One object that a group opens, and how far.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Opening {
    pub object_type: String,
    pub object_id: i64,
    pub permissions: Vec<String>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Grants {
    /// Names of what is open on all objects of a kind.
    pub wildcards: Vec<String>,
    pub openings: Vec<Opening>,
}

/// Of groups that were found in reach.
pub fn of(act: &mut Act, ids: &[i64]) -> Result<HashMap<i64, Grants>> {
    let list = |raw: String| if raw.is_empty() { "[]".to_owned() } else { raw };
    let mut found = HashMap::new();
    for (id, (wildcards, permissions)) in store::grants::of(act.conn, ids)? {
        let wildcards = serde_json::from_str(&list(wildcards)).map_err(Error::broken)?;
        let openings = serde_json::from_str(&list(permissions)).map_err(Error::broken)?;
        found.insert(id, Grants { wildcards, openings });
    }
    Ok(found)
}

/// These and no others. Nothing changed, nothing written.
pub fn update(act: &mut Act, id: i64, wanted: &Grants) -> Result<()> {
    let group = groups::edit(act, id)?;
    let now = of(act, &[id])?.remove(&id).unwrap_or_default();
    let texts = |grants: &Grants| -> Result<[String; 2]> {
        let wildcards = serde_json::to_string(&grants.wildcards).map_err(Error::broken)?;
        Ok([wildcards, serde_json::to_string(&grants.openings).map_err(Error::broken)?])
    };
    if now == *wanted {
        return Ok(());
    }
    let ([old_wildcards, old_openings], [wildcards, openings]) = (texts(&now)?, texts(wanted)?);
    if wildcards.len() > LONGEST || openings.len() > LONGEST {
        return Err(Error::invalid("permissions", "text.too_long"));
    }
    store::grants::set(act.conn, id, (&wildcards, &openings))?;
    let changes = Change::among([("wildcards", old_wildcards, wildcards), ("permissions", old_openings, openings)]);
    act.record(Event::on(Kind::GroupEdited, Subject::Group(id), group.name, changes))
}
