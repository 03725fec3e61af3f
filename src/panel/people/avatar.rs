//! `/people/{id}/avatar`: somebody's picture; `/avatars/{hash}`: the picture itself.
use super::show::Head;
use crate::actions::people::avatar;
use crate::actions::people::picture::{Crop, MOST_BYTES};
use crate::domain::{Error, FieldErrors, Person, PersonId};
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use actix_multipart::{Field, Multipart};
use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, web};
use askama::Template;
use futures_util::StreamExt;

#[derive(Template)]
#[template(path = "people/avatar.html")]
struct AvatarPage<'a> {
    v: &'a View,
    person: &'a Person,
    head: Head<'a>,
    crop: Crop,
    errors: &'a FieldErrors,
}

pub async fn edit(visit: Visit, id: web::Path<i64>) -> Answer {
    let id = PersonId(*id);
    let person = visit.read(move |act| avatar::edit(act, id)).await?;
    page(&visit, StatusCode::OK, &person, Crop::Middle, &FieldErrors::default())
}

pub async fn update(visit: Visit, id: web::Path<i64>, form: Multipart) -> Answer {
    let id = PersonId(*id);
    // Asked before anything is taken in.
    let person = visit.read(move |act| avatar::edit(act, id)).await?;
    let (bytes, crop) = match upload(form).await {
        Ok(upload) => upload,
        Err(key) => return wrong(&visit, &person, Crop::Middle, &FieldErrors::one("picture", key)),
    };
    match avatar::update(&visit.app, &visit.caller, id, bytes, crop).await {
        Ok(_) => visit.go(&format!("/people/{}", id.0), Some("done.picture")),
        Err(Error::Invalid(errors)) => wrong(&visit, &person, crop, &errors),
        Err(e) => Err(e.into()),
    }
}

pub async fn destroy(visit: Visit, id: web::Path<i64>) -> Answer {
    let id = PersonId(*id);
    visit.write(move |act| avatar::destroy(act, id)).await?;
    visit.go(&format!("/people/{}", id.0), Some("done.no_picture"))
}

/// The same for ever, but only for people of the house.
pub async fn show(visit: Visit, hash: web::Path<String>) -> Answer {
    let hash = hash.into_inner();
    let picture = visit.read(move |act| avatar::show(act, &hash)).await?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, picture.kind))
        .insert_header((header::CACHE_CONTROL, "private, max-age=31536000, immutable"))
        .body(picture.bytes))
}

fn wrong(visit: &Visit, person: &Person, crop: Crop, errors: &FieldErrors) -> Answer {
    page(visit, StatusCode::UNPROCESSABLE_ENTITY, person, crop, errors)
}

fn page(visit: &Visit, status: StatusCode, person: &Person, crop: Crop, errors: &FieldErrors) -> Answer {
    let v = &visit.view;
    visit.answer(status, AvatarPage { v, person, head: Head { v, person, tab: "" }, crop, errors }.render())
}

/// The picture and how to crop it; refuses what is too long before it is all taken in.
async fn upload(mut form: Multipart) -> Result<(Vec<u8>, Crop), &'static str> {
    let (mut picture, mut crop) = (vec![], Crop::Middle);
    while let Some(field) = form.next().await {
        let mut field = field.map_err(|_| "avatar.unreadable")?;
        match field.name() {
            Some("picture") => picture = taken(&mut field, MOST_BYTES).await?,
            Some("crop") => {
                let raw = taken(&mut field, 100).await?;
                crop = std::str::from_utf8(&raw).ok().and_then(Crop::parse).ok_or("avatar.crop")?;
            }
            _ => drop(taken(&mut field, 10_000).await?),
        }
    }
    if picture.is_empty() { Err("avatar.missing") } else { Ok((picture, crop)) }
}

async fn taken(field: &mut Field, most: usize) -> Result<Vec<u8>, &'static str> {
    let mut bytes = vec![];
    while let Some(part) = field.next().await {
        let part = part.map_err(|_| "avatar.unreadable")?;
        if bytes.len() + part.len() > most {
            return Err("avatar.too_long");
        }
        bytes.extend_from_slice(&part);
    }
    Ok(bytes)
}

impl AvatarPage<'_> {
    fn crops(&self) -> [(&'static str, bool); 3] {
        Crop::ALL.map(|crop| (crop.name(), crop == self.crop))
    }
}
