//! `/people/{id}/permissions`: what somebody may do, sentence by sentence.
use super::show::Head;
use crate::actions::people::permissions::{self, Allowed};
use crate::domain::{CustomRole, Person, PersonId};
use crate::panel::refusal::Answer;
use crate::panel::sentences::{Sentence, of_standing};
use crate::panel::view::View;
use crate::panel::visit::Visit;
use actix_web::web;
use askama::Template;

#[derive(Template)]
#[template(path = "people/permissions.html")]
struct PermissionsPage<'a> {
    v: &'a View,
    person: &'a Person,
    head: Head<'a>,
    custom_role: Option<CustomRole>,
    sentences: Vec<Sentence>,
}

pub async fn show(visit: Visit, id: web::Path<i64>) -> Answer {
    let id = PersonId(*id);
    let Allowed { person, standing, custom_role } = visit.read(move |act| permissions::show(act, id)).await?;
    let (v, person) = (&visit.view, &person);
    let head = Head { v, person, tab: "permissions" };
    let sentences = of_standing(v, &standing);
    visit.ok(PermissionsPage { v, person, head, custom_role, sentences }.render())
}
