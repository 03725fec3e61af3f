//! `/people/count`: exactly how many a list holds, for a page that did not wait for the figure.
use super::ask::Ask;
use crate::actions::people::list;
use crate::domain::{Error, Verb};
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use askama::Template;

#[derive(Template)]
#[template(path = "people/exact.html")]
struct Exact<'a> {
    v: &'a View,
    matching: i64,
}

/// Whoever opens the address by itself comes to the list.
pub async fn show(visit: Visit) -> Answer {
    let v = &visit.view;
    if !v.can_here(Verb::List) {
        return Err(Error::Forbidden("forbidden.role").into());
    }
    let ask = Ask::parse(&visit.query, "/people", v.catalogue());
    if !v.htmx {
        return visit.go(&ask.link(&[]), None);
    }
    let filter = ask.filter(&v.dates).map_err(Error::from)?;
    let matching = visit.read(move |act| list::count(act, &filter)).await?;
    visit.ok(Exact { v, matching }.render())
}
