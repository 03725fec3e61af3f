//! What the parts of the list show.
use super::super::ask::{Ask, SIZES};
use super::super::cells::Cells;
use super::super::chips::{Chip, chips};
use super::super::line;
use super::super::understand::Wrong;
use super::{Counted, Heading, Jump, List};
use crate::actions::people::list::Listing;
use crate::actions::views::{self, SavedView};
use crate::domain::{Column, Person, Role, Sort, Status, Verb};
use askama::Template;

impl List<'_> {
    /// The list, and the parts around it that change with it; the line only where it was not what asked.
    pub(super) fn parts(&self, by_line: bool) -> askama::Result<String> {
        let wrong = self.as_wrong().render()?;
        if self.wrong.is_some() {
            return Ok(wrong);
        }
        let find = if by_line { String::new() } else { self.as_find().render()? };
        let (list, count) = (self.as_list().render()?, self.count().render()?);
        Ok([list, count, find, self.as_tabs().render()?, self.as_chips().render()?, wrong].concat())
    }

    /// The line in three: what stands before the wrong piece, the piece, and the rest.
    pub(super) fn marked(&self, wrong: &Wrong) -> [String; 3] {
        let in_line = |line: &str| {
            let (at, _) = line::pieces(line).into_iter().rfind(|(_, term)| *term == wrong.term)?;
            Some([&line[..at.start], &line[at.clone()], &line[at.end..]].map(str::to_owned))
        };
        let line = self.ask.line();
        in_line(&self.ask.typed).or_else(|| in_line(&line)).unwrap_or([line, String::new(), String::new()])
    }

    /// What the form for filters sends besides its own fields.
    pub(super) fn hidden(&self) -> Vec<(&str, &str)> {
        let own = |name: &str| !["q", "role", "sort", "contact"].contains(&name) && !self.ask.is_beyond_form(name);
        self.ask.pairs(&[]).into_iter().filter(|(name, _)| !own(name)).collect()
    }

    /// What the form for a place sends besides the place.
    pub(super) fn hidden_for<'a>(&'a self, jump: &'a Jump) -> Vec<(&'a str, &'a str)> {
        self.ask.pairs(&[("sort", jump.sort.as_str())])
    }

    pub(super) fn count(&self) -> Counted<'_> {
        let Listing { matching, total, .. } = self.read.listing;
        let (narrowed, whole) = (self.ask.is_narrowed(), self.fixed.is_none());
        Counted { v: self.v, matching, total, narrowed, whole, unknown: self.wrong.is_some(), exactly: &self.exactly }
    }

    /// The custom fields that several can be given a value of.
    pub(super) fn bulk_fields(&self) -> Vec<(&str, &str)> {
        self.ask
            .catalogue()
            .active()
            .map(|field| (field.name.as_str(), field.label.in_language(self.v.language.tag())))
            .collect()
    }

    pub(super) fn tabs(&self) -> Vec<(String, String, bool)> {
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
    pub(super) fn is_open(&self, view: &SavedView) -> bool {
        Ask::parse(&view.query, "/people", self.ask.catalogue()).query(&[]) == self.ask.query(&[])
    }

    pub(super) fn chips(&self) -> Vec<Chip> {
        chips(self.v, self.ask)
    }

    pub(super) fn headings(&self) -> Vec<Heading> {
        std::iter::once(&Column::Name).chain(&self.columns).map(|column| self.heading(column)).collect()
    }

    pub(super) fn heading(&self, column: &Column) -> Heading {
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

    pub(super) fn sorts(&self) -> Vec<(String, String, bool)> {
        let orders = ["-added", "added", "-changed", "name", "-seen"];
        let order = |raw: &str| {
            let key = format!("sort.{}", raw.replace('-', "down_"));
            (self.v.t(&key), self.ask.link(&[("sort", raw)]), self.ask.sort().to_string() == raw)
        };
        orders.map(order).into()
    }

    pub(super) fn statuses(&self) -> Vec<&'static str> {
        Status::ALL.iter().map(|status| status.name()).chain(["quiet"]).collect()
    }

    pub(super) fn sizes(&self) -> Vec<(usize, String)> {
        SIZES.into_iter().map(|size| (size, self.ask.link(&[("per", &size.to_string())]))).collect()
    }

    pub(super) fn is_chosen(&self, size: &usize) -> bool {
        self.per == *size
    }

    /// Something was asked for that is no view yet, and views belong to this list.
    pub(super) fn may_save(&self) -> bool {
        let open = self.read.views.iter().any(|(view, _)| self.is_open(view));
        self.fixed.is_none()
            && self.wrong.is_none()
            && !open
            && !self.ask.query(&[]).is_empty()
            && self.read.views.len() < views::MOST
    }

    pub(super) fn can_clear(&self) -> bool {
        !self.ask.get("q").is_empty() || self.ask.set_filters().iter().any(|(name, _)| name != "role")
    }

    /// Whether anything can be done to this row together with others.
    pub(super) fn may_pick(&self, person: &Person) -> bool {
        self.v.can(Verb::Suspend, person) || self.v.can(Verb::EditStaffFields, person)
    }

    pub(super) fn may_pick_any(&self) -> bool {
        self.read.listing.page.people.iter().any(|person| self.may_pick(person))
    }

    pub(super) fn may_any(&self, verb: Verb) -> bool {
        self.read.listing.page.people.iter().any(|person| self.v.can(verb, person))
    }
}
