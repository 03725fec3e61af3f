//! `/docs/api`: the APIs, and each of them route by route, with lines for a shell.
use crate::actions::keys::{self, Owned};
use crate::address;
use crate::domain::key::{Dialect, Key};
use crate::domain::manual::{Body, Manual, Route, key_of};
use crate::domain::{Error, Target, Verb};
use crate::panel::query::Query;
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use crate::words::Language;
use actix_web::{HttpRequest, web};
use askama::Template;

#[derive(Template)]
#[template(path = "docs/index.html")]
struct IndexPage<'a> {
    v: &'a View,
    manuals: &'a [Manual],
}

#[derive(Template)]
#[template(path = "docs/api.html")]
struct ApiPage<'a> {
    v: &'a View,
    manual: &'a Manual,
    /// Those for this API, for whoever looks after keys.
    keys: Vec<Owned>,
    picked: Option<i64>,
    url: &'a str,
}

fn permit(visit: &Visit) -> Result<(), Error> {
    visit.caller.actor.must(Verb::List, Target::House)
}

pub async fn index(visit: Visit, manuals: web::Data<Vec<Manual>>) -> Answer {
    permit(&visit)?;
    visit.ok(IndexPage { v: &visit.view, manuals: &manuals }.render())
}

pub async fn show(
    visit: Visit,
    dialect: web::Path<String>,
    manuals: web::Data<Vec<Manual>>,
    req: HttpRequest,
) -> Answer {
    permit(&visit)?;
    let dialect = Dialect::parse(&dialect).ok_or(Error::NotFound)?;
    let manual = manuals.iter().find(|manual| manual.dialect == dialect).ok_or(Error::NotFound)?;
    let mut keys = if visit.view.can_here(Verb::ManageKeys) { visit.read(keys::index).await? } else { vec![] };
    keys.retain(|one| one.key.dialect == dialect);
    let picked = Query::parse(&visit.query).get("key").and_then(|raw| raw.parse().ok());
    let url = address::origin(&req);
    visit.ok(ApiPage { v: &visit.view, manual, keys, picked, url: &url }.render())
}

impl ApiPage<'_> {
    fn key(&self) -> Option<&Key> {
        self.keys.iter().map(|one| &one.key).find(|key| Some(key.id) == self.picked)
    }

    fn is_picked(&self, key: &Key) -> bool {
        self.picked == Some(key.id)
    }

    fn curl(&self, route: &Route) -> String {
        self.manual.curl(route, self.url, self.key())
    }

    /// A sentence of the manual, which is written in English.
    fn said(&self, says: &str) -> String {
        match self.v.language {
            Language::English => says.to_owned(),
            other => other.say(&key_of(says)),
        }
    }

    /// Name, whether it must be there, and what it is; of a query, then of a form.
    fn values(&self, route: &Route) -> Vec<(&'static str, bool, String)> {
        let form: &[_] = if let Body::Form(form) = route.doc.takes { form } else { &[] };
        route.doc.asks.iter().chain(form).map(|param| (param.name, param.required, self.said(param.about))).collect()
    }

    fn anchor(&self, route: &Route) -> String {
        route.words("-")
    }
}
