//! `/jobs/{id}/people.csv` and so on: the file that a job wrote, in any format.
use crate::actions::people::export::kept::{self, Rows};
use crate::domain::export::Format;
use crate::domain::{Error, Result};
use crate::panel::download;
use crate::panel::refusal::Answer;
use crate::panel::visit::Visit;
use actix_web::web;
use csv::StringRecord;
use futures_util::{Stream, stream};

/// So many rows are held in memory.
const PART: usize = 1_000;

pub async fn show(visit: Visit, path: web::Path<(i64, String)>) -> Answer {
    let (id, ending) = path.into_inner();
    let format = Format::parse(&ending).ok_or(Error::NotFound)?;
    let file = visit.write(move |act| kept::fetch(act, id)).await?;
    let mut rows = web::block(move || Rows::open(&file.path)).await.map_err(Error::broken)??;
    let columns: Vec<String> = rows.next(1)?.first().into_iter().flatten().map(str::to_owned).collect();
    download::answer(format, &format!("people-{id}"), &columns, parts(rows))
}

fn parts(rows: Rows) -> impl Stream<Item = Result<Vec<StringRecord>>> {
    stream::try_unfold(rows, async |mut rows| {
        let work = move || rows.next(PART).map(|part| (part, rows));
        let (part, rows) = web::block(work).await.map_err(Error::broken)??;
        Ok((!part.is_empty()).then_some((part, rows)))
    })
}
