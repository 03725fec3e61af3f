//! `/imports/{id}`: how far an import is, what it would do or did.
use super::index::standing;
use crate::actions::imports::{self, Column, reversal};
use crate::domain::import::{FaultKind, Import, Report, Stage};
use crate::domain::job::{Job, State};
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use actix_web::web;
use askama::Template;

#[derive(Template)]
#[template(path = "imports/show.html", blocks = ["progress"])]
pub struct ShowPage<'a> {
    pub v: &'a View,
    pub import: &'a Import,
    pub job: Option<&'a Job>,
}

pub async fn show(visit: Visit, id: web::Path<i64>) -> Answer {
    let id = *id;
    let (import, job) = visit.read(move |act| imports::show(act, id)).await?;
    if import.stage == Stage::Draft {
        return visit.go(&format!("/imports/{id}/edit"), None);
    }
    let page = ShowPage { v: &visit.view, import: &import, job: job.as_ref() };
    visit.ok(if visit.view.htmx { page.as_progress().render() } else { page.render() })
}

impl ShowPage<'_> {
    fn standing(&self) -> &'static str {
        standing(self.import, self.job)
    }

    /// Nothing changes any more by itself.
    pub fn is_still(&self) -> bool {
        self.job.is_none_or(|job| job.state != State::Waiting)
    }

    fn is_run(&self) -> bool {
        !self.import.stage.is_open()
    }

    fn is_revertible(&self) -> bool {
        self.job.is_some_and(|job| reversal::is_due(self.import, job))
    }

    /// Taking it back was stopped, and can go on.
    fn is_half_reverted(&self) -> bool {
        self.job.is_some_and(|job| reversal::is_stopped(self.import, job))
    }

    /// Rows that are done. Taking it back goes by people, and is shown with its job.
    fn rows(&self) -> i64 {
        if self.import.stage == Stage::Reversal { self.import.rows } else { self.import.at_row }
    }

    fn is_tried(&self) -> bool {
        self.import.stage == Stage::Trial && self.import.trial.is_some()
    }

    fn is(&self, state: &str) -> bool {
        self.job.is_some_and(|job| job.state.name() == state)
    }

    /// Of the rows until now; of all once it is over.
    fn report(&self) -> &Report {
        &self.import.report
    }

    fn fault(&self, kind: &FaultKind) -> String {
        let column = Column::named(&kind.column, self.v.catalogue());
        let named = column.map_or_else(|| kind.column.clone(), |column| self.v.field_label(&column.name()));
        let said = self.v.t(&kind.key);
        if named.is_empty() { said } else { format!("{named}: {said}") }
    }

    fn first(&self, kind: &FaultKind) -> String {
        let numbers: Vec<String> = kind.first.iter().map(|number| self.v.number(*number)).collect();
        numbers.join(", ")
    }

    /// How fast it goes and how long it will, once that is known.
    fn pace(&self) -> Option<String> {
        crate::panel::jobs::pace(self.v, self.job?)
    }
}
