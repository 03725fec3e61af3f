//! `/tags`: all of them, with how many people wear each.
use crate::actions::tags::{self, Counted, MOST};
use crate::domain::Verb;
use crate::panel::query::Query;
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use askama::Template;

#[derive(Template)]
#[template(path = "tags/index.html")]
struct IndexPage<'a> {
    v: &'a View,
    q: &'a str,
    tags: Vec<Counted>,
}

pub async fn index(visit: Visit) -> Answer {
    let q = Query::parse(&visit.query).get("q").unwrap_or_default().to_owned();
    let asked = q.clone();
    let tags = visit.read(move |act| tags::index(act, &asked)).await?;
    visit.ok(IndexPage { v: &visit.view, q: &q, tags }.render())
}

impl IndexPage<'_> {
    /// There may be more than are shown.
    fn is_cut(&self) -> bool {
        self.tags.len() as i64 >= MOST
    }
}
