//! The JSON object that a client sends, read field by field.
use super::Fault;
use serde_json::{Map, Value};

/// What is not there says nothing; null says that there is none.
#[derive(Debug, Clone, Default)]
pub struct Given(Map<String, Value>);

impl From<Map<String, Value>> for Given {
    fn from(map: Map<String, Value>) -> Self {
        Self(map)
    }
}

impl From<Given> for Map<String, Value> {
    fn from(given: Given) -> Self {
        given.0
    }
}

impl Given {
    pub fn parse(bytes: &[u8]) -> Result<Self, Fault> {
        match serde_json::from_slice(bytes) {
            Ok(Value::Object(map)) => Ok(Self(map)),
            Ok(_) => Err(Fault::Body("The body must be a JSON object.".into())),
            Err(e) => Err(Fault::Body(format!("The body is no JSON: {e}."))),
        }
    }

    pub fn value(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// Without what says what stands there already.
    pub fn beyond(mut self, told: &Value) -> Self {
        self.0.retain(|name, value| told.get(name) != Some(value));
        self
    }

    /// What stands in the object of this name; without one, the whole.
    pub fn within(self, name: &str) -> Result<Self, Fault> {
        match self.object(name)? {
            Some(map) => Ok(Self(map.clone())),
            None => Ok(self),
        }
    }

    pub fn set(&mut self, name: &str, value: Value) {
        self.0.insert(name.to_owned(), value);
    }

    /// A text; a number counts as what it looks like, null as nothing written.
    pub fn text(&self, name: &str) -> Result<Option<String>, Fault> {
        match self.0.get(name) {
            None => Ok(None),
            Some(Value::Null) => Ok(Some(String::new())),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(Value::Number(number)) => Ok(Some(number.to_string())),
            Some(_) => Err(Fault::value(name, "must be a string")),
        }
    }

    /// A whole number, also written as a text; null and blank say nothing.
    pub fn number(&self, name: &str) -> Result<Option<i64>, Fault> {
        let read = match self.0.get(name) {
            None | Some(Value::Null) => return Ok(None),
            Some(Value::String(text)) if text.trim().is_empty() => return Ok(None),
            Some(Value::String(text)) => text.trim().parse().ok(),
            Some(value) => value.as_i64(),
        };
        read.map(Some).ok_or_else(|| Fault::value(name, "must be an integer"))
    }

    /// Yes or no, also as 1 or 0 and as a text; null says nothing.
    pub fn flag(&self, name: &str) -> Result<Option<bool>, Fault> {
        let read = match self.0.get(name) {
            None | Some(Value::Null) => return Ok(None),
            Some(Value::Bool(flag)) => Some(*flag),
            Some(Value::Number(number)) => number.as_i64().filter(|n| [0, 1].contains(n)).map(|n| n == 1),
            Some(Value::String(text)) => match text.trim() {
                "true" | "1" => Some(true),
                "false" | "0" => Some(false),
                _ => None,
            },
            Some(_) => None,
        };
        read.map(Some).ok_or_else(|| Fault::value(name, "must be true or false"))
    }

    pub fn list(&self, name: &str) -> Result<Option<&Vec<Value>>, Fault> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Array(list)) => Ok(Some(list)),
            Some(_) => Err(Fault::value(name, "must be an array")),
        }
    }

    pub fn object(&self, name: &str) -> Result<Option<&Map<String, Value>>, Fault> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Object(map)) => Ok(Some(map)),
            Some(_) => Err(Fault::value(name, "must be an object")),
        }
    }
}
