//! `/organisations/{id}`: one organisation and whoever belongs to it.
use crate::actions::organisations::{self, Counted};
use crate::domain::{Organisation, Verb};
use crate::panel::markup::Markup;
use crate::panel::people::list;
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use actix_web::{HttpRequest, web};
use askama::Template;

#[derive(Template)]
#[template(path = "organisations/show.html")]
struct ShowPage<'a> {
    v: &'a View,
    organisation: &'a Organisation,
    members: i64,
    list: &'a Markup,
    count: &'a Markup,
}

pub async fn show(visit: Visit, id: web::Path<i64>, req: HttpRequest) -> Answer {
    let id = *id;
    let Counted { organisation, members } = visit.read(move |act| organisations::show(act, id)).await?;
    let base = format!("/organisations/{id}");
    let shown = list::show(&visit, &req, &base, Some(("organisation", &organisation.name))).await?;
    let (v, organisation) = (&visit.view, &organisation);
    let page = || ShowPage { v, organisation, members, list: &shown.whole, count: &shown.count }.render();
    shown.answer(&visit, page)
}
