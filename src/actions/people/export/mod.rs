//! Taking a list out of the house: at once, page by page, or by a job into a file that is kept for a while.
mod file;
pub mod kept;
mod table;

pub use file::{Writer, defused};

use super::list;
use crate::actions::{Act, sessions};
use crate::domain::event::Kind;
use crate::domain::export::{Export, Sight, Whom};
use crate::domain::{Actor, Change, Error, Event, PersonId, Result, Scope, Standing, Subject, Target, Turn, Verb};
use crate::store;
use csv::StringRecord;
use table::Table;

/// So many people are held in memory.
const PAGE: usize = 1_000;

/// What would be in a file, and how many people that is.
pub fn show(act: &mut Act, whom: Whom, asked: &str) -> Result<(Export, i64)> {
    act.actor.must(Verb::Export, Target::House)?;
    let count = match &whom {
        Whom::Chosen(ids) => super::several(act, ids)?.len() as i64,
        Whom::Matching(filter, sort) => {
            list::permitted(act, filter, sort)?;
            list::count(act, filter)?
        }
    };
    let for_staff = act.actor.can(Verb::SeeStaffFields, Target::House);
    let columns = table::names(&list::catalogue(act)?, for_staff);
    Ok((Export { whom, columns, sight: sight(act)?, asked: asked.to_owned() }, count))
}

/// The history keeps who and how many are in a file; call it before anybody fetches it.
pub fn create(act: &mut Act, export: &Export, count: i64) -> Result<()> {
    act.actor.must(Verb::Export, Target::House)?;
    record(act, export, count, None)
}

fn record(act: &mut Act, export: &Export, count: i64, job: Option<i64>) -> Result<()> {
    let asked = match &export.whom {
        Whom::Chosen(ids) => Change::new("people", "", names(ids)),
        Whom::Matching(..) => Change::new("filter", "", &export.asked),
    };
    let mut changes = vec![Change::new("count", "", count.to_string()), asked];
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
    match &export.whom {
        Whom::Chosen(ids) => Ok((table.rows(&super::several(act, ids)?), None)),
        Whom::Matching(filter, sort) => {
            let page = list::page(act, filter, sort, turn, PAGE)?;
            Ok((table.rows(&page.people), page.after.map(Turn::After)))
        }
    }
}

/// As the history tells them.
fn names(ids: &[PersonId]) -> String {
    ids.iter().map(|id| format!("#{}", id.0)).collect::<Vec<_>>().join(", ")
}

/// Whoever may take people out, and sees all that they saw when they asked.
fn permit(act: &mut Act, export: &Export) -> Result<()> {
    act.actor.must(Verb::Export, Target::House)?;
    if export.sight.loses_by(&sight(act)?) { Err(Error::Forbidden("forbidden.role")) } else { Ok(()) }
}

fn sight(act: &mut Act) -> Result<Sight> {
    let Actor::Person { id, role, powers, .. } = act.actor else { return Err(Error::NotFound) };
    let circle = match act.actor.scope() {
        Scope::Everyone => None,
        scope => {
            let me = store::people::find(act.conn, Scope::Everyone, *id)?.fields;
            Some(if let Scope::GroupsOf(_) = scope { me.groups } else { vec![me.organisation] })
        }
    };
    Ok(Sight { standing: Standing::new(*role, *powers).code(), circle })
}
