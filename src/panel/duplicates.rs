//! `/duplicates`: records that may be of one person, and saying that they are not.
use crate::actions::duplicates::{self, Listing, Suggestion};
use crate::actions::people::named::written;
use crate::domain::likeness::Reason;
use crate::panel::entered::Entered;
use crate::panel::flash::Flash;
use crate::panel::query::{Query, ends, local, pairs};
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use actix_web::web;
use askama::Template;

const SIZE: usize = 25;

#[derive(Template)]
#[template(path = "duplicates/index.html")]
struct IndexPage<'a> {
    v: &'a View,
    listing: Listing,
    newer: Option<String>,
    older: Option<String>,
}

pub async fn index(visit: Visit) -> Answer {
    let turn = Query::parse(&visit.query).turn(duplicates::cursor)?;
    let listing = visit.read(move |act| duplicates::index(act, &turn, SIZE)).await?;
    let [newer, older] = ends("/duplicates", &[], listing.before.as_ref(), listing.after.as_ref());
    visit.ok(IndexPage { v: &visit.view, listing, newer, older }.render())
}

/// `/duplicates/{id}/dismissal`: they are two.
pub async fn create(visit: Visit, id: web::Path<i64>) -> Answer {
    let id = *id;
    visit.write(move |act| duplicates::dismiss(act, id)).await?;
    visit.go_saying("/duplicates", Some(Flash::new("done.dismissed", vec![id])))
}

/// They may be one after all.
pub async fn destroy(visit: Visit, id: web::Path<i64>, entered: Entered) -> Answer {
    let id = *id;
    visit.write(move |act| duplicates::bring_back(act, id)).await?;
    visit.go(local(entered.get("back")), Some("done.undismissed"))
}

impl IndexPage<'_> {
    /// The one who was known first stays, unless they choose otherwise.
    fn compare(&self, one: &Suggestion) -> String {
        compare(one)
    }

    fn why(&self, reasons: &[Reason]) -> String {
        why(self.v, reasons)
    }
}

pub fn compare(one: &Suggestion) -> String {
    let into = written(&one.first);
    format!("/people/{}/merge?{}", one.second.id.0, pairs(&[("into", into.as_str())]))
}

/// The reasons in words.
pub fn why(v: &View, reasons: &[Reason]) -> String {
    let said = reasons.iter().map(|reason| v.t(&format!("likeness.{}", reason.name())));
    said.collect::<Vec<_>>().join(&v.t("shell.comma"))
}

/// How sure that is: tone and word.
pub fn odds(score: i16) -> (&'static str, &'static str) {
    match score {
        80.. => ("warn", "likeness.very_likely"),
        65.. => ("info", "likeness.likely"),
        _ => ("", "likeness.possible"),
    }
}
