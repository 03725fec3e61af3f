//! Pages by number, and what narrows and orders lists by date (contract, 4 and 7.1).
use super::{dates, wire};
use crate::api::{Call, Fault};
use crate::domain::{Column, Sort, Span, Time};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;
use std::collections::BTreeMap;
use url::form_urlencoded::Serializer;

/// A page has so many, unless fewer are asked for.
const MOST: i64 = 100;

#[derive(Debug, Clone, Copy)]
pub struct Paging {
    pub number: i64,
    pub size: i64,
}

/// A value of the query that cannot be read.
pub fn unreadable(name: &str, must: &str) -> Fault {
    Fault::Told(400, format!("{name} {must}"))
}

impl Paging {
    pub fn of(call: &Call) -> Result<Self, Fault> {
        let number = |name: &str, without: i64| match call.asked(name) {
            Some(raw) => raw.parse::<i64>().map_err(|_| unreadable(name, "must be an integer")),
            None => Ok(without),
        };
        Ok(Self { number: number("page", 1)?.max(1), size: number("per_page", MOST)?.clamp(1, MOST) })
    }

    pub fn bounds(self) -> (i64, i64) {
        (self.number, self.size)
    }

    /// The page under its name, with how many there are on all pages and the addresses of its neighbours.
    pub fn answer<T: Serialize>(self, call: &Call, name: &str, list: Vec<T>, count: i64) -> HttpResponse {
        let more = self.number.saturating_mul(self.size) < count;
        let page = wire::Page {
            list: BTreeMap::from([(name, list)]),
            count,
            next_page: more.then(|| address(call, self.number.saturating_add(1))),
            previous_page: (self.number > 1).then(|| address(call, self.number - 1)),
        };
        wire::answer(StatusCode::OK, &page)
    }
}

/// The same list, at another page.
fn address(call: &Call, number: i64) -> String {
    let kept = call.query().iter().filter(|(name, _)| name != "page" && !name.is_empty());
    let mut query = Serializer::new(String::new());
    query.extend_pairs(kept).append_pair("page", &number.to_string());
    format!("{}{}.json?{}", call.origin, call.path.trim_end_matches(".json"), query.finish())
}

/// From one instant of the query to another, both included.
pub fn span(call: &Call, from: &str, until: &str) -> Result<Span, Fault> {
    let read = |name: &str, pick: fn((Time, Time)) -> Time| match call.asked(name).map(dates::read) {
        None => Ok(None),
        Some(Some(bounds)) => Ok(Some(pick(bounds))),
        Some(None) => Err(unreadable(name, "must be a date such as 2016-01-01 00:00:00, or epoch seconds")),
    };
    Ok(Span { from: read(from, |bounds| bounds.0)?, until: read(until, |bounds| bounds.1)? })
}

/// By `created_order`, else by `updated_order`, else by number.
pub fn order(call: &Call) -> Result<Sort, Fault> {
    let read = |name: &str| match call.asked(name) {
        None => Ok(None),
        Some("asc") => Ok(Some(false)),
        Some("desc") => Ok(Some(true)),
        Some(_) => Err(unreadable(name, "must be asc or desc")),
    };
    let (created, updated) = (read("created_order")?, read("updated_order")?);
    Ok(match (created, updated) {
        (Some(descending), _) => Sort { column: Column::Created, descending },
        (None, Some(descending)) => Sort { column: Column::Changed, descending },
        (None, None) => Sort { column: Column::Added, descending: false },
    })
}
