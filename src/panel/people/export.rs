//! `/people.csv`: a list as a file.
use super::ask::Ask;
use crate::actions::people::export::{self, Export};
use crate::domain::{Error, Result, Turn};
use crate::panel::refusal::Answer;
use crate::panel::visit::Visit;
use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{self, Bytes};
use futures_util::{Stream, StreamExt, TryStreamExt, future, stream};
use std::sync::Arc;

/// Everybody on the list, with every field that the reader may see, as an import would read it.
pub async fn show(visit: Visit) -> Answer {
    let v = &visit.view;
    let ask = Ask::parse(&visit.query, "/people", v.catalogue());
    let wanted = ask.understand(&visit.query, &v.dates)?;
    let asked = ask.query(&[]);
    let (export, count) = visit.read(move |act| export::show(act, wanted.filter, wanted.sort)).await?;
    visit.write(move |act| export::create(act, count, &asked)).await?;
    let day = v.dates.iso_day(&v.dates.now);
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"people-{day}.csv\"")))
        .streaming(file(visit.clone(), Arc::new(export))))
}

/// The next page is read while one is written, and none before the reader has taken those before.
fn file(visit: Visit, export: Arc<Export>) -> impl Stream<Item = Result<Bytes>> {
    let head = stream::once(future::ready(export.table.head().map(Bytes::from)));
    let of = export.clone();
    let pages = stream::try_unfold(Some(Turn::First), move |turn| {
        let (visit, export) = (visit.clone(), of.clone());
        async move {
            let Some(turn) = turn else { return Ok(None) };
            let page = visit.read(move |act| export.page(act, &turn)).await?;
            Ok(Some((page.people, page.after.map(Turn::After))))
        }
    });
    let written = pages.map_ok(move |people| {
        let export = export.clone();
        async move { web::block(move || export.table.rows(&people)).await.map_err(Error::broken)?.map(Bytes::from) }
    });
    head.chain(written.try_buffered(2)).inspect_err(|e| tracing::error!(cause = %e, "a file of people broke off"))
}
