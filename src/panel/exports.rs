//! `/exports`: taking people out as a file; those of a long list are written by a job.
use super::download;
use super::entered::Entered;
use super::people::ask::Ask;
use super::query;
use super::refusal::Answer;
use super::view::View;
use super::visit::Visit;
use crate::actions::people::export::{self, kept};
use crate::actions::random_code;
use crate::domain::export::Whom;
use crate::domain::{Error, Result};
use actix_web::http::StatusCode;
use askama::Template;

/// As many can be fetched at once; a file of more is written first.
const AT_ONCE: i64 = 50_000;

#[derive(Template)]
#[template(path = "exports/new.html")]
struct NewPage<'a> {
    v: &'a View,
    count: i64,
    columns: i64,
    /// The list that is exported, or on which some were chosen.
    filter: &'a str,
    are_chosen: bool,
    /// The same as it stands behind the addresses of files.
    asked: String,
    once: String,
    stale: bool,
}

/// How many would be in the file, and the ways to fetch it.
pub async fn new(visit: Visit) -> Answer {
    let asked = Entered::of(url::form_urlencoded::parse(visit.query.as_bytes()).into_owned());
    page(&visit, &asked, StatusCode::OK).await
}

async fn page(visit: &Visit, asked: &Entered, status: StatusCode) -> Answer {
    let filter = asked.get("filter");
    let (whom, behind) = match asked.given("id").filter(|_| !asked.ticked("all")) {
        None => (matching(visit, filter)?, filter.to_owned()),
        Some(_) => {
            let people = asked.people("id")?;
            let ids: Vec<String> = people.iter().map(|id| id.0.to_string()).collect();
            let pairs: Vec<(&str, &str)> = ids.iter().map(|id| ("id", id.as_str())).collect();
            (Whom::Chosen(people), query::pairs(&pairs))
        }
    };
    let are_chosen = matches!(whom, Whom::Chosen(_));
    let (export, count) = visit.read(move |act| export::show(act, whom, "")).await?;
    let (stale, columns) = (status == StatusCode::CONFLICT, export.columns.len() as i64);
    let page =
        NewPage { v: &visit.view, count, columns, filter, are_chosen, asked: behind, once: random_code(), stale };
    visit.answer(status, page.render())
}

pub async fn create(visit: Visit, entered: Entered) -> Answer {
    let whom = matching(&visit, entered.get("filter"))?;
    let asked = Ask::parse(entered.get("filter"), "/people", visit.view.catalogue()).query(&[]);
    let (count, once) = (entered.number("count")?, entered.get("once").to_owned());
    match visit.write(move |act| kept::start(act, whom, &asked, (count, &once))).await {
        Ok(job) => visit.go(&format!("/jobs/{job}"), None),
        Err(Error::Stale) => page(&visit, &entered, StatusCode::CONFLICT).await,
        Err(e) => Err(e.into()),
    }
}

fn matching(visit: &Visit, filter: &str) -> Result<Whom> {
    let ask = Ask::parse(filter, "/people", visit.view.catalogue());
    let wanted = ask.understand(filter, &visit.view.dates)?;
    Ok(Whom::Matching(Box::new(wanted.filter), wanted.sort))
}

impl NewPage<'_> {
    fn is_small(&self) -> bool {
        self.count <= AT_ONCE
    }

    /// The address of each file, and the key of what it is.
    fn files(&self) -> Vec<(String, String)> {
        download::links(|ending| format!("/people.{ending}?{}", self.asked))
    }

    fn list(&self) -> String {
        format!("/people?{}", self.filter)
    }
}
