//! What the address of a list asks for, and the addresses of its neighbours.
use super::ask_fields;
use super::line::{self, Term};
use crate::domain::{Catalogue, Sort};
use crate::panel::ends::Ends;
use crate::panel::query::{self, Query};
use std::collections::BTreeMap;

/// The filters but those by custom fields, in the order of their chips.
pub const FILTERS: [&str; 9] =
    ["role", "status", "organisation", "group", "tag", "contact", "created", "changed", "seen"];
/// Those that say from when until when.
pub const SPANS: [&str; 3] = ["created", "changed", "seen"];
/// Those by what staff wrote.
pub const FOR_STAFF: [&str; 3] = ["organisation", "group", "tag"];
pub const SIZES: [usize; 4] = [25, 50, 100, 200];
/// Besides each status: active, but unseen for long.
pub const QUIET: &str = "quiet";

/// The known and filled parts of the address, as typed, and where the list stands.
#[derive(Debug, Clone)]
pub struct Ask<'c> {
    /// The path of the page that shows the list.
    pub base: String,
    /// The line as it was typed.
    pub typed: String,
    /// `q` has only what is no filter, written as in a line.
    values: BTreeMap<String, String>,
    catalogue: &'c Catalogue,
}

impl<'c> Ask<'c> {
    /// Filters stand in the address by name, in its line `q`, or as the two ends that forms have of a span.
    pub fn parse(raw: &str, base: &str, catalogue: &'c Catalogue) -> Self {
        let query = Query::parse(raw);
        let typed = query.get("q").unwrap_or_default();
        let mut ask = Self { base: base.to_owned(), typed: typed.to_owned(), values: BTreeMap::new(), catalogue };
        for name in std::iter::once("sort".to_owned()).chain(ask.filters()) {
            let ends = ["from", "until"].map(|end| query.get(&ask_fields::end_name(&name, end)).unwrap_or_default());
            let typed = Ends::written(ends[0], ends[1]);
            let value = if typed.is_empty() { query.get(&name).unwrap_or_default().to_owned() } else { typed };
            ask.set(&name, value);
        }
        ask.read_line(typed);
        ask
    }

    /// What cannot be a filter stays among the words, where [`Ask::filter`] finds it.
    fn read_line(&mut self, line: &str) {
        let (mut words, mut said): (Vec<String>, Vec<String>) = (vec![], vec![]);
        for term in line::terms(line) {
            if term == Term::default() {
                continue;
            }
            if !self.is_filter(&term.key) || term.value.is_empty() || said.contains(&term.key) {
                words.push(term.to_string());
            } else {
                self.set(&term.key, term.value);
                said.push(term.key);
            }
        }
        self.set("q", words.join(" "));
    }

    fn set(&mut self, name: &str, value: String) {
        if value.is_empty() {
            self.values.remove(name);
        } else {
            self.values.insert(name.to_owned(), value);
        }
    }

    /// Without this part.
    pub fn but(&self, name: &str) -> Self {
        let mut other = self.clone();
        other.values.remove(name);
        other
    }

    pub fn is_filter(&self, name: &str) -> bool {
        FILTERS.contains(&name) || ask_fields::meant(self.catalogue, name).is_some()
    }

    pub fn get(&self, name: &str) -> &str {
        self.values.get(name).map_or("", String::as_str)
    }

    pub fn is(&self, name: &str, value: &str) -> bool {
        self.get(name) == value
    }

    /// What a form has for an end of a span.
    pub fn end(&self, name: &str, end: &str) -> &str {
        match self.values.get(name).and_then(|value| Ends::parse(value).in_form()) {
            Some([from, until]) => {
                if end == "from" {
                    from
                } else {
                    until
                }
            }
            None => "",
        }
    }

    /// Whether it is a span that the two ends of a form cannot say.
    pub fn is_beyond_form(&self, name: &str) -> bool {
        self.values.get(name).is_some_and(|value| Ends::parse(value).in_form().is_none())
    }

    pub fn catalogue(&self) -> &'c Catalogue {
        self.catalogue
    }

    /// All filters there are, in the order of their chips.
    fn filters(&self) -> Vec<String> {
        FILTERS.into_iter().map(str::to_owned).chain(ask_fields::names(self.catalogue)).collect()
    }

    /// Filters that are set.
    pub fn set_filters(&self) -> Vec<(String, &str)> {
        let value = |name: String| Some((self.values.get(&name)?.as_str(), name));
        self.filters().into_iter().filter_map(value).map(|(value, name)| (name, value)).collect()
    }

    /// All of it in a line, which means the same again.
    pub fn line(&self) -> String {
        let filters = self.set_filters().into_iter();
        let terms = filters.map(|(key, value)| Term { key, value: value.to_owned() }.to_string());
        terms.chain(self.values.get("q").cloned()).collect::<Vec<_>>().join(" ")
    }

    /// What is looked for by its words, as it is found.
    pub fn words(&self) -> String {
        let words = line::terms(self.get("q")).into_iter().map(|term| term.value);
        words.collect::<Vec<_>>().join(" ")
    }

    pub fn is_narrowed(&self) -> bool {
        !self.get("q").is_empty() || !self.set_filters().is_empty()
    }

    /// What the address says, with some parts otherwise; an empty value drops a part.
    pub fn pairs<'a>(&'a self, otherwise: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
        let kept = self.values.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let kept = kept.filter(|(name, _)| !otherwise.iter().any(|(other, _)| other == name));
        kept.chain(otherwise.iter().copied().filter(|(_, value)| !value.is_empty())).collect()
    }

    /// The same as it stands after the question mark.
    pub fn query(&self, otherwise: &[(&str, &str)]) -> String {
        query::pairs(&self.pairs(otherwise))
    }

    /// The list with some parts otherwise, from its first page.
    pub fn link(&self, otherwise: &[(&str, &str)]) -> String {
        let query = self.query(otherwise);
        if query.is_empty() { self.base.clone() } else { format!("{}?{query}", self.base) }
    }

    /// The list without these parts.
    pub fn without(&self, dropped: impl IntoIterator<Item = String>) -> String {
        let dropped: Vec<String> = dropped.into_iter().collect();
        self.link(&dropped.iter().map(|name| (name.as_str(), "")).collect::<Vec<_>>())
    }

    /// The search without any filter.
    pub fn unfiltered(&self) -> String {
        self.without(self.filters())
    }

    /// The tab and the order as they are, without search and filters.
    pub fn cleared(&self) -> String {
        self.without(self.filters().into_iter().filter(|name| name != "role").chain(["q".to_owned()]))
    }

    pub fn sort(&self) -> Sort {
        Sort::parse(self.get("sort"), self.catalogue).unwrap_or_default()
    }
}
