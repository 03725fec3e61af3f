//! `/people.csv`, `/people.xlsx`, `/people.jsonl`: a list as a file, at once.
use super::ask::Ask;
use crate::actions::people::export;
use crate::domain::export::{Export, Format, Whom};
use crate::domain::{Error, Result, Turn};
use crate::panel::download;
use crate::panel::entered::Entered;
use crate::panel::refusal::Answer;
use crate::panel::visit::Visit;
use actix_web::{HttpRequest, rt};
use csv::StringRecord;
use futures_util::{Stream, stream};
use tokio::sync::mpsc;

/// Everybody on the list, or whom it names by number, with every field that the reader may see, as an import would read
/// it.
pub async fn show(visit: Visit, req: HttpRequest) -> Answer {
    let format = req.path().rsplit('.').next().and_then(Format::parse).ok_or(Error::NotFound)?;
    let v = &visit.view;
    let entered = Entered::of(url::form_urlencoded::parse(visit.query.as_bytes()).into_owned());
    let ask = Ask::parse(&visit.query, "/people", v.catalogue());
    let wanted = ask.understand(&visit.query, &v.dates)?;
    let asked = ask.query(&[]);
    let whom = match entered.given("id") {
        Some(_) => Whom::Chosen(entered.people("id")?),
        None => Whom::Matching(Box::new(wanted.filter), wanted.sort),
    };
    let (export, count) = visit.read(move |act| export::show(act, whom, &asked)).await?;
    let noted = export.clone();
    visit.write(move |act| export::create(act, &noted, count)).await?;
    let (name, columns) = (format!("people-{}", v.dates.iso_day(&v.dates.now)), export.columns.clone());
    download::answer(format, &name, &columns, rows(visit, export))
}

/// The next page is read while one is written, and none before the reader has taken those before.
fn rows(visit: Visit, export: Export) -> impl Stream<Item = Result<Vec<StringRecord>>> {
    let (give, take) = mpsc::channel(1);
    rt::spawn(async move {
        let mut next = Some(Turn::First);
        while let Some(turn) = next.take() {
            let export = export.clone();
            let page = visit.read(move |act| export::page(act, &export, &turn)).await;
            let page = page.map(|(rows, after)| {
                next = after;
                rows
            });
            if give.send(page).await.is_err() {
                // Nobody takes it any more.
                return;
            }
        }
    });
    stream::unfold(take, async |mut take| Some((take.recv().await?, take)))
}
