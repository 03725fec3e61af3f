//! Taking a list out of the house.
use crate::actions::Act;
use crate::domain::event::Kind;
use crate::domain::{Change, Error, Event, PeopleFilter, Person, Result, Sort, Subject, Target, Turn, Verb};
use crate::store;

/// Longer lists are not exported at once.
pub const MOST: usize = 10_000;

/// Everybody who matches, in this order.
pub fn show(act: &mut Act, filter: &PeopleFilter, sort: &Sort) -> Result<Vec<Person>> {
    act.actor.must(Verb::Export, Target::House)?;
    super::list::permit(act, filter, sort)?;
    let page = store::list::page(act.conn, act.actor.scope(), filter, sort, &Turn::First, MOST)?;
    if page.after.is_some() { Err(Error::Malformed("export.too_many")) } else { Ok(page.people) }
}

/// The history keeps how many leave and what was asked.
pub fn record(act: &mut Act, count: usize, asked: &str) -> Result<()> {
    act.actor.must(Verb::Export, Target::House)?;
    let changes = vec![Change::new("count", "", count.to_string()), Change::new("filter", "", asked)];
    act.record(Event::on(Kind::PeopleExported, Subject::House, "", changes))
}
