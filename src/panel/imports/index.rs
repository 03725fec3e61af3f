//! `/imports`: files that were brought in, and taking in another.
use crate::actions::imports::{self, Listing, file};
use crate::domain::import::{Import, Stage};
use crate::domain::job::Job;
use crate::domain::{Cursor, Error, FieldErrors, Result};
use crate::panel::query::Query;
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use actix_multipart::{Field, Multipart};
use actix_web::http::StatusCode;
use actix_web::web;
use askama::Template;
use futures_util::StreamExt;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

const SIZE: usize = 50;
/// A file may have so many bytes.
const MOST_BYTES: u64 = 1 << 30;
/// So many are held before they are written.
const BUFFER: usize = 1 << 20;

#[derive(Template)]
#[template(path = "imports/index.html")]
struct IndexPage<'a> {
    v: &'a View,
    listing: &'a Listing,
    errors: &'a FieldErrors,
    newer: Option<String>,
    older: Option<String>,
}

pub async fn index(visit: Visit) -> Answer {
    page(&visit, StatusCode::OK, &FieldErrors::default()).await
}

async fn page(visit: &Visit, status: StatusCode, errors: &FieldErrors) -> Answer {
    let turn = Query::parse(&visit.query).turn(imports::cursor)?;
    let listing = visit.read(move |act| imports::index(act, &turn, SIZE)).await?;
    let link = |name: &str, cursor: &Option<Cursor>| cursor.as_ref().map(|cursor| format!("/imports?{name}={cursor}"));
    let (newer, older) = (link("before", &listing.before), link("after", &listing.after));
    visit.answer(status, IndexPage { v: &visit.view, listing: &listing, errors, newer, older }.render())
}

/// Takes a file in, however long: it is never in memory as a whole.
pub async fn create(visit: Visit, form: Multipart) -> Answer {
    visit.read(imports::permit).await?;
    match taken_in(&visit, form).await {
        Ok((name, brought)) => {
            let kept = brought.file.clone();
            match visit.write(move |act| imports::create(act, &name, brought)).await {
                Ok(id) => visit.go(&format!("/imports/{id}/edit"), None),
                Err(e) => file::forget(&visit.app.folder, &kept).and(Err(e)).map_err(Into::into),
            }
        }
        Err(Error::Invalid(errors)) => page(&visit, StatusCode::UNPROCESSABLE_ENTITY, &errors).await,
        Err(e) => Err(e.into()),
    }
}

async fn taken_in(visit: &Visit, mut form: Multipart) -> Result<(String, file::Brought)> {
    let wrong = |key: &'static str| Error::invalid("file", key);
    let data = visit.app.folder.clone();
    let folder = file::folder(&data)?;
    while let Some(field) = form.next().await {
        let mut field = field.map_err(|_| wrong("imports.broken_off"))?;
        if field.name() != Some("file") {
            continue;
        }
        let name = field.content_disposition().and_then(|said| said.get_filename()).unwrap_or_default().to_owned();
        let upload = Upload(folder.join(format!("{}.upload", crate::actions::random_code())));
        let length = written(&mut field, &upload.0).await?;
        if length == 0 {
            return Err(wrong("imports.missing"));
        }
        let brought = visit.app.reading(move || file::take_in(&upload.0, &data)).await??;
        return Ok((short(&name), brought));
    }
    Err(wrong("imports.missing"))
}

/// Gone when it was read, or was not.
struct Upload(PathBuf);

impl Drop for Upload {
    fn drop(&mut self) {
        if let Err(e) = std::fs::remove_file(&self.0)
            && e.kind() != std::io::ErrorKind::NotFound
        {
            tracing::error!(cause = %e, "an upload was not removed");
        }
    }
}

/// Writes what comes; answers how much that was.
async fn written(field: &mut Field, path: &Path) -> Result<u64> {
    let mut file = File::create(path).map_err(Error::broken)?;
    let (mut length, mut held) = (0u64, Vec::with_capacity(BUFFER));
    loop {
        let part = field.next().await.transpose().map_err(|_| Error::invalid("file", "imports.broken_off"))?;
        let is_end = part.is_none();
        held.extend_from_slice(part.as_deref().unwrap_or_default());
        if held.len() >= BUFFER || is_end {
            length += held.len() as u64;
            if length > MOST_BYTES {
                return Err(Error::invalid("file", "imports.too_long"));
            }
            (file, held) = web::block(move || file.write_all(&held).map(|()| (file, Vec::with_capacity(BUFFER))))
                .await
                .map_err(Error::broken)?
                .map_err(Error::broken)?;
        }
        if is_end {
            return Ok(length);
        }
    }
}

/// The name of a file without the folders that some browsers tell.
fn short(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default().trim();
    name.chars().filter(|c| !c.is_control()).take(200).collect()
}

impl IndexPage<'_> {
    /// The key of how far it is.
    fn standing(&self, import: &Import, job: &Option<Job>) -> &'static str {
        standing(import, job.as_ref())
    }
}

/// The key of how far an import is.
pub fn standing(import: &Import, job: Option<&Job>) -> &'static str {
    let state = job.map_or("", |job| job.state.name());
    match (import.stage, state) {
        (Stage::Draft, _) => "imports.draft",
        (_, "failed") => "job.failed",
        (_, "paused") => "job.paused",
        (_, "cancelled") => "job.cancelled",
        (Stage::Trial, "done") => "imports.tried",
        (Stage::Trial, _) => "imports.trying",
        (Stage::Run, "done") => "imports.done",
        (Stage::Run, _) => "imports.running",
        (Stage::Reversal, "done") => "imports.reverted",
        (Stage::Reversal, _) => "imports.reverting",
    }
}
