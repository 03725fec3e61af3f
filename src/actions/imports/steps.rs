//! The next rows of an import, tried or done.
use super::rows::{Chunk, Earlier, Outcome, create, rehearse};
use super::{RawRow, columns, file};
use crate::actions::{Act, people::list};
use crate::domain::Result;
use crate::domain::import::{Import, Report, RowOutcome};
use crate::domain::job::Tally;
use crate::store;
use crate::store::imports::Settled;
use crate::store::scratch::{Claims, forget};

/// So many rows are worked on in one transaction.
const AT_ONCE: usize = 1_000;

/// Decides what would become of the next rows, and writes none of them: all rows until now by what becomes of them.
/// Nothing when there are none left, or another job works on it by now.
pub fn trial(act: &mut Act, job: i64, id: i64) -> Result<Option<Tally>> {
    let mut import = store::imports::find(act.conn, id)?;
    if import.job != Some(job) {
        return Ok(None);
    }
    let noted = file::claims(act.folder, &import);
    let mut claims = match Claims::resume(&noted, import.at_row)? {
        Some(claims) => claims,
        None => {
            // What was noted is not as the last row left it, so all of it is tried anew.
            (import.at_row, import.at_byte, import.report) = (0, 0, Report::default());
            Claims::begin(&noted)?
        }
    };
    let (read, next) = rows(act, &import)?;
    if read.is_empty() {
        import.trial = Some(import.report.clone());
        store::imports::advance(act.conn, &import)?;
        forget(&noted)?;
        return Ok(None);
    }
    let chunk = rehearse(act, Earlier::Noted(&mut claims), &raw(&read))?;
    settled(&mut import, &read, &chunk);
    (import.at_row, import.at_byte) = (import.at_row + read.len() as i64, next);
    claims.leave(&chunk.claims, import.at_row)?;
    store::imports::advance(act.conn, &import)?;
    Ok(Some(tally(&import)))
}

/// Brings the next rows in: all rows until now by what became of them. Nothing when there are none left, or another job
/// works on it by now.
pub fn run(act: &mut Act, job: i64, id: i64) -> Result<Option<Tally>> {
    let mut import = store::imports::find(act.conn, id)?;
    let (read, next) = if import.job == Some(job) { rows(act, &import)? } else { (vec![], 0) };
    if read.is_empty() {
        return Ok(None);
    }
    let chunk = create(act, Earlier::Written(id), &raw(&read))?;
    let rows = settled(&mut import, &read, &chunk);
    store::imports::settle(act.conn, id, &rows)?;
    (import.at_row, import.at_byte) = (import.at_row + read.len() as i64, next);
    store::imports::advance(act.conn, &import)?;
    Ok(Some(tally(&import)))
}

fn rows(act: &mut Act, import: &Import) -> Result<(Vec<file::Read>, i64)> {
    let meant = columns(import, &list::catalogue(act)?);
    file::rows(act.folder, import, &meant, AT_ONCE)
}

fn raw(read: &[file::Read]) -> Vec<RawRow> {
    read.iter().map(|one| one.row.clone()).collect()
}

fn settled(import: &mut Import, read: &[file::Read], chunk: &Chunk) -> Vec<Settled> {
    let rows = read.iter().zip(&chunk.outcomes).zip(&chunk.people);
    let one = |((read, outcome), person): ((&file::Read, &Outcome), &Option<_>)| {
        let (outcome, fault) = match outcome {
            Outcome::Created => (RowOutcome::Created, None),
            Outcome::Updated => (RowOutcome::Updated, None),
            Outcome::Unchanged => (RowOutcome::Unchanged, None),
            Outcome::Duplicate => (RowOutcome::Duplicate, None),
            Outcome::Failed(fault) => (RowOutcome::Failed, Some(fault)),
        };
        let fault = fault.map(|fault| (fault.column.as_deref().unwrap_or_default().to_owned(), fault.key.to_owned()));
        let said = fault.as_ref().map(|(column, key)| (column.as_str(), key.as_str()));
        import.report.add(read.row.number, outcome, said);
        let at_byte = if outcome == RowOutcome::Failed { read.at_byte } else { 0 };
        Settled { number: read.row.number, outcome, person: *person, at_byte, fault: fault.unwrap_or_default() }
    };
    rows.map(one).collect()
}

/// The rows that are done, as a job counts them.
fn tally(import: &Import) -> Tally {
    let counts = import.report.counts;
    Tally { done: counts.written(), unchanged: counts.unchanged + counts.duplicate, refused: counts.failed }
}
