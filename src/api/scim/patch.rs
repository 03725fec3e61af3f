//! PATCH: operations done to a resource one after the other (RFC 7644, 3.5.2; contract, 2.6, 7 and 8).
use super::elements;
use super::filter::Filter;
use super::given;
use super::path::{Name, Path};
use super::schema::{Attribute, Document, Kind, Mutability, Type};
use crate::api::Fault;
use serde_json::{Map, Value, json};

const MOST: usize = 1_000;
const MESSAGE: &str = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Op {
    Add,
    Replace,
    Remove,
}

pub fn coded(code: &'static str, message: impl Into<String>) -> Fault {
    Fault::Coded(code, message.into())
}

/// All of them, or the first error.
pub fn apply(kind: &'static Type, document: &mut Document, body: &Map<String, Value>) -> Result<(), Fault> {
    let get = |map: &Map<String, Value>, name: &str| {
        map.iter().find(|(one, _)| one.eq_ignore_ascii_case(name)).map(|(_, value)| value.clone())
    };
    let schemas = get(body, "schemas").unwrap_or_default();
    if !schemas.as_array().is_some_and(|urns| urns.iter().any(|urn| urn == MESSAGE)) {
        return Err(Fault::Body(format!("schemas must be [\"{MESSAGE}\"].")));
    }
    let Some(Value::Array(operations)) = get(body, "Operations") else {
        return Err(Fault::Body("Operations must be an array.".into()));
    };
    if operations.is_empty() || operations.len() > MOST {
        return Err(Fault::Body(format!("Operations must have 1 to {MOST} elements.")));
    }
    for operation in &operations {
        let Value::Object(operation) = operation else {
            return Err(Fault::Body("Each of Operations must be an object.".into()));
        };
        let op = match get(operation, "op").as_ref().and_then(Value::as_str).map(str::to_ascii_lowercase).as_deref() {
            Some("add") => Op::Add,
            Some("replace") => Op::Replace,
            Some("remove") => Op::Remove,
            _ => return Err(Fault::Body("op must be add, replace or remove.".into())),
        };
        let value = get(operation, "value").unwrap_or_default();
        match get(operation, "path") {
            Some(Value::String(path)) if !path.trim().is_empty() => {
                change(document, op, &Path::parse(kind, &path)?, &value)?;
            }
            None | Some(Value::Null | Value::String(_)) => whole(kind, document, op, &value)?,
            Some(_) => return Err(coded("invalidPath", "path must be a string.")),
        }
    }
    Ok(())
}

/// Without a path: each key is one, dotted or with a URN as some clients write them.
fn whole(kind: &'static Type, document: &mut Document, op: Op, value: &Value) -> Result<(), Fault> {
    if op == Op::Remove {
        return Err(coded("noTarget", "What to remove is not said: path is missing."));
    }
    let Value::Object(values) = value else {
        return Err(Fault::value("value", "must be an object when there is no path"));
    };
    for (key, value) in values {
        let Ok(path) = Path::parse(kind, key) else { continue };
        if let Path::Value { name, .. } = &path
            && name.attribute.is_read_only()
        {
            let told = document.get(name.attribute.name).filter(|_| name.attribute.name == "id");
            if told.is_some_and(|told| told != value) {
                return Err(coded("mutability", "id cannot be changed."));
            }
            continue;
        }
        change(document, op, &path, value)?;
    }
    Ok(())
}

fn change(document: &mut Document, op: Op, path: &Path, value: &Value) -> Result<(), Fault> {
    let (name, among) = match path {
        Path::Value { name, among } => (*name, among.as_ref()),
        Path::Extension(schema) => {
            if op == Op::Remove {
                document.remove(schema.urn);
                return Ok(());
            }
            let Value::Object(values) = value else { return Err(Fault::value(schema.urn, "must be an object")) };
            for attribute in schema.attributes {
                let Some((_, value)) = values.iter().find(|(key, _)| attribute.is_called(key)) else { continue };
                let name = Name { under: Some(schema.urn), attribute, part: None };
                change(document, op, &Path::Value { name, among: None }, value)?;
            }
            return Ok(());
        }
    };
    may_change(name, op, among.is_some())?;
    let holder = match name.under {
        Some(urn) => document.entry(urn).or_insert_with(|| json!({})).as_object_mut(),
        None => Some(&mut *document),
    };
    let Some(holder) = holder else { return Ok(()) };
    if name.attribute.many {
        elements::change(holder, op, name, among, value)
    } else {
        single(holder, op, name, among, value)
    }?;
    if let Some(urn) = name.under
        && document.get(urn).and_then(Value::as_object).is_some_and(Map::is_empty)
    {
        document.remove(urn);
    }
    Ok(())
}

fn may_change(Name { attribute, part, .. }: Name, op: Op, among: bool) -> Result<(), Fault> {
    let part_is_fixed = part.is_some_and(|part| part.mutability != Mutability::ReadWrite);
    let elements_are_fixed = attribute.parts.iter().any(|part| part.mutability == Mutability::Immutable);
    if attribute.is_read_only() || part_is_fixed || (elements_are_fixed && among && op == Op::Replace) {
        return Err(coded("mutability", format!("{} cannot be changed.", part.unwrap_or(attribute).name)));
    }
    if op == Op::Remove && attribute.required && part.is_none() {
        return Err(coded("mutability", format!("{} is required.", attribute.name)));
    }
    Ok(())
}

fn single(
    holder: &mut Map<String, Value>,
    op: Op,
    Name { attribute, part, .. }: Name,
    among: Option<&Filter>,
    value: &Value,
) -> Result<(), Fault> {
    if among.is_some() {
        return Err(coded("invalidPath", format!("{} is no list.", attribute.name)));
    }
    if let Some(part) = part {
        let parts = holder.entry(attribute.name).or_insert_with(|| json!({}));
        let Some(parts) = parts.as_object_mut() else { return Ok(()) };
        write(parts, op, part, value)?;
        if parts.is_empty() {
            holder.remove(attribute.name);
        }
        return Ok(());
    }
    match (op, attribute.kind, holder.get_mut(attribute.name)) {
        (Op::Add | Op::Replace, Kind::Complex, Some(Value::Object(now))) if value.is_object() => {
            if let Some(Value::Object(new)) = given::one(attribute, value)? {
                now.extend(new);
            }
            Ok(())
        }
        _ => write(holder, op, attribute, value),
    }
}

/// What is blank is unassigned.
fn write(holder: &mut Map<String, Value>, op: Op, attribute: &Attribute, value: &Value) -> Result<(), Fault> {
    let value = if op == Op::Remove { None } else { given::one(attribute, value)? };
    match value {
        Some(value) => drop(holder.insert(attribute.name.to_owned(), value)),
        None if attribute.required => {
            return Err(Fault::value(attribute.name, "is required"));
        }
        None => drop(holder.remove(attribute.name)),
    }
    Ok(())
}
