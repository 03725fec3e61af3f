//! `/people/{id}/data.zip`: everything about one person, each kind as JSON and as CSV.
use crate::actions::people::data::{self, Data, Sheet};
use crate::actions::people::export::defused;
use crate::domain::{Error, PersonId};
use crate::panel::refusal::Answer;
use crate::panel::visit::Visit;
use actix_web::http::header;
use actix_web::{HttpResponse, web};
use serde_json::Value;
use std::collections::BTreeSet;
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

pub async fn show(visit: Visit, id: web::Path<i64>) -> Answer {
    let id = *id;
    let data = visit.read(move |act| data::export(act, PersonId(id))).await?;
    let count = data.sheets.iter().map(|sheet| sheet.rows.len()).sum();
    visit.write(move |act| data::record(act, PersonId(id), count)).await?;
    let file = web::block(move || packed(&data)).await.map_err(Error::broken)?.map_err(Error::broken)?;
    let mut answer = HttpResponse::Ok();
    answer
        .content_type("application/zip")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"rollcall-person-{id}.zip\"")));
    Ok(answer.body(file))
}

fn packed(data: &Data) -> anyhow::Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(vec![]));
    let options = SimpleFileOptions::default();
    for sheet in &data.sheets {
        zip.start_file(format!("{}.json", sheet.name), options)?;
        serde_json::to_writer_pretty(&mut zip, &sheet.rows)?;
        zip.start_file(format!("{}.csv", sheet.name), options)?;
        zip.write_all(&table(sheet)?)?;
    }
    if let Some(picture) = &data.picture {
        let ending = picture.kind.rsplit('/').next().unwrap_or("bin");
        zip.start_file(format!("picture.{ending}"), options)?;
        zip.write_all(&picture.bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

fn table(sheet: &Sheet) -> anyhow::Result<Vec<u8>> {
    let columns: BTreeSet<&String> = sheet.rows.iter().flat_map(|row| row.keys()).collect();
    // Excel takes a file for UTF-8 only with its mark.
    let mut file = csv::WriterBuilder::new().from_writer("\u{feff}".as_bytes().to_vec());
    file.write_record(&columns)?;
    for row in &sheet.rows {
        file.write_record(columns.iter().map(|name| cell(row.get(*name).unwrap_or(&Value::Null))))?;
    }
    Ok(file.into_inner()?)
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => defused(text).into_owned(),
        other => other.to_string(),
    }
}
