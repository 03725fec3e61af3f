//! `/batches`: doing one thing to everybody who was chosen or who matches, and taking it back.
use super::entered::Entered;
use super::flash::Flash;
use super::jobs::begin::Begin;
use super::people::ask::Ask;
use super::query::{self, local};
use super::refusal::Answer;
use super::view::View;
use super::visit::Visit;
use crate::actions::batches::{self, Everybody, Outcome, Undone};
use crate::domain::deed::Deed;
use crate::domain::{Catalogue, Error, Field, Fields, PeopleFilter, Result, Verb, text};
use actix_web::http::StatusCode;
use actix_web::web;

/// What a form of the list says besides whom it chose.
const SAID: [&str; 9] = ["deed", "tags", "organisation", "group", "language", "field", "value", "filter", "back"];

/// What would be done to everybody who matches.
pub async fn new(visit: Visit) -> Answer {
    if !visit.view.can_here(Verb::List) {
        return Err(Error::Forbidden("forbidden.role").into());
    }
    let entered = Entered::of(url::form_urlencoded::parse(visit.query.as_bytes()).into_owned());
    let back = local(entered.get("back")).to_owned();
    let Some(deed) = deed(&entered, visit.view.catalogue())? else { return visit.go(&back, Some("batch.no_value")) };
    page(&visit, &entered, &deed, StatusCode::OK).await
}

async fn page(visit: &Visit, entered: &Entered, deed: &Deed, status: StatusCode) -> Answer {
    let (filter, asked) = (filter(visit, entered)?, deed.clone());
    let (count, unchanged) = match visit.read(move |act| batches::plan(act, &filter, &asked)).await {
        Ok(plan) => plan,
        Err(Error::Invalid(_)) => return visit.go(local(entered.get("back")), Some("batch.unknown")),
        Err(e) => return Err(e.into()),
    };
    let (v, carries) = (&visit.view, SAID.map(|name| (name, entered.get(name))));
    let begin = Begin {
        title: title(v, deed),
        lead: v.t("batch.lead"),
        foot: v.about("batch.back", &v.until(30_i64)),
        action: "/batches",
        carries: &carries,
        filter: entered.get("filter"),
        button: "batch.start",
        is_dangerous: *deed == Deed::Suspend,
    };
    begin.page(visit, (count, unchanged), status)
}

pub async fn create(visit: Visit, entered: Entered) -> Answer {
    if !visit.view.can_here(Verb::List) {
        return Err(Error::Forbidden("forbidden.role").into());
    }
    let back = local(entered.get("back")).to_owned();
    let Some(deed) = deed(&entered, visit.view.catalogue())? else { return visit.go(&back, Some("batch.no_value")) };
    if entered.ticked("all") {
        return all(&visit, &entered, deed).await;
    }
    let ids = entered.people("id")?;
    if ids.is_empty() {
        return visit.go(&back, Some("batch.nobody"));
    }
    let key = done(&deed);
    match visit.write(move |act| batches::create(act, &ids, &deed)).await {
        Ok(outcome) => visit.go_saying(&back, Some(said(key, outcome))),
        Err(Error::Invalid(_)) => visit.go(&back, Some("batch.unknown")),
        Err(e) => Err(e.into()),
    }
}

/// Shown before it is begun.
async fn all(visit: &Visit, entered: &Entered, deed: Deed) -> Answer {
    if entered.get("once").is_empty() {
        let said = SAID.map(|name| (name, entered.get(name)));
        return visit.go(&format!("/batches/new?{}", query::pairs(&said)), None);
    }
    let filter = filter(visit, entered)?;
    let whom = Everybody { filter, count: entered.number("count")?, once: entered.get("once").to_owned() };
    let asked = deed.clone();
    match visit.write(move |act| batches::start(act, &whom, &asked)).await {
        Ok(job) => visit.go(&format!("/jobs/{job}"), None),
        Err(Error::Stale) => page(visit, entered, &deed, StatusCode::CONFLICT).await,
        Err(Error::Invalid(_)) => visit.go(local(entered.get("back")), Some("batch.unknown")),
        Err(e) => Err(e.into()),
    }
}

pub async fn destroy(visit: Visit, id: web::Path<i64>, entered: Entered) -> Answer {
    let (id, back) = (*id, local(entered.get("back")).to_owned());
    match visit.write(move |act| batches::destroy(act, id)).await {
        Ok(Undone::Now(outcome)) => visit.go_saying(&back, Some(said("batch.undone", outcome))),
        Ok(Undone::Later(job)) => visit.go(&format!("/jobs/{job}"), None),
        Err(Error::Forbidden(key @ ("batch.undone_already" | "batch.under_way"))) => visit.go(&back, Some(key)),
        Err(e) => Err(e.into()),
    }
}

fn said(key: &'static str, outcome: Outcome) -> Flash {
    let Outcome { batch, changed, unchanged, refused } = outcome;
    Flash::new(key, vec![changed, unchanged, refused, batch.unwrap_or(0)])
}

/// The list that the form stood under.
fn filter(visit: &Visit, entered: &Entered) -> Result<PeopleFilter> {
    let ask = Ask::parse(entered.get("filter"), "/people", visit.view.catalogue());
    ask.filter(&visit.view.dates).map_err(Error::from)
}

/// Nothing when it lacks the value that it needs.
fn deed(entered: &Entered, catalogue: &Catalogue) -> Result<Option<Deed>> {
    let names = |field: &'static str, read: fn(&str) -> Result<Vec<String>, &'static str>| {
        let names = read(entered.get(field)).map_err(|key| Error::invalid(field, key))?;
        Ok::<_, Error>(Some(names).filter(|names| !names.is_empty()))
    };
    let tags = || names("tags", text::tags);
    let groups = || names("group", text::names);
    Ok(match entered.get("deed") {
        "suspend" => Some(Deed::Suspend),
        "reactivate" => Some(Deed::Reactivate),
        "tag" => tags()?.map(Deed::Tag),
        "untag" => tags()?.map(Deed::Untag),
        "organisation" => {
            let name =
                text::line(entered.get("organisation"), 200).map_err(|key| Error::invalid("organisation", key))?;
            Some(Deed::SetOrganisation(name))
        }
        "group" => groups()?.map(Deed::AddToGroups),
        "ungroup" => groups()?.map(Deed::RemoveFromGroups),
        "language" => {
            let mut read = Fields::default();
            let given = read.set(Field::Language, entered.get("language"));
            given.map_err(|key| Error::invalid("language", key))?;
            Some(Deed::SetLanguage(read.language))
        }
        "field" => catalogue.named(entered.get("field")).map(|field| value(entered, field)).transpose()?,
        _ => return Err(Error::Malformed("error.malformed_advice")),
    })
}

fn value(entered: &Entered, field: &crate::domain::CustomField) -> Result<Deed> {
    let value = field.parse(entered.get("value")).map_err(Error::Malformed)?;
    Ok(Deed::SetField(field.name.clone(), value))
}

fn done(deed: &Deed) -> &'static str {
    match deed {
        Deed::Suspend => "batch.suspend",
        Deed::Reactivate => "batch.reactivate",
        Deed::Tag(_) => "batch.tag",
        Deed::Untag(_) => "batch.untag",
        Deed::SetOrganisation(name) if name.is_empty() => "batch.no_organisation",
        Deed::SetOrganisation(_) => "batch.organisation",
        Deed::AddToGroups(_) => "batch.group",
        Deed::RemoveFromGroups(_) => "batch.ungroup",
        Deed::SetLanguage(_) => "batch.language",
        Deed::SetField(..) => "batch.field",
    }
}

/// What it does, in the reader's language.
pub fn title(v: &View, deed: &Deed) -> String {
    let names = |names: &[String]| names.join(", ");
    match deed {
        Deed::Suspend => v.t("deed.suspend"),
        Deed::Reactivate => v.t("deed.reactivate"),
        Deed::Tag(tags) => v.about("deed.tag", &names(tags)),
        Deed::Untag(tags) => v.about("deed.untag", &names(tags)),
        Deed::SetOrganisation(name) if name.is_empty() => v.t("deed.no_organisation"),
        Deed::SetOrganisation(name) => v.about("deed.organisation", name),
        Deed::AddToGroups(groups) => v.about("deed.group", &names(groups)),
        Deed::RemoveFromGroups(groups) => v.about("deed.ungroup", &names(groups)),
        Deed::SetLanguage(tag) if tag.is_empty() => v.t("deed.no_language"),
        Deed::SetLanguage(tag) => v.about("deed.language", tag),
        Deed::SetField(name, value) => {
            let field = v.catalogue().remembered(name);
            let label = field.map_or(name.as_str(), |field| field.label.in_language(v.language.tag()));
            v.about("deed.field", &format!("{label} → {}", if value.is_empty() { "–" } else { value }))
        }
    }
}
