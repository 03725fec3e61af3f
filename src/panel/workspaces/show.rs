//! `/workspaces/{id}`: one workspace and who is in it.
use crate::actions::workspaces::{self, Counted};
use crate::domain::workspace::MemberRole;
use crate::domain::{FieldErrors, Person, Verb};
use crate::panel::entered::Entered;
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

#[derive(Template)]
#[template(path = "workspaces/show.html")]
struct ShowPage<'a> {
    v: &'a View,
    counted: &'a Counted,
    members: &'a [(Person, MemberRole)],
    entered: &'a Entered,
    errors: &'a FieldErrors,
}

pub async fn show(visit: Visit, id: web::Path<i64>) -> Answer {
    page(&visit, *id, StatusCode::OK, &visit.kept().unwrap_or_default(), &FieldErrors::default()).await
}

/// The page with what was typed into its form and what is wrong with it.
pub async fn page(visit: &Visit, id: i64, status: StatusCode, entered: &Entered, errors: &FieldErrors) -> Answer {
    let (counted, members) = visit.read(move |act| workspaces::show(act, id)).await?;
    let (counted, members) = (&counted, members.as_slice());
    visit.answer(status, ShowPage { v: &visit.view, counted, members, entered, errors }.render())
}

impl ShowPage<'_> {
    fn may_manage(&self) -> bool {
        self.v.can_here(Verb::ManageWorkspaces)
    }

    /// Whoever is put in reads, unless said otherwise.
    fn is_chosen(&self, role: &MemberRole) -> bool {
        let typed = self.entered.get("role").parse().ok().and_then(MemberRole::new);
        typed.unwrap_or(MemberRole::READER) == *role
    }

    /// The others are told about, not shown.
    fn hidden(&self) -> i64 {
        self.counted.members - self.members.len() as i64
    }
}
