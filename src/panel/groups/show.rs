//! `/groups/{id}`: one team, and the people in its care.
use crate::actions::groups::{self, Counted};
use crate::domain::{Group, Verb};
use crate::panel::markup::Markup;
use crate::panel::people::list;
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use actix_web::{HttpRequest, web};
use askama::Template;

#[derive(Template)]
#[template(path = "groups/show.html")]
struct ShowPage<'a> {
    v: &'a View,
    group: &'a Group,
    team: i64,
    care: i64,
    tickets: i64,
    list: &'a Markup,
    count: &'a Markup,
}

pub async fn show(visit: Visit, id: web::Path<i64>, req: HttpRequest) -> Answer {
    let id = *id;
    let Counted { group, team, care, tickets } = visit.read(move |act| groups::show(act, id)).await?;
    let base = format!("/groups/{id}");
    let shown = list::show(&visit, &req, &base, Some(("group", &group.name))).await?;
    let (v, group) = (&visit.view, &group);
    let page = || ShowPage { v, group, team, care, tickets, list: &shown.whole, count: &shown.count }.render();
    shown.answer(&visit, page)
}
