//! `/batches`: doing one thing to everybody who was chosen, and taking it back.
use super::entered::Entered;
use super::flash::Flash;
use super::query::local;
use super::refusal::Answer;
use super::visit::Visit;
use crate::actions::batches::{self, MOST, Outcome};
use crate::domain::deed::Deed;
use crate::domain::{Error, PersonId, Result, Verb, text};
use actix_web::web;

pub async fn create(visit: Visit, entered: Entered) -> Answer {
    if !visit.view.can_here(Verb::List) {
        return Err(Error::Forbidden("forbidden.role").into());
    }
    let back = local(entered.get("back")).to_owned();
    let ids = ids(&entered)?;
    if ids.is_empty() {
        return visit.go(&back, Some("batch.nobody"));
    }
    let Some(deed) = deed(&entered)? else { return visit.go(&back, Some("batch.no_value")) };
    let key = done(&deed);
    match visit.write(move |act| batches::create(act, &ids, &deed)).await {
        Ok(outcome) => visit.go_saying(&back, Some(said(key, outcome))),
        Err(Error::Invalid(_)) => visit.go(&back, Some("batch.unknown")),
        Err(e) => Err(e.into()),
    }
}

pub async fn destroy(visit: Visit, id: web::Path<i64>, entered: Entered) -> Answer {
    let (id, back) = (*id, local(entered.get("back")).to_owned());
    match visit.write(move |act| batches::destroy(act, id)).await {
        Ok(outcome) => visit.go_saying(&back, Some(said("batch.undone", outcome))),
        Err(Error::Forbidden("batch.undone_already")) => visit.go(&back, Some("batch.undone_already")),
        Err(e) => Err(e.into()),
    }
}

fn said(key: &'static str, outcome: Outcome) -> Flash {
    let Outcome { batch, changed, unchanged, refused } = outcome;
    Flash::new(key, vec![changed, unchanged, refused, batch.unwrap_or(0)])
}

fn ids(entered: &Entered) -> Result<Vec<PersonId>> {
    let malformed = || Error::Malformed("error.malformed_advice");
    let ids: Vec<PersonId> = entered
        .get("id")
        .lines()
        .map(|raw| raw.parse().map(PersonId).map_err(|_| malformed()))
        .collect::<Result<_>>()?;
    if ids.len() > MOST { Err(Error::Malformed("batch.too_many")) } else { Ok(ids) }
}

/// Nothing when it lacks the value that it needs.
fn deed(entered: &Entered) -> Result<Option<Deed>> {
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
        _ => return Err(Error::Malformed("error.malformed_advice")),
    })
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
    }
}
