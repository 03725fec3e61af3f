//! `/tickets/{id}`: one ticket, what was said about it, and working on it.
use super::index::known_groups;
use crate::actions::people::named::{named, written};
use crate::actions::tickets::{self, Opened, Work};
use crate::domain::ticket::{Priority, TicketStatus};
use crate::domain::{Error, FieldErrors, Group, Result, Verb};
use crate::panel::entered::Entered;
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

#[derive(Template)]
#[template(path = "tickets/show.html")]
struct ShowPage<'a> {
    v: &'a View,
    opened: &'a Opened,
    groups: &'a [Group],
    entered: &'a Entered,
    errors: &'a FieldErrors,
}

pub async fn show(visit: Visit, id: web::Path<i64>) -> Answer {
    page(&visit, *id, StatusCode::OK, visit.kept(), &FieldErrors::default()).await
}

pub async fn update(visit: Visit, id: web::Path<i64>, entered: Entered) -> Answer {
    let (id, version) = (*id, entered.version()?);
    let form = entered.clone();
    let done = visit
        .write(move |act| {
            tickets::edit(act, id)?;
            let work = parse(act, &form)?;
            tickets::update(act, id, version, work)
        })
        .await;
    match done {
        Ok(()) => {
            // Whoever handed it on may see it no more.
            let still = visit.read(move |act| tickets::edit(act, id)).await.is_ok();
            let to = if still { format!("/tickets/{id}") } else { "/tickets".into() };
            visit.go(&to, Some("done.ticket"))
        }
        Err(e) => wrong(&visit, id, &entered, e).await,
    }
}

/// The page again with what was typed and what is wrong with it.
pub async fn wrong(visit: &Visit, id: i64, entered: &Entered, error: Error) -> Answer {
    let version = visit.read(move |act| Ok(tickets::show(act, id)?.shown.ticket.version)).await?;
    let (status, entered, errors) = entered.after(error, Some(version))?;
    page(visit, id, status, Some(entered), &errors).await
}

fn parse(act: &mut crate::actions::Act, entered: &Entered) -> Result<Work> {
    let mut errors = FieldErrors::default();
    let status = errors.take("status", TicketStatus::parse(entered.get("status")).ok_or("ticket_status.unknown"));
    let priority = errors.take("priority", Priority::parse(entered.get("priority")).ok_or("priority.unknown"));
    let group = match entered.get("group") {
        "" => None,
        raw => errors.take("group", raw.parse().map_err(|_| "groups.unknown")),
    };
    let assignee = match entered.get("assignee").trim() {
        "" => None,
        raw => errors.take("assignee", named(act, raw)?).map(|person| person.id),
    };
    match (status, priority) {
        (Some(status), Some(priority)) => errors.or(Work { status, priority, assignee, group }),
        _ => Err(Error::Invalid(errors)),
    }
}

async fn page(visit: &Visit, id: i64, status: StatusCode, typed: Option<Entered>, errors: &FieldErrors) -> Answer {
    let (opened, groups) = visit.read(move |act| Ok((tickets::show(act, id)?, known_groups(act)?))).await?;
    let mut entered = as_it_is(&opened);
    for name in ["version", "status", "priority", "assignee", "group", "body", "is_public"] {
        if let Some(value) = typed.as_ref().and_then(|typed| typed.given(name)) {
            entered.set(name, value);
        }
    }
    let (opened, groups, entered) = (&opened, groups.as_slice(), &entered);
    visit.answer(status, ShowPage { v: &visit.view, opened, groups, entered, errors }.render())
}

fn as_it_is(opened: &Opened) -> Entered {
    let ticket = &opened.shown.ticket;
    Entered::of([
        ("version".into(), ticket.version.to_string()),
        ("status".into(), ticket.status.name().into()),
        ("priority".into(), ticket.priority.name().into()),
        ("assignee".into(), opened.assignee.as_ref().map(written).unwrap_or_default()),
        ("group".into(), ticket.group.map(|id| id.to_string()).unwrap_or_default()),
    ])
}

impl ShowPage<'_> {
    fn statuses(&self) -> Vec<&'static str> {
        TicketStatus::ALL.iter().map(|one| one.name()).collect()
    }

    fn priorities(&self) -> Vec<&'static str> {
        Priority::ALL.iter().map(|one| one.name()).collect()
    }

    fn is_group(&self, group: &Group) -> bool {
        self.entered.get("group") == group.id.to_string()
    }

    fn author(&self, said: &tickets::Said) -> String {
        if said.called.is_empty() { self.v.t("tickets.somebody") } else { said.called.clone() }
    }
}
