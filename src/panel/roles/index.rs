//! `/roles`: the custom roles.
use crate::actions::roles::{self, Counted};
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use askama::Template;

#[derive(Template)]
#[template(path = "roles/index.html")]
struct IndexPage<'a> {
    v: &'a View,
    roles: Vec<Counted>,
}

pub async fn index(visit: Visit) -> Answer {
    let roles = visit.read(roles::index).await?;
    visit.ok(IndexPage { v: &visit.view, roles }.render())
}
