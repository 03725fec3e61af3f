//! What the address of a list asks for, and the addresses of its neighbours.
use super::ask_fields;
use crate::domain::time::days;
use crate::domain::{Catalogue, Cursor, Error, PeopleFilter, Result, Role, Sort, Span, Status, Time, Turn};
use crate::panel::dates::Dates;
use crate::panel::query::{self, Query};
use std::collections::BTreeMap;

/// The filters but those by custom fields, in the order of their chips.
pub const FILTERS: [&str; 10] = [
    "role",
    "status",
    "organisation",
    "group",
    "tag",
    "contact",
    "created_from",
    "created_until",
    "seen_from",
    "seen_until",
];
pub const SIZES: [usize; 4] = [25, 50, 100, 200];
const QUIET: &str = "quiet";
const NO_CONTACT: &str = "none";

/// The known and filled parts of the address, as typed, and where the list stands.
#[derive(Debug, Clone)]
pub struct Ask<'c> {
    /// The path of the page that shows the list.
    pub base: String,
    values: BTreeMap<String, String>,
    catalogue: &'c Catalogue,
}

/// The same, understood.
pub struct Wanted {
    pub filter: PeopleFilter,
    pub sort: Sort,
    pub turn: Turn,
}

impl<'c> Ask<'c> {
    pub fn parse(raw: &str, base: &str, catalogue: &'c Catalogue) -> Self {
        let query = Query::parse(raw);
        let names = ["q", "sort"].into_iter().chain(FILTERS).map(str::to_owned);
        let names = names.chain(ask_fields::names(catalogue));
        let values = names.filter_map(|name| Some((name.clone(), query.get(&name)?.to_owned()))).collect();
        Self { base: base.to_owned(), values, catalogue }
    }

    pub fn get(&self, name: &str) -> &str {
        self.values.get(name).map_or("", String::as_str)
    }

    pub fn is(&self, name: &str, value: &str) -> bool {
        self.get(name) == value
    }

    pub fn catalogue(&self) -> &'c Catalogue {
        self.catalogue
    }

    /// All filters there are, in the order of their chips.
    fn filters(&self) -> impl Iterator<Item = String> {
        FILTERS.into_iter().map(str::to_owned).chain(ask_fields::names(self.catalogue))
    }

    /// Filters that are set.
    pub fn set_filters(&self) -> Vec<(String, &str)> {
        self.filters().filter_map(|name| Some((name.clone(), self.values.get(&name)?.as_str()))).collect()
    }

    pub fn is_narrowed(&self) -> bool {
        !self.get("q").is_empty() || !self.set_filters().is_empty()
    }

    /// What stands after the question mark, with some parts otherwise; an empty value drops a part.
    pub fn query(&self, otherwise: &[(&str, &str)]) -> String {
        let kept = self.values.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let kept = kept.filter(|(name, _)| !otherwise.iter().any(|(other, _)| other == name));
        query::pairs(&kept.chain(otherwise.iter().copied()).collect::<Vec<_>>())
    }

    /// The list with some parts otherwise, from its first page.
    pub fn link(&self, otherwise: &[(&str, &str)]) -> String {
        let query = self.query(otherwise);
        if query.is_empty() { self.base.clone() } else { format!("{}?{query}", self.base) }
    }

    /// The list without these parts.
    pub fn without(&self, dropped: impl Iterator<Item = String>) -> String {
        let dropped: Vec<String> = dropped.collect();
        self.link(&dropped.iter().map(|name| (name.as_str(), "")).collect::<Vec<_>>())
    }

    /// The search without any filter.
    pub fn unfiltered(&self) -> String {
        self.without(self.filters())
    }

    /// The tab and the order as they are, without search and filters.
    pub fn cleared(&self) -> String {
        self.without(self.filters().filter(|name| name != "role").chain(["q".to_owned()]))
    }

    pub fn sort(&self) -> Sort {
        Sort::parse(self.get("sort"), self.catalogue).unwrap_or_default()
    }

    /// Refuses what it cannot understand, with the key of what to do about it.
    pub fn understand(&self, raw: &str, dates: &Dates) -> Result<Wanted> {
        let sort = match self.get("sort") {
            "" => Sort::default(),
            raw => Sort::parse(raw, self.catalogue).ok_or(Error::Malformed("filter.sort"))?,
        };
        let query = Query::parse(raw);
        let cursor = |raw: &str| Cursor::parse(raw, &sort.to_string()).ok_or(Error::Malformed("filter.cursor"));
        let turn = match (query.get("after"), query.get("before")) {
            (Some(after), _) => Turn::After(cursor(after)?),
            (None, Some(before)) => Turn::Before(cursor(before)?),
            (None, None) => Turn::First,
        };
        Ok(Wanted { filter: self.filter(dates)?, sort, turn })
    }

    pub fn filter(&self, dates: &Dates) -> Result<PeopleFilter> {
        let text = |name| Some(self.get(name).to_owned()).filter(|value| !value.is_empty());
        let role = text("role").map(|raw| Role::parse(&raw).ok_or(Error::Malformed("filter.role"))).transpose()?;
        let mut seen = span(dates, self.get("seen_from"), self.get("seen_until"))?;
        let status = match self.get("status") {
            "" => None,
            QUIET => {
                let quiet_since = dates.now.minus(days(90));
                seen.until = Some(seen.until.map_or(quiet_since, |until| until.min(quiet_since)));
                Some(Status::Active)
            }
            raw => Some(Status::parse(raw).ok_or(Error::Malformed("filter.status"))?),
        };
        let unreachable = match self.get("contact") {
            "" => false,
            NO_CONTACT => true,
            _ => return Err(Error::Malformed("filter.contact")),
        };
        Ok(PeopleFilter {
            q: self.get("q").to_owned(),
            roles: role.into_iter().collect(),
            status,
            organisation: text("organisation"),
            group: text("group"),
            tag: text("tag"),
            unreachable,
            created: span(dates, self.get("created_from"), self.get("created_until"))?,
            seen,
            fields: ask_fields::understand(self.catalogue, |name| self.get(name))?,
            ..PeopleFilter::default()
        })
    }
}

/// Both days included, in the reader's zone.
pub fn span(dates: &Dates, from: &str, until: &str) -> Result<Span> {
    let read = |raw: &str, day: fn(&Dates, &str) -> Option<Time>| match raw {
        "" => Ok(None),
        raw => day(dates, raw).map(Some).ok_or(Error::Malformed("filter.date")),
    };
    Ok(Span { from: read(from, Dates::day_start)?, until: read(until, Dates::day_end)? })
}
