//! `/tickets`: what is to be done, latest change first.
use crate::actions::tickets::{self, Listing};
use crate::actions::{Act, groups};
use crate::domain::ticket::{Holder, Priority, TicketStatus};
use crate::domain::{Cursor, Error, Group, PersonId, Result, TicketFilter, Verb};
use crate::panel::query::{Query, pairs};
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use askama::Template;

const SIZE: usize = 50;

#[derive(Template)]
#[template(path = "tickets/index.html")]
struct IndexPage<'a> {
    v: &'a View,
    asked: &'a Asked,
    groups: Vec<Group>,
    listing: Listing,
    newer: Option<String>,
    older: Option<String>,
}

/// What the address asks for, as the form shows it again.
#[derive(Default)]
struct Asked {
    q: String,
    /// `live` unless said otherwise; `any`, or a status.
    status: String,
    /// `me`, `nobody`, or anybody.
    assignee: String,
    priority: String,
    group: String,
}

/// The name of a tab and what it asks for.
type Tab = (&'static str, &'static str, &'static str);
const TABS: [Tab; 4] =
    [("live", "live", ""), ("mine", "live", "me"), ("unassigned", "live", "nobody"), ("any", "any", "")];

pub async fn index(visit: Visit) -> Answer {
    let query = Query::parse(&visit.query);
    let asked = Asked::read(&query);
    let (filter, turn) = (asked.filter(visit.view.actor.id())?, query.turn(tickets::cursor)?);
    let (listing, groups) =
        visit.read(move |act| Ok((tickets::index(act, &filter, &turn, SIZE)?, known_groups(act)?))).await?;
    let newer = listing.before.as_ref().map(|cursor| asked.link("before", cursor));
    let older = listing.after.as_ref().map(|cursor| asked.link("after", cursor));
    visit.ok(IndexPage { v: &visit.view, asked: &asked, groups, listing, newer, older }.render())
}

/// Those that a form offers; none to whoever does not work on tickets.
pub fn known_groups(act: &mut Act) -> Result<Vec<Group>> {
    match groups::known(act) {
        Err(Error::Forbidden(_)) => Ok(vec![]),
        known => known,
    }
}

impl Asked {
    fn read(query: &Query) -> Self {
        let get = |name: &str| query.get(name).unwrap_or_default().to_owned();
        let status = query.get("status").unwrap_or("live").to_owned();
        Self { q: get("q"), status, assignee: get("assignee"), priority: get("priority"), group: get("group") }
    }

    fn filter(&self, me: Option<PersonId>) -> Result<TicketFilter> {
        let malformed = || Error::Malformed("filter.tickets");
        let status = match self.status.as_str() {
            "live" | "any" => None,
            raw => Some(TicketStatus::parse(raw).ok_or_else(malformed)?),
        };
        let priority = match self.priority.as_str() {
            "" => None,
            raw => Some(Priority::parse(raw).ok_or_else(malformed)?),
        };
        let assignee = match self.assignee.as_str() {
            "" => None,
            "me" => me.map(Holder::Person),
            "nobody" => Some(Holder::Nobody),
            raw => Some(Holder::Person(raw.parse().map(PersonId).map_err(|_| malformed())?)),
        };
        let group = match self.group.as_str() {
            "" => None,
            raw => Some(raw.parse().map_err(|_| malformed())?),
        };
        let live = self.status == "live";
        Ok(TicketFilter { q: self.q.clone(), status, live, priority, assignee, group, ..TicketFilter::default() })
    }

    fn link(&self, name: &str, at: &Cursor) -> String {
        let at = at.to_string();
        let kept = [
            ("q", self.q.as_str()),
            ("status", if self.status == "live" { "" } else { &self.status }),
            ("assignee", &self.assignee),
            ("priority", &self.priority),
            ("group", &self.group),
            (name, &at),
        ];
        format!("/tickets?{}", pairs(&kept))
    }

    fn is_narrowed(&self) -> bool {
        let blank = [&self.q, &self.priority, &self.group, &self.assignee].iter().all(|one| one.is_empty());
        !blank || self.status != "live"
    }
}

impl IndexPage<'_> {
    /// Name, address and whether it is this one.
    fn tabs(&self) -> [(&'static str, String, bool); 4] {
        TABS.map(|(name, status, assignee)| {
            let to = pairs(&[("status", if status == "live" { "" } else { status }), ("assignee", assignee)]);
            let here = self.asked.status == status && self.asked.assignee == assignee;
            (name, if to.is_empty() { "/tickets".into() } else { format!("/tickets?{to}") }, here)
        })
    }

    fn statuses(&self) -> Vec<&'static str> {
        ["live", "any"].into_iter().chain(TicketStatus::ALL.iter().map(|one| one.name())).collect()
    }

    fn priorities(&self) -> Vec<&'static str> {
        Priority::ALL.iter().map(|one| one.name()).collect()
    }

    fn is_group(&self, group: &Group) -> bool {
        self.asked.group == group.id.to_string()
    }

    fn is_cut(&self) -> bool {
        self.listing.matching > tickets::COUNTED
    }
}
