//! `bulkId:…` in the place of an id that is not known yet (RFC 7644, 3.7.2; contract, 2.8).
use serde_json::Value;
use std::collections::HashMap;

const SIGN: &str = "bulkId:";

/// The ids of what was made so far, by what the client calls it.
#[derive(Default)]
pub struct Made(HashMap<String, String>);

impl Made {
    pub fn note(&mut self, name: &str, id: &str) {
        self.0.insert(name.to_owned(), id.to_owned());
    }

    fn resolved(&self, text: &str) -> Option<&String> {
        self.0.get(text.strip_prefix(SIGN)?)
    }

    /// Whether all that is referred to was made.
    pub fn knows(&self, value: &Value) -> bool {
        match value {
            Value::String(text) => !text.starts_with(SIGN) || self.resolved(text).is_some(),
            Value::Array(list) => list.iter().all(|one| self.knows(one)),
            Value::Object(map) => map.values().all(|one| self.knows(one)),
            _ => true,
        }
    }

    /// Writes the ids that are known; whether all are.
    pub fn resolve(&self, value: &mut Value) -> bool {
        match value {
            Value::String(text) if text.starts_with(SIGN) => match self.resolved(text) {
                Some(id) => {
                    *text = id.clone();
                    true
                }
                None => false,
            },
            Value::Array(list) => list.iter_mut().filter_map(|one| (!self.resolve(one)).then_some(())).count() == 0,
            Value::Object(map) => map.values_mut().filter_map(|one| (!self.resolve(one)).then_some(())).count() == 0,
            _ => true,
        }
    }

    /// The same in a path such as `/Users/bulkId:ada`.
    pub fn resolve_path(&self, path: &str) -> Option<String> {
        let parts = path.split('/').map(|part| match part.starts_with(SIGN) {
            true => self.resolved(part).cloned(),
            false => Some(part.to_owned()),
        });
        Some(parts.collect::<Option<Vec<_>>>()?.join("/"))
    }
}

/// Takes out what is not known yet: elements of lists and parts as wholes. What was taken is told by the names of the
/// attributes that lost something.
pub fn without(value: &mut Value) -> Vec<String> {
    let Value::Object(map) = value else { return vec![] };
    let lost = map.iter_mut().filter_map(|(name, value)| strip(value).then(|| name.clone())).collect();
    map.retain(|_, value| !is_open(value));
    lost
}

fn is_open(value: &Value) -> bool {
    match value {
        Value::String(text) => text.starts_with(SIGN),
        Value::Object(map) => map.values().any(is_open),
        _ => false,
    }
}

/// Whether something was taken, or must be as a whole.
fn strip(value: &mut Value) -> bool {
    match value {
        Value::Array(list) => {
            let before = list.len();
            list.retain(|one| !is_open(one));
            list.len() < before
        }
        Value::Object(map) if map.values().any(|value| value.is_object() || value.is_array()) => {
            let lost = map.values_mut().filter_map(|one| strip(one).then_some(())).count() > 0;
            let before = map.len();
            map.retain(|_, one| !is_open(one));
            lost || map.len() < before
        }
        other => is_open(other),
    }
}
