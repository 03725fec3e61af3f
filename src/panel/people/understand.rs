//! What the address of a list asks for, understood or refused.
use super::ask::{Ask, FOR_STAFF, QUIET};
use super::line::{self, Term};
use super::{ask_fields, jump};
use crate::domain::time::days;
use crate::domain::{Cursor, Error, PeopleFilter, Result, Role, Sort, Span, Status, Turn, Verb, Within};
use crate::panel::dates::Dates;
use crate::panel::ends::Ends;
use crate::panel::query::Query;
use crate::panel::view::View;

const NO_CONTACT: &str = "none";

/// Which people, in which order, from where.
pub struct Wanted {
    pub filter: PeopleFilter,
    pub sort: Sort,
    pub turn: Turn,
}

/// A part that cannot be understood, and the key of what to do about it.
pub struct Wrong {
    pub term: Term,
    pub key: &'static str,
}

impl From<Wrong> for Error {
    fn from(wrong: Wrong) -> Self {
        Self::Malformed(wrong.key)
    }
}

impl Ask<'_> {
    /// Refuses what it cannot understand, with the key of what to do about it.
    pub fn understand(&self, raw: &str, dates: &Dates) -> Result<Wanted> {
        let sort = match self.get("sort") {
            "" => Sort::default(),
            raw => Sort::parse(raw, self.catalogue()).ok_or(Error::Malformed("filter.sort"))?,
        };
        let query = Query::parse(raw);
        let cursor = |raw: &str| Cursor::parse(raw, &sort.to_string()).ok_or(Error::Malformed("filter.cursor"));
        let turn = match (query.get("after"), query.get("before"), query.get("from")) {
            (Some(after), ..) => Turn::After(cursor(after)?),
            (None, Some(before), _) => Turn::Before(cursor(before)?),
            (None, None, Some(from)) => Turn::After(jump::cursor(from, &sort, self.catalogue(), dates)?),
            (None, None, None) => Turn::First,
        };
        Ok(Wanted { filter: self.filter(dates)?, sort, turn })
    }

    /// The first part that cannot be understood is told.
    pub fn filter(&self, dates: &Dates) -> Result<PeopleFilter, Wrong> {
        self.refuse_strays()?;
        self.refuse_excess()?;
        let text = |name| Some(self.get(name).to_owned()).filter(|value| !value.is_empty());
        let role = text("role").map(|raw| Role::parse(&raw).ok_or_else(|| self.wrong("role", "role.unknown")));
        let mut seen = self.span("seen", dates)?;
        let status = match self.get("status") {
            "" => None,
            QUIET => {
                let quiet_since = dates.now.minus(days(90));
                seen.until = Some(seen.until.map_or(quiet_since, |until| until.min(quiet_since)));
                Some(Status::Active)
            }
            raw => Some(Status::parse(raw).ok_or_else(|| self.wrong("status", "filter.status"))?),
        };
        let unreachable = match self.get("contact") {
            "" => false,
            NO_CONTACT => true,
            _ => return Err(self.wrong("contact", "filter.contact")),
        };
        Ok(PeopleFilter {
            q: self.words(),
            roles: role.transpose()?.into_iter().collect(),
            status,
            organisation: text("organisation"),
            group: text("group"),
            tag: text("tag"),
            unreachable,
            created: self.span("created", dates)?,
            changed: self.span("changed", dates)?,
            seen,
            fields: self.fields(dates)?,
            ..PeopleFilter::default()
        })
    }

    fn wrong(&self, name: &str, key: &'static str) -> Wrong {
        Wrong { term: Term { key: name.to_owned(), value: self.get(name).to_owned() }, key }
    }

    /// What this reader may not ask for.
    pub fn hidden_from(&self, v: &View) -> Option<Wrong> {
        if v.can_here(Verb::SeeStaffFields) {
            return None;
        }
        let name = FOR_STAFF.into_iter().find(|name| !self.get(name).is_empty())?;
        Some(self.wrong(name, "forbidden.staff_fields"))
    }

    /// More words, or longer ones, than are looked for.
    fn refuse_excess(&self) -> Result<(), Wrong> {
        let mut words = 0;
        for term in line::terms(self.get("q")) {
            words += term.value.split_whitespace().count();
            let is_long = |word: &str| word.chars().count() > PeopleFilter::LONGEST_WORD;
            if words > PeopleFilter::MOST_WORDS {
                return Err(Wrong { term, key: "filter.words" });
            }
            if term.value.split_whitespace().any(is_long) {
                return Err(Wrong { term, key: "filter.long_word" });
            }
        }
        Ok(())
    }

    /// What stands among the words like a filter and is none.
    fn refuse_strays(&self) -> Result<(), Wrong> {
        let stray = line::terms(self.get("q")).into_iter().find(|term| !term.key.is_empty());
        let Some(term) = stray else { return Ok(()) };
        let key = match self.is_filter(&term.key) {
            _ if term.value.is_empty() => "filter.blank",
            true => "filter.twice",
            false => "filter.unknown",
        };
        Err(Wrong { term, key })
    }

    fn span(&self, name: &str, dates: &Dates) -> Result<Span, Wrong> {
        match self.get(name) {
            "" => Ok(Span::default()),
            raw => Ends::parse(raw).span(dates).ok_or_else(|| self.wrong(name, "filter.date")),
        }
    }

    fn fields(&self, dates: &Dates) -> Result<Vec<(i64, Within)>, Wrong> {
        let mut wanted = vec![];
        for (name, raw) in self.set_filters() {
            if let Some(field) = ask_fields::meant(self.catalogue(), &name) {
                let within = ask_fields::within(field, raw, dates).map_err(|key| self.wrong(&name, key))?;
                wanted.push((field.id, within));
            }
        }
        Ok(wanted)
    }
}
