//! Taking a list out of the house.
use crate::actions::Act;
use crate::domain::event::Kind;
use crate::domain::{Change, Error, Event, PeopleFilter, Person, Result, Sort, Subject, Target, Turn, Verb};
use crate::store;

/// Longer lists are not exported at once.
pub const MOST: usize = 10_000;

/// Everybody who matches, in this order; the history keeps how many left and what was asked.
pub fn create(act: &mut Act, filter: &PeopleFilter, sort: &Sort, asked: &str) -> Result<Vec<Person>> {
    act.actor.must(Verb::Export, Target::House)?;
    super::list::permit(act, filter, sort)?;
    let page = store::list::page(act.conn, act.actor.scope(), filter, sort, &Turn::First, MOST)?;
    if page.after.is_some() {
        return Err(Error::Malformed("export.too_many"));
    }
    let changes = vec![Change::new("count", "", page.people.len().to_string()), Change::new("filter", "", asked)];
    act.record(Event::on(Kind::PeopleExported, Subject::House, "", changes))?;
    Ok(page.people)
}
