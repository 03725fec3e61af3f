//! `/people`: everybody.
use super::list;
use crate::domain::Verb;
use crate::panel::markup::Markup;
use crate::panel::query;
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use actix_web::HttpRequest;
use askama::Template;

#[derive(Template)]
#[template(path = "people/index.html")]
struct IndexPage<'a> {
    v: &'a View,
    list: &'a Markup,
    count: &'a Markup,
    /// Where the same list leaves as a file; nothing for a list that is not understood.
    export: Option<String>,
}

pub async fn index(visit: Visit, req: HttpRequest) -> Answer {
    let shown = list::show(&visit, &req, "/people", None).await?;
    let export =
        (!shown.is_wrong).then(|| format!("/exports/new?{}", query::pairs(&[("filter", visit.query.as_str())])));
    let page = || IndexPage { v: &visit.view, list: &shown.whole, count: &shown.count, export }.render();
    shown.answer(&visit, page)
}
