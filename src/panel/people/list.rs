//! A list of people with its tools, wherever it stands: on its own page, in an organisation, in a group.
use super::ask::{Ask, SIZES};
use super::cells::Cells;
use super::chips::{Chip, chips};
use crate::actions::people::list::{self, Listing};
use crate::actions::views::{self, SavedView};
use crate::actions::{Act, groups, tags};
use crate::domain::custom::FieldKind;
use crate::domain::{Column, Error, PeopleFilter, Person, Result, Role, Sort, Status, Verb};
use crate::panel::markup::Markup;
use crate::panel::query::Query;
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use crate::words::grouped;
use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::header::HeaderName;
use askama::Template;
use std::collections::HashMap;

const PER_COOKIE: &str = "rollcall-per";

/// All that a list shows besides what the reader asked for.
struct Read {
    listing: Listing,
    /// The colours of tags, by folded name.
    hues: HashMap<String, i16>,
    groups: Vec<String>,
    /// Each with its count; nothing where it cannot be counted.
    views: Vec<(SavedView, Option<i64>)>,
}

#[derive(Template)]
#[template(path = "people/list.html", blocks = ["count", "tabs", "chips", "list"])]
struct List<'a> {
    v: &'a View,
    ask: &'a Ask,
    read: &'a Read,
    cells: Cells<'a>,
    columns: Vec<Column>,
    per: usize,
    newer: Option<String>,
    older: Option<String>,
    /// The filter that the page itself sets.
    fixed: Option<&'static str>,
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
}

/// Reads and renders the list that an address asks for. `fixed` narrows it to what the page is about.
pub async fn show(visit: &Visit, req: &HttpRequest, base: &str, fixed: Option<(&'static str, &str)>) -> Result<Shown> {
    let v = &visit.view;
    let ask = Ask::parse(&visit.query, base, v.catalogue());
    let mut wanted = ask.understand(&visit.query, &v.dates)?;
    fix(&mut wanted.filter, fixed);
    let (per, chosen) = page_size(&visit.query, req);
    let filters = if fixed.is_none() { saved_filters(visit).await? } else { vec![] };
    let read = visit
        .read(move |act| {
            let listing = list::index(act, &wanted.filter, &wanted.sort, &wanted.turn, per)?;
            Read::complete(act, listing, filters)
        })
        .await?;
    let newer = read.listing.page.before.as_ref().map(|cursor| ask.link(&[("before", &cursor.to_string())]));
    let older = read.listing.page.after.as_ref().map(|cursor| ask.link(&[("after", &cursor.to_string())]));
    let columns = v.columns();
    let cells = Cells { v, hues: &read.hues, catalogue: ask.catalogue() };
    let list =
        List { v, ask: &ask, read: &read, cells, columns, per, newer, older, fixed: fixed.map(|(name, _)| name) };
    let place = Query::parse(&visit.query);
    let here = ask.link(&["after", "before"].map(|name| (name, place.get(name).unwrap_or_default())));
    let rendered = |html: askama::Result<String>| html.map(Markup).map_err(Error::broken);
    let parts = if v.htmx { list.parts().map_err(Error::broken)? } else { String::new() };
    let whole = if v.htmx { Markup::default() } else { rendered(list.render())? };
    let count = rendered(list.as_count().render())?;
    Ok(Shown { whole, count, parts, here, per: chosen.then_some(per) })
}

fn fix(filter: &mut PeopleFilter, fixed: Option<(&'static str, &str)>) {
    match fixed {
        Some(("organisation", name)) => filter.organisation = Some(name.to_owned()),
        Some(("group", name)) => filter.group = Some(name.to_owned()),
        _ => {}
    }
}

/// The reader's views with the filters they stand for; nothing for one that can no longer be read.
async fn saved_filters(visit: &Visit) -> Result<Vec<(SavedView, Option<PeopleFilter>)>> {
    let saved = visit.read(views::index).await?;
    let filter =
        |view: &SavedView| Ask::parse(&view.query, "/people", visit.view.catalogue()).filter(&visit.view.dates).ok();
    Ok(saved.into_iter().map(|view| (filter(&view), view)).map(|(filter, view)| (view, filter)).collect())
}

impl Read {
    fn complete(act: &mut Act, listing: Listing, filters: Vec<(SavedView, Option<PeopleFilter>)>) -> Result<Self> {
        let worn: Vec<String> = listing.page.people.iter().flat_map(|one| one.fields.tags.iter().cloned()).collect();
        let mut counted = vec![];
        for (view, filter) in filters {
            let count = match filter {
                Some(filter) => views::count(act, &filter)?,
                None => None,
            };
            counted.push((view, count));
        }
        Ok(Self { listing, hues: tags::hues(act, &worn)?, groups: groups::names(act)?, views: counted })
    }
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
        let mut answer = visit.ok(if visit.view.htmx { Ok(self.parts.clone()) } else { page() })?;
        if visit.view.htmx {
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

impl List<'_> {
    /// The list, and the parts around it that change with it.
    fn parts(&self) -> askama::Result<String> {
        Ok([self.as_list().render()?, self.as_count().render()?, self.as_tabs().render()?, self.as_chips().render()?]
            .concat())
    }

    fn tabs(&self) -> Vec<(String, String, bool)> {
        let chosen = self.ask.get("role");
        let on_view = self.fixed.is_none() && self.read.views.iter().any(|(view, _)| self.is_open(view));
        let everyone = (self.v.t("people.everyone"), self.ask.link(&[("role", "")]), chosen.is_empty() && !on_view);
        let role = |role: Role| {
            let to = self.ask.link(&[("role", role.name())]);
            (self.v.t(&format!("people.{}", role.name())), to, chosen == role.name() && !on_view)
        };
        std::iter::once(everyone).chain(Role::ALL.map(role)).collect()
    }

    /// Whether the list is just what the view says.
    fn is_open(&self, view: &SavedView) -> bool {
        Ask::parse(&view.query, "/people", self.ask.catalogue().clone()).query(&[]) == self.ask.query(&[])
    }

    /// `9,876`, or `10,000+` where counting stopped.
    fn view_count(&self, count: &i64) -> String {
        if *count > views::COUNTED { format!("{}+", grouped(views::COUNTED)) } else { grouped(*count) }
    }

    fn chips(&self) -> Vec<Chip> {
        chips(self.v, self.ask)
    }

    fn headings(&self) -> Vec<Heading> {
        std::iter::once(&Column::Name).chain(&self.columns).map(|column| self.heading(column)).collect()
    }

    fn heading(&self, column: &Column) -> Heading {
        let (class, label) = (Cells::class(column), self.v.column_label(column));
        if !column.is_sortable() {
            return Heading { class, label, to: String::new(), direction: None };
        }
        let now = self.ask.sort();
        let descending = matches!(column, Column::Seen | Column::Created | Column::Changed);
        let to = if now.column == *column { now.clone().turned() } else { Sort { column: column.clone(), descending } };
        let direction = (now.column == *column).then_some(if now.descending { "descending" } else { "ascending" });
        Heading { class, label, to: self.ask.link(&[("sort", &to.to_string())]), direction }
    }

    fn sorts(&self) -> Vec<(String, String, bool)> {
        let orders = ["-added", "added", "-changed", "name", "-seen"];
        let order = |raw: &str| {
            let key = format!("sort.{}", raw.replace('-', "down_"));
            (self.v.t(&key), self.ask.link(&[("sort", raw)]), self.ask.sort().to_string() == raw)
        };
        orders.map(order).into()
    }

    fn statuses(&self) -> Vec<&'static str> {
        Status::ALL.iter().map(|status| status.name()).chain(["quiet"]).collect()
    }

    fn sizes(&self) -> Vec<(usize, String)> {
        SIZES.into_iter().map(|size| (size, self.ask.link(&[("per", &size.to_string())]))).collect()
    }

    fn is_chosen(&self, size: &usize) -> bool {
        self.per == *size
    }

    /// Something was asked for that is no view yet, and views belong to this list.
    fn may_save(&self) -> bool {
        let open = self.read.views.iter().any(|(view, _)| self.is_open(view));
        self.fixed.is_none() && !open && !self.ask.query(&[]).is_empty() && self.read.views.len() < views::MOST
    }

    fn can_clear(&self) -> bool {
        !self.ask.get("q").is_empty() || self.ask.set_filters().iter().any(|(name, _)| name != "role")
    }

    /// Whether anything can be done to this row together with others.
    fn may_pick(&self, person: &Person) -> bool {
        self.v.can(Verb::Suspend, person) || self.v.can(Verb::EditStaffFields, person)
    }

    fn may_pick_any(&self) -> bool {
        self.read.listing.page.people.iter().any(|person| self.may_pick(person))
    }

    fn may_any(&self, verb: Verb) -> bool {
        self.read.listing.page.people.iter().any(|person| self.v.can(verb, person))
    }
}
