//! Taking an import back, row by row from its end: whoever it made goes, and what it changed is as it was, but for what
//! others did since.
use super::{begin, find};
use crate::actions::people::{self, bounds::Bounds, deletion};
use crate::actions::{Act, batches};
use crate::domain::belonging::Choices;
use crate::domain::event::Kind;
use crate::domain::import::{Import, RowOutcome, Stage};
use crate::domain::job::{Job, State, Work};
use crate::domain::{
    Catalogue, Change, EntryFilter, Error, Field, Person, PersonId, Result, Role, Scope, Status, Turn, Verb, custom,
};
use crate::store;
use crate::store::jobs::DONE;

/// So many rows are taken back in one transaction.
const AT_ONCE: i64 = 50;
/// So many later changes of somebody are looked through for that of the import.
const LATER: usize = 100;

/// Whether it can be taken back now: something of it is done, and nothing works on it.
pub fn is_due(import: &Import, job: &Job) -> bool {
    import.stage == Stage::Run && job.is_over() && import.report.counts.written() > 0
}

/// Whether taking it back was stopped on the way.
pub fn is_stopped(import: &Import, job: &Job) -> bool {
    import.stage == Stage::Reversal && job.state == State::Cancelled
}

/// Begins to take it back, or goes on with that where it was stopped.
pub fn create(act: &mut Act, id: i64, version: i64) -> Result<i64> {
    let mut import = find(act, id)?;
    let last = import.job.map(|job| store::jobs::find(act.conn, job)).transpose()?;
    let last = last.filter(|_| import.version == version).ok_or(Error::Stale)?;
    let (run, total) = match last.work {
        Work::Revert { run, .. } if is_stopped(&import, &last) => (run, last.total - last.tally.settled()),
        _ if is_due(&import, &last) => {
            (import.stage, import.at_row) = (Stage::Reversal, i64::MAX);
            (last.id, import.report.counts.written())
        }
        _ => return Err(Error::Stale),
    };
    begin(act, import, (Work::Revert { import: id, run }, total), Kind::ImportReverted)
}

/// The next rows; false when there are none left.
pub(in crate::actions) fn step(act: &mut Act, job: i64, id: i64, run: i64) -> Result<bool> {
    let mut import = store::imports::find(act.conn, id)?;
    if import.job != Some(job) {
        return Ok(false);
    }
    let total = store::jobs::find(act.conn, job)?.total;
    let rows = store::imports::written_before(act.conn, id, import.at_row, AT_ONCE)?;
    let Some((last, ..)) = rows.last().copied() else { return Ok(false) };
    let (catalogue, bounds) = (store::fields::all(act.conn)?, Bounds::read(act)?);
    let mut outcomes = vec![];
    for (_, outcome, person) in &rows {
        let undone = act.attempt(|act| match outcome {
            RowOutcome::Created => remove(act, *person),
            _ => put_back(act, *person, run, (&catalogue, &bounds)),
        });
        let said = match undone {
            Ok(true) => DONE.to_owned(),
            Ok(false) => "batch.changed_since".to_owned(),
            Err(error) => error.refusal()?,
        };
        outcomes.push((*person, said));
    }
    import.at_row = last;
    store::imports::advance(act.conn, &import)?;
    let people: Vec<PersonId> = outcomes.iter().map(|(person, _)| *person).collect();
    store::jobs::add(act.conn, job, &people)?;
    store::jobs::settle(act.conn, job, &outcomes)?;
    store::jobs::expect(act.conn, job, total)?;
    Ok(true)
}

/// Whoever was made; false when somebody changed them since, refused when something belongs to them.
fn remove(act: &mut Act, id: PersonId) -> Result<bool> {
    let plan = deletion::plan(act, id)?;
    if plan.person.version > 1 {
        return Ok(false);
    }
    if !plan.is_trivial() {
        return Err(Error::Forbidden("imports.in_use"));
    }
    deletion::create(act, id, &plan.consent(Choices::without_heirs())).map(|_| true)
}

/// Whatever is still as the import left it; false when that is not all.
fn put_back(act: &mut Act, id: PersonId, run: i64, (catalogue, bounds): (&Catalogue, &Bounds)) -> Result<bool> {
    let now = people::hold(act, id)?;
    act.actor.must(Verb::EditStaffFields, &now)?;
    let filter = EntryFilter { person: Some(id), kinds: vec![Kind::PersonEdited], ..EntryFilter::default() };
    let scopes = (Scope::Everyone, act.actor.tickets());
    let later = store::audit::list(act.conn, act.vault, scopes, &filter, &Turn::First, LATER as i64)?;
    let written = later.into_iter().find(|entry| entry.request == Work::request(run));
    let Some(written) = written else { return Ok(false) };
    let mut then = now.clone();
    let mut is_whole = true;
    for change in &written.changes {
        is_whole &= undo(&mut then, change, catalogue).map_err(Error::Forbidden)?;
    }
    for (verb, differs) in [(Verb::ChangeRole, then.role != now.role), (Verb::Suspend, then.status != now.status)] {
        if differs {
            act.actor.must(verb, &now)?;
        }
    }
    batches::permit_turn(act, bounds, &now, &then)?;
    if let Some(event) = batches::write(act, &now, &then)? {
        act.record_all(&[event])?;
    }
    Ok(is_whole)
}

/// One change; false when somebody changed the same since, which stays.
fn undo(person: &mut Person, change: &Change, catalogue: &Catalogue) -> Result<bool, &'static str> {
    if let Some(name) = custom::own_name(&change.field) {
        if person.fields.get_custom(name) != change.after {
            return Ok(false);
        }
        let field = catalogue.named(name).ok_or("custom.unknown")?;
        return person.fields.set_custom(field, &change.before).map(|()| true);
    }
    match change.field.as_str() {
        "role" if person.role.name() == change.after => {
            person.role = Role::parse(&change.before).ok_or("role.unknown")?;
        }
        "status" if person.status.name() == change.after => {
            person.status = Status::parse(&change.before).ok_or("status.unknown")?;
        }
        "role" | "status" => return Ok(false),
        // When somebody was seen is no decision of anybody's.
        "last_login_at" => {}
        name => {
            let Some(field) = Field::named(name) else { return Ok(true) };
            if person.fields.get(field) != change.after {
                return Ok(false);
            }
            person.fields.set(field, &change.before)?;
        }
    }
    Ok(true)
}
