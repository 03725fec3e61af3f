//! The filters of a list that are set, each with a way to drop it.
use super::ask::{Ask, SPANS};
use super::ask_fields;
use crate::domain::custom::FieldKind;
use crate::panel::ends::Ends;
use crate::panel::view::View;
use std::ops::Bound::{Excluded, Included, Unbounded};

pub struct Chip {
    pub label: String,
    pub value: String,
    pub without: String,
}

/// All but the role, which has tabs.
pub fn chips(v: &View, ask: &Ask) -> Vec<Chip> {
    let set = ask.set_filters().into_iter().filter(|(name, _)| name != "role");
    let chip = |(name, value): (String, &str)| Chip {
        label: label(v, ask, &name),
        value: worded(v, ask, &name, value),
        without: ask.link(&[(&name, "")]),
    };
    set.map(chip).collect()
}

/// What a filter is called.
pub fn label(v: &View, ask: &Ask, name: &str) -> String {
    match ask_fields::meant(ask.catalogue(), name) {
        Some(field) => v.label(field),
        None => v.t(&format!("filter_name.{name}")),
    }
}

fn worded(v: &View, ask: &Ask, name: &str, value: &str) -> String {
    if let Some(field) = ask_fields::meant(ask.catalogue(), name) {
        let shown = |raw: &str| field.parse(raw).map_or_else(|_| raw.to_owned(), |kept| v.custom_value(field, &kept));
        return match field.kind {
            FieldKind::Number => numbers(value, shown),
            FieldKind::Date => span(v, value, shown),
            _ => shown(value),
        };
    }
    match name {
        "status" => v.status_label(value),
        "contact" => v.t("people.no_contact"),
        _ if SPANS.contains(&name) => days(v, value),
        _ => value.to_owned(),
    }
}

/// A span of days in words.
pub fn days(v: &View, raw: &str) -> String {
    span(v, raw, |day| v.dates.day(day))
}

fn numbers(raw: &str, shown: impl Fn(&str) -> String) -> String {
    let ends = Ends::parse(raw);
    match (ends.from, ends.until) {
        (Included(from), Included(until)) if from == until => shown(from),
        (Included(from), Included(until)) => format!("{} – {}", shown(from), shown(until)),
        (Included(from), Unbounded) => format!("≥ {}", shown(from)),
        (Excluded(from), Unbounded) => format!("> {}", shown(from)),
        (Unbounded, Included(until)) => format!("≤ {}", shown(until)),
        (Unbounded, Excluded(until)) => format!("< {}", shown(until)),
        _ => raw.to_owned(),
    }
}

fn span(v: &View, raw: &str, shown: impl Fn(&str) -> String) -> String {
    let ends = Ends::parse(raw);
    if let Some((is_younger, age)) = ends.age() {
        return v.count(if is_younger { "span.younger" } else { "span.older" }, age);
    }
    match (ends.from, ends.until) {
        (Included(from), Included(until)) if from == until => shown(from),
        (Included(from), Included(until)) => format!("{} – {}", shown(from), shown(until)),
        (Included(from), Unbounded) => v.about("span.from", &shown(from)),
        (Excluded(from), Unbounded) => v.about("span.after", &shown(from)),
        (Unbounded, Included(until)) => v.about("span.until", &shown(until)),
        (Unbounded, Excluded(until)) => v.about("span.before", &shown(until)),
        _ => raw.to_owned(),
    }
}
