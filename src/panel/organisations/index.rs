//! `/organisations`: all of them, by name.
use crate::actions::organisations::{self, Listing, Wanted};
use crate::domain::{Error, Result, Verb};
use crate::panel::query::{Query, pairs};
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use askama::Template;

const SIZE: usize = 50;

#[derive(Template)]
#[template(path = "organisations/index.html")]
struct IndexPage<'a> {
    v: &'a View,
    q: &'a str,
    empty: bool,
    listing: Listing,
    newer: Option<String>,
    older: Option<String>,
}

pub async fn index(visit: Visit) -> Answer {
    let query = Query::parse(&visit.query);
    let wanted =
        Wanted { q: query.get("q").unwrap_or_default().to_owned(), empty: wants_empty(&query)?, ..Wanted::default() };
    let (turn, q, empty) = (query.turn(organisations::cursor)?, wanted.q.clone(), wanted.empty);
    let listing = visit.read(move |act| organisations::index(act, &wanted, &turn, SIZE)).await?;
    let link = |name: &str, at: String| {
        let members = if empty { "none" } else { "" };
        format!("/organisations?{}", pairs(&[("q", &q), ("members", members), (name, &at)]))
    };
    let newer = listing.before.as_ref().map(|cursor| link("before", cursor.to_string()));
    let older = listing.after.as_ref().map(|cursor| link("after", cursor.to_string()));
    visit.ok(IndexPage { v: &visit.view, q: &q, empty, listing, newer, older }.render())
}

fn wants_empty(query: &Query) -> Result<bool> {
    match query.get("members") {
        None => Ok(false),
        Some("none") => Ok(true),
        Some(_) => Err(Error::Malformed("filter.members")),
    }
}
