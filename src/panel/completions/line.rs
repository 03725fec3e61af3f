//! `/completions/line`: how the last piece of a line that asks for people may go on.
use super::Options;
use crate::actions::{completions, groups};
use crate::domain::custom::FieldKind;
use crate::domain::{CustomField, Error, Result, Role, Status, Verb, fold};
use crate::panel::people::ask::{Ask, FILTERS, FOR_STAFF, QUIET, SPANS};
use crate::panel::people::chips::{self, label};
use crate::panel::people::line::Term;
use crate::panel::people::{ask_fields, line};
use crate::panel::query::Query;
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use askama::Template;

const AGES: [&str; 4] = ["<7d", "<30d", "<90d", ">90d"];

/// Whole lines, because the browser puts an option in the place of all that was typed.
pub async fn show(visit: Visit) -> Answer {
    if !visit.view.can_here(Verb::List) {
        return Err(Error::Forbidden("forbidden.role").into());
    }
    // Blanks at the end count: behind them a new piece begins.
    let typed = Query::parse(&visit.query).first_whole().trim_start().to_owned();
    let Some((at, last)) = line::pieces(&typed).pop().filter(|_| !typed.ends_with(char::is_whitespace)) else {
        return visit.ok(Options { values: vec![] }.render());
    };
    let v = &visit.view;
    let before = &typed[..at.start];
    let found = if last.key.is_empty() { keys(v, &last.value) } else { values(&visit, &last).await? };
    let whole = |(term, label): (Term, String)| (format!("{before}{term}"), label);
    visit.ok(Options { values: found.into_iter().map(whole).collect() }.render())
}

/// Filters whose name, here or in the reader's language, begins so.
fn keys(v: &View, letters: &str) -> Vec<(Term, String)> {
    let ask = Ask::parse("", "/people", v.catalogue());
    let is_staff = v.can_here(Verb::SeeStaffFields);
    let built_in = FILTERS.into_iter().filter(|name| is_staff || !FOR_STAFF.contains(name)).map(str::to_owned);
    let named = built_in.chain(ask_fields::names(v.catalogue())).map(|name| (label(v, &ask, &name), name));
    let meant =
        named.filter(|(label, name)| name.starts_with(&fold(letters)) || fold(label).starts_with(&fold(letters)));
    meant.map(|(label, key)| (Term { key, value: String::new() }, label)).collect()
}

async fn values(visit: &Visit, last: &Term) -> Result<Vec<(Term, String)>> {
    let (v, letters) = (&visit.view, last.value.clone());
    let offered: Vec<(String, String)> = match last.key.as_str() {
        "role" => Role::ALL.iter().map(|role| (role.name().into(), v.t(&format!("role.{}", role.name())))).collect(),
        "status" => {
            let names = Status::ALL.iter().map(|status| status.name()).chain([QUIET]);
            names.map(|name| (name.to_owned(), v.status_label(name))).collect()
        }
        "contact" => vec![("none".into(), v.t("people.no_contact"))],
        name if SPANS.contains(&name) => days(v),
        name if FOR_STAFF.contains(&name) && !v.can_here(Verb::SeeStaffFields) => vec![],
        "tag" => unlabelled(visit.read(move |act| completions::tags(act, &letters)).await?),
        "organisation" => unlabelled(visit.read(move |act| completions::organisations(act, &letters)).await?),
        "group" => unlabelled(visit.read(groups::names).await?),
        name => ask_fields::meant(v.catalogue(), name).map(|field| of_field(v, field)).unwrap_or_default(),
    };
    let begins = |(value, label): &(String, String)| {
        let letters = fold(&last.value);
        fold(value).starts_with(&letters) || fold(label).starts_with(&letters)
    };
    let term = |(value, label)| (Term { key: last.key.clone(), value }, label);
    Ok(offered.into_iter().filter(begins).take(completions::MOST as usize).map(term).collect())
}

fn unlabelled(values: Vec<String>) -> Vec<(String, String)> {
    values.into_iter().map(|value| (value, String::new())).collect()
}

fn days(v: &View) -> Vec<(String, String)> {
    let today = v.dates.iso_day(&v.dates.now);
    let since = |sign: &str, key: &str| (format!("{sign}{today}"), v.about(key, &v.dates.date(&v.dates.now)));
    let ages = AGES.into_iter().map(|age| (age.to_owned(), chips::days(v, age)));
    ages.chain([since(">=", "span.from"), since("<", "span.before")]).collect()
}

fn of_field(v: &View, field: &CustomField) -> Vec<(String, String)> {
    match field.kind {
        FieldKind::Date => days(v),
        FieldKind::YesNo => ["yes", "no"].map(|answer| (answer.to_owned(), v.t(&format!("answer.{answer}")))).into(),
        _ => unlabelled(field.choices.clone()),
    }
}
