//! `/people/{id}/access`: where somebody is signed in, who tried to be; and ending it.
use super::show::Head;
use crate::actions::people::access::{self, Access};
use crate::domain::{Error, Person, PersonId, Time, Verb};
use crate::panel::query::local;
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use actix_web::web;
use askama::Template;

#[derive(Template)]
#[template(path = "people/access.html")]
struct AccessPage<'a> {
    v: &'a View,
    person: &'a Person,
    head: Head<'a>,
    access: &'a Access,
}

/// For administrators; one's own is on one's own page.
pub async fn show(visit: Visit, id: web::Path<i64>) -> Answer {
    let (id, this) = (PersonId(*id), visit.session_handle());
    let access = visit.read(move |act| access::show(act, id, this.as_deref())).await?;
    let (v, person) = (&visit.view, &access.person);
    if !v.can(Verb::SeeAccess, person) {
        return Err(Error::Forbidden("forbidden.role").into());
    }
    visit.ok(AccessPage { v, person, head: Head { v, person, tab: "access" }, access: &access }.render())
}

/// Ends one session; back to where its button was.
pub async fn destroy(visit: Visit, path: web::Path<(i64, String)>) -> Answer {
    let (id, handle) = path.into_inner();
    visit.write(move |act| access::destroy(act, PersonId(id), &handle)).await?;
    visit.go(local(&back(&visit, id)), Some("done.session"))
}

/// Ends all but the one that asks.
pub async fn destroy_all(visit: Visit, id: web::Path<i64>) -> Answer {
    let (id, this) = (*id, visit.session_handle());
    visit.write(move |act| access::destroy_all(act, PersonId(id), this.as_deref())).await?;
    visit.go(local(&back(&visit, id)), Some("done.sessions"))
}

fn back(visit: &Visit, id: i64) -> String {
    let here = &visit.view.here;
    if here.starts_with("/me") { "/me".into() } else { format!("/people/{id}/access") }
}

impl AccessPage<'_> {
    fn time(&self, micros: &i64) -> Time {
        Time::from_micros(*micros)
    }
}
