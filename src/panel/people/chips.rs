//! The filters of a list that are set, each with a way to drop it.
use super::ask::Ask;
use super::ask_fields;
use crate::panel::view::View;

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

fn label(v: &View, ask: &Ask, name: &str) -> String {
    match ask_fields::meant(ask.catalogue(), name) {
        Some((field, Some(end))) => format!("{} {}", v.label(field), v.t(&format!("filter_end.{end}"))),
        Some((field, None)) => v.label(field),
        None => v.t(&format!("filter_name.{name}")),
    }
}

fn worded(v: &View, ask: &Ask, name: &str, value: &str) -> String {
    if let Some((field, _)) = ask_fields::meant(ask.catalogue(), name) {
        return field.parse(value).map_or_else(|_| value.to_owned(), |kept| v.custom_value(field, &kept));
    }
    match name {
        "status" => v.status_label(value),
        "contact" => v.t("people.no_contact"),
        _ if name.ends_with("_from") || name.ends_with("_until") => {
            v.dates.day_start(value).map_or_else(|| value.to_owned(), |day| v.dates.date(&day))
        }
        _ => value.to_owned(),
    }
}
