//! Filters and orders as questions to the database (contract, 2.3 and 3).
use super::attributes::{GROUP, USER};
use super::filter::Filter;
use super::path::{Name, named};
use super::schema::{Attribute, Kind, Type};
use crate::api::Fault;
use crate::domain::condition::{Condition, How, Trait};
use crate::domain::{Time, fold};
use serde_json::Value;

/// Asked of this kind of resource.
pub fn of(kind: &'static Type, filter: &Filter) -> Result<Condition, Fault> {
    Ok(match filter {
        Filter::All(parts) => Condition::All(parts.iter().map(|part| of(kind, part)).collect::<Result<_, _>>()?),
        Filter::Any(parts) => Condition::Any(parts.iter().map(|part| of(kind, part)).collect::<Result<_, _>>()?),
        Filter::Not(inner) => Condition::none_of(of(kind, inner)?),
        Filter::Present(None) | Filter::Element(None, _) => Condition::Is(false),
        Filter::Compare(None, how, value) => Condition::Is(how.with_nothing(value.is_null())),
        Filter::Present(Some(name)) => question(kind, *name, &Asked::Present)?,
        Filter::Compare(Some(name), how, value) => match value {
            // Null stands for what is not there.
            Value::Null if *how == How::Equal => Condition::none_of(question(kind, *name, &Asked::Present)?),
            Value::Null => question(kind, *name, &Asked::Present)?,
            value => question(kind, *name, &Asked::Value(*how, value.clone()))?,
        },
        Filter::Element(Some(name), inner) => element(kind, *name, inner)?,
    })
}

/// What is asked of one value.
enum Asked {
    Present,
    Value(How, Value),
}

/// Where the values of an attribute stand.
enum Place {
    Columns(&'static [Trait]),
    /// The same of all.
    Is(&'static str),
    /// With the house, the first element of a list; others are kept with the person.
    First(Trait),
    Kept,
    InGroups,
    Members,
    Nowhere,
}

fn place(kind: &'static Type, name: Name) -> Place {
    use Trait as T;
    let part = name.part.map_or("", |part| part.name);
    if (name.attribute.name, part) == ("meta", "resourceType") {
        return Place::Is(kind.name);
    }
    if kind == &GROUP {
        return match (name.attribute.name, part) {
            ("id", _) => Place::Columns(&[T::GroupId]),
            ("externalId", _) => Place::Columns(&[T::GroupExternalId]),
            ("displayName", _) => Place::Columns(&[T::GroupName]),
            ("meta", "created") => Place::Columns(&[T::GroupCreated]),
            ("meta", "lastModified") => Place::Columns(&[T::GroupChanged]),
            ("members", "" | "value") => Place::Members,
            _ => Place::Nowhere,
        };
    }
    match (name.attribute.name, part) {
        ("id", _) => Place::Columns(&[T::Id]),
        ("externalId", _) => Place::Columns(&[T::ExternalId]),
        ("meta", "created") => Place::Columns(&[T::Created]),
        ("meta", "lastModified") => Place::Columns(&[T::Changed]),
        ("meta" | "password", _) => Place::Nowhere,
        ("userName", _) => Place::Columns(&[T::Login]),
        ("displayName", _) | ("name", "formatted") => Place::Columns(&[T::Name]),
        ("name", "givenName") => Place::Columns(&[T::FirstName]),
        ("name", "familyName") => Place::Columns(&[T::LastName]),
        ("name", "") => Place::Columns(&[T::Name, T::FirstName, T::LastName]),
        ("title", _) => Place::Columns(&[T::Title]),
        ("preferredLanguage", _) => Place::Columns(&[T::Language]),
        ("timezone", _) => Place::Columns(&[T::Timezone]),
        ("active", _) => Place::Columns(&[T::Active]),
        ("organization", _) => Place::Columns(&[T::Organisation]),
        ("emails", _) => Place::First(T::Email),
        ("phoneNumbers", _) => Place::First(T::Phone),
        ("roles", _) => Place::First(T::Role),
        ("groups", "" | "value") => Place::InGroups,
        ("groups", _) => Place::Nowhere,
        _ => Place::Kept,
    }
}

fn question(kind: &'static Type, name: Name, asked: &Asked) -> Result<Condition, Fault> {
    let attribute = name.part.unwrap_or(name.attribute);
    Ok(match place(kind, name) {
        Place::Nowhere => Condition::Is(false),
        Place::Is(told) => match asked {
            Asked::Present => Condition::Is(true),
            Asked::Value(how, value) => Condition::Is(how.between(told, value.as_str().unwrap_or_default())),
        },
        Place::Columns(columns) => {
            let each = columns.iter().map(|column| compared(*column, attribute, asked));
            Condition::Any(each.collect::<Result<_, _>>()?)
        }
        Place::InGroups => numbers(asked, Condition::InGroup),
        Place::Members => numbers(asked, Condition::Holds),
        Place::First(_) | Place::Kept => {
            let part = name.part.or_else(|| name.attribute.part("value"));
            let inner = match (part, asked) {
                (Some(part), Asked::Value(how, value)) => {
                    Filter::Compare(Some(Name { part: Some(part), ..name }), *how, value.clone())
                }
                (Some(part), Asked::Present) => Filter::Present(Some(Name { part: Some(part), ..name })),
                (None, Asked::Present) if name.attribute.kind == Kind::Complex => {
                    return Ok(Condition::kept(name.attribute.name, false, Condition::Is(true)));
                }
                // A simple attribute is kept as an element with nothing but a value.
                (None, asked) => {
                    let each = compared(Trait::Part("value"), attribute, asked)?;
                    return Ok(Condition::kept(name.attribute.name, false, each));
                }
            };
            element(kind, name, &inner)?
        }
    })
}

/// Numbers of groups or members; what is none is nobody's.
fn numbers(asked: &Asked, of: fn(Option<i64>) -> Condition) -> Condition {
    match asked {
        Asked::Value(How::Equal, value) => {
            let number = value.as_i64().or_else(|| value.as_str()?.parse().ok());
            number.map_or(Condition::Is(false), |number| of(Some(number)))
        }
        Asked::Present => of(None),
        Asked::Value(..) => Condition::Is(false),
    }
}

/// One element of the list for which all of it holds.
fn element(kind: &'static Type, name: Name, inner: &Filter) -> Result<Condition, Fault> {
    let list = name.attribute.name;
    match place(kind, Name { part: None, ..name }) {
        Place::InGroups => within(inner, &|_, asked| Ok(numbers(asked, Condition::InGroup))),
        Place::Members => within(inner, &|_, asked| Ok(numbers(asked, Condition::Holds))),
        Place::Nowhere => Ok(Condition::Is(false)),
        Place::Columns(_) | Place::Is(_) => {
            within(inner, &|part, asked| question(kind, Name { part: Some(part), ..name }, asked))
        }
        Place::Kept => {
            let each = within(inner, &|part, asked| compared(Trait::Part(part.name), part, asked))?;
            Ok(Condition::kept(list, false, each))
        }
        Place::First(column) => {
            let first = within(inner, &|part, asked| match part.name {
                "value" => compared(column, part, asked),
                "type" => compared(Trait::Beside { list, part: "type", otherwise: usual_type(list) }, part, asked),
                "primary" => compared(Trait::Beside { list, part: "primary", otherwise: "true" }, part, asked),
                _ => compared(Trait::Beside { list, part: part.name, otherwise: "" }, part, asked),
            })?;
            let others = within(inner, &|part, asked| compared(Trait::Part(part.name), part, asked))?;
            let first = Condition::all([Condition::Known(column), first]);
            Ok(Condition::any([first, Condition::kept(list, true, others)]))
        }
    }
}

/// Of the house's own element, unless somebody said otherwise.
pub fn usual_type(list: &str) -> &'static str {
    if list == "roles" { "rollcall" } else { "work" }
}

fn within(
    inner: &Filter,
    ask: &dyn Fn(&'static Attribute, &Asked) -> Result<Condition, Fault>,
) -> Result<Condition, Fault> {
    let all = |parts: &[Filter]| parts.iter().map(|part| within(part, ask)).collect::<Result<Vec<_>, _>>();
    let part = |name: &Option<Name>| name.and_then(|name| name.part);
    Ok(match inner {
        Filter::All(parts) => Condition::All(all(parts)?),
        Filter::Any(parts) => Condition::Any(all(parts)?),
        Filter::Not(inner) => Condition::none_of(within(inner, ask)?),
        Filter::Present(name) => part(name).map_or(Ok(Condition::Is(false)), |part| ask(part, &Asked::Present))?,
        Filter::Compare(name, how, value) => match (part(name), value) {
            (None, value) => Condition::Is(how.with_nothing(value.is_null())),
            (Some(part), Value::Null) if *how == How::Equal => Condition::none_of(ask(part, &Asked::Present)?),
            (Some(part), Value::Null) => ask(part, &Asked::Present)?,
            (Some(part), value) => ask(part, &Asked::Value(*how, value.clone()))?,
        },
        Filter::Element(..) => Condition::Is(false),
    })
}

fn compared(of: Trait, attribute: &Attribute, asked: &Asked) -> Result<Condition, Fault> {
    let Asked::Value(how, value) = asked else { return Ok(Condition::Known(of)) };
    let how = *how;
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    match of {
        Trait::Created | Trait::Changed | Trait::GroupCreated | Trait::GroupChanged => {
            let time = Time::parse(&text);
            let time = time.ok_or_else(|| Fault::Coded("invalidFilter", format!("{text:?} is no moment.")))?;
            Ok(match how {
                How::Contains | How::Begins | How::Ends => Condition::Is(false),
                how => Condition::Number { of, how, value: time.micros() },
            })
        }
        Trait::Id | Trait::GroupId if how == How::Equal => {
            let same = text.parse::<i64>().ok().filter(|id| id.to_string() == text);
            Ok(same.map_or(Condition::Is(false), |value| Condition::Number { of, how, value }))
        }
        of => {
            let exact = attribute.exact;
            let value = if exact { text } else { fold(&text) };
            Ok(Condition::Text { of, how, value, exact })
        }
    }
}

/// By what a list is sorted; nothing for what has no order.
pub fn order(kind: &'static Type, raw: &str) -> Option<Trait> {
    let name = named(kind, raw)?;
    let part = name.part.map_or("", |part| part.name);
    match place(kind, name) {
        Place::Columns(columns) => columns.first().copied(),
        Place::First(column) if matches!(part, "" | "value") => Some(column),
        Place::Kept | Place::First(_) => {
            let part = name.part.map_or("value", |part| part.name);
            (kind == &USER).then_some(Trait::Beside { list: name.attribute.name, part, otherwise: "" })
        }
        Place::InGroups | Place::Members | Place::Is(_) | Place::Nowhere => None,
    }
}
