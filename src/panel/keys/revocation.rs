//! `/keys/{id}/revocation`: whom that shuts out, then doing it.
use crate::actions::keys::{self, Owned};
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use actix_web::web;
use askama::Template;

#[derive(Template)]
#[template(path = "keys/revocation.html")]
struct RevocationPage<'a> {
    v: &'a View,
    one: &'a Owned,
}

pub async fn new(visit: Visit, id: web::Path<i64>) -> Answer {
    let id = *id;
    let one = visit.read(move |act| keys::edit(act, id)).await?;
    visit.ok(RevocationPage { v: &visit.view, one: &one }.render())
}

pub async fn create(visit: Visit, id: web::Path<i64>) -> Answer {
    let id = *id;
    visit.write(move |act| keys::destroy(act, id)).await?;
    visit.go("/keys", Some("done.key_revoked"))
}

impl RevocationPage<'_> {
    fn requests(&self) -> i64 {
        self.one.key.uses.of_last_day(self.v.dates.now)
    }
}
