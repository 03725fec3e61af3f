//! `/imports/{id}/events`: how far an import is, as server-sent events, each the part of the page that changes.
use super::show::ShowPage;
use crate::actions::imports;
use crate::domain::{Error, Result};
use crate::panel::refusal::Answer;
use crate::panel::visit::Visit;
use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::rt::time::sleep;
use actix_web::web::{self, Bytes};
use askama::Template;
use futures_util::{Stream, stream};
use std::time::Duration;

const EVERY: Duration = Duration::from_millis(500);
/// Whoever looks longer asks anew, so that no answer is kept open for ever.
const MOST: u32 = 600;

pub async fn show(visit: Visit, id: web::Path<i64>) -> Answer {
    let id = *id;
    // Refused here, while there is an answer to refuse with.
    visit.read(move |act| imports::show(act, id)).await?;
    Ok(HttpResponse::Ok()
        .content_type("text/event-stream")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_ENCODING, "identity"))
        .streaming(events(visit, id)))
}

/// Whenever something changed, until nothing does by itself.
fn events(visit: Visit, id: i64) -> impl Stream<Item = Result<Bytes>> {
    stream::try_unfold((Some(String::new()), 0), move |(last, mut turns)| {
        let visit = visit.clone();
        async move {
            let Some(last) = last else { return Ok(None) };
            loop {
                if turns == MOST {
                    return Ok(None);
                }
                if turns > 0 {
                    sleep(EVERY).await;
                }
                turns += 1;
                let (import, job) = visit.read(move |act| imports::follow(act, id)).await?;
                let page = ShowPage { v: &visit.view, import: &import, job: job.as_ref() };
                let part = page.as_progress().render().map_err(Error::broken)?;
                if part != last || page.is_still() {
                    let event = event(&part);
                    return Ok(Some((event, ((!page.is_still()).then_some(part), turns))));
                }
            }
        }
    })
}

/// Every line of it is one of the event's.
fn event(part: &str) -> Bytes {
    let lines = part.lines().filter(|line| !line.trim().is_empty());
    let lines: String = lines.map(|line| format!("data: {line}\n")).collect();
    Bytes::from(format!("event: progress\n{lines}\n"))
}
