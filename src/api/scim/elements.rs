//! PATCH of what has several elements (contract, 2.6, 7 and 8.6).
use super::filter::Filter;
use super::given;
use super::patch::{Op, coded};
use super::path::Name;
use super::schema::Attribute;
use crate::api::Fault;
use serde_json::{Map, Value, json};

/// The list itself, or those of its elements that are meant.
pub fn change(
    holder: &mut Map<String, Value>,
    op: Op,
    name: Name,
    among: Option<&Filter>,
    value: &Value,
) -> Result<(), Fault> {
    let attribute = name.attribute;
    let mut list = match holder.remove(attribute.name) {
        Some(Value::Array(list)) => list,
        _ => vec![],
    };
    match (op, name.part, among) {
        (Op::Remove, None, None) => match given::value_of(attribute, value)? {
            // One client names whom to remove in the value.
            Some(Value::Array(named)) => list.retain(|one| !named.iter().any(|gone| is_same(one, gone))),
            _ => list.clear(),
        },
        (Op::Add, None, None) => {
            for new in given::value_of(attribute, value)?.as_ref().and_then(Value::as_array).into_iter().flatten() {
                put(&mut list, new.clone());
            }
        }
        (Op::Replace, None, None) => match given::value_of(attribute, value)? {
            Some(Value::Array(new)) => list = new,
            _ => list.clear(),
        },
        (Op::Remove, part, among) => remove_among(&mut list, attribute, part, among)?,
        (_, part, among) => write_among(&mut list, (attribute, part), among, value)?,
    }
    list.retain(|element| element.as_object().is_some_and(|parts| !parts.is_empty()));
    let most = given::most(attribute);
    if list.len() > most {
        return Err(Fault::value(attribute.name, format!("may have {most} elements at most")));
    }
    if !list.is_empty() {
        holder.insert(attribute.name.to_owned(), Value::Array(list));
    }
    Ok(())
}

/// Members and the like are the same by their value.
fn is_same(one: &Value, other: &Value) -> bool {
    match (one.get("value"), other.get("value")) {
        (Some(one), Some(other)) => one == other,
        _ => one == other,
    }
}

/// At the end, unless it is there; a new primary one is the only one.
fn put(list: &mut Vec<Value>, new: Value) {
    let covers =
        |one: &Value| new.as_object().is_some_and(|new| new.iter().all(|(name, value)| one.get(name) == Some(value)));
    if list.iter().any(covers) {
        return;
    }
    if new["primary"] == true {
        demote(list, None);
    }
    list.push(new);
}

fn demote(list: &mut [Value], but: Option<usize>) {
    let others = list.iter_mut().enumerate().filter(|(place, _)| Some(*place) != but);
    for primary in others.filter_map(|(_, element)| element.get_mut("primary")) {
        *primary = json!(false);
    }
}

fn remove_among(
    list: &mut Vec<Value>,
    attribute: &Attribute,
    part: Option<&'static Attribute>,
    among: Option<&Filter>,
) -> Result<(), Fault> {
    let meant = |element: &Value| among.is_none_or(|filter| filter.holds(element));
    if among.is_some() && !list.iter().any(meant) && attribute.name != "members" {
        return Err(coded("noTarget", format!("No element of {} is meant.", attribute.name)));
    }
    match part {
        None => list.retain(|element| !meant(element)),
        Some(part) => {
            for element in list.iter_mut().filter(|element| meant(element)).filter_map(Value::as_object_mut) {
                element.remove(part.name);
            }
        }
    }
    Ok(())
}

fn write_among(
    list: &mut Vec<Value>,
    (attribute, part): (&Attribute, Option<&'static Attribute>),
    among: Option<&Filter>,
    value: &Value,
) -> Result<(), Fault> {
    let new = match part {
        Some(part) => given::one(part, value)?.map(|value| json!({ part.name: value })),
        None => given::one(attribute, value)?,
    };
    let Some(Value::Object(new)) = new else { return Ok(()) };
    let meant: Vec<usize> =
        (0..list.len()).filter(|place| among.is_none_or(|filter| filter.holds(&list[*place]))).collect();
    if meant.is_empty() {
        let wanted = among.map_or(Some(vec![]), Filter::wanted);
        let Some(wanted) = wanted else {
            return Err(coded("noTarget", format!("No element of {} is meant.", attribute.name)));
        };
        let mut made: Map<String, Value> = wanted.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        made.extend(new);
        put(list, Value::Object(made));
        return Ok(());
    }
    let is_primary = new.get("primary") == Some(&json!(true));
    for place in &meant {
        if let Some(element) = list[*place].as_object_mut() {
            element.extend(new.clone());
        }
    }
    if is_primary {
        demote(list, meant.last().copied());
    }
    Ok(())
}
