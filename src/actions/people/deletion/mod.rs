//! Deleting somebody: what it touches, in exact numbers; then all of it in one transaction.
mod heirs;
pub mod many;
pub mod planned;
mod steps;

use super::Act;
use crate::actions::{groups, trash};
use crate::domain::belonging::{Belonging, Choices, Touched};
use crate::domain::event::Kind;
use crate::domain::undo::Step;
use crate::domain::{
    Change, Desk, Error, Event, Group, Person, PersonId, Result, Role, Scope, Status, Target, Verb, fold, hex,
};
use crate::store;
use heirs::{heirs, told};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// What deleting somebody would touch.
#[derive(Debug, Clone)]
pub struct Plan {
    pub person: Person,
    /// In the order of [`Belonging::ALL`]; what there is none of is left out.
    pub lines: Vec<Touched>,
    /// Open tickets of each group, and of none.
    pub open: Vec<(Option<Group>, i64)>,
    /// Stands for these facts: a deletion that was shown others is refused.
    pub seen: String,
    /// For how many days it can be taken back.
    pub retention: i64,
}

/// What a deletion of one or of many would touch.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    pub lines: Vec<Touched>,
    pub open: Vec<(Option<Group>, i64)>,
    pub seen: String,
    pub retention: i64,
    /// What is typed to confirm.
    pub word: String,
    pub is_trivial: bool,
}

impl Facts {
    pub fn count(&self, what: Belonging) -> i64 {
        self.lines.iter().find(|line| line.what == what).map_or(0, |line| line.count)
    }
}

impl From<&Plan> for Facts {
    fn from(plan: &Plan) -> Self {
        let Plan { lines, open, seen, retention, .. } = plan.clone();
        Self { lines, open, seen, retention, word: plan.word(), is_trivial: plan.is_trivial() }
    }
}

impl Plan {
    pub fn count(&self, what: Belonging) -> i64 {
        self.lines.iter().find(|line| line.what == what).map_or(0, |line| line.count)
    }

    /// Nothing is lost or handed over that anybody would miss.
    pub fn is_trivial(&self) -> bool {
        self.lines.iter().all(|line| line.what.is_trivial())
    }

    /// What whoever read this plan says to go on with it.
    pub fn consent(&self, choices: Choices) -> Consent {
        Consent { typed: self.word(), seen: self.seen.clone(), choices }
    }

    /// What is typed to confirm: the e-mail up to its @, else the username, else the number.
    pub fn word(&self) -> String {
        let fields = &self.person.fields;
        let local = fields.email.as_ref().and_then(|email| email.as_str().split('@').next().map(str::to_owned));
        let username = || fields.username.as_ref().map(|name| name.as_str().to_owned());
        local.or_else(username).unwrap_or_else(|| self.person.id.0.to_string())
    }
}

pub fn plan(act: &mut Act, id: PersonId) -> Result<Plan> {
    let person = super::show(act, id)?;
    act.actor.must(Verb::Delete, &person)?;
    // Counts are exact for everybody; names are for those who see everything.
    let named = act.actor.scope() == Scope::Everyone && act.actor.tickets().desk == Desk::All;
    let mut lines = vec![];
    for line in store::belongings::counts(act.conn, id)? {
        lines.push(store::belongings::touched(act.conn, line, id, named)?);
    }
    let has_open = lines.iter().any(|line| line.what == Belonging::OpenTickets);
    let open = if has_open { open_by_group(act, id)? } else { vec![] };
    let retention = trash::retention(act)?;
    Ok(Plan { seen: seal(&person, &lines), person, lines, open, retention })
}

fn open_by_group(act: &mut Act, id: PersonId) -> Result<Vec<(Option<Group>, i64)>> {
    let known = known_groups(act)?;
    let open = store::belongings::open_by_group(act.conn, id)?;
    Ok(open.into_iter().map(|(group, n)| (known.get(&group).cloned(), n)).collect())
}

/// By number; none for whoever may not see them.
fn known_groups(act: &mut Act) -> Result<BTreeMap<i64, Group>> {
    match groups::known(act) {
        Ok(groups) => Ok(groups.into_iter().map(|group| (group.id, group)).collect()),
        Err(Error::Forbidden(_)) => Ok(BTreeMap::new()),
        Err(e) => Err(e),
    }
}

fn seal(person: &Person, lines: &[Touched]) -> String {
    let facts = lines.iter().map(|line| format!("{} {} {}", line.what.name(), line.count, line.others));
    let whole = format!("{} {}\n{}", person.id.0, person.version, facts.collect::<Vec<_>>().join("\n"));
    hex(&Sha256::digest(whole)[..16])
}

/// What somebody must say to delete the person of a plan.
#[derive(Debug, Clone)]
pub struct Consent {
    /// [`Plan::seen`] of the plan that they were shown.
    pub seen: String,
    pub choices: Choices,
    /// [`Plan::word`], unless the plan is trivial.
    pub typed: String,
}

/// Answers the entry of the trash, if any is kept. Stale when the facts are not those that were shown.
pub fn create(act: &mut Act, id: PersonId, consent: &Consent) -> Result<Option<i64>> {
    let Done { plan, steps, changes } = carry_out(act, id, consent, Leaves::Name)?;
    let kept = trash::keep_person(act, &plan, steps)?;
    act.record(Event::about(Kind::PersonDeleted, &plan.person, changes))?;
    Ok(kept)
}

/// Refuses what [`create`] would refuse, whatever is chosen.
pub fn permit(act: &mut Act, id: PersonId) -> Result<()> {
    let person = super::show(act, id)?;
    act.actor.must(Verb::Delete, &person)?;
    stay_administered(act, id)
}

/// As a program asks for it, which is shown no plan first.
pub fn outright(act: &mut Act, id: PersonId, choices: Choices) -> Result<Option<i64>> {
    let consent = plan(act, id)?.consent(choices);
    create(act, id, &consent)
}

/// What stands where somebody wrote or worked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Leaves {
    Name,
    Nothing,
}

pub(super) struct Done {
    pub plan: Plan,
    pub steps: Vec<Step>,
    pub changes: Vec<Change>,
}

/// All that a deletion and an erasure do alike.
pub(super) fn carry_out(act: &mut Act, id: PersonId, consent: &Consent, leaves: Leaves) -> Result<Done> {
    // Whoever is out of sight is not found, whatever they are.
    super::show(act, id)?;
    stay_administered(act, id)?;
    store::people::lock(act.conn, id)?;
    let plan = plan(act, id)?;
    if plan.seen != consent.seen {
        return Err(Error::Stale);
    }
    let sure = plan.is_trivial() && leaves == Leaves::Name;
    if !sure && fold(consent.typed.trim()) != fold(&plan.word()) {
        return Err(Error::invalid("typed", "deletion.typed_wrong"));
    }
    let heirs = heirs(act, &plan, &consent.choices)?;
    let steps = steps::carry_out(act, &plan, &consent.choices, leaves)?;
    let changes = told(&plan, &heirs);
    Ok(Done { plan, steps, changes })
}

/// Before anybody is locked alone, all administrators are, in one order: so that no two of them delete each
/// other, and none goes on acting who was deleted meanwhile.
pub(super) fn stay_administered(act: &mut Act, id: PersonId) -> Result<()> {
    let Some((status, standing)) = store::people::standing(act.conn, id)? else { return Err(Error::NotFound) };
    if standing.role != Role::Admin {
        return Ok(());
    }
    let admins = store::people::active_admins(act.conn)?;
    if act.actor.id().is_some_and(|me| !admins.contains(&me)) {
        return act
            .actor
            .must(Verb::See, Target::Person { id, role: Role::Admin })
            .and(Err(Error::Forbidden("forbidden.role")));
    }
    let is_last = status == Status::Active && admins == [id];
    if is_last { Err(Error::Forbidden("forbidden.last_admin")) } else { Ok(()) }
}
