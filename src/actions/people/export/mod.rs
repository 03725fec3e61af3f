//! Taking a list out of the house, page by page.
mod table;

pub use table::{Table, defused};

use super::list;
use crate::actions::{Act, sessions};
use crate::domain::event::Kind;
use crate::domain::{Change, Error, Event, PeopleFilter, Result, Sort, Subject, Target, Turn, Verb};
use crate::store::list::Page;

/// So many people are held in memory.
const PAGE: usize = 1_000;

/// What leaves: whom, in which order, and what of them.
#[derive(Debug)]
pub struct Export {
    filter: PeopleFilter,
    sort: Sort,
    pub table: Table,
}

/// What would leave, and how many people that is.
pub fn show(act: &mut Act, filter: PeopleFilter, sort: Sort) -> Result<(Export, i64)> {
    act.actor.must(Verb::Export, Target::House)?;
    list::permitted(act, &filter, &sort)?;
    let count = list::count(act, &filter)?;
    let table = Table::new(list::catalogue(act)?, act.actor.can(Verb::SeeStaffFields, Target::House));
    Ok((Export { filter, sort, table }, count))
}

/// The history keeps how many leave and what was asked; call it before anybody does.
pub fn create(act: &mut Act, count: i64, asked: &str) -> Result<()> {
    act.actor.must(Verb::Export, Target::House)?;
    let changes = vec![Change::new("count", "", count.to_string()), Change::new("filter", "", asked)];
    act.record(Event::on(Kind::PeopleExported, Subject::House, "", changes))
}

impl Export {
    /// The next people. Whoever comes, goes or moves in the order meanwhile may be in it or not. Nothing more leaves
    /// once the rights have changed with which it was asked for.
    pub fn page(&self, act: &mut Act, turn: &Turn) -> Result<Page> {
        act.actor.must(Verb::Export, Target::House)?;
        if sessions::afresh(act.conn, act.actor)? != *act.actor {
            return Err(Error::Forbidden("forbidden.role"));
        }
        list::page(act, &self.filter, &self.sort, turn, PAGE)
    }
}
