//! Taking a list out of the house: at once, page by page, or by a job into a file that is kept for a while.
mod file;
pub mod kept;
mod table;

pub use file::{Writer, defused};

use super::list;
use crate::actions::{Act, sessions};
use crate::domain::event::Kind;
use crate::domain::export::Export;
use crate::domain::{Change, Error, Event, PeopleFilter, PersonId, Result, Sort, Subject, Target, Turn, Verb};
use crate::store;
use csv::StringRecord;
use table::Table;

/// So many people are held in memory.
const PAGE: usize = 1_000;

/// What would leave, and how many people that is: these, or everybody who matches where there are none.
pub fn show(
    act: &mut Act,
    people: Vec<PersonId>,
    (filter, sort): (PeopleFilter, Sort),
    asked: &str,
) -> Result<(Export, i64)> {
    act.actor.must(Verb::Export, Target::House)?;
    list::permitted(act, &filter, &sort)?;
    let count = match people.is_empty() {
        true => list::count(act, &filter)?,
        false => store::people::find_many(act.conn, act.actor.scope(), &people)?.len() as i64,
    };
    let for_staff = act.actor.can(Verb::SeeStaffFields, Target::House);
    let columns = table::names(&list::catalogue(act)?, for_staff);
    Ok((Export { people, filter, sort, columns, for_staff, asked: asked.to_owned() }, count))
}

/// The history keeps how many leave and what was asked; call it before anybody does.
pub fn create(act: &mut Act, export: &Export, count: i64) -> Result<()> {
    act.actor.must(Verb::Export, Target::House)?;
    record(act, export, count, None)
}

fn record(act: &mut Act, export: &Export, count: i64, job: Option<i64>) -> Result<()> {
    let mut changes = vec![Change::new("count", "", count.to_string()), Change::new("filter", "", &export.asked)];
    changes.extend(job.map(|job| Change::new("job", "", job.to_string())));
    act.record(Event::on(Kind::PeopleExported, Subject::House, "", changes))
}

/// The next rows, and where those after them are. Whoever comes, goes or moves in the order meanwhile may be in them or
/// not. Nothing more leaves once the rights have changed with which it was asked for.
pub fn page(act: &mut Act, export: &Export, turn: &Turn) -> Result<(Vec<StringRecord>, Option<Turn>)> {
    permit(act, export)?;
    if sessions::afresh(act.conn, act.actor)? != *act.actor {
        return Err(Error::Forbidden("forbidden.role"));
    }
    let table = Table::new(&export.columns, list::catalogue(act)?);
    if !export.people.is_empty() {
        let people = store::people::find_many(act.conn, act.actor.scope(), &export.people)?;
        return Ok((table.rows(&people), None));
    }
    let page = list::page(act, &export.filter, &export.sort, turn, PAGE)?;
    Ok((table.rows(&page.people), page.after.map(Turn::After)))
}

/// Whoever may take people out, and see all that is to leave of them.
fn permit(act: &mut Act, export: &Export) -> Result<()> {
    act.actor.must(Verb::Export, Target::House)?;
    if export.for_staff { act.actor.must(Verb::SeeStaffFields, Target::House) } else { Ok(()) }
}
