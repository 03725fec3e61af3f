//! `/jobs/{id}`: how far something is that goes on by itself.
use super::refusal::Answer;
use super::view::View;
use super::visit::Visit;
use crate::actions::jobs::{self, Progress};
use actix_web::web;
use askama::Template;

#[derive(Template)]
#[template(path = "jobs/show.html", blocks = ["progress"])]
struct JobPage<'a> {
    v: &'a View,
    progress: &'a Progress,
}

pub async fn show(visit: Visit, id: web::Path<i64>) -> Answer {
    let id = *id;
    let progress = visit.read(move |act| jobs::show(act, id)).await?;
    let page = JobPage { v: &visit.view, progress: &progress };
    visit.ok(if visit.view.htmx { page.as_progress().render() } else { page.render() })
}

/// Stops it.
pub async fn destroy(visit: Visit, id: web::Path<i64>) -> Answer {
    let id = *id;
    visit.write(move |act| jobs::cancel(act, id)).await?;
    visit.go(&format!("/jobs/{id}"), None)
}

impl JobPage<'_> {
    fn settled(&self) -> i64 {
        self.progress.done + self.progress.refused
    }
}
