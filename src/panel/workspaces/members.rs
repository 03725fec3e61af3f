//! `/workspaces/{id}/members`: putting people into a workspace and taking them out.
use super::show::page;
use crate::actions::people::named::named;
use crate::actions::{Act, workspaces};
use crate::domain::workspace::MemberRole;
use crate::domain::{Error, FieldErrors, PersonId, Result};
use crate::panel::entered::Entered;
use crate::panel::refusal::Answer;
use crate::panel::visit::Visit;
use actix_web::web;

pub async fn create(visit: Visit, id: web::Path<i64>, entered: Entered) -> Answer {
    let (id, form) = (*id, entered.clone());
    match visit.write(move |act| join(act, id, &form)).await {
        Ok(()) => visit.go(&format!("/workspaces/{id}"), Some("done.edited")),
        Err(e) => wrong(&visit, id, &entered, e).await,
    }
}

pub async fn destroy(visit: Visit, ids: web::Path<(i64, i64)>) -> Answer {
    let (id, person) = *ids;
    match visit.write(move |act| workspaces::leave(act, id, PersonId(person))).await {
        Ok(()) => visit.go(&format!("/workspaces/{id}"), Some("done.edited")),
        Err(e) => wrong(&visit, id, &Entered::default(), e).await,
    }
}

fn join(act: &mut Act, id: i64, entered: &Entered) -> Result<()> {
    workspaces::edit(act, id)?;
    let mut errors = FieldErrors::default();
    let person = errors.take("member", named(act, entered.get("member"))?);
    let role = entered.get("role").parse().ok().and_then(MemberRole::new).ok_or("member_role.unknown");
    match (person, errors.take("role", role)) {
        (Some(person), Some(role)) => workspaces::join(act, id, person.id, role),
        _ => Err(Error::Invalid(errors)),
    }
}

async fn wrong(visit: &Visit, id: i64, entered: &Entered, error: Error) -> Answer {
    let (status, entered, errors) = entered.after(error, None)?;
    page(visit, id, status, &entered, &errors).await
}
