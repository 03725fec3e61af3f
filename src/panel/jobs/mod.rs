//! `/jobs`: what goes on by itself; `/jobs/{id}`: how far one of them is.
pub mod attempts;
pub mod begin;
pub mod pause;
pub mod people;

use super::batches;
use super::download;
use super::entered::Entered;
use super::query::{Query, local};
use super::refusal::Answer;
use super::view::View;
use super::visit::Visit;
use crate::actions::Act;
use crate::actions::jobs::{self, Listing, Progress};
use crate::domain::job::{Job, State, Work};
use crate::domain::{Cursor, Result};
use actix_web::web;
use askama::Template;

const SIZE: usize = 50;

#[derive(Template)]
#[template(path = "jobs/index.html")]
struct IndexPage<'a> {
    v: &'a View,
    listing: &'a Listing,
    newer: Option<String>,
    older: Option<String>,
}

#[derive(Template)]
#[template(path = "jobs/show.html", blocks = ["progress"])]
struct JobPage<'a> {
    v: &'a View,
    progress: &'a Progress,
}

pub async fn index(visit: Visit) -> Answer {
    let turn = Query::parse(&visit.query).turn(jobs::cursor)?;
    let listing = visit.read(move |act| jobs::index(act, &turn, SIZE)).await?;
    let link = |name: &str, cursor: &Option<Cursor>| cursor.as_ref().map(|cursor| format!("/jobs?{name}={cursor}"));
    let (newer, older) = (link("before", &listing.before), link("after", &listing.after));
    visit.ok(IndexPage { v: &visit.view, listing: &listing, newer, older }.render())
}

pub async fn show(visit: Visit, id: web::Path<i64>) -> Answer {
    let id = *id;
    let progress = visit.read(move |act| jobs::show(act, id)).await?;
    if let Some(import) = progress.job.work.import() {
        return visit.go(&format!("/imports/{import}"), None);
    }
    let page = JobPage { v: &visit.view, progress: &progress };
    visit.ok(if visit.view.htmx { page.as_progress().render() } else { page.render() })
}

/// Stops it.
pub async fn destroy(visit: Visit, id: web::Path<i64>, entered: Entered) -> Answer {
    turned(visit, *id, entered, jobs::cancel).await
}

/// On to where whoever asked came from, or to the job.
async fn turned(visit: Visit, id: i64, entered: Entered, how: fn(&mut Act, i64) -> Result<()>) -> Answer {
    visit.write(move |act| how(act, id)).await?;
    let job = format!("/jobs/{id}");
    let back = entered.given("back").map(local).filter(|back| *back != "/");
    visit.go(back.unwrap_or(&job), None)
}

/// What it does, in the reader's language.
fn title(v: &View, job: &Job) -> String {
    match &job.work {
        Work::Plan => v.t("deletion.plan"),
        Work::Deletion { .. } => v.t("job.deletion"),
        Work::Batch { deed, .. } => batches::title(v, deed),
        Work::Reversal { deed, .. } => v.about("job.reversal", &batches::title(v, deed)),
        Work::Trial { .. } => v.t("job.trial"),
        Work::Import { .. } => v.t("job.import"),
        Work::Revert { .. } => v.about("job.reversal", &v.t("job.import")),
        Work::Export(_) => v.t("export.title"),
    }
}

/// How fast it goes and how long it will, once that is known.
pub fn pace(v: &View, job: &Job) -> Option<String> {
    let said = v.count("job.rate", job.rate(v.dates.now)?.round() as i64);
    Some(match job.left(v.dates.now) {
        None => said,
        Some(seconds) if seconds < 90 => format!("{said} · {}", v.count("job.seconds_left", seconds)),
        Some(seconds) => format!("{said} · {}", v.count("job.minutes_left", seconds / 60)),
    })
}

/// The tone of how far it is.
fn tone(job: &Job) -> &'static str {
    match job.state {
        State::Waiting | State::Paused => "info",
        State::Done => "ok",
        State::Cancelled => "warn",
        State::Failed => "bad",
    }
}

impl IndexPage<'_> {
    fn title(&self, job: &Job) -> String {
        title(self.v, job)
    }

    fn tone(&self, job: &Job) -> &'static str {
        tone(job)
    }
}

impl JobPage<'_> {
    fn job(&self) -> &Job {
        &self.progress.job
    }

    fn title(&self) -> String {
        title(self.v, self.job())
    }

    /// What those are called to whom it was done.
    fn done(&self) -> &'static str {
        match self.job().work {
            Work::Plan => "job.planned",
            Work::Deletion { .. } => "job.deleted",
            Work::Export(_) => "job.written",
            Work::Reversal { .. } | Work::Revert { .. } => "job.undone",
            _ => "job.changed",
        }
    }

    /// Some may be left out of it.
    fn may_refuse(&self) -> bool {
        !matches!(self.job().work, Work::Export(_))
    }

    /// The addresses of its file in each format, and the key of what each is.
    fn files(&self) -> Vec<(String, String)> {
        let id = self.job().id;
        self.progress
            .file
            .iter()
            .flat_map(|_| download::links(|ending| format!("/jobs/{id}/people.{ending}")))
            .collect()
    }

    /// The plan that it made, for whoever may carry it out.
    fn plan(&self) -> Option<i64> {
        let job = self.job();
        (job.work == Work::Plan && job.state == State::Done && job.actor == self.v.actor.id()).then_some(job.id)
    }

    /// A file was written that nobody can fetch any more, or not from here.
    fn file_is_gone(&self) -> bool {
        let job = self.job();
        matches!(job.work, Work::Export(_)) && job.state == State::Done && self.progress.file.is_none()
    }

    fn refused(&self) -> &'static str {
        if let Work::Deletion { .. } | Work::Plan = self.job().work { "job.refused" } else { "job.left_alone" }
    }

    fn pace(&self) -> Option<String> {
        pace(self.v, self.job())
    }

    fn batch(&self) -> Option<i64> {
        self.job().work.batch().filter(|_| self.progress.is_undoable)
    }
}
