//! Custom fields: what a house wants to know of people beyond what everybody asks.
mod catalogue;
mod kind;
mod value;

pub use catalogue::Catalogue;
pub use kind::{Audience, FieldKind};

use super::{fold, text};
use value::{date, number, sortable, written, yes_no};

/// A text in both languages; one of them may be empty.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Bilingual {
    pub en: String,
    pub zh: String,
}

impl Bilingual {
    /// In the language of this tag, else in the other.
    pub fn in_language(&self, tag: &str) -> &str {
        let (first, second) = if tag == "zh" { (&self.zh, &self.en) } else { (&self.en, &self.zh) };
        if first.is_empty() { second } else { first }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct CustomField {
    pub id: i64,
    /// In forms, files and queries; never changes.
    pub name: String,
    pub kind: FieldKind,
    pub audience: Audience,
    /// Only staff see and fill it.
    pub staff_only: bool,
    pub required: bool,
    pub label: Bilingual,
    pub help: Bilingual,
    /// The value that new people start with.
    pub initial: String,
    pub choices: Vec<String>,
    pub pattern: String,
    /// Kept, but no longer asked for or shown.
    pub retired: bool,
    pub version: i64,
}

/// What stands before the name of a custom field wherever built-in ones stand beside it.
const PREFIX: &str = "field.";

pub fn form_name(name: &str) -> String {
    format!("{PREFIX}{name}")
}

/// The name behind [`form_name`], of a custom field only.
pub fn own_name(form_name: &str) -> Option<&str> {
    form_name.strip_prefix(PREFIX)
}

/// Between several choices in one cell or one line of the history.
const BETWEEN: &str = "; ";

impl CustomField {
    pub fn form_name(&self) -> String {
        form_name(&self.name)
    }

    /// The value as it is kept, or the key of what is wrong; nothing for a blank.
    pub fn parse(&self, raw: &str) -> Result<String, &'static str> {
        self.parse_over("", raw)
    }

    /// The same over a kept value: what is there already may stay, though it would no longer be taken.
    pub fn parse_over(&self, kept: &str, raw: &str) -> Result<String, &'static str> {
        if !kept.is_empty() && raw.trim() == kept {
            return Ok(kept.to_owned());
        }
        let raw = text::line(&raw.replace('\n', ";"), 2_000)?;
        if raw.trim_matches([';', ' ']).is_empty() {
            return Ok(String::new());
        }
        match self.kind {
            FieldKind::Text => text::line(&raw, 500),
            FieldKind::Number => number(&raw).map(written),
            FieldKind::Date => date(&raw),
            FieldKind::YesNo => yes_no(&raw).map(|yes| if yes { "yes" } else { "no" }.to_owned()),
            FieldKind::Choice => choice(&self.choices, &raw),
            FieldKind::Choices => several(&self.offered(kept), &raw),
            FieldKind::Pattern => self.matching(&raw),
        }
    }

    /// The choices, and what is kept of former ones.
    pub fn offered(&self, kept: &str) -> Vec<String> {
        let mut all = self.choices.clone();
        let former =
            self.parts(kept).into_iter().filter(|one| !one.is_empty() && !self.choices.iter().any(|c| c == one));
        all.extend(former.map(str::to_owned).collect::<Vec<_>>());
        all
    }

    fn matching(&self, raw: &str) -> Result<String, &'static str> {
        let value = text::line(raw, 500)?;
        let fits = whole_pattern(&self.pattern).is_some_and(|pattern| pattern.is_match(&value));
        if fits { Ok(value) } else { Err("custom.pattern") }
    }

    /// The single values of a kept one.
    pub fn parts<'a>(&self, value: &'a str) -> Vec<&'a str> {
        if self.kind == FieldKind::Choices { value.split(BETWEEN).collect() } else { vec![value] }
    }

    /// The text by which a single kept value is compared and sorted.
    pub fn key(&self, part: &str) -> String {
        match self.kind {
            FieldKind::Number => number(part).map_or_else(|_| String::new(), sortable),
            FieldKind::Date | FieldKind::YesNo => part.to_owned(),
            _ => fold(part).chars().take(200).collect(),
        }
    }
}

fn choice(offered: &[String], raw: &str) -> Result<String, &'static str> {
    let meant = fold(raw);
    offered.iter().find(|one| fold(one) == meant).cloned().ok_or("custom.choice")
}

/// In the order of the choices, each once.
fn several(offered: &[String], raw: &str) -> Result<String, &'static str> {
    let parts = raw.split([';', '；']).filter(|part| !part.trim().is_empty());
    let chosen = parts.map(|part| choice(offered, part)).collect::<Result<Vec<_>, _>>()?;
    Ok(offered.iter().filter(|one| chosen.contains(one)).cloned().collect::<Vec<_>>().join(BETWEEN))
}

/// Compiled in bounded memory, for whole values; nothing when it is no pattern.
pub fn whole_pattern(pattern: &str) -> Option<regex::Regex> {
    let compiled = |text: &str| regex::RegexBuilder::new(text).size_limit(1 << 20).build().ok();
    // Alone first: a stray bracket must not close ours.
    compiled(pattern).and_then(|_| compiled(&format!("^(?:{pattern})$")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(kind: FieldKind) -> CustomField {
        CustomField {
            id: 1,
            name: "x".into(),
            kind,
            audience: Audience::All,
            staff_only: false,
            required: false,
            label: Bilingual::default(),
            help: Bilingual::default(),
            initial: String::new(),
            choices: vec!["Gold".into(), "银".into()],
            pattern: "[A-Z]{2}-\\d+".into(),
            retired: false,
            version: 1,
        }
    }

    #[test]
    fn each_kind_reads_what_people_type_and_refuses_the_rest() {
        let read = |kind, raw| field(kind).parse(raw);
        assert_eq!(read(FieldKind::Number, " -００12.50 "), Ok("-12.5".into()));
        assert_eq!(read(FieldKind::Date, "2026/11/21"), Ok("2026-11-21".into()));
        assert_eq!(read(FieldKind::YesNo, "是"), Ok("yes".into()));
        assert_eq!(read(FieldKind::Choice, "GOLD"), Ok("Gold".into()));
        assert_eq!(read(FieldKind::Choices, "银\ngold\n银"), Ok("Gold; 银".into()));
        assert_eq!(read(FieldKind::Pattern, "AB-12"), Ok("AB-12".into()));
        for (kind, raw, key) in [
            (FieldKind::Number, "12,5", "custom.number"),
            (FieldKind::Number, "1e9", "custom.number"),
            (FieldKind::Number, ".", "custom.number"),
            (FieldKind::Date, "2026-02-30", "custom.date"),
            (FieldKind::YesNo, "maybe", "custom.yes_no"),
            (FieldKind::Choice, "Lead", "custom.choice"),
            (FieldKind::Pattern, "xAB-12", "custom.pattern"),
        ] {
            assert_eq!(read(kind, raw), Err(key), "{raw}");
        }
        for kind in FieldKind::ALL {
            assert_eq!(read(kind, " \n "), Ok(String::new()));
        }
    }

    #[test]
    fn numbers_sort_as_numbers() {
        let amount = field(FieldKind::Number);
        let sorted = ["-999999999999999", "-2.5", "-2", "0", "0.000001", "9", "10", "999999999999999.999999"];
        let keys: Vec<String> = sorted.iter().map(|n| amount.key(n)).collect();
        assert!(keys.is_sorted(), "{keys:?}");
        assert!(sorted.iter().all(|n| amount.parse(n).as_deref() == Ok(*n)));
    }
}
