//! Lists with and without pages (contract, 7.5).
use crate::api::{Call, Fault};
use actix_web::HttpResponse;
use serde::Serialize;
use serde_json::json;

/// A page has so many unless it says otherwise, and a list without pages at most so many.
const USUAL: i64 = 10;
const MOST: i64 = 10_000;

/// What a request asks of a list.
pub struct Asked {
    /// From 0, with its size; nothing for a plain array.
    page: Option<(i64, i64)>,
    pub sort_by: Option<String>,
    pub descending: bool,
    pub search: String,
}

impl Asked {
    pub fn of(call: &Call) -> Result<Self, Fault> {
        let number = |name: &str| match call.asked(name) {
            None => Ok(None),
            Some(raw) => match raw.parse::<i64>() {
                Ok(number) if number >= 0 => Ok(Some(number)),
                _ => Err(Fault::value(name, "must be 0 or more")),
            },
        };
        let (page, size) = (number("page")?, number("pageSize")?);
        let paged = page.is_some() || size.is_some();
        // A bare `descending` is a yes.
        let descending = call.query().iter().find(|(name, _)| name == "descending");
        Ok(Self {
            page: paged.then(|| (page.unwrap_or(0), size.unwrap_or(USUAL).clamp(1, MOST))),
            sort_by: call.asked("sortBy").map(str::to_owned),
            descending: descending.is_some_and(|(_, value)| !value.trim().eq_ignore_ascii_case("false")),
            search: call.asked("search").unwrap_or_default().chars().take(200).collect(),
        })
    }

    /// The number of the page, from 1, and its size.
    pub fn bounds(&self) -> (i64, i64) {
        self.page.map_or((1, MOST), |(page, size)| (page.saturating_add(1), size))
    }

    pub fn answer<T: Serialize>(&self, list: &[T], total: i64) -> HttpResponse {
        match self.page {
            None => HttpResponse::Ok().json(list),
            Some((page, size)) => {
                HttpResponse::Ok().json(json!({ "total": total, "page": page, "pageSize": size, "list": list }))
            }
        }
    }
}
