//! A list of people with its tools, wherever it stands: on its own page, in an organisation, in a group.
mod parts;
mod read;

use super::ask::{Ask, SIZES, SPANS};
use super::cells::Cells;
use super::jump::{Place, place};
use super::understand::Wrong;
use crate::actions::people::list;
use crate::answers::Holds;
use crate::domain::custom::FieldKind;
use crate::domain::{Column, Count, Error, PeopleFilter, Result, Sort, Verb};
use crate::panel::markup::Markup;
use crate::panel::query::Query;
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, HeaderValue};
use askama::Template;
use read::{Read, saved_views};

const PER_COOKIE: &str = "rollcall-per";

#[derive(Template)]
#[template(path = "people/list.html", blocks = ["tabs", "find", "chips", "wrong", "list"])]
struct List<'a> {
    v: &'a View,
    ask: &'a Ask<'a>,
    read: &'a Read,
    cells: Cells<'a>,
    columns: Vec<Column>,
    per: usize,
    newer: Option<String>,
    older: Option<String>,
    /// What cannot be understood; then nobody is listed.
    wrong: Option<Wrong>,
    /// Nothing where nobody looks for a place in the order.
    jump: Option<Jump>,
    /// The filter that the page itself sets.
    fixed: Option<&'static str>,
    /// What [`super::count`] is asked for the figure that follows.
    exactly: String,
}

/// How many there are; stands in the head of whatever page has the list.
#[derive(Template)]
#[template(path = "people/count.html")]
struct Counted<'a> {
    v: &'a View,
    matching: Count,
    total: Count,
    narrowed: bool,
    /// What was asked for is not understood.
    unknown: bool,
    /// The list is of everybody, so it says of how many.
    whole: bool,
    /// What [`super::count`] is asked for the figure that follows.
    exactly: &'a str,
}

struct Heading {
    class: String,
    label: String,
    /// Where sorting by it leads; empty when it cannot be sorted by.
    to: String,
    /// For `aria-sort`; nothing when the list is not sorted by it.
    direction: Option<&'static str>,
}

/// A list ready to stand in a page.
pub struct Shown {
    pub whole: Markup,
    pub count: Markup,
    parts: String,
    here: String,
    per: Option<usize>,
    pub is_wrong: bool,
}

/// Going on from a place in the order.
struct Jump {
    place: Place,
    /// The order in which the place is looked for.
    sort: String,
}

/// Reads and renders the list that an address asks for. `fixed` narrows it to what the page is about.
pub async fn show(visit: &Visit, req: &HttpRequest, base: &str, fixed: Option<(&'static str, &str)>) -> Result<Shown> {
    let v = &visit.view;
    let ask = Ask::parse(&visit.query, base, v.catalogue());
    let wrong = ask.filter(&v.dates).err().or_else(|| ask.hidden_from(v));
    let wanted = if wrong.is_none() { Some(ask.understand(&visit.query, &v.dates)?) } else { None };
    let (per, chosen) = page_size(&visit.query, req);
    let of_views = fixed.is_none().then(|| (v.catalogue().clone(), v.dates.clone()));
    let narrowed = fixed.map(|(name, value)| (name, value.to_owned()));
    let read = visit
        .read(move |act| {
            let listing = match wanted {
                Some(mut wanted) => {
                    fix(&mut wanted.filter, narrowed);
                    list::index(act, &wanted.filter, &wanted.sort, &wanted.turn, per)?
                }
                None => list::nobody(act)?,
            };
            let views = match &of_views {
                Some((catalogue, dates)) => saved_views(act, catalogue, dates)?,
                None => vec![],
            };
            Read::complete(act, listing, views)
        })
        .await?;
    let newer = read.listing.page.before.as_ref().map(|cursor| ask.link(&[("before", &cursor.to_string())]));
    let older = read.listing.page.after.as_ref().map(|cursor| ask.link(&[("after", &cursor.to_string())]));
    let exactly = ask.query(&fixed.into_iter().collect::<Vec<_>>());
    let columns = v.columns();
    let cells = Cells { v, hues: &read.hues, catalogue: ask.catalogue() };
    let list = List {
        v,
        ask: &ask,
        read: &read,
        cells,
        columns,
        per,
        newer,
        older,
        wrong,
        jump: jump(&ask),
        fixed: fixed.map(|(name, _)| name),
        exactly,
    };
    let place = Query::parse(&visit.query);
    let here = ask.link(&["after", "before", "from"].map(|name| (name, place.get(name).unwrap_or_default())));
    let rendered = |html: askama::Result<String>| html.map(Markup).map_err(Error::broken);
    let by_line = req.headers().get("hx-source").is_some_and(|source| source == "form#filters");
    let parts = if v.htmx { list.parts(by_line).map_err(Error::broken)? } else { String::new() };
    let whole = if v.htmx { Markup::default() } else { rendered(list.render())? };
    let count = rendered(list.count().render())?;
    Ok(Shown { whole, count, parts, here, per: chosen.then_some(per), is_wrong: list.wrong.is_some() })
}

fn fix(filter: &mut PeopleFilter, fixed: Option<(&'static str, String)>) {
    match fixed {
        Some(("organisation", name)) => filter.organisation = Some(name),
        Some(("group", name)) => filter.group = Some(name),
        _ => {}
    }
}

/// In the order in which people came a day is looked for by when they were created, which is nearly the same.
fn jump(ask: &Ask) -> Option<Jump> {
    let sort = match ask.sort() {
        Sort { column: Column::Added, descending } => Sort { column: Column::Created, descending },
        other => other,
    };
    Some(Jump { place: place(&sort, ask.catalogue())?, sort: sort.to_string() })
}

/// Chosen now, else chosen before, else fifty.
fn page_size(query: &str, req: &HttpRequest) -> (usize, bool) {
    let fits = |raw: &str| raw.parse().ok().filter(|n| SIZES.contains(n));
    let chosen = Query::parse(query).get("per").and_then(fits);
    let before = || req.cookie(PER_COOKIE).and_then(|cookie| fits(cookie.value()));
    (chosen.or_else(before).unwrap_or(50), chosen.is_some())
}

impl Shown {
    /// The page around the list, or only its parts where the list itself asks.
    pub fn answer(&self, visit: &Visit, page: impl FnOnce() -> askama::Result<String>) -> Answer {
        let status = if self.is_wrong { StatusCode::BAD_REQUEST } else { StatusCode::OK };
        let html = if visit.view.htmx { Ok(self.parts.clone()) } else { page() };
        let mut answer = visit.answer(status, html)?;
        answer.extensions_mut().insert(Holds { key: None });
        if self.is_wrong && visit.view.htmx {
            // The list that they see stays.
            answer.headers_mut().insert(HeaderName::from_static("hx-retarget"), HeaderValue::from_static("#wrong"));
        } else if visit.view.htmx {
            // The address of this list, without the fields that the form leaves empty.
            let here = self.here.parse().map_err(Error::broken)?;
            answer.headers_mut().insert(HeaderName::from_static("hx-push-url"), here);
        }
        if let Some(per) = self.per {
            let cookie = Cookie::build(PER_COOKIE, per.to_string()).path("/").http_only(true);
            let cookie = cookie.same_site(SameSite::Lax).secure(visit.app.is_https()).permanent();
            answer.add_cookie(&cookie.finish()).map_err(Error::broken)?;
        }
        Ok(answer)
    }
}
