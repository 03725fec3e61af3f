//! What identity providers tell of a person beyond what the house has a field for.
use std::collections::BTreeMap;

pub type Element = serde_json::Map<String, serde_json::Value>;

/// Elements by the name of their list and their place in it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Kept(BTreeMap<(String, usize), Element>);

impl Kept {
    /// From rows as [`Kept::rows`] makes them; what is no such row is left out.
    pub fn read(rows: &BTreeMap<String, String>) -> Self {
        let element = |(name, value): (&String, &String)| {
            let (list, place) = name.rsplit_once('#')?;
            Some(((list.to_owned(), place.parse().ok()?), serde_json::from_str(value).ok()?))
        };
        Self(rows.iter().filter_map(element).collect())
    }

    /// `list#place`, and an object in JSON.
    pub fn rows(&self) -> BTreeMap<String, String> {
        let row = |((list, place), element): (&(String, usize), &Element)| {
            (format!("{list}#{place}"), serde_json::Value::Object(element.clone()).to_string())
        };
        self.0.iter().map(row).collect()
    }

    pub fn get(&self, list: &str, place: usize) -> Option<&Element> {
        self.0.get(&(list.to_owned(), place))
    }

    /// The text that stands alone under this name.
    pub fn text(&self, list: &str) -> Option<&str> {
        self.get(list, 0)?.get("value")?.as_str()
    }

    /// From this place on.
    pub fn list(&self, list: &str, from: usize) -> impl Iterator<Item = &Element> {
        let all = (list.to_owned(), from)..=(list.to_owned(), usize::MAX);
        self.0.range(all).map(|(_, element)| element)
    }

    /// One without anything in it says nothing.
    pub fn put(&mut self, list: &str, place: usize, element: Element) {
        if !element.is_empty() {
            self.0.insert((list.to_owned(), place), element);
        }
    }

    /// Each list as people read it: without flags, addresses of resources, and what only says how to read the rest.
    pub fn told(&self) -> BTreeMap<&str, String> {
        let mut told: BTreeMap<&str, String> = BTreeMap::new();
        for ((list, _), element) in &self.0 {
            let is_read = |part: &str| !matches!(part, "primary" | "under" | "$ref" | "unassigned" | "type");
            let read = element.iter().filter(|(part, _)| is_read(part)).filter_map(|(_, value)| value.as_str());
            let mut line = read.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ");
            if let Some(kind) = element.get("type").and_then(serde_json::Value::as_str) {
                line.push_str(&format!(" ({kind})"));
            }
            let said = told.entry(list).or_default();
            if !said.is_empty() {
                said.push_str("; ");
            }
            said.push_str(&line);
        }
        told.retain(|_, said| !said.is_empty());
        told
    }
}
