//! `/people/{id}/tickets`: what somebody asked, sees to or follows.
use super::show::Head;
use crate::actions::tickets::{self, Listing};
use crate::domain::{Cursor, Person, PersonId, TicketFilter};
use crate::panel::query::{Query, pairs};
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use actix_web::web;
use askama::Template;

const SIZE: usize = 50;

#[derive(Template)]
#[template(path = "people/tickets.html")]
struct TicketsPage<'a> {
    v: &'a View,
    person: &'a Person,
    head: Head<'a>,
    listing: Listing,
    newer: Option<String>,
    older: Option<String>,
}

pub async fn index(visit: Visit, id: web::Path<i64>) -> Answer {
    let (turn, id) = (Query::parse(&visit.query).turn(tickets::cursor)?, PersonId(*id));
    let filter = TicketFilter { about: Some(id), ..TicketFilter::default() };
    let (person, listing) = visit
        .read(move |act| {
            let person = crate::actions::people::show(act, id)?;
            Ok((person, tickets::index(act, &filter, &turn, SIZE)?))
        })
        .await?;
    let at =
        |name: &str, cursor: &Cursor| format!("/people/{}/tickets?{}", id.0, pairs(&[(name, &cursor.to_string())]));
    let newer = listing.before.as_ref().map(|cursor| at("before", cursor));
    let older = listing.after.as_ref().map(|cursor| at("after", cursor));
    let (v, person) = (&visit.view, &person);
    let head = Head { v, person, tab: "tickets" };
    visit.ok(TicketsPage { v, person, head, listing, newer, older }.render())
}
