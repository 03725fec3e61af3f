//! Rules by which the house erases customers by itself, and who is due.
use super::people::deletion;
use super::people::erasure;
use super::{Act, people};
use crate::domain::belonging::Choices;
use crate::domain::event::Kind;
use crate::domain::time::days;
use crate::domain::{Change, Error, Event, Person, PersonId, Result, Scope, Status, Subject, Target, Time, Verb};
use crate::store;
use crate::store::erasures::Bounds;

const INACTIVE: &str = "erase_inactive_days";
const SUSPENDED: &str = "erase_suspended_days";
/// Nobody is erased sooner.
const FEWEST_DAYS: i64 = 30;
const MOST_DAYS: i64 = 36_500;
/// Everybody comes after this one.
pub const NOBODY: PersonId = PersonId(0);
/// A preview names so many.
const NAMED: i64 = 20;

/// After so many days; 0 for never.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rules {
    /// Since somebody signed in, asked, wrote or was made.
    pub inactive: i64,
    /// Since somebody who is suspended was changed last.
    pub suspended: i64,
}

impl Rules {
    fn bounds(self, now: Time) -> Bounds {
        let before = |after: i64| (after > 0).then(|| now.minus(days(after.unsigned_abs())));
        Bounds { inactive: before(self.inactive), suspended: before(self.suspended) }
    }

    fn checked(self) -> Result<Self> {
        let mut errors = crate::domain::FieldErrors::default();
        for (field, after) in [("inactive", self.inactive), ("suspended", self.suspended)] {
            if after != 0 && !(FEWEST_DAYS..=MOST_DAYS).contains(&after) {
                errors.add(field, "expiry.days_range");
            }
        }
        errors.or(self)
    }
}

/// Whom rules concern now.
pub struct Due {
    pub total: i64,
    /// The first of them.
    pub list: Vec<Person>,
    /// Those whom they would concern, but who own what others use: nobody decides about that by a rule.
    pub held: i64,
}

fn read(act: &mut Act) -> Result<Rules> {
    let mut days = |name: &str| {
        let set = store::settings::get(act.conn, name)?;
        set.map_or(Ok(0), |days| days.parse().map_err(Error::broken))
    };
    Ok(Rules { inactive: days(INACTIVE)?, suspended: days(SUSPENDED)? })
}

/// For whoever may change them.
pub fn edit(act: &mut Act) -> Result<Rules> {
    act.actor.must(Verb::SetRetention, Target::House)?;
    read(act)
}

/// Whom these rules would erase if they were set now.
pub fn due(act: &mut Act, rules: Rules) -> Result<Due> {
    act.actor.must(Verb::SetRetention, Target::House)?;
    let bounds = rules.checked()?.bounds(act.now);
    let ids = store::erasures::due(act.conn, bounds, NOBODY, NAMED)?;
    let mut list = store::people::find_many(act.conn, Scope::Everyone, &ids)?;
    list.sort_by_key(|person| person.id);
    let (total, held) = store::erasures::count_due(act.conn, bounds)?;
    Ok(Due { total, list, held })
}

/// The same again changes nothing.
pub fn update(act: &mut Act, rules: Rules) -> Result<()> {
    let before = edit(act)?;
    let rules = rules.checked()?;
    let pair = |name, before: i64, after: i64| (name, before.to_string(), after.to_string());
    let changes = Change::among([
        pair("inactive", before.inactive, rules.inactive),
        pair("suspended", before.suspended, rules.suspended),
    ]);
    if changes.is_empty() {
        return Ok(());
    }
    store::settings::set(act.conn, INACTIVE, &rules.inactive.to_string())?;
    store::settings::set(act.conn, SUSPENDED, &rules.suspended.to_string())?;
    act.record(Event::on(Kind::ExpirySet, Subject::House, "", changes))
}

/// Who is due next after this one.
pub fn next(act: &mut Act, after: PersonId) -> Result<Option<PersonId>> {
    act.actor.must(Verb::Purge, Target::House)?;
    let bounds = read(act)?.bounds(act.now);
    Ok(store::erasures::due(act.conn, bounds, after, 1)?.pop())
}

/// Erases somebody; false when they are not due any more.
pub fn erase(act: &mut Act, id: PersonId) -> Result<bool> {
    if next(act, PersonId(id.0 - 1))? != Some(id) {
        return Ok(false);
    }
    let (rules, person) = (read(act)?, people::show(act, id)?);
    let since = rules.bounds(act.now).suspended;
    let reason = if person.status == Status::Suspended && since.is_some_and(|since| person.updated_at < since) {
        format!("Retention rule: suspended for {} days", rules.suspended)
    } else {
        format!("Retention rule: no activity for {} days", rules.inactive)
    };
    let consent = deletion::plan(act, id)?.consent(Choices::without_heirs());
    erasure::create(act, id, &consent, &reason)?;
    Ok(true)
}
