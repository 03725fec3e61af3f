//! Which attributes an answer has (RFC 7644, 3.9; contract, 2.2).
use super::path::{Name, named};
use super::schema::{Document, Type};
use crate::api::Fault;
use serde_json::{Map, Value};

/// These stand in every answer.
const ALWAYS: [&str; 2] = ["id", "schemas"];

/// As clients name them; at most one of the two.
#[derive(Debug, Clone, Default)]
pub struct Select {
    only: Vec<String>,
    without: Vec<String>,
}

impl Select {
    pub fn parse(only: &[String], without: &[String]) -> Result<Self, Fault> {
        let names = |all: &[String]| -> Vec<String> {
            let each = all.iter().flat_map(|one| one.split(','));
            each.map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
        };
        let (only, without) = (names(only), names(without));
        if !only.is_empty() && !without.is_empty() {
            return Err(Fault::value("excludedAttributes", "cannot stand beside attributes"));
        }
        Ok(Self { only, without })
    }

    /// Whether an answer would show this attribute.
    pub fn shows(&self, kind: &'static Type, attribute: &str) -> bool {
        let of = |raw: &String| named(kind, raw).is_some_and(|name| name.attribute.name == attribute);
        let whole =
            |raw: &String| named(kind, raw).is_some_and(|name| name.attribute.name == attribute && name.part.is_none());
        if self.only.is_empty() { !self.without.iter().any(whole) } else { self.only.iter().any(of) }
    }

    pub fn of(&self, kind: &'static Type, mut document: Document) -> Document {
        if !self.only.is_empty() {
            return self.picked(kind, &document);
        }
        for raw in &self.without {
            match (kind.schema_of(raw), named(kind, raw)) {
                (Some((schema, "")), _) => drop(document.remove(schema.urn)),
                (_, Some(name)) if !ALWAYS.contains(&name.attribute.name) => leave_out(&mut document, name),
                _ => {}
            }
        }
        document.retain(|_, value| value.as_object().is_none_or(|map| !map.is_empty()));
        document
    }

    fn picked(&self, kind: &'static Type, document: &Document) -> Document {
        let always = document.iter().filter(|(name, _)| ALWAYS.contains(&name.as_str()));
        let mut found: Document = always.map(|(name, value)| (name.clone(), value.clone())).collect();
        for raw in &self.only {
            match (kind.schema_of(raw), named(kind, raw)) {
                (Some((schema, "")), _) => {
                    found.extend(document.get(schema.urn).map(|value| (schema.urn.to_owned(), value.clone())));
                }
                (_, Some(name)) => pick(&mut found, document, name),
                _ => {}
            }
        }
        found
    }
}

fn holder<'d>(document: &'d Document, name: &Name) -> Option<&'d Map<String, Value>> {
    match name.under {
        Some(urn) => document.get(urn)?.as_object(),
        None => Some(document),
    }
}

fn pick(found: &mut Document, document: &Document, name: Name) {
    let Some(value) = holder(document, &name).and_then(|holder| holder.get(name.attribute.name)) else { return };
    let to = match name.under {
        Some(urn) => found.entry(urn).or_insert_with(|| Value::Object(Map::new())).as_object_mut(),
        None => Some(found),
    };
    let Some(to) = to else { return };
    let Some(part) = name.part else { return drop(to.insert(name.attribute.name.to_owned(), value.clone())) };
    let of = |map: &Value| map.get(part.name).map(|value| (part.name.to_owned(), value.clone()));
    match (value, to.get_mut(name.attribute.name)) {
        (Value::Array(list), Some(Value::Array(picked))) => {
            for (from, to) in list.iter().zip(picked.iter_mut().filter_map(Value::as_object_mut)) {
                to.extend(of(from));
            }
        }
        (from, Some(Value::Object(picked))) => picked.extend(of(from)),
        (Value::Array(list), _) => {
            let picked = list.iter().map(|from| Value::Object(of(from).into_iter().collect()));
            to.insert(name.attribute.name.to_owned(), picked.collect());
        }
        (from, _) => drop(to.insert(name.attribute.name.to_owned(), Value::Object(of(from).into_iter().collect()))),
    }
}

fn leave_out(document: &mut Document, name: Name) {
    let from = match name.under {
        Some(urn) => document.get_mut(urn).and_then(Value::as_object_mut),
        None => Some(document),
    };
    let Some(from) = from else { return };
    match (name.part, from.get_mut(name.attribute.name)) {
        (None, _) => drop(from.remove(name.attribute.name)),
        (Some(part), Some(Value::Array(list))) => {
            list.iter_mut().filter_map(Value::as_object_mut).for_each(|element| drop(element.remove(part.name)));
        }
        (Some(part), Some(Value::Object(parts))) => drop(parts.remove(part.name)),
        _ => {}
    }
}
