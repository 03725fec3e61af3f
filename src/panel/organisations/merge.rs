//! `/organisations/{id}/merge`: into which one, what that moves, then doing it.
use crate::actions::organisations::{self, Counted, Merge};
use crate::domain::{Error, FieldErrors, text};
use crate::panel::entered::Entered;
use crate::panel::flash::Flash;
use crate::panel::query::{Query, pairs};
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;

#[derive(Template)]
#[template(path = "organisations/merge.html")]
struct MergePage<'a> {
    v: &'a View,
    absorbed: &'a Counted,
    /// Known once one was named.
    survivor: Option<&'a Counted>,
    into: &'a str,
    errors: &'a FieldErrors,
}

pub async fn new(visit: Visit, id: web::Path<i64>) -> Answer {
    let query = Query::parse(&visit.query);
    let into = query.get("into").unwrap_or_default().to_owned();
    let blank = (query.has("into") && into.is_empty()).then(|| FieldErrors::one("into", "merge.blank"));
    plan(&visit, *id, &into, blank).await
}

pub async fn create(visit: Visit, id: web::Path<i64>, entered: Entered) -> Answer {
    let into = text::line(entered.get("into"), 200).map_err(|key| Error::invalid("into", key))?;
    let (id, shown) = (*id, entered.number("members")?);
    let name = into.clone();
    match visit.write(move |act| organisations::merge(act, id, &name, shown)).await {
        Ok((survivor, kept)) => visit.go_saying(
            &format!("/organisations/{survivor}"),
            Some(Flash::new("done.organisation_merged", kept.into_iter().collect())),
        ),
        Err(Error::Stale) => {
            let again = format!("/organisations/{id}/merge?{}", pairs(&[("into", &into)]));
            visit.go(&again, Some("plan.changed"))
        }
        Err(Error::Invalid(errors)) => plan(&visit, id, &into, Some(errors)).await,
        Err(e) => Err(e.into()),
    }
}

/// What a merge would do, or why it was `refused` or cannot be.
async fn plan(visit: &Visit, id: i64, into: &str, refused: Option<FieldErrors>) -> Answer {
    let absorbed = visit.read(move |act| organisations::edit(act, id)).await?;
    let page = |survivor, errors: &FieldErrors, status| {
        visit.answer(status, MergePage { v: &visit.view, absorbed: &absorbed, survivor, into, errors }.render())
    };
    if let Some(errors) = refused {
        return page(None, &errors, StatusCode::UNPROCESSABLE_ENTITY);
    }
    if into.is_empty() {
        return page(None, &FieldErrors::default(), StatusCode::OK);
    }
    let name = into.to_owned();
    match visit.read(move |act| organisations::plan_merge(act, id, &name)).await {
        Ok(Merge { survivor, .. }) => page(Some(&survivor), &FieldErrors::default(), StatusCode::OK),
        Err(Error::Invalid(errors)) => page(None, &errors, StatusCode::UNPROCESSABLE_ENTITY),
        Err(e) => Err(e.into()),
    }
}
