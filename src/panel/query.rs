//! Reading and writing the part of an address after the question mark.
use crate::domain::{Cursor, Error, Result, Turn};
use url::form_urlencoded;

/// `name=value` pairs, escaped; pairs without a value are left out.
pub fn pairs(pairs: &[(&str, &str)]) -> String {
    let mut out = form_urlencoded::Serializer::new(String::new());
    out.extend_pairs(pairs.iter().filter(|(_, value)| !value.is_empty()));
    out.finish()
}

/// Where a list goes on from either end; `kept` stays in the address.
pub fn ends(path: &str, kept: &[(&str, &str)], before: Option<&Cursor>, after: Option<&Cursor>) -> [Option<String>; 2] {
    [("before", before), ("after", after)].map(|(name, cursor)| {
        let at = cursor?.to_string();
        Some(format!("{path}?{}", pairs(&[kept, &[(name, at.as_str())]].concat())))
    })
}

/// What an address says, each name once; the last one counts. Control characters become blanks.
pub struct Query(Vec<(String, String)>);

impl Query {
    pub fn parse(raw: &str) -> Self {
        let clean = |text: &str| text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>();
        Self(form_urlencoded::parse(raw.as_bytes()).map(|(name, value)| (clean(&name), clean(&value))).collect())
    }

    /// Trimmed; nothing when it is blank.
    pub fn get(&self, name: &str) -> Option<&str> {
        let value = self.0.iter().rev().find(|(found, _)| found == name).map(|(_, value)| value.trim());
        value.filter(|value| !value.is_empty())
    }

    /// Where to go on from; `read` knows the cursors of the list.
    pub fn turn(&self, read: fn(&str) -> Option<Cursor>) -> Result<Turn> {
        let cursor = |raw: &str| read(raw).ok_or(Error::Malformed("filter.cursor"));
        Ok(match (self.get("after"), self.get("before")) {
            (Some(raw), _) => Turn::After(cursor(raw)?),
            (None, Some(raw)) => Turn::Before(cursor(raw)?),
            (None, None) => Turn::First,
        })
    }

    /// The first value, whatever it is called; empty when there is none.
    pub fn first(&self) -> &str {
        self.first_whole().trim()
    }

    /// The same with the blanks around it.
    pub fn first_whole(&self) -> &str {
        self.0.first().map_or("", |(_, value)| value)
    }

    /// Whether the address names it, blank or not.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(found, _)| found == name)
    }
}

/// Only a path of this house is gone to; browsers read `//` and `/\` as another host.
pub fn local(next: &str) -> &str {
    let path =
        next.starts_with('/') && !next.starts_with("//") && next.bytes().all(|b| b != b'\\' && b.is_ascii_graphic());
    if path { next } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn a_sign_in_leads_nowhere_else() {
        assert_eq!(local("/people?q=a"), "/people?q=a");
        for next in [
            "",
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "javascript:alert(1)",
            "/\t/evil.example",
            "/\u{1}",
        ] {
            assert_eq!(local(next), "/", "{next:?}");
        }
    }
}
