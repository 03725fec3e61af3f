//! `/workspaces`: all of them, by name.
use crate::actions::workspaces::{self, Listing};
use crate::domain::Verb;
use crate::panel::query::{Query, ends};
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use askama::Template;

const SIZE: usize = 50;

#[derive(Template)]
#[template(path = "workspaces/index.html")]
struct IndexPage<'a> {
    v: &'a View,
    q: &'a str,
    listing: Listing,
    newer: Option<String>,
    older: Option<String>,
}

pub async fn index(visit: Visit) -> Answer {
    let query = Query::parse(&visit.query);
    let q = query.get("q").unwrap_or_default().to_owned();
    let turn = query.turn(workspaces::cursor)?;
    let asked = q.clone();
    let listing = visit.read(move |act| workspaces::index(act, &asked, &turn, SIZE)).await?;
    let [newer, older] = ends("/workspaces", &[("q", q.as_str())], listing.before.as_ref(), listing.after.as_ref());
    visit.ok(IndexPage { v: &visit.view, q: &q, listing, newer, older }.render())
}
