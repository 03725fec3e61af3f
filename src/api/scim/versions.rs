//! Entity tags (contract, 2.9).
use super::schema::Document;
use crate::api::{Call, Fault};

/// What a client says that it saw.
#[derive(Clone)]
pub struct Condition(Option<String>);

impl Condition {
    pub fn of(call: &Call) -> Self {
        Self(call.header("if-match").map(str::to_owned))
    }

    /// Refuses what somebody changed meanwhile.
    pub fn hold(&self, now: &Document) -> Result<(), Fault> {
        match &self.0 {
            Some(tags) if !names(tags, version(now)) => {
                Err(Fault::Told(412, "Somebody else changed this meanwhile. Read it again and repeat.".into()))
            }
            _ => Ok(()),
        }
    }
}

pub fn version(document: &Document) -> &str {
    document.get("meta").and_then(|meta| meta["version"].as_str()).unwrap_or_default()
}

/// Whether the client has it as it is.
pub fn is_known(call: &Call, now: &Document) -> bool {
    call.header("if-none-match").is_some_and(|tags| names(tags, version(now)))
}

fn names(tags: &str, version: &str) -> bool {
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    tags.split(',').any(|tag| tag.trim() == "*" || opaque(tag) == opaque(version))
}
