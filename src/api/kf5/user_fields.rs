//! `/apiv2/user_fields` (contract, 8.3): the house's custom fields.
use super::paging::Paging;
use super::staff_only;
use super::translate::field_name;
use super::wire::{FieldOption, UserField, answer, gone, url};
use crate::actions::people::list;
use crate::actions::{Act, fields};
use crate::api::{Answer, Call, Fault, cut};
use crate::domain::custom::FieldKind;
use crate::domain::{CustomField, Error};
use actix_web::http::StatusCode;
use serde_json::json;

/// Retired ones, too.
pub async fn index(call: Call) -> Answer {
    listed(call, |_| true).await
}

pub async fn active(call: Call) -> Answer {
    listed(call, |field| !field.retired).await
}

async fn listed(call: Call, wanted: fn(&CustomField) -> bool) -> Answer {
    let paging = Paging::of(&call)?;
    let all = call.read(visible).await?;
    let all: Vec<UserField> = all.into_iter().filter(wanted).map(|field| told(field, &call.origin)).collect();
    let count = all.len() as i64;
    let page = cut(all, paging.bounds());
    Ok(paging.answer(&call, "user_fields", page, count))
}

/// In the order in which the panel asks for them.
fn visible(act: &mut Act) -> Result<Vec<CustomField>, Fault> {
    staff_only(act)?;
    Ok(list::catalogue(act)?.0)
}

/// Under both names: the reference shows one, a client reads the other.
pub async fn show(call: Call) -> Answer {
    let id = call.id("id")?;
    let found = call.read(visible).await?.into_iter().find(|field| field.id == id).ok_or(Error::NotFound)?;
    let field = told(found, &call.origin);
    Ok(answer(StatusCode::OK, &json!({ "user_field": field, "user_fields": field })))
}

/// It is retired: no longer asked for or shown, while what people have in it stays.
pub async fn destroy(call: Call) -> Answer {
    let id = call.id("id")?;
    call.write(move |act| Ok(fields::retire(act, id, true)?)).await?;
    Ok(gone())
}

fn told(field: CustomField, origin: &str) -> UserField {
    let text = |text: &crate::domain::custom::Bilingual| text.in_language("zh").to_owned();
    let title = Some(text(&field.label)).filter(|title| !title.is_empty());
    UserField {
        id: field.id,
        url: url(origin, "user_fields", field.id),
        name: field_name(field.id),
        kind: kind(field.kind),
        title: title.unwrap_or(field.name),
        description: text(&field.help),
        active: !field.retired,
        custom_field_options: field
            .choices
            .into_iter()
            .map(|one| FieldOption { key: one.clone(), value: one })
            .collect(),
    }
}

/// Only `dropdownlist` is in the reference.
fn kind(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Choice => "dropdownlist",
        FieldKind::Choices => "multiselect",
        FieldKind::YesNo => "checkbox",
        FieldKind::Text => "text",
        FieldKind::Number => "number",
        FieldKind::Date => "date",
        FieldKind::Pattern => "regexp",
    }
}
