//! The line in which people ask for people: words to be found, and between them filters such as `role:agent`.
use std::fmt::{Display, Formatter, Result};
use std::ops::Range;

/// A word to be found; with a key, a filter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Term {
    pub key: String,
    pub value: String,
}

/// What a line says, in its order.
pub fn terms(line: &str) -> Vec<Term> {
    pieces(line).into_iter().map(|(_, term)| term).collect()
}

/// The same, each with where it stands. Quotation marks keep blanks together, and what begins with one is no filter;
/// two of them within a quotation are one, and one alone is itself.
pub fn pieces(line: &str) -> Vec<(Range<usize>, Term)> {
    let (mut found, mut rest) = (vec![], line.trim_start());
    while !rest.is_empty() {
        let begins = line.len() - rest.len();
        let (key, behind) = key(rest).unwrap_or(("", rest));
        let (value, behind) = value(behind);
        found.push((begins..line.len() - behind.len(), Term { key: meant(key), value }));
        rest = behind.trim_start();
    }
    found
}

/// A filter's own name.
fn meant(key: &str) -> String {
    match key.to_lowercase().as_str() {
        "org" | "organization" => "organisation".to_owned(),
        own => own.to_owned(),
    }
}

/// A name and what follows its colon.
fn key(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '.')?;
    let (key, behind) = text.split_at(end);
    let behind = behind.strip_prefix([':', '：'])?;
    key.starts_with(|c: char| c.is_ascii_alphabetic()).then_some((key, behind))
}

fn value(text: &str) -> (String, &str) {
    let is_alone = |rest: &str| rest.is_empty() || rest.starts_with(char::is_whitespace) && !rest.contains('"');
    let quoted = text.strip_prefix('"').filter(|rest| !is_alone(rest));
    let Some(quoted) = quoted else {
        let end = text.find(char::is_whitespace).unwrap_or(text.len());
        return (text[..end].to_owned(), &text[end..]);
    };
    let (mut value, mut chars) = (String::new(), quoted.char_indices().peekable());
    while let Some((at, c)) = chars.next() {
        match c {
            '"' if chars.next_if(|(_, next)| *next == '"').is_none() => return (value, &quoted[at + 1..]),
            c => value.push(c),
        }
    }
    (value, "")
}

impl Display for Term {
    fn fmt(&self, f: &mut Formatter) -> Result {
        if !self.key.is_empty() {
            write!(f, "{}:", self.key)?;
        }
        let reads_otherwise = self.value.contains(char::is_whitespace)
            || self.value.starts_with('"')
            || self.key.is_empty() && key(&self.value).is_some();
        if reads_otherwise { write!(f, "\"{}\"", self.value.replace('"', "\"\"")) } else { f.write_str(&self.value) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Vec<(String, String)> {
        terms(line).into_iter().map(|term| (term.key, term.value)).collect()
    }

    #[test]
    fn a_line_holds_filters_and_words() {
        let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        assert_eq!(
            read("role:agent organisation:\"Acme \"\"North\"\"\" created:>2026-01-01 city_2:Berlin wang 王"),
            [
                pair("role", "agent"),
                pair("organisation", "Acme \"North\""),
                pair("created", ">2026-01-01"),
                pair("city_2", "Berlin"),
                pair("", "wang"),
                pair("", "王"),
            ]
        );
        assert_eq!(
            read("Status：active \"role:agent\" 12:30 a@b.c"),
            [pair("status", "active"), pair("", "role:agent"), pair("", "12:30"), pair("", "a@b.c"),]
        );
        assert_eq!(read("role: tag:\"open"), [pair("role", ""), pair("tag", "open")]);
        assert_eq!(read("Org:Acme"), [pair("organisation", "Acme")]);
    }

    #[test]
    fn a_piece_stands_where_it_was_typed() {
        let line = " 王 tag:vip2 \"tag:vip\"  tag:vip ";
        let typed: Vec<&str> = pieces(line).into_iter().map(|(at, _)| &line[at]).collect();
        assert_eq!(typed, ["王", "tag:vip2", "\"tag:vip\"", "tag:vip"]);
    }

    #[test]
    fn what_is_written_is_read_as_it_was() {
        let letters: Vec<char> = "ab.:\" ：王9_".chars().collect();
        let mut rng = fastrand::Rng::with_seed(7);
        for _ in 0..20_000 {
            let length = rng.usize(1..8);
            let value: String = (0..length).map(|_| letters[rng.usize(..letters.len())]).collect();
            let key = if rng.bool() { "tag" } else { "" };
            let term = Term { key: key.to_owned(), value };
            assert_eq!(terms(&format!("x {term} y"))[1], term, "{term}");
        }
    }
}
