//! `/preferences`: the panel's language and light, from the account menu.
use super::query::local;
use super::refusal::Answer;
use super::visit::Visit;
use crate::actions::preferences;
use crate::domain::{Error, Field};
use actix_web::web;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct PreferencesForm {
    theme: Option<String>,
    language: Option<String>,
}

/// One of the two at a time; back to the page the menu was opened on.
pub async fn update(visit: Visit, form: web::Form<PreferencesForm>) -> Answer {
    match form.into_inner() {
        PreferencesForm { theme: Some(theme), .. } => {
            visit.write(move |act| preferences::set_theme(act, &theme)).await?
        }
        PreferencesForm { language: Some(language), .. } => {
            visit.write(move |act| preferences::set_own(act, &[(Field::Language, &language)])).await?
        }
        _ => return Err(Error::Malformed("error.malformed_advice").into()),
    }
    let back = local(&visit.view.here);
    visit.go(if back == "/preferences" { "/" } else { back }, None)
}
