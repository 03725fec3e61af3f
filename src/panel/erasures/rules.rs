//! `/erasures/rules`: when the house erases customers by itself, and whom that concerns.
use crate::actions::expiry::{self, Due, Rules};
use crate::domain::{Error, FieldErrors};
use crate::panel::entered::Entered;
use crate::panel::query::Query;
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use actix_web::http::StatusCode;
use askama::Template;

#[derive(Template)]
#[template(path = "erasures/rules.html")]
struct RulesPage<'a> {
    v: &'a View,
    /// As they were typed.
    typed: [String; 2],
    due: Option<Due>,
    errors: &'a FieldErrors,
}

/// With other days in the address: whom those would concern.
pub async fn edit(visit: Visit) -> Answer {
    let query = Query::parse(&visit.query);
    let set = visit.read(expiry::edit).await?;
    let typed = [("inactive", set.inactive), ("suspended", set.suspended)]
        .map(|(name, days)| query.get(name).map_or_else(|| days.to_string(), str::to_owned));
    show(&visit, typed, StatusCode::OK, None).await
}

pub async fn update(visit: Visit, entered: Entered) -> Answer {
    let typed = ["inactive", "suspended"].map(|name| entered.get(name).trim().to_owned());
    let rules = rules(&typed);
    match visit.write(move |act| expiry::update(act, rules)).await {
        Ok(()) => visit.go("/erasures/rules", Some("done.rules")),
        Err(Error::Invalid(errors)) => show(&visit, typed, StatusCode::UNPROCESSABLE_ENTITY, Some(errors)).await,
        Err(e) => Err(e.into()),
    }
}

/// What is no number is out of every range.
fn rules([inactive, suspended]: &[String; 2]) -> Rules {
    let days = |typed: &str| if typed.trim().is_empty() { 0 } else { typed.trim().parse().unwrap_or(-1) };
    Rules { inactive: days(inactive), suspended: days(suspended) }
}

async fn show(visit: &Visit, typed: [String; 2], status: StatusCode, errors: Option<FieldErrors>) -> Answer {
    let rules = rules(&typed);
    let (due, errors, status) = match (errors, visit.read(move |act| expiry::due(act, rules)).await) {
        (Some(errors), _) => (None, errors, status),
        (None, Ok(due)) => (Some(due), FieldErrors::default(), status),
        (None, Err(Error::Invalid(errors))) => (None, errors, StatusCode::UNPROCESSABLE_ENTITY),
        (None, Err(e)) => return Err(e.into()),
    };
    visit.answer(status, RulesPage { v: &visit.view, typed, due, errors: &errors }.render())
}

impl RulesPage<'_> {
    fn erases(&self) -> bool {
        self.due.as_ref().is_some_and(|due| due.total > 0)
    }

    /// What the button does, in numbers.
    fn save(&self) -> String {
        match &self.due {
            Some(due) if due.total > 0 => self.v.count("expiry.save", due.total),
            _ => self.v.t("form.save"),
        }
    }
}
