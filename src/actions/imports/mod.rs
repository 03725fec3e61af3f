//! Bringing people in from a file: looked at, tried, done.
mod decision;
pub mod file;
mod keys;
pub mod rejected;
mod resolve;
pub mod reversal;
mod row;
pub mod rows;
mod source;
mod steps;
mod table;

pub use row::{Cells, Column, Fault, RawRow};
pub use rows::{Chunk, Earlier, Outcome};
pub use source::Source;
pub(in crate::actions) use steps::{run, trial};

use super::{Act, files, people::list, sessions};
use crate::domain::event::Kind;
use crate::domain::import::{Import, Report, Stage};
use crate::domain::job::{Job, Work};
use crate::domain::{Change, Cursor, Error, Event, Mark, Page, Result, Subject, Target, Turn, Verb};
use crate::store;
use crate::store::jobs::Asked;
use file::Brought;

/// The order that cursors of imports belong to.
const ORDER: &str = "imports";

/// A page of imports, newest first, each with the job that works on it or did.
pub struct Listing {
    pub list: Vec<(Import, Option<Job>)>,
    pub before: Option<Cursor>,
    pub after: Option<Cursor>,
}

/// Reads a cursor of the list of imports.
pub fn cursor(raw: &str) -> Option<Cursor> {
    Cursor::parse(raw, ORDER)
}

/// Whether this actor may bring people in.
pub fn permit(act: &mut Act) -> Result<()> {
    act.actor.must(Verb::Import, Target::House)
}

/// One's own imports, or everybody's for whoever may see them.
pub fn index(act: &mut Act, turn: &Turn, size: usize) -> Result<Listing> {
    permit(act)?;
    let of = if act.actor.can(Verb::SeeJobs, Target::House) { None } else { act.actor.id() };
    let found = store::imports::list(act.conn, of, turn, size as i64 + 1)?;
    let at = |one: &Import| Cursor { order: ORDER.into(), mark: Mark::Number(one.id), id: one.id };
    let Page { list, before, after } = turn.page(found, size, at);
    let list = list.into_iter().map(|one| with_job(act, one)).collect::<Result<_>>()?;
    Ok(Listing { list, before, after })
}

fn with_job(act: &mut Act, import: Import) -> Result<(Import, Option<Job>)> {
    let job = import.job.map(|id| store::jobs::find(act.conn, id)).transpose()?;
    Ok((import, job))
}

fn find(act: &mut Act, id: i64) -> Result<Import> {
    permit(act)?;
    let import = store::imports::find(act.conn, id)?;
    let own = act.actor.id() == Some(import.actor);
    if own || act.actor.can(Verb::SeeJobs, Target::House) { Ok(import) } else { Err(Error::NotFound) }
}

/// One's own, or anybody's for whoever may see them.
pub fn show(act: &mut Act, id: i64) -> Result<(Import, Option<Job>)> {
    let import = find(act, id)?;
    with_job(act, import)
}

/// The same for whoever goes on looking: no longer than they have the rights with which they began.
pub fn follow(act: &mut Act, id: i64) -> Result<(Import, Option<Job>)> {
    if sessions::afresh(act.conn, act.actor)? != *act.actor {
        return Err(Error::Forbidden("forbidden.role"));
    }
    show(act, id)
}

/// Remembers a file that was brought in, with what its titles seem to mean.
pub fn create(act: &mut Act, name: &str, brought: Brought) -> Result<i64> {
    permit(act)?;
    let actor = act.actor.id().ok_or(Error::NotFound)?;
    let catalogue = list::catalogue(act)?;
    let columns = source::columns_of(&brought.header, &catalogue).0;
    let import = Import {
        id: 0,
        actor,
        name: name.to_owned(),
        file: brought.file,
        bytes: brought.bytes,
        rows: brought.rows,
        header: brought.header.iter().map(str::to_owned).collect(),
        columns: columns.iter().map(|column| column.as_ref().map(|column| column.name().into_owned())).collect(),
        stage: Stage::Draft,
        job: None,
        at_row: 0,
        at_byte: 0,
        trial: None,
        report: Report::default(),
        created_at: act.now,
        version: 1,
    };
    let id = store::imports::insert(act.conn, &import)?;
    let rows = Change::new("count", "", brought.rows.to_string());
    told(act, Kind::ImportUploaded, id, vec![Change::new("file", "", name), rows])?;
    Ok(id)
}

/// Decides what the columns mean, and begins to try it.
pub fn update(act: &mut Act, id: i64, version: i64, columns: Vec<Option<Column>>) -> Result<i64> {
    let mut import = find(act, id)?;
    if import.version != version || !import.stage.is_open() || columns.len() != import.header.len() {
        return Err(Error::Stale);
    }
    let meant: Vec<&Column> = columns.iter().flatten().collect();
    if meant.iter().enumerate().any(|(at, column)| meant[..at].contains(column)) {
        return Err(Error::invalid("columns", "imports.twice"));
    }
    if !meant.iter().any(|column| column.tells_people_apart()) {
        return Err(Error::invalid("columns", "imports.nobody"));
    }
    stop(act, &import)?;
    import.columns = columns.iter().map(|column| column.as_ref().map(|column| column.name().into_owned())).collect();
    (import.stage, import.trial) = (Stage::Trial, None);
    let total = import.rows;
    begin(act, from_start(import), (Work::Trial { import: id }, total), Kind::ImportTried)
}

/// Begins to bring the people in, once it was tried.
pub fn start(act: &mut Act, id: i64, version: i64) -> Result<i64> {
    let mut import = find(act, id)?;
    if import.version != version || import.stage != Stage::Trial || import.trial.is_none() {
        return Err(Error::Stale);
    }
    import.stage = Stage::Run;
    let total = import.rows;
    begin(act, from_start(import), (Work::Import { import: id }, total), Kind::ImportStarted)
}

fn from_start(import: Import) -> Import {
    Import { at_row: 0, at_byte: 0, report: Report::default(), ..import }
}

/// Starts the job that works on so many rows.
fn begin(act: &mut Act, mut import: Import, (work, total): (Work, i64), kind: Kind) -> Result<i64> {
    // Its file lies here; taking it back reads none.
    let place = if let Work::Revert { .. } = work { String::new() } else { files::place(act.folder)? };
    let asked = Asked { actor: act.actor.id(), once: "", place: &place };
    let job = store::jobs::insert(act.conn, &work, asked, act.now)?;
    store::jobs::expect(act.conn, job, total)?;
    import.job = Some(job);
    store::imports::update(act.conn, &import)?;
    told(act, kind, import.id, vec![Change::new("job", "", job.to_string())])?;
    Ok(job)
}

/// What worked on it does so no more.
fn stop(act: &mut Act, import: &Import) -> Result<()> {
    let Some(job) = import.job else { return Ok(()) };
    store::jobs::end(act.conn, job, crate::domain::job::State::Cancelled, act.now).map(drop)
}

fn told(act: &mut Act, kind: Kind, id: i64, mut changes: Vec<Change>) -> Result<()> {
    changes.push(Change::new("import", "", id.to_string()));
    act.record(Event::on(kind, Subject::House, "", changes))
}

/// What the columns of an import mean, as they are known now.
pub fn columns(import: &Import, catalogue: &crate::domain::Catalogue) -> Vec<Option<Column>> {
    import.columns.iter().map(|name| Column::named(name.as_deref()?, catalogue)).collect()
}
