//! `/people/plans`: deleting more people than one page looks at. A job makes the plan, then the form shows it.
use super::ask::Ask;
use super::choices::parse;
use super::deletion::{Way, Whom, render, start};
use crate::actions::people::deletion::{Consent, planned};
use crate::domain::{Error, FieldErrors, PeopleFilter, Result};
use crate::panel::entered::Entered;
use crate::panel::jobs::begin::Begin;
use crate::panel::query::Query;
use crate::panel::refusal::Answer;
use crate::panel::tickets::index::known_groups;
use crate::panel::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::web;

/// How many would be looked at.
pub async fn new(visit: Visit) -> Answer {
    let filter = Query::parse(&visit.query).get("filter").unwrap_or_default().to_owned();
    begin(&visit, &filter, StatusCode::OK).await
}

async fn begin(visit: &Visit, asked: &str, status: StatusCode) -> Answer {
    let filter = filter(visit, asked)?;
    let count = visit.read(move |act| planned::count(act, &filter)).await?;
    let v = &visit.view;
    let begin = Begin {
        title: v.t("deletion.plan"),
        lead: v.t("deletion.plan_lead"),
        foot: String::new(),
        action: "/people/plans",
        carries: &[("filter", asked)],
        filter: asked,
        button: "deletion.make_plan",
        is_dangerous: false,
    };
    begin.page(visit, (count, None), status)
}

pub async fn create(visit: Visit, entered: Entered) -> Answer {
    let asked = entered.get("filter").to_owned();
    let (filter, count, once) = (filter(&visit, &asked)?, entered.number("count")?, entered.get("once").to_owned());
    match visit.write(move |act| planned::start(act, &filter, (count, &once))).await {
        Ok(job) => visit.go(&format!("/jobs/{job}"), None),
        Err(Error::Stale) => begin(&visit, &asked, StatusCode::CONFLICT).await,
        Err(e) => Err(e.into()),
    }
}

/// The plan that a job made.
pub async fn show(visit: Visit, id: web::Path<i64>) -> Answer {
    let entered = start(&visit);
    page(&visit, *id, StatusCode::OK, &entered, &FieldErrors::default()).await
}

async fn page(visit: &Visit, id: i64, status: StatusCode, entered: &Entered, errors: &FieldErrors) -> Answer {
    let read = visit.read(move |act| Ok((planned::show(act, id)?, known_groups(act)?))).await?;
    let (planned, groups) = read;
    render(visit, status, Whom::Planned(&planned), &planned.facts, &groups, (entered, errors, Way::Deletion))
}

/// Carries it out.
pub async fn update(visit: Visit, id: web::Path<i64>, entered: Entered) -> Answer {
    let (id, form) = (*id, entered.clone());
    let done = visit
        .write(move |act| {
            let planned = planned::show(act, id)?;
            let choices = parse(act, &planned.facts, &form)?;
            let consent = Consent { seen: planned.facts.seen.clone(), choices, typed: form.get("typed").to_owned() };
            planned::create(act, planned, &consent)
        })
        .await;
    match done {
        Ok(job) => visit.go(&format!("/jobs/{job}"), None),
        Err(Error::Invalid(errors)) => page(&visit, id, StatusCode::UNPROCESSABLE_ENTITY, &entered, &errors).await,
        Err(e) => Err(e.into()),
    }
}

fn filter(visit: &Visit, asked: &str) -> Result<PeopleFilter> {
    let ask = Ask::parse(asked, "/people", visit.view.catalogue());
    ask.filter(&visit.view.dates).map_err(Error::from)
}
