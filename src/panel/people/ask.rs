//! What the address of a list asks for, and the addresses of its neighbours.
use crate::domain::time::days;
use crate::domain::{Cursor, Error, PeopleFilter, Result, Role, Sort, Span, Status, Time, Turn};
use crate::panel::dates::Dates;
use crate::panel::query::{self, Query};
use std::collections::BTreeMap;

/// The filters, in the order of their chips.
pub const FILTERS: [&str; 8] =
    ["role", "status", "organisation", "tag", "created_from", "created_until", "seen_from", "seen_until"];
pub const SIZES: [usize; 4] = [25, 50, 100, 200];
const QUIET: &str = "quiet";

/// The known and filled parts of the address, as typed.
#[derive(Debug, Clone, Default)]
pub struct Ask(BTreeMap<&'static str, String>);

/// The same, understood.
pub struct Wanted {
    pub filter: PeopleFilter,
    pub sort: Sort,
    pub turn: Turn,
}

impl Ask {
    pub fn parse(raw: &str) -> Self {
        let query = Query::parse(raw);
        let names = ["q", "sort"].into_iter().chain(FILTERS);
        Self(names.filter_map(|name| Some((name, query.get(name)?.to_owned()))).collect())
    }

    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    pub fn is(&self, name: &str, value: &str) -> bool {
        self.get(name) == value
    }

    /// Filters that are set.
    pub fn set_filters(&self) -> impl Iterator<Item = (&'static str, &str)> {
        FILTERS.into_iter().filter_map(|name| Some((name, self.0.get(name)?.as_str())))
    }

    pub fn is_narrowed(&self) -> bool {
        !self.get("q").is_empty() || self.set_filters().next().is_some()
    }

    /// The list with some parts otherwise, from its first page; an empty value drops a part.
    pub fn link(&self, otherwise: &[(&str, &str)]) -> String {
        let kept = self.0.iter().map(|(name, value)| (*name, value.as_str()));
        let kept = kept.filter(|(name, _)| !otherwise.iter().any(|(other, _)| other == name));
        let all: Vec<_> = kept.chain(otherwise.iter().copied()).collect();
        let query = query::pairs(&all);
        if query.is_empty() { "/people".into() } else { format!("/people?{query}") }
    }

    pub fn sort(&self) -> Sort {
        Sort::parse(self.get("sort")).unwrap_or_default()
    }

    /// Refuses what it cannot understand, with the key of what to do about it.
    pub fn understand(&self, raw: &str, dates: &Dates) -> Result<Wanted> {
        let sort = match self.get("sort") {
            "" => Sort::default(),
            raw => Sort::parse(raw).ok_or(Error::Malformed("filter.sort"))?,
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

    fn filter(&self, dates: &Dates) -> Result<PeopleFilter> {
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
        Ok(PeopleFilter {
            q: self.get("q").to_owned(),
            role,
            status,
            organisation: text("organisation"),
            tag: text("tag"),
            created: span(dates, self.get("created_from"), self.get("created_until"))?,
            seen,
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
