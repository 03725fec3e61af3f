//! Filters by custom fields: one value for most, two ends for numbers and dates.
use crate::domain::custom::FieldKind;
use crate::domain::{Catalogue, CustomField, Error, Result, Within};

/// Whether it is asked for by its two ends.
pub fn is_span(field: &CustomField) -> bool {
    matches!(field.kind, FieldKind::Number | FieldKind::Date)
}

/// The names that its filter has in an address.
pub fn names_of(field: &CustomField) -> Vec<String> {
    let name = field.form_name();
    if is_span(field) { vec![format!("{name}.from"), format!("{name}.until")] } else { vec![name] }
}

pub fn names(catalogue: &Catalogue) -> impl Iterator<Item = String> {
    catalogue.active().flat_map(names_of)
}

/// The field of a filter's name, and which end it is.
pub fn meant<'c>(catalogue: &'c Catalogue, name: &str) -> Option<(&'c CustomField, Option<&'static str>)> {
    let bare = name.strip_prefix("field.")?;
    let ends = [(".from", Some("from")), (".until", Some("until"))];
    let split = ends.into_iter().find_map(|(end, which)| Some((bare.strip_suffix(end)?, which)));
    let (own, which) = split.unwrap_or((bare, None));
    Some((catalogue.named(own)?, which))
}

/// The set filters by field; one that cannot be read is refused.
pub fn understand<'a>(catalogue: &Catalogue, get: impl Fn(&str) -> &'a str) -> Result<Vec<(i64, Within)>> {
    let mut wanted = vec![];
    for field in catalogue.active() {
        let key = |raw: &str| field.parse(raw).map(|value| field.key(&value)).map_err(Error::Malformed);
        let set: Vec<String> = names_of(field);
        let typed: Vec<&str> = set.iter().map(|name| get(name)).collect();
        let within = match typed.as_slice() {
            all if all.iter().all(|raw| raw.is_empty()) => continue,
            [from, until] => {
                let end = |raw: &str| if raw.is_empty() { Ok(None) } else { key(raw).map(Some) };
                Within { from: end(from)?, until: end(until)? }
            }
            [raw, ..] => match field.kind {
                // Whatever begins so, whether it would be a whole value or not.
                FieldKind::Text | FieldKind::Pattern => Within::beginning(field.key(raw)),
                _ => Within::exactly(key(raw)?),
            },
            [] => continue,
        };
        wanted.push((field.id, within));
    }
    Ok(wanted)
}
