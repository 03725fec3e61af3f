//! `/people/deletion`: everybody who was chosen, with one plan; then the job that does it.
use super::ask::Ask;
use super::choices::parse;
use super::deletion::{Way, Whom, render, start};
use crate::actions::people::deletion::Consent;
use crate::actions::people::deletion::many::{self, Many};
use crate::domain::{Error, FieldErrors, PersonId, Verb};
use crate::panel::entered::Entered;
use crate::panel::query;
use crate::panel::refusal::Answer;
use crate::panel::tickets::index::known_groups;
use crate::panel::visit::Visit;
use actix_web::http::StatusCode;

pub async fn new(visit: Visit) -> Answer {
    if !visit.view.can_here(Verb::Restore) {
        return Err(Error::Forbidden("forbidden.role").into());
    }
    let asked = Entered::of(url::form_urlencoded::parse(visit.query.as_bytes()).into_owned());
    if asked.ticked("all") {
        return all(&visit, &asked).await;
    }
    let ids = asked.people("id")?;
    if ids.is_empty() {
        return visit.go("/people", Some("batch.nobody"));
    }
    let entered = start(&visit);
    page(&visit, ids, StatusCode::OK, &entered, &FieldErrors::default()).await
}

/// Everybody who matches, by number, so that the plan is about those whom it shows; that of many is made by a job.
async fn all(visit: &Visit, asked: &Entered) -> Answer {
    let filter = Ask::parse(asked.get("filter"), "/people", visit.view.catalogue());
    let filter = filter.filter(&visit.view.dates).map_err(Error::from)?;
    let Some(ids) = visit.read(move |act| many::everybody(act, &filter)).await? else {
        return visit.go(&format!("/people/plans/new?{}", query::pairs(&[("filter", asked.get("filter"))])), None);
    };
    let named: Vec<String> = ids.iter().map(|id| format!("id={}", id.0)).collect();
    visit.go(&format!("/people/deletion?{}", named.join("&")), None)
}

pub async fn create(visit: Visit, mut entered: Entered) -> Answer {
    let (ids, form) = (entered.people("id")?, entered.clone());
    let chosen = ids.clone();
    let done = visit
        .write(move |act| {
            let plan = many::plan(act, &chosen)?;
            let choices = parse(act, &plan.facts, &form)?;
            let consent = Consent { seen: form.get("seen").to_owned(), choices, typed: form.get("typed").to_owned() };
            many::create(act, &chosen, &consent)
        })
        .await;
    match done {
        Ok(job) => visit.go(&format!("/jobs/{job}"), None),
        Err(Error::Stale) => {
            entered.set("typed", "");
            page(&visit, ids, StatusCode::CONFLICT, &entered, &FieldErrors::one("seen", "plan.changed")).await
        }
        Err(Error::Invalid(errors)) => page(&visit, ids, StatusCode::UNPROCESSABLE_ENTITY, &entered, &errors).await,
        Err(e) => Err(e.into()),
    }
}

async fn page(
    visit: &Visit,
    ids: Vec<PersonId>,
    status: StatusCode,
    entered: &Entered,
    errors: &FieldErrors,
) -> Answer {
    let read = visit.read(move |act| Ok((many::plan(act, &ids)?, known_groups(act)?))).await?;
    let (Many { people, facts, refused, .. }, groups) = read;
    render(visit, status, Whom::Many(&people, &refused), &facts, &groups, (entered, errors, Way::Deletion))
}
