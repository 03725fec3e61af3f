//! Rows as a file that is fetched, in whichever format was asked for.
use super::refusal::Answer;
use crate::actions::people::export::Writer;
use crate::domain::export::Format;
use crate::domain::{Error, Result};
use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{self, Bytes};
use csv::StringRecord;
use futures_util::{Stream, StreamExt, TryStreamExt, future, stream};

/// The address of a file in each format by its ending, and the key of what that is.
pub fn links(address: impl Fn(&str) -> String) -> Vec<(String, String)> {
    Format::ALL.map(|format| (address(format.ending()), format!("export.{}", format.ending()))).into()
}

/// Under this name without its ending. Nothing but the next rows is held.
pub fn answer(
    format: Format,
    name: &str,
    columns: &[String],
    rows: impl Stream<Item = Result<Vec<StringRecord>>> + 'static,
) -> Answer {
    let (writer, head) = Writer::begin(format, columns)?;
    let head = stream::once(future::ready(Ok(Bytes::from(head))));
    let body = stream::try_unfold((Box::pin(rows), Some(writer)), async |(mut rows, writer)| {
        let Some(mut writer) = writer else { return Ok::<_, Error>(None) };
        let Some(part) = rows.next().await.transpose()? else {
            return Ok(Some((Bytes::from(writer.finish()?), (rows, None))));
        };
        let work = move || writer.rows(&part).map(|bytes| (Bytes::from(bytes), writer));
        let (bytes, writer) = web::block(work).await.map_err(Error::broken)??;
        Ok(Some((bytes, (rows, Some(writer)))))
    });
    // An empty piece would end the answer.
    let pieces = head.chain(body).try_filter(|bytes| future::ready(!bytes.is_empty()));
    Ok(HttpResponse::Ok()
        .content_type(format.content_type())
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.{}\"", format.ending())))
        .streaming(pieces.inspect_err(|e| tracing::error!(cause = %e, "a file of people broke off"))))
}
