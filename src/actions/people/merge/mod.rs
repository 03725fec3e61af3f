//! Two records of one person become one: what goes over, in exact numbers; then all of it in one transaction.
mod steps;
mod talks;
mod united;

use super::Act;
use crate::actions::{duplicates, trash};
use crate::domain::belonging::Belonging;
use crate::domain::event::Kind;
use crate::domain::likeness::Reason;
use crate::domain::merge::{Moved, Pair, Sides, compare};
use crate::domain::{Change, Error, Event, Person, PersonId, Result, Role, Scope, Verb, hex};
use crate::store;
use sha2::{Digest, Sha256};

/// What merging two people would do.
#[derive(Debug, Clone)]
pub struct Plan {
    pub survivor: Person,
    pub absorbed: Person,
    /// What differs, to choose from.
    pub pairs: Vec<Pair>,
    /// Names of the filled fields in which they agree.
    pub same: Vec<String>,
    /// In the order of [`Belonging::ALL`]; what there is none of is left out.
    pub lines: Vec<Moved>,
    /// Stands for these facts: a merge that was shown others is refused.
    pub seen: String,
    /// For how many days it can be taken back.
    pub retention: i64,
    /// Why they may be one.
    pub reasons: Vec<Reason>,
    /// The suggestion to merge them, if there is one.
    pub suggestion: Option<i64>,
}

impl Plan {
    pub fn line(&self, what: Belonging) -> (i64, i64) {
        self.lines.iter().find(|line| line.what == what).map_or((0, 0), |line| (line.moved, line.dropped))
    }
}

/// Somebody who can be merged into another.
pub fn edit(act: &mut Act, id: PersonId) -> Result<Person> {
    let person = super::show(act, id)?;
    act.actor.must(Verb::Merge, &person)?;
    if person.role == Role::EndUser { Ok(person) } else { Err(Error::Forbidden("merge.end_users_only")) }
}

/// `id` folds into `into`. Errors are on the field `into`.
pub fn plan(act: &mut Act, id: PersonId, into: PersonId) -> Result<Plan> {
    let absorbed = edit(act, id)?;
    if id == into {
        return Err(Error::invalid("into", "merge.same_person"));
    }
    let survivor = match edit(act, into) {
        Err(Error::NotFound) => return Err(Error::invalid("into", "person.unknown")),
        Err(Error::Forbidden(_)) => return Err(Error::invalid("into", "merge.end_users_only")),
        survivor => survivor?,
    };
    let (pairs, same) = compare(&survivor, &absorbed);
    let lines = steps::count(act, id, into)?;
    let retention = trash::retention(act)?;
    let (reasons, suggestion) = duplicates::between(act, id, into)?;
    let seen = seal(&survivor, &absorbed, &lines);
    Ok(Plan { seen, survivor, absorbed, pairs, same, lines, retention, reasons, suggestion })
}

fn seal(survivor: &Person, absorbed: &Person, lines: &[Moved]) -> String {
    let facts = lines.iter().map(|line| format!("{} {} {}", line.what.name(), line.moved, line.dropped));
    let of = |person: &Person| format!("{} {}", person.id.0, person.version);
    let whole = format!("{} {}\n{}", of(survivor), of(absorbed), facts.collect::<Vec<_>>().join("\n"));
    hex(&Sha256::digest(whole)[..16])
}

/// Answers the entry of the trash, if any is kept. Stale when the facts are not those that were shown as `seen`.
pub fn create(act: &mut Act, id: PersonId, into: PersonId, seen: &str, sides: &Sides) -> Result<Option<i64>> {
    // In one order, so that two merges of the same two wait for each other.
    for one in [id.min(into), id.max(into)] {
        match store::people::lock(act.conn, one) {
            Err(Error::NotFound) => {}
            locked => locked?,
        }
    }
    let plan = plan(act, id, into)?;
    if plan.seen != seen {
        return Err(Error::Stale);
    }
    let steps = steps::carry_out(act, &plan, sides)?;
    store::erasures::absorb(act.conn, id, into)?;
    let survivor = store::people::find(act.conn, Scope::Everyone, into)?;
    let kept = trash::keep_merged(act, &plan, &survivor, steps)?;
    let mut changes = plan.survivor.fields.changes_to(&survivor.fields);
    changes.insert(0, Change::new("absorbed", super::named::written(&plan.absorbed), "").naming([id]));
    changes.extend(plan.lines.iter().map(told));
    act.record(Event::about(Kind::PersonMerged, &survivor, changes))?;
    Ok(kept)
}

/// How many there were, and how many went over.
fn told(line: &Moved) -> Change {
    Change::new(line.what.name(), (line.moved + line.dropped).to_string(), line.moved.to_string())
}
