//! Files that were brought in, and what became of their rows.
use super::schema::{import_rows, imports};
use super::written::{among, written};
use super::{BATCH, Conn, each_backend};
use crate::domain::import::{Import, RowOutcome, Stage};
use crate::domain::job::State;
use crate::domain::{Error, PersonId, Result, Time, Turn};
use diesel::prelude::*;
use diesel::sql_types::Bool;
use std::collections::HashSet;

#[derive(Queryable, Selectable)]
#[diesel(table_name = imports)]
struct Row {
    id: i64,
    actor_id: i64,
    name: String,
    file: String,
    bytes: i64,
    rows: i64,
    header: String,
    meanings: String,
    stage: i16,
    job_id: Option<i64>,
    at_row: i64,
    at_byte: i64,
    trial: String,
    report: String,
    created_at: i64,
    version: i64,
}

impl Row {
    fn into_import(self) -> Result<Import> {
        let stage = Stage::ALL.get(self.stage as usize).copied();
        Ok(Import {
            id: self.id,
            actor: PersonId(self.actor_id),
            name: self.name,
            file: self.file,
            bytes: self.bytes,
            rows: self.rows,
            header: serde_json::from_str(&self.header).map_err(Error::broken)?,
            columns: serde_json::from_str(&self.meanings).map_err(Error::broken)?,
            stage: stage.ok_or_else(|| Error::broken("the stage of an import"))?,
            job: self.job_id,
            at_row: self.at_row,
            at_byte: self.at_byte,
            trial: serde_json::from_str(&self.trial).map_err(Error::broken)?,
            report: serde_json::from_str(&self.report).map_err(Error::broken)?,
            created_at: Time::from_micros(self.created_at),
            version: self.version,
        })
    }
}

fn json(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(Error::broken)
}

/// Everything but the number, which the answer is.
pub fn insert(conn: &mut Conn, new: &Import) -> Result<i64> {
    let row = (
        imports::actor_id.eq(new.actor.0),
        imports::name.eq(&new.name),
        imports::file.eq(&new.file),
        imports::bytes.eq(new.bytes),
        imports::rows.eq(new.rows),
        imports::header.eq(json(&new.header)?),
        imports::meanings.eq(json(&new.columns)?),
        imports::stage.eq(new.stage as i16),
        imports::at_row.eq(new.at_row),
        imports::at_byte.eq(new.at_byte),
        imports::trial.eq(json(&new.trial)?),
        imports::report.eq(json(&new.report)?),
        imports::created_at.eq(new.created_at.micros()),
        imports::version.eq(1),
    );
    Ok(diesel::insert_into(imports::table).values(row).returning(imports::id).get_result(conn)?)
}

pub fn find(conn: &mut Conn, id: i64) -> Result<Import> {
    imports::table.find(id).select(Row::as_select()).first(conn)?.into_import()
}

/// Newest first, in the order walked: of this person, or of everybody.
pub fn list(conn: &mut Conn, of: Option<PersonId>, turn: &Turn, most: i64) -> Result<Vec<Import>> {
    let mut query = imports::table.select(Row::as_select()).limit(most).into_boxed();
    if let Some(person) = of {
        query = query.filter(imports::actor_id.eq(person.0));
    }
    query = match turn {
        Turn::First => query.order(imports::id.desc()),
        Turn::After(cursor) => query.filter(imports::id.lt(cursor.id)).order(imports::id.desc()),
        Turn::Before(cursor) => query.filter(imports::id.gt(cursor.id)).order(imports::id.asc()),
    };
    query.load(conn)?.into_iter().map(Row::into_import).collect()
}

/// What its columns mean, how far it is and what works on it; Stale when somebody else was quicker.
pub fn update(conn: &mut Conn, now: &Import) -> Result<()> {
    let row = imports::table.find(now.id).filter(imports::version.eq(now.version));
    let values = (
        imports::meanings.eq(json(&now.columns)?),
        imports::stage.eq(now.stage as i16),
        imports::job_id.eq(now.job),
        imports::version.eq(now.version + 1),
    );
    if diesel::update(row).set(values).execute(conn)? == 0 {
        return Err(Error::Stale);
    }
    advance(conn, now)
}

/// How far the job that works on it is.
pub fn advance(conn: &mut Conn, now: &Import) -> Result<()> {
    let values = (
        imports::at_row.eq(now.at_row),
        imports::at_byte.eq(now.at_byte),
        imports::trial.eq(json(&now.trial)?),
        imports::report.eq(json(&now.report)?),
    );
    diesel::update(imports::table.find(now.id)).set(values).execute(conn)?;
    Ok(())
}

/// What became of one row.
pub struct Settled {
    pub number: i64,
    pub outcome: RowOutcome,
    pub person: Option<PersonId>,
    /// Where a failed row begins.
    pub at_byte: i64,
    /// The column at fault and the key of why; empty when it did not fail.
    pub fault: (String, String),
}

pub fn settle(conn: &mut Conn, import: i64, rows: &[Settled]) -> Result<()> {
    use import_rows as r;
    let row = |one: &Settled| {
        (
            r::import_id.eq(import),
            r::number.eq(one.number),
            r::outcome.eq(one.outcome as i16),
            r::person_id.eq(one.person.map(|id| id.0)),
            r::at_byte.eq(one.at_byte),
            r::fault_column.eq(one.fault.0.clone()),
            r::fault.eq(one.fault.1.clone()),
        )
    };
    for part in rows.iter().map(row).collect::<Vec<_>>().chunks(BATCH) {
        each_backend!(conn, |c| diesel::insert_into(r::table).values(part).execute(c))?;
    }
    Ok(())
}

/// Which of these an earlier row was about.
pub fn met(conn: &mut Conn, import: i64, people: &[PersonId]) -> Result<HashSet<PersonId>> {
    use import_rows as r;
    let ids: Vec<i64> = people.iter().map(|id| id.0).collect();
    let theirs = r::table.filter(r::import_id.eq(import)).filter(among(conn, "import_rows.person_id", &ids));
    let met: Vec<Option<i64>> = theirs.select(r::person_id).load(conn)?;
    Ok(met.into_iter().flatten().map(PersonId).collect())
}

/// Failed rows after this one, in their order: number, where it begins, column and key.
pub fn failed(conn: &mut Conn, import: i64, after: i64, most: i64) -> Result<Vec<(i64, i64, String, String)>> {
    use import_rows as r;
    let failed = r::table.filter(r::import_id.eq(import).and(r::outcome.eq(RowOutcome::Failed as i16)));
    let next = failed.filter(r::number.gt(after)).order(r::number).limit(most);
    Ok(next.select((r::number, r::at_byte, r::fault_column, r::fault)).load(conn)?)
}

/// Rows before this one that were written, from the end: number, what became of it and whom it is about.
pub fn written_before(
    conn: &mut Conn,
    import: i64,
    before: i64,
    most: i64,
) -> Result<Vec<(i64, RowOutcome, PersonId)>> {
    use import_rows as r;
    let written = r::outcome.eq_any([RowOutcome::Created as i16, RowOutcome::Updated as i16]);
    let rows = r::table.filter(r::import_id.eq(import).and(r::number.lt(before))).filter(written);
    let rows: Vec<(i64, i16, Option<i64>)> =
        rows.order(r::number.desc()).limit(most).select((r::number, r::outcome, r::person_id)).load(conn)?;
    let row = |(number, outcome, person): (i64, i16, Option<i64>)| {
        let created = outcome == RowOutcome::Created as i16;
        Some((number, if created { RowOutcome::Created } else { RowOutcome::Updated }, PersonId(person?)))
    };
    Ok(rows.into_iter().filter_map(row).collect())
}

/// A file that is kept and was brought in before then, unless a job waits that reads it.
pub fn next_file(conn: &mut Conn, before: Time) -> Result<Option<String>> {
    let open = State::OPEN.map(|state| (state as i16).to_string()).join(", ");
    let busy = format!("EXISTS (SELECT 1 FROM jobs WHERE jobs.id = imports.job_id AND jobs.state IN ({open}))");
    let kept = imports::table.filter(imports::file.ne("").and(imports::created_at.lt(before.micros())));
    let free = kept.filter(written::<Bool>("NOT ").sql(busy));
    Ok(free.order(imports::id).select(imports::file).first(conn).optional()?)
}

/// Whether one has a file of this name.
pub fn knows(conn: &mut Conn, file: &str) -> Result<bool> {
    let known = imports::table.filter(imports::file.eq(file).and(imports::file.ne("")));
    Ok(diesel::select(diesel::dsl::exists(known)).get_result(conn)?)
}

pub fn forget_file(conn: &mut Conn, file: &str) -> Result<()> {
    diesel::update(imports::table.filter(imports::file.eq(file))).set(imports::file.eq("")).execute(conn)?;
    Ok(())
}

/// Those of long ago whose files are gone can no longer be taken back; one at a time.
pub fn delete_before(conn: &mut Conn, time: Time) -> Result<usize> {
    let old = imports::table.filter(imports::created_at.lt(time.micros()).and(imports::file.eq("")));
    let Some(id) = old.order(imports::id).select(imports::id).first::<i64>(conn).optional()? else { return Ok(0) };
    Ok(diesel::delete(imports::table.find(id)).execute(conn)?)
}
