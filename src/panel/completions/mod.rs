//! `/completions/…`: options for a field while somebody types in it.
pub mod line;

use super::query::Query;
use super::refusal::Answer;
use super::visit::Visit;
use crate::actions::completions;
use crate::actions::people::named;
use askama::Template;

#[derive(Template)]
#[template(path = "completions.html")]
struct Options {
    /// Each with what it means where it does not say so itself.
    values: Vec<(String, String)>,
}

fn plain(values: Vec<String>) -> Options {
    Options { values: values.into_iter().map(|value| (value, String::new())).collect() }
}

pub async fn organisations(visit: Visit) -> Answer {
    let query = Query::parse(&visit.query);
    let letters = query.get("organisation").or(query.get("into")).unwrap_or_default().to_owned();
    let values = visit.read(move |act| completions::organisations(act, &letters)).await?;
    visit.ok(plain(values).render())
}

/// Anybody in sight.
pub async fn people(visit: Visit) -> Answer {
    found(&visit, false).await
}

/// Agents and administrators in sight.
pub async fn staff(visit: Visit) -> Answer {
    found(&visit, true).await
}

/// Forms call the field as they like: what counts is the only value sent.
async fn found(visit: &Visit, staff_only: bool) -> Answer {
    let letters = Query::parse(&visit.query).first().to_owned();
    let values = visit.read(move |act| named::completions(act, &letters, staff_only)).await?;
    visit.ok(plain(values).render())
}

/// Completes the last of several tags; what stands before it stays.
pub async fn tags(visit: Visit) -> Answer {
    let query = Query::parse(&visit.query);
    let typed = query.get("tags").or(query.get("tag")).or(query.get("into")).unwrap_or_default().to_owned();
    let (before, last) =
        typed.rsplit_once([',', ';', '，', '；', '、']).map_or(("", typed.as_str()), |(before, last)| (before, last));
    let (before, last) = (before.trim().to_owned(), last.trim().to_owned());
    let found = visit.read(move |act| completions::tags(act, &last)).await?;
    let whole = |tag: String| if before.is_empty() { tag } else { format!("{before}, {tag}") };
    visit.ok(plain(found.into_iter().map(whole).collect()).render())
}
