//! `/exports`: taking people out as a file; those of a long list are written by a job.
use super::entered::Entered;
use super::people::ask::Ask;
use super::query;
use super::refusal::Answer;
use super::view::View;
use super::visit::Visit;
use crate::actions::people::export::{self, kept};
use crate::actions::random_code;
use crate::domain::export::Format;
use crate::domain::{Error, PeopleFilter, Result, Sort};
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
    /// The list that leaves; no longer so when some of it were chosen.
    filter: &'a str,
    /// The same as it stands behind the addresses of files.
    asked: String,
    once: String,
    stale: bool,
}

/// How many would leave, and the ways to take them.
pub async fn new(visit: Visit) -> Answer {
    let asked = Entered::of(url::form_urlencoded::parse(visit.query.as_bytes()).into_owned());
    page(&visit, &asked, StatusCode::OK).await
}

async fn page(visit: &Visit, asked: &Entered, status: StatusCode) -> Answer {
    let people = if asked.ticked("all") { vec![] } else { asked.people("id")? };
    let (whom, filter) = (whom(visit, asked.get("filter"))?, asked.get("filter"));
    let ids: Vec<String> = people.iter().map(|id| id.0.to_string()).collect();
    let ids: Vec<(&str, &str)> = ids.iter().map(|id| ("id", id.as_str())).collect();
    let behind = if ids.is_empty() { filter.to_owned() } else { query::pairs(&ids) };
    let (export, count) = visit.read(move |act| export::show(act, people, whom, "")).await?;
    let (stale, columns) = (status == StatusCode::CONFLICT, export.columns.len() as i64);
    let page = NewPage { v: &visit.view, count, columns, filter, asked: behind, once: random_code(), stale };
    visit.answer(status, page.render())
}

pub async fn create(visit: Visit, entered: Entered) -> Answer {
    let whom = whom(&visit, entered.get("filter"))?;
    let asked = Ask::parse(entered.get("filter"), "/people", visit.view.catalogue()).query(&[]);
    let (count, once) = (entered.number("count")?, entered.get("once").to_owned());
    match visit.write(move |act| kept::start(act, whom, &asked, (count, &once))).await {
        Ok(job) => visit.go(&format!("/jobs/{job}"), None),
        Err(Error::Stale) => page(&visit, &entered, StatusCode::CONFLICT).await,
        Err(e) => Err(e.into()),
    }
}

fn whom(visit: &Visit, filter: &str) -> Result<(PeopleFilter, Sort)> {
    let ask = Ask::parse(filter, "/people", visit.view.catalogue());
    let wanted = ask.understand(filter, &visit.view.dates)?;
    Ok((wanted.filter, wanted.sort))
}

impl NewPage<'_> {
    fn is_small(&self) -> bool {
        self.count <= AT_ONCE
    }

    /// The address of each file, and the key of what it is.
    fn files(&self) -> Vec<(String, String)> {
        let file = |format: Format| {
            (format!("/people.{}?{}", format.ending(), self.asked), format!("export.{}", format.ending()))
        };
        Format::ALL.map(file).into()
    }

    fn list(&self) -> String {
        format!("/people?{}", self.filter)
    }
}
