//! `/trash`: what can still be brought back.
use crate::actions::trash::{self, Entry, Listing};
use crate::domain::Verb;
use crate::panel::query::{Query, ends};
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use askama::Template;

const SIZE: usize = 50;

#[derive(Template)]
#[template(path = "trash/index.html")]
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
    let turn = query.turn(trash::cursor)?;
    let asked = q.clone();
    let listing = visit.read(move |act| trash::index(act, &asked, &turn, SIZE)).await?;
    let [newer, older] = ends("/trash", &[], listing.before.as_ref(), listing.after.as_ref());
    visit.ok(IndexPage { v: &visit.view, q: &q, listing, newer, older }.render())
}

impl IndexPage<'_> {
    fn said(&self, entry: &Entry, merge: &'static str, deletion: &'static str) -> &'static str {
        if entry.by_merge { merge } else { deletion }
    }

    /// Up to three kinds of what went along, in words.
    fn along(&self, entry: &Entry) -> String {
        let named = |(name, n): &(String, i64)| format!("{} {}", self.v.t(&format!("field.{name}")), self.v.number(*n));
        let all: Vec<String> = entry.gist.counts.iter().filter(|(name, _)| name != "sessions").map(named).collect();
        all.into_iter().take(3).collect::<Vec<_>>().join(&self.v.t("shell.comma"))
    }
}
