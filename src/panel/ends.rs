//! Spans as they are typed: `>5`, `>=5`, `<5`, `<=5`, `5`, `2..7`, `2..`, `..7`; of days also `<90d`, an age.
use crate::domain::time::days;
use crate::domain::{Error, Result, Span, Time};
use crate::panel::dates::Dates;
use std::ops::Bound::{self, Excluded, Included, Unbounded};

/// Where a span begins and ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ends<'a> {
    pub from: Bound<&'a str>,
    pub until: Bound<&'a str>,
}

/// Before which end of the span a sign stands, and whether the end is within.
const SIGNS: [(&str, bool, bool); 8] = [
    (">=", true, true),
    ("<=", false, true),
    ("≥", true, true),
    ("≤", false, true),
    (">", true, false),
    ("<", false, false),
    ("＞", true, false),
    ("＜", false, false),
];

impl<'a> Ends<'a> {
    pub fn parse(raw: &'a str) -> Self {
        for (sign, is_from, is_within) in SIGNS {
            if let Some(end) = raw.strip_prefix(sign).map(str::trim) {
                let end = if is_within { Included(end) } else { Excluded(end) };
                return if is_from {
                    Self { from: end, until: Unbounded }
                } else {
                    Self { from: Unbounded, until: end }
                };
            }
        }
        let end = |end: &'a str| if end.is_empty() { Unbounded } else { Included(end) };
        match raw.split_once("..") {
            Some((from, until)) if !(from.is_empty() && until.is_empty()) => {
                Self { from: end(from.trim()), until: end(until.trim()) }
            }
            _ => Self { from: Included(raw), until: Included(raw) },
        }
    }

    /// Both ends within, as a form has them; nothing where one is blank.
    pub fn written(from: &str, until: &str) -> String {
        match (from, until) {
            ("", "") => String::new(),
            (from, "") => format!(">={from}"),
            ("", until) => format!("<={until}"),
            (from, until) if from == until => from.to_owned(),
            (from, until) => format!("{from}..{until}"),
        }
    }

    /// What a form has for both ends; nothing when a form cannot say it.
    pub fn in_form(&self) -> Option<[&'a str; 2]> {
        let end = |end: Bound<&'a str>| match end {
            Included(end) if age(end).is_none() => Some(end),
            Unbounded => Some(""),
            _ => None,
        };
        Some([end(self.from)?, end(self.until)?])
    }

    /// The age of which things are younger (`true`) or older.
    pub fn age(&self) -> Option<(bool, i64)> {
        match (self.from, self.until) {
            (Unbounded, Included(end) | Excluded(end)) => Some((true, age(end)?)),
            (Included(end) | Excluded(end), Unbounded) => Some((false, age(end)?)),
            _ => None,
        }
    }

    /// In the reader's zone; nothing when an end is no day.
    pub fn span(&self, dates: &Dates) -> Option<Span> {
        if let Some((is_younger, age)) = self.age() {
            let then = Some(dates.now.minus(days(age.unsigned_abs())));
            return Some(if is_younger { Span { from: then, until: None } } else { Span { from: None, until: then } });
        }
        let end = |end: Bound<&str>, within: Edge, without: Edge| match end {
            Included(day) => within(dates, day).map(Some),
            Excluded(day) => without(dates, day).map(Some),
            Unbounded => Some(None),
        };
        Some(Span {
            from: end(self.from, Dates::day_start, Dates::day_end)?,
            until: end(self.until, Dates::day_end, Dates::day_start)?,
        })
    }
}

/// Of what a form has for both ends.
pub fn between(from: &str, until: &str, dates: &Dates) -> Result<Span> {
    if from.is_empty() && until.is_empty() {
        return Ok(Span::default());
    }
    Ends::parse(&Ends::written(from, until)).span(dates).ok_or(Error::Malformed("filter.day"))
}

type Edge = fn(&Dates, &str) -> Option<Time>;

/// `90d`, `2w`, `1y` in days; of what is no age, nothing.
fn age(raw: &str) -> Option<i64> {
    let unit = [("d", 1), ("w", 7), ("y", 365)].into_iter().find(|(unit, _)| raw.ends_with(unit))?;
    let many: i64 = raw.strip_suffix(unit.0)?.parse().ok()?;
    (1..=36_500).contains(&many).then_some(many * unit.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_read_as_they_are_written() {
        for (raw, from, until) in [
            (">5", Excluded("5"), Unbounded),
            ("<= 5", Unbounded, Included("5")),
            ("＜90d", Unbounded, Excluded("90d")),
            ("5", Included("5"), Included("5")),
            ("2..7", Included("2"), Included("7")),
            ("2..", Included("2"), Unbounded),
            ("..7", Unbounded, Included("7")),
            ("..", Included(".."), Included("..")),
        ] {
            assert_eq!(Ends::parse(raw), Ends { from, until }, "{raw}");
        }
        for (from, until) in [("2", "7"), ("2", ""), ("", "7"), ("2", "2")] {
            assert_eq!(Ends::parse(&Ends::written(from, until)).in_form(), Some([from, until]));
        }
        assert_eq!(Ends::parse("<2w").age(), Some((true, 14)));
        assert_eq!(Ends::parse("<2w").in_form(), None);
    }
}
