//! `/erasures`: what proves that people were erased.
pub mod rules;

use crate::actions::people::erasure::{self, Listing};
use crate::domain::Error;
use crate::panel::query::{Query, ends};
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use actix_web::http::header;
use actix_web::{HttpResponse, web};
use askama::Template;

const SIZE: usize = 50;

#[derive(Template)]
#[template(path = "erasures/index.html")]
struct IndexPage<'a> {
    v: &'a View,
    listing: Listing,
    newer: Option<String>,
    older: Option<String>,
}

pub async fn index(visit: Visit) -> Answer {
    let turn = Query::parse(&visit.query).turn(erasure::cursor)?;
    let listing = visit.read(move |act| erasure::index(act, &turn, SIZE)).await?;
    let [newer, older] = ends("/erasures", &[], listing.before.as_ref(), listing.after.as_ref());
    visit.ok(IndexPage { v: &visit.view, listing, newer, older }.render())
}

/// The signed receipt, as a file.
pub async fn show(visit: Visit, id: web::Path<i64>) -> Answer {
    let id = *id;
    let receipt = visit.read(move |act| erasure::show(act, id)).await?;
    json_file(&format!("rollcall-erasure-{id}.json"), &receipt)
}

/// Something to keep, as a file.
pub fn json_file(name: &str, what: &impl serde::Serialize) -> Answer {
    let text = serde_json::to_string_pretty(what).map_err(Error::broken)?;
    let mut answer = HttpResponse::Ok();
    answer
        .content_type("application/json")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")));
    Ok(answer.body(text))
}
