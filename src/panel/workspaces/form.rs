//! `/workspaces/new` and `/workspaces/{id}/edit`.
use crate::actions::Act;
use crate::actions::people::named::named;
use crate::actions::workspaces::{self, Counted, Draft};
use crate::domain::{Error, FieldErrors, Result, Verb, Workspace, text};
use crate::panel::entered::Entered;
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

#[derive(Template)]
#[template(path = "workspaces/form.html")]
struct FormPage<'a> {
    v: &'a View,
    /// Nothing when a new one is made.
    workspace: Option<&'a Workspace>,
    entered: &'a Entered,
    errors: &'a FieldErrors,
}

pub async fn new(visit: Visit) -> Answer {
    if !visit.view.can_here(Verb::ManageWorkspaces) {
        return Err(Error::Forbidden("forbidden.role").into());
    }
    page(&visit, StatusCode::OK, None, &visit.kept().unwrap_or_default(), &FieldErrors::default())
}

pub async fn create(visit: Visit, entered: Entered) -> Answer {
    if !visit.view.can_here(Verb::ManageWorkspaces) {
        return Err(Error::Forbidden("forbidden.role").into());
    }
    let form = entered.clone();
    match visit.write(move |act| parse(act, &form).and_then(|draft| workspaces::create(act, draft))).await {
        Ok(id) => visit.go(&format!("/workspaces/{id}"), Some("done.workspace_created")),
        Err(e) => wrong(&visit, None, &entered, e),
    }
}

pub async fn edit(visit: Visit, id: web::Path<i64>) -> Answer {
    let id = *id;
    let Counted { workspace, owner, .. } = visit.read(move |act| workspaces::edit(act, id)).await?;
    let entered = visit.kept().unwrap_or_else(|| {
        Entered::of([
            ("version".into(), workspace.version.to_string()),
            ("name".into(), workspace.name.clone()),
            ("description".into(), workspace.description.clone()),
            ("owner".into(), format!("{owner} #{}", workspace.owner.0)),
            ("locked".into(), if workspace.locked { "yes" } else { "" }.into()),
        ])
    });
    page(&visit, StatusCode::OK, Some(&workspace), &entered, &FieldErrors::default())
}

pub async fn update(visit: Visit, id: web::Path<i64>, entered: Entered) -> Answer {
    let (id, version, form) = (*id, entered.version()?, entered.clone());
    let done = visit
        .write(move |act| {
            workspaces::edit(act, id)?;
            let draft = parse(act, &form)?;
            workspaces::update(act, id, version, draft)
        })
        .await;
    match done {
        Ok(()) => visit.go(&format!("/workspaces/{id}"), Some("done.edited")),
        Err(e) => {
            let workspace = visit.read(move |act| workspaces::edit(act, id)).await?.workspace;
            wrong(&visit, Some(&workspace), &entered, e)
        }
    }
}

fn parse(act: &mut Act, entered: &Entered) -> Result<Draft> {
    let mut errors = FieldErrors::default();
    let name = text::line(entered.get("name"), 200).and_then(|n| if n.is_empty() { Err("name.blank") } else { Ok(n) });
    let name = errors.take("name", name);
    let description = errors.take("description", text::lines(entered.get("description"), 2_000));
    let owner = errors.take("owner", named(act, entered.get("owner"))?);
    match (name, description, owner) {
        (Some(name), Some(description), Some(owner)) => {
            Ok(Draft { name, description, owner: owner.id, locked: entered.ticked("locked") })
        }
        _ => Err(Error::Invalid(errors)),
    }
}

fn wrong(visit: &Visit, workspace: Option<&Workspace>, entered: &Entered, error: Error) -> Answer {
    let (status, entered, errors) = entered.after(error, workspace.map(|one| one.version))?;
    page(visit, status, workspace, &entered, &errors)
}

fn page(
    visit: &Visit,
    status: StatusCode,
    workspace: Option<&Workspace>,
    entered: &Entered,
    errors: &FieldErrors,
) -> Answer {
    visit.answer(status, FormPage { v: &visit.view, workspace, entered, errors }.render())
}
