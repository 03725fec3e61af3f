//! The name of an attribute as clients write it (contract, 2.6 and 3).
use super::attributes::COMMON;
use super::filter::Filter;
use super::grammar;
use super::schema::{Attribute, Schema, Type};
use crate::api::Fault;

/// An attribute or a part of one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Name {
    /// The URN under which its value stands, if that is not the resource itself.
    pub under: Option<&'static str>,
    pub attribute: &'static Attribute,
    pub part: Option<&'static Attribute>,
}

/// What a change is about.
#[derive(Debug, Clone, PartialEq)]
pub enum Path {
    /// A whole extension.
    Extension(&'static Schema),
    Value {
        name: Name,
        /// Which elements of a list.
        among: Option<Filter>,
    },
}

pub fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '$')
}

/// `[urn:]name[.part]`; nothing when there is no such attribute.
pub fn named(kind: &'static Type, raw: &str) -> Option<Name> {
    let (schema, rest) = kind.schema_of(raw).unwrap_or((kind.schema, raw));
    let (first, second) = rest.split_once('.').map_or((rest, None), |(first, second)| (first, Some(second)));
    let common = || COMMON.iter().find(|one| one.is_called(first)).filter(|_| schema == kind.schema);
    let attribute = schema.attribute(first).or_else(common)?;
    let part = match second {
        Some(name) => Some(attribute.part(name)?),
        None => None,
    };
    Some(Name { under: kind.is_extension(schema).then_some(schema.urn), attribute, part })
}

impl Path {
    /// `attribute`, `attribute.part`, `attribute[filter]` or `attribute[filter].part`, or the URN of an extension.
    pub fn parse(kind: &'static Type, raw: &str) -> Result<Self, Fault> {
        let raw = raw.trim();
        let unknown = || Fault::Coded("invalidPath", format!("{} has no attribute {raw:?}.", kind.name));
        if let Some((schema, "")) = kind.schema_of(raw).filter(|(schema, _)| kind.is_extension(schema)) {
            return Ok(Self::Extension(schema));
        }
        let Some((list, rest)) = raw.split_once('[') else {
            return named(kind, raw).map(|name| Self::Value { name, among: None }).ok_or_else(unknown);
        };
        let name = named(kind, list).filter(|name| name.part.is_none()).ok_or_else(unknown)?;
        let (inner, tail) = rest.rsplit_once(']').ok_or_else(unknown)?;
        let part = match tail {
            "" => None,
            tail => {
                let part = tail.strip_prefix('.').and_then(|part| name.attribute.part(part));
                Some(part.ok_or_else(unknown)?)
            }
        };
        let malformed = |fault: Fault| Fault::Coded("invalidPath", fault.message());
        let among = Some(grammar::of_elements(kind, name, inner).map_err(malformed)?);
        Ok(Self::Value { name: Name { part, ..name }, among })
    }
}
