//! What is shown before a job begins that is about everybody who matches: how many those are, exactly.
use crate::actions::random_code;
use crate::panel::refusal::Answer;
use crate::panel::visit::Visit;
use actix_web::http::StatusCode;
use askama::Template;

/// What would begin.
pub struct Begin<'a> {
    pub title: String,
    pub lead: String,
    /// What is said below, if anything.
    pub foot: String,
    /// Where the form goes, and what it carries on.
    pub action: &'a str,
    pub carries: &'a [(&'a str, &'a str)],
    /// The address of the list of those whom it is about, behind its question mark.
    pub filter: &'a str,
    /// The key of what the button says, of a count.
    pub button: &'a str,
    pub is_dangerous: bool,
}

#[derive(Template)]
#[template(path = "jobs/new.html")]
struct BeginPage<'a> {
    v: &'a crate::panel::view::View,
    begin: &'a Begin<'a>,
    count: i64,
    /// So many of them are so already, where that is known.
    unchanged: Option<i64>,
    once: String,
    /// The figure that was confirmed is not that any more.
    stale: bool,
}

impl Begin<'_> {
    /// The page, with how many match and how many of them are so already; a conflict when the figure that was confirmed
    /// is not that any more.
    pub fn page(&self, visit: &Visit, (count, unchanged): (i64, Option<i64>), status: StatusCode) -> Answer {
        let stale = status == StatusCode::CONFLICT;
        visit.answer(
            status,
            BeginPage { v: &visit.view, begin: self, count, unchanged, once: random_code(), stale }.render(),
        )
    }
}
