//! `/roles/{id}`: what a role can do, sentence by sentence, and who holds it.
use crate::actions::roles::{self, Counted};
use crate::domain::Person;
use crate::panel::refusal::Answer;
use crate::panel::sentences::{Sentence, of_powers};
use crate::panel::view::View;
use crate::panel::visit::Visit;
use actix_web::web;
use askama::Template;

#[derive(Template)]
#[template(path = "roles/show.html")]
struct ShowPage<'a> {
    v: &'a View,
    counted: &'a Counted,
    people: Vec<Person>,
    sentences: Vec<Sentence>,
}

pub async fn show(visit: Visit, id: web::Path<i64>) -> Answer {
    let id = *id;
    let (counted, people) = visit.read(move |act| roles::show(act, id)).await?;
    let (v, counted) = (&visit.view, &counted);
    let sentences = of_powers(v, &counted.role.powers);
    visit.ok(ShowPage { v, counted, people, sentences }.render())
}

/// Only one that nobody holds.
pub async fn destroy(visit: Visit, id: web::Path<i64>) -> Answer {
    let id = *id;
    visit.write(move |act| roles::destroy(act, id)).await?;
    visit.go("/roles", Some("done.custom_role_deleted"))
}
