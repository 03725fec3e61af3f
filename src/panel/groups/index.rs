//! `/groups`: all of them, with their teams and whom they look after.
use crate::actions::groups::{self, Counted};
use crate::domain::Verb;
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use askama::Template;

#[derive(Template)]
#[template(path = "groups/index.html")]
struct IndexPage<'a> {
    v: &'a View,
    groups: Vec<Counted>,
}

pub async fn index(visit: Visit) -> Answer {
    let groups = visit.read(groups::index).await?;
    visit.ok(IndexPage { v: &visit.view, groups }.render())
}
