//! Filters by custom fields: a span of numbers or dates, the beginning of a text, else one value.
use crate::domain::custom::{FieldKind, form_name, own_name};
use crate::domain::time::days;
use crate::domain::{Catalogue, CustomField, Within};
use crate::panel::dates::Dates;
use crate::panel::ends::Ends;
use std::ops::Bound::{self, Excluded, Included, Unbounded};

/// Whether it is asked for by its two ends.
pub fn is_span(field: &CustomField) -> bool {
    matches!(field.kind, FieldKind::Number | FieldKind::Date)
}

pub fn names(catalogue: &Catalogue) -> impl Iterator<Item = String> {
    catalogue.active().map(|field| form_name(&field.name))
}

/// What a form calls one end of a span.
pub fn end_name(name: &str, end: &str) -> String {
    let between = if own_name(name).is_some() { '.' } else { '_' };
    format!("{name}{between}{end}")
}

/// The field of a filter's name.
pub fn meant<'c>(catalogue: &'c Catalogue, name: &str) -> Option<&'c CustomField> {
    catalogue.named(own_name(name)?)
}

/// Of what is typed; the key of what is wrong with it.
pub fn within(field: &CustomField, raw: &str, dates: &Dates) -> Result<Within, &'static str> {
    let key = |raw: &str| field.parse(raw).map(|value| field.key(&value));
    if !is_span(field) {
        return Ok(match field.kind {
            // Whatever begins so, whether it would be a whole value or not.
            FieldKind::Text | FieldKind::Pattern => Within::beginning(field.key(raw)),
            _ => Within::exactly(key(raw)?),
        });
    }
    let ends = Ends::parse(raw);
    if let Some((is_younger, age)) = ends.age().filter(|_| field.kind == FieldKind::Date) {
        let then = Included(dates.iso_day(&dates.now.minus(days(age.unsigned_abs()))));
        let (from, until) = if is_younger { (then, Unbounded) } else { (Unbounded, then) };
        return Ok(Within { from, until });
    }
    let end = |end: Bound<&str>| match end {
        Included("") | Excluded("") => Err("filter.blank"),
        Included(raw) => key(raw).map(Included),
        Excluded(raw) => key(raw).map(Excluded),
        Unbounded => Ok(Unbounded),
    };
    Ok(Within { from: end(ends.from)?, until: end(ends.until)? })
}
