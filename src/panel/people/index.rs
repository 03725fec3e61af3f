//! `/people`: the list.
use super::ask::{Ask, FILTERS, SIZES};
use crate::actions::people::{self, Listing};
use crate::domain::{Column, Person, Role, Sort, Status};
use crate::panel::query::Query;
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::header::HeaderName;
use askama::Template;

const PER_COOKIE: &str = "rollcall-per";

#[derive(Template)]
#[template(path = "people/index.html", blocks = ["count", "tabs", "chips", "list"])]
struct IndexPage<'a> {
    v: &'a View,
    ask: &'a Ask,
    listing: &'a Listing,
    per: usize,
    newer: Option<String>,
    older: Option<String>,
}

struct Heading {
    key: String,
    to: String,
    /// For `aria-sort`; nothing when the list is not sorted by it.
    direction: Option<&'static str>,
}

struct Chip {
    label: String,
    value: String,
    without: String,
}

pub async fn index(visit: Visit, req: HttpRequest) -> Answer {
    let ask = Ask::parse(&visit.query);
    let wanted = ask.understand(&visit.query, &visit.view.dates)?;
    let (per, chosen) = page_size(&visit.query, &req);
    let listing = visit.read(move |act| people::index(act, &wanted.filter, wanted.sort, &wanted.turn, per)).await?;
    let newer = listing.page.before.as_ref().map(|cursor| ask.link(&[("before", &cursor.to_string())]));
    let older = listing.page.after.as_ref().map(|cursor| ask.link(&[("after", &cursor.to_string())]));
    let page = IndexPage { v: &visit.view, ask: &ask, listing: &listing, per, newer, older };
    let html = if visit.view.htmx { page.parts() } else { page.render() };
    let mut answer = visit.ok(html)?;
    if visit.view.htmx {
        // The address of this list, without the fields that the form leaves empty.
        let place = Query::parse(&visit.query);
        let turn = ["after", "before"].map(|name| (name, place.get(name).unwrap_or_default()));
        let here = ask.link(&turn).parse().map_err(crate::domain::Error::broken)?;
        answer.headers_mut().insert(HeaderName::from_static("hx-push-url"), here);
    }
    if chosen {
        let cookie =
            Cookie::build(PER_COOKIE, per.to_string()).path("/people").http_only(true).same_site(SameSite::Lax);
        let kept = answer.add_cookie(&cookie.secure(visit.app.is_https()).permanent().finish());
        kept.map_err(crate::domain::Error::broken)?;
    }
    Ok(answer)
}

/// Chosen now, else chosen before, else fifty.
fn page_size(query: &str, req: &HttpRequest) -> (usize, bool) {
    let fits = |raw: &str| raw.parse().ok().filter(|n| SIZES.contains(n));
    let chosen = Query::parse(query).get("per").and_then(fits);
    let before = || req.cookie(PER_COOKIE).and_then(|cookie| fits(cookie.value()));
    (chosen.or_else(before).unwrap_or(50), chosen.is_some())
}

impl IndexPage<'_> {
    /// The list, and the parts around it that change with it.
    fn parts(&self) -> askama::Result<String> {
        Ok([self.as_list().render()?, self.as_count().render()?, self.as_tabs().render()?, self.as_chips().render()?]
            .concat())
    }

    fn tabs(&self) -> Vec<(String, String, bool)> {
        let chosen = self.ask.get("role");
        let everyone = (self.v.t("people.everyone"), self.ask.link(&[("role", "")]), chosen.is_empty());
        let role = |role: Role| {
            let to = self.ask.link(&[("role", role.name())]);
            (self.v.t(&format!("people.{}", role.name())), to, chosen == role.name())
        };
        std::iter::once(everyone).chain(Role::ALL.map(role)).collect()
    }

    fn chips(&self) -> Vec<Chip> {
        let chip = |(name, value): (&'static str, &str)| Chip {
            label: self.v.t(&format!("filter_name.{name}")),
            value: self.chip_value(name, value),
            without: self.ask.link(&[(name, "")]),
        };
        self.ask.set_filters().filter(|(name, _)| *name != "role").map(chip).collect()
    }

    fn chip_value(&self, name: &str, value: &str) -> String {
        match name {
            "status" => self.status_label(value),
            _ if name.ends_with("_from") || name.ends_with("_until") => {
                self.v.dates.day_start(value).map_or_else(|| value.to_owned(), |day| self.v.dates.date(&day))
            }
            _ => value.to_owned(),
        }
    }

    fn headings(&self) -> Vec<(&'static str, Heading)> {
        let sortable = |column: Column| {
            let now = self.ask.sort();
            let up = Sort { column, descending: matches!(column, Column::Seen | Column::Created) };
            let to = if now.column == column { now.turned() } else { up };
            let direction = (now.column == column).then_some(if now.descending { "descending" } else { "ascending" });
            Heading {
                key: format!("column.{}", column.name()),
                to: self.ask.link(&[("sort", &to.to_string())]),
                direction,
            }
        };
        let tags = Heading { key: "column.tags".into(), to: String::new(), direction: None };
        vec![
            ("c-name", sortable(Column::Name)),
            ("c-role", sortable(Column::Role)),
            ("c-status", sortable(Column::Status)),
            ("c-org", sortable(Column::Organisation)),
            ("c-tags", tags),
            ("c-seen", sortable(Column::Seen)),
            ("c-made", sortable(Column::Created)),
        ]
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

    /// The search without any filter.
    fn unfiltered(&self) -> String {
        let dropped: Vec<_> = FILTERS.iter().map(|name| (*name, "")).collect();
        self.ask.link(&dropped)
    }

    /// The tab and the order as they are, without search and filters.
    fn cleared(&self) -> String {
        let others = FILTERS.iter().filter(|name| **name != "role").chain(["q"].iter());
        let dropped: Vec<_> = others.map(|name| (*name, "")).collect();
        self.ask.link(&dropped)
    }

    fn can_clear(&self) -> bool {
        !self.ask.get("q").is_empty() || self.ask.set_filters().any(|(name, _)| name != "role")
    }

    /// The filter for active people finds quiet ones too, and says so.
    fn status_label(&self, status: &str) -> String {
        match status {
            "active" => self.v.t("people.active_any"),
            other => self.v.t(&format!("status.{other}")),
        }
    }

    fn second_line(&self, person: &Person) -> String {
        let fields = &person.fields;
        let email = fields.email.as_ref().map(|e| e.as_str());
        let known =
            email.or(fields.phone.as_ref().map(|p| p.as_str())).or(fields.username.as_ref().map(|u| u.as_str()));
        known.unwrap_or_default().to_owned()
    }
}
