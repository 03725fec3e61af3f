//! `/imports/{id}/rejected.csv`: the rows that were left out, each with why, as an import would read them again.
use crate::actions::imports::{self, rejected};
use crate::domain::Result;
use crate::panel::refusal::Answer;
use crate::panel::visit::Visit;
use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{self, Bytes};
use futures_util::{Stream, StreamExt, TryStreamExt, future, stream};

pub async fn show(visit: Visit, id: web::Path<i64>) -> Answer {
    let id = *id;
    let (import, _) = visit.read(move |act| imports::show(act, id)).await?;
    let head = rejected::head(&import, &visit.view.t("imports.reason"))?;
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"rejected-{id}.csv\"")))
        .streaming(file(visit.clone(), id, head)))
}

/// The next rows are read when those before were taken.
fn file(visit: Visit, id: i64, head: Vec<u8>) -> impl Stream<Item = Result<Bytes>> {
    let rows = stream::try_unfold(Some(0), move |after| {
        let visit = visit.clone();
        async move {
            let Some(after) = after else { return Ok(None) };
            let language = visit.view.language;
            let say = move |key: &str| language.say(key);
            let (bytes, last) = visit.read(move |act| rejected::rows(act, id, after, say)).await?;
            Ok(last.map(|last| (Bytes::from(bytes), Some(last))))
        }
    });
    let head = stream::once(future::ready(Ok(Bytes::from(head))));
    head.chain(rows).inspect_err(|e| tracing::error!(cause = %e, "a file of rejected rows broke off"))
}
