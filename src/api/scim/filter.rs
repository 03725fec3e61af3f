//! Filters as trees, and held against one element of a list. Lists of resources are filtered by the database, see
//! [`super::conditions`].
use super::path::Name;
use super::schema::Attribute;
use crate::domain::condition::How;
use crate::domain::fold;
use serde_json::Value;

#[derive(Debug, Clone, PartialEq)]
pub enum Filter {
    All(Vec<Self>),
    Any(Vec<Self>),
    Not(Box<Self>),
    Compare(Option<Name>, How, Value),
    Present(Option<Name>),
    /// Of a list, one element for which this holds; inside, names are those of its parts.
    Element(Option<Name>, Box<Self>),
}

impl Filter {
    /// Whether it holds for one element of a list.
    pub fn holds(&self, element: &Value) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.holds(element)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(element)),
            Self::Not(inner) => !inner.holds(element),
            Self::Present(name) => part_of(*name, element).is_some(),
            Self::Compare(name, how, value) => match (name.and_then(|name| name.part), part_of(*name, element)) {
                (_, Some(_)) if value.is_null() => *how == How::Unequal,
                (Some(part), Some(found)) => how.between(&comparable(found, part), &comparable(value, part)),
                _ => how.with_nothing(value.is_null()),
            },
            Self::Element(..) => false,
        }
    }

    /// What an element must have so that it holds, when it says just that.
    pub fn wanted(&self) -> Option<Vec<(&'static str, Value)>> {
        match self {
            Self::All(parts) => {
                Some(parts.iter().map(Self::wanted).collect::<Option<Vec<_>>>()?.into_iter().flatten().collect())
            }
            Self::Compare(Some(Name { part: Some(part), .. }), How::Equal, value) if !value.is_null() => {
                Some(vec![(part.name, value.clone())])
            }
            _ => None,
        }
    }
}

fn part_of(name: Option<Name>, element: &Value) -> Option<&Value> {
    element.get(name?.part?.name).filter(|value| !value.is_null())
}

fn comparable(value: &Value, attribute: &Attribute) -> String {
    match value {
        Value::String(text) if attribute.exact => text.clone(),
        Value::String(text) => fold(text),
        other => other.to_string(),
    }
}
