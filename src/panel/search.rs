//! `/search`: people, organisations, groups and tags at once.
use super::people::cells::known_by;
use super::query::Query;
use super::refusal::Answer;
use super::view::View;
use super::visit::Visit;
use crate::actions::search::{self, Found};
use crate::domain::Person;
use askama::Template;

#[derive(Template)]
#[template(path = "search/index.html", blocks = ["found"])]
struct SearchPage<'a> {
    v: &'a View,
    q: &'a str,
    found: Found,
}

impl SearchPage<'_> {
    fn known_by(&self, person: &Person) -> String {
        known_by(person)
    }
}

pub async fn index(visit: Visit) -> Answer {
    let q = Query::parse(&visit.query).get("q").unwrap_or_default().to_owned();
    let asked = q.clone();
    let found = visit.read(move |act| search::index(act, &asked)).await?;
    let page = SearchPage { v: &visit.view, q: &q, found };
    visit.ok(if visit.view.htmx { page.as_found().render() } else { page.render() })
}
