//! Style, script and icons, inside the binary; their addresses change with their content.
use super::refusal::{Answer, Refusal};
use crate::domain::Error;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::{HttpResponse, web};
use rust_embed::Embed;
use std::collections::HashMap;
use std::sync::LazyLock;

#[derive(Embed)]
#[folder = "static"]
struct Files;

static VERSIONS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let version = |name: &str| {
        let hash = Files::get(name)?.metadata.sha256_hash();
        Some(hash[..5].iter().map(|byte| format!("{byte:02x}")).collect())
    };
    Files::iter().filter_map(|name| Some((name.to_string(), version(&name)?))).collect()
});

/// The address of a file under `static/`.
pub fn url(name: &str) -> String {
    format!("/static/{name}?v={}", VERSIONS.get(name).map_or("", String::as_str))
}

pub async fn show(file: web::Path<String>) -> Answer {
    let found = Files::get(&file).ok_or(Refusal(Error::NotFound))?;
    let kind = match file.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "text/plain; charset=utf-8",
    };
    let year = "public, max-age=31536000, immutable";
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, kind))
        .insert_header((CACHE_CONTROL, year))
        .body(found.data.into_owned()))
}
