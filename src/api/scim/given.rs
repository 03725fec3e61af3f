//! What clients send, in the shape of the schemas: names spelled as there, nothing blank, nothing read-only (contract, 1,
//! 2.1 and 7).
use super::schema::{Attribute, Document, Kind, Schema, Type};
use crate::api::Fault;
use serde_json::{Map, Value};

/// A list has so many elements at most, and a text so many bytes.
const MOST: usize = 100;
const LONGEST: usize = 12_000;

/// A list of members may have more elements than others.
pub fn most(attribute: &Attribute) -> usize {
    if attribute.name == "members" { 10_000 } else { MOST }
}

fn invalid(attribute: &Attribute, message: &str) -> Fault {
    Fault::value(attribute.name, message)
}

/// A whole resource. What nobody knows is left out.
pub fn resource(kind: &'static Type, body: &Map<String, Value>) -> Result<Document, Fault> {
    let schemas = body.iter().find(|(name, _)| name.eq_ignore_ascii_case("schemas")).map(|(_, value)| value);
    let is_named = |urn: &Value| urn.as_str().is_some_and(|urn| urn.eq_ignore_ascii_case(kind.schema.urn));
    if !schemas.and_then(Value::as_array).is_some_and(|urns| urns.iter().any(is_named)) {
        return Err(Fault::Body(format!("schemas must name {}.", kind.schema.urn)));
    }
    let mut found = attributes(kind.schema, body)?;
    for (name, value) in body {
        if let (Some((schema, "")), Value::Object(inner)) = (kind.schema_of(name), value) {
            let inner = attributes(schema, inner)?;
            if kind.is_extension(schema) && !inner.is_empty() {
                found.insert(schema.urn.to_owned(), Value::Object(inner));
            }
        }
    }
    if let Some(id) = text_named(body, "externalId")? {
        found.insert("externalId".into(), Value::String(id));
    }
    Ok(found)
}

fn text_named(body: &Map<String, Value>, name: &str) -> Result<Option<String>, Fault> {
    let attribute = Attribute::text("externalId", "");
    let found = body.iter().find(|(one, _)| one.eq_ignore_ascii_case(name));
    let found = found.map(|(_, value)| value_of(&attribute, value)).transpose()?.flatten();
    Ok(found.and_then(|value| value.as_str().map(str::to_owned)))
}

/// Those of one schema.
pub fn attributes(schema: &Schema, body: &Map<String, Value>) -> Result<Document, Fault> {
    let mut found = Document::new();
    for (name, value) in body {
        let Some(attribute) = schema.attribute(name).filter(|attribute| !attribute.is_read_only()) else { continue };
        if let Some(value) = value_of(attribute, value)? {
            found.insert(attribute.name.to_owned(), value);
        }
    }
    Ok(found)
}

/// Nothing when it is blank.
pub fn value_of(attribute: &Attribute, value: &Value) -> Result<Option<Value>, Fault> {
    if !attribute.many {
        return one(attribute, value);
    }
    let elements = match value {
        Value::Null => return Ok(None),
        Value::Array(elements) => elements.as_slice(),
        single => std::slice::from_ref(single),
    };
    let most = most(attribute);
    if elements.len() > most {
        return Err(invalid(attribute, &format!("may have {most} elements at most")));
    }
    let found: Vec<Value> =
        elements.iter().filter_map(|element| one(attribute, element).transpose()).collect::<Result<_, _>>()?;
    if found.iter().filter(|element| element["primary"] == true).count() > 1 {
        return Err(invalid(attribute, "may have one primary element at most"));
    }
    Ok((!found.is_empty()).then_some(Value::Array(found)))
}

/// A single value, or one element of a list.
pub fn one(attribute: &Attribute, value: &Value) -> Result<Option<Value>, Fault> {
    match (attribute.kind, value) {
        (_, Value::Null) => Ok(None),
        (Kind::Complex, Value::Object(parts)) => {
            let mut found = Map::new();
            for (name, value) in parts {
                let Some(part) = attribute.part(name).filter(|part| !part.is_read_only()) else { continue };
                if let Some(value) = one(part, value)? {
                    found.insert(part.name.to_owned(), value);
                }
            }
            Ok((!found.is_empty()).then_some(Value::Object(found)))
        }
        // A bare value where an object should stand, as one client writes managers.
        (Kind::Complex, Value::String(_) | Value::Number(_)) => match attribute.part("value") {
            Some(part) => {
                Ok(one(part, value)?.map(|value| Value::Object([("value".to_owned(), value)].into_iter().collect())))
            }
            None => Err(invalid(attribute, "must be an object")),
        },
        (Kind::Complex, _) => Err(invalid(attribute, "must be an object")),
        (Kind::Flag, Value::Bool(flag)) => Ok(Some(Value::Bool(*flag))),
        (Kind::Flag, Value::String(text)) if text.eq_ignore_ascii_case("true") => Ok(Some(Value::Bool(true))),
        (Kind::Flag, Value::String(text)) if text.eq_ignore_ascii_case("false") => Ok(Some(Value::Bool(false))),
        (Kind::Flag, _) => Err(invalid(attribute, "must be true or false")),
        (_, Value::String(text)) => plain(attribute, text),
        (_, Value::Number(number)) => plain(attribute, &number.to_string()),
        _ => Err(invalid(attribute, "must be a string")),
    }
}

fn plain(attribute: &Attribute, text: &str) -> Result<Option<Value>, Fault> {
    if text.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        return Err(invalid(attribute, "may not have control characters"));
    }
    if text.len() > LONGEST {
        return Err(invalid(attribute, &format!("may have {LONGEST} bytes at most")));
    }
    Ok((!text.is_empty()).then(|| Value::String(text.to_owned())))
}
