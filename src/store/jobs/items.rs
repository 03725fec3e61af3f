//! The people of a job: whose turn it is, and what became of each.
use super::super::schema::{job_items, jobs};
use super::super::written::{Written, among, written};
use super::super::{BATCH, Conn, each_backend, list};
use crate::domain::belonging::Belonging;
use crate::domain::job::Tally;
use crate::domain::{Error, PeopleFilter, PersonId, Result, Scope};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool};
use std::collections::BTreeMap;

/// What became of an item that went well, and of one that was so already. Anything else is the key of why not.
pub const DONE: &str = "done";
pub const UNCHANGED: &str = "unchanged";

/// These people are its work.
pub fn add(conn: &mut Conn, id: i64, people: &[PersonId]) -> Result<()> {
    use job_items as i;
    let items: Vec<_> =
        people.iter().map(|person| (i::job_id.eq(id), i::person_id.eq(person.0), i::outcome.eq(""))).collect();
    for part in items.chunks(BATCH) {
        each_backend!(conn, |c| diesel::insert_into(i::table).values(part).execute(c))?;
    }
    widen(conn, id, people.len())
}

/// Everybody who matches is; answers how many.
pub fn add_matching(conn: &mut Conn, id: i64, scope: Scope, filter: &PeopleFilter) -> Result<i64> {
    let added = list::give(conn, scope, filter, taking(id, "id"))?;
    widen(conn, id, added)?;
    Ok(added as i64)
}

/// Everybody whom a batch changed is; answers how many.
pub fn add_changed(conn: &mut Conn, id: i64, batch: i64) -> Result<i64> {
    let changed = taking(id, "person_id").sql("batch_changes WHERE batch_id = ").number(batch);
    let added = changed.execute(conn)?;
    widen(conn, id, added)?;
    Ok(added as i64)
}

/// Everybody with whom another job went well is, as it found them; answers how many.
pub fn add_done(conn: &mut Conn, id: i64, of: i64) -> Result<i64> {
    let done =
        written::<BigInt>("INSERT INTO job_items (job_id, person_id, outcome, version, found) SELECT ").number(id);
    let done =
        done.sql(", person_id, '', version, found FROM job_items WHERE outcome = 'done' AND job_id = ").number(of);
    let added = done.execute(conn)?;
    widen(conn, id, added)?;
    Ok(added as i64)
}

/// How somebody was found when they were looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    pub person: PersonId,
    pub version: i64,
    /// What somebody must decide, and how much of it.
    pub found: BTreeMap<Belonging, i64>,
}

/// Notes how each of these was found.
pub fn look_at(conn: &mut Conn, id: i64, looks: &[Look]) -> Result<()> {
    use job_items as i;
    for Look { person, version, found } in looks {
        let found =
            if found.is_empty() { String::new() } else { serde_json::to_string(found).map_err(Error::broken)? };
        let noted = (i::version.eq(version), i::found.eq(found));
        diesel::update(i::table.find((id, person.0))).set(noted).execute(conn)?;
    }
    Ok(())
}

/// What was found of one that somebody must decide.
pub fn found(conn: &mut Conn, id: i64, person: PersonId) -> Result<BTreeMap<Belonging, i64>> {
    use job_items as i;
    let found: String = i::table.find((id, person.0)).select(i::found).first(conn)?;
    if found.is_empty() { Ok(BTreeMap::new()) } else { serde_json::from_str(&found).map_err(Error::broken) }
}

/// Whether somebody with whom it went well is gone or has changed since they were looked at.
pub fn is_outdated(conn: &mut Conn, id: i64) -> Result<bool> {
    let changed = written::<Bool>("EXISTS (SELECT 1 FROM job_items AS i LEFT JOIN people AS p ON p.id = i.person_id")
        .sql(" WHERE i.outcome = 'done' AND (p.id IS NULL OR p.version <> i.version) AND i.job_id = ")
        .number(id)
        .sql(")");
    Ok(diesel::select(changed).get_result(conn)?)
}

/// Whether one of these is among those with whom it went well.
pub fn is_about(conn: &mut Conn, id: i64, people: &[PersonId]) -> Result<bool> {
    use job_items as i;
    let ids: Vec<i64> = people.iter().map(|person| person.0).collect();
    let theirs = i::table.filter(i::job_id.eq(id).and(i::outcome.eq(DONE)));
    let theirs = theirs.filter(among(conn, "job_items.person_id", &ids));
    Ok(diesel::select(diesel::dsl::exists(theirs)).get_result(conn)?)
}

/// What takes people from the column of a table that comes after it.
fn taking(id: i64, column: &str) -> Written<BigInt> {
    let into = written("INSERT INTO job_items (job_id, person_id, outcome) SELECT ").number(id);
    into.sql(format!(", {column}, '' FROM "))
}

fn widen(conn: &mut Conn, id: i64, by: usize) -> Result<()> {
    diesel::update(jobs::table.find(id)).set(jobs::total.eq(jobs::total + by as i64)).execute(conn)?;
    Ok(())
}

/// Whose turn it is.
pub fn next(conn: &mut Conn, id: i64, most: i64) -> Result<Vec<PersonId>> {
    use job_items as i;
    let left = i::table.filter(i::job_id.eq(id).and(i::outcome.eq(""))).order(i::person_id).limit(most);
    Ok(left.select(i::person_id).load::<i64>(conn)?.into_iter().map(PersonId).collect())
}

/// What became of some whose turn it is; Stale when somebody else settled that.
pub fn settle(conn: &mut Conn, id: i64, outcomes: &[(PersonId, String)]) -> Result<()> {
    use job_items as i;
    let mut kinds: Vec<&str> = outcomes.iter().map(|(_, outcome)| outcome.as_str()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let mut tally = Tally::default();
    for kind in kinds {
        let theirs: Vec<i64> =
            outcomes.iter().filter(|(_, outcome)| outcome == kind).map(|(person, _)| person.0).collect();
        let open = i::table.filter(i::job_id.eq(id).and(i::outcome.eq("")));
        let open = open.filter(among(conn, "job_items.person_id", &theirs));
        let written = diesel::update(open).set(i::outcome.eq(kind)).execute(conn)?;
        if written != theirs.len() {
            return Err(Error::Stale);
        }
        match kind {
            DONE => tally.done += written as i64,
            UNCHANGED => tally.unchanged += written as i64,
            _ => tally.refused += written as i64,
        }
    }
    let counted = (
        jobs::done.eq(jobs::done + tally.done),
        jobs::unchanged.eq(jobs::unchanged + tally.unchanged),
        jobs::refused.eq(jobs::refused + tally.refused),
        jobs::attempts.eq(0),
        jobs::cause.eq(""),
    );
    diesel::update(jobs::table.find(id)).set(counted).execute(conn)?;
    Ok(())
}

/// Where somebody whose turn it was is kept.
pub fn keep(conn: &mut Conn, id: i64, person: PersonId, trash: Option<i64>) -> Result<()> {
    use job_items as i;
    let one = i::table.find((id, person.0));
    diesel::update(one).set(i::trash_id.eq(trash)).execute(conn)?;
    Ok(())
}

/// Why people were refused, and how many, most first.
pub fn reasons(conn: &mut Conn, id: i64) -> Result<Vec<(String, i64)>> {
    use job_items as i;
    let refused = i::table.filter(i::job_id.eq(id).and(i::outcome.ne_all(["", DONE, UNCHANGED])));
    let counted = refused.group_by(i::outcome).order((diesel::dsl::count_star().desc(), i::outcome));
    Ok(counted.select((i::outcome, diesel::dsl::count_star())).load(conn)?)
}

/// Those who were refused, and why; `most` at most.
pub fn refused(conn: &mut Conn, id: i64, most: i64) -> Result<Vec<(PersonId, String)>> {
    use job_items as i;
    let refused = i::table.filter(i::job_id.eq(id).and(i::outcome.ne_all(["", DONE, UNCHANGED])));
    let rows: Vec<(i64, String)> =
        refused.order(i::person_id).limit(most).select((i::person_id, i::outcome)).load(conn)?;
    Ok(rows.into_iter().map(|(id, why)| (PersonId(id), why)).collect())
}
