//! Deleting several people with one plan: shown as a whole, done one after another.
use super::{Consent, Facts, Plan, plan as plan_one, stay_administered};
use crate::actions::batches::MOST;
use crate::actions::{Act, people, people::list};
use crate::domain::belonging::{Belonging, Choices, Touched};
use crate::domain::event::Kind;
use crate::domain::job::Work;
use crate::domain::{
    Change, Error, Event, Group, PeopleFilter, Person, PersonId, Result, Sort, Subject, Target, Verb, hex,
};
use crate::store;
use crate::store::jobs::{Asked, Look};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// A line names so many things.
const SAMPLES: usize = 3;

/// The numbers of everybody who matches; nothing when those are more than one plan is made for.
pub fn everybody(act: &mut Act, filter: &PeopleFilter) -> Result<Option<Vec<PersonId>>> {
    act.actor.must(Verb::Restore, Target::House)?;
    let people = list::some(act, filter, &Sort::default(), (0, MOST as i64 + 1))?;
    Ok((people.len() <= MOST).then(|| people.iter().map(|person| person.id).collect()))
}

/// What deleting several people would touch.
pub struct Many {
    pub people: Vec<Person>,
    pub facts: Facts,
    /// Those who stay, and why.
    pub refused: Vec<(Person, &'static str)>,
    looks: Vec<Look>,
}

/// Whoever is out of sight is left out.
pub fn plan(act: &mut Act, ids: &[PersonId]) -> Result<Many> {
    act.actor.must(Verb::Restore, Target::House)?;
    if ids.len() > MOST {
        return Err(Error::Malformed("batch.too_many"));
    }
    let (mut plans, mut refused) = (vec![], vec![]);
    for id in ids {
        let person = match people::show(act, *id) {
            Err(Error::NotFound) => continue,
            person => person?,
        };
        match stay_administered(act, *id).and_then(|()| plan_one(act, *id)) {
            Ok(plan) => plans.push(plan),
            Err(Error::Forbidden(why)) => refused.push((person, why)),
            Err(e) => return Err(e),
        }
    }
    let facts = together(&plans);
    let looks = plans.iter().map(look).collect();
    Ok(Many { people: plans.into_iter().map(|plan| plan.person).collect(), facts, refused, looks })
}

fn together(plans: &[Plan]) -> Facts {
    let (mut sum, mut seal) = (Sum::default(), Sha256::new());
    for plan in plans {
        seal.update(&plan.seen);
        sum.add(plan);
    }
    let known = plans.iter().flat_map(|plan| plan.open.iter().filter_map(|(group, _)| group.clone()));
    let seen = hex(&seal.finalize()[..16]);
    let retention = plans.first().map_or(0, |plan| plan.retention);
    sum.facts(&known.map(|group| (group.id, group)).collect(), seen, (retention, plans.len() as i64))
}

/// What deleting some people would touch, added up.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Sum {
    lines: BTreeMap<Belonging, Touched>,
    /// Open tickets by the number of their group.
    open: Vec<(Option<i64>, i64)>,
}

impl Sum {
    pub fn add(&mut self, plan: &Plan) {
        for line in &plan.lines {
            let sum = self.lines.entry(line.what).or_insert_with(|| Touched {
                count: 0,
                others: 0,
                samples: vec![],
                ..line.clone()
            });
            sum.count += line.count;
            sum.others += line.others;
            sum.samples.extend(line.samples.iter().cloned());
            sum.samples.sort();
            sum.samples.dedup();
            sum.samples.truncate(SAMPLES);
        }
        for (group, n) in &plan.open {
            let group = group.as_ref().map(|group| group.id);
            match self.open.iter_mut().find(|(known, _)| *known == group) {
                Some((_, sum)) => *sum += n,
                None => self.open.push((group, *n)),
            }
        }
        self.open.sort();
    }

    /// The same as facts about so many people.
    pub fn facts(self, known: &BTreeMap<i64, Group>, seen: String, (retention, count): (i64, i64)) -> Facts {
        let group = |id: Option<i64>| id.and_then(|id| known.get(&id).cloned());
        Facts {
            lines: self.lines.into_values().collect(),
            open: self.open.into_iter().map(|(id, n)| (group(id), n)).collect(),
            seen,
            retention,
            word: count.to_string(),
            is_trivial: false,
        }
    }

    /// The same without any name.
    pub fn nameless(mut self) -> Self {
        self.lines.values_mut().for_each(|line| line.samples.clear());
        self
    }
}

/// How the plan found somebody.
pub(super) fn look(plan: &Plan) -> Look {
    let found = plan.lines.iter().filter(|line| line.what.needs_decision()).map(|line| (line.what, line.count));
    Look { person: plan.person.id, version: plan.person.version, found: found.collect() }
}

/// Starts the job that does it; answers its number. Stale when the facts are not those that were shown.
pub fn create(act: &mut Act, ids: &[PersonId], consent: &Consent) -> Result<i64> {
    let many = plan(act, ids)?;
    if many.people.is_empty() {
        return Err(Error::invalid("seen", "deletion.nobody_left"));
    }
    if many.facts.seen != consent.seen {
        return Err(Error::Stale);
    }
    if consent.typed.trim() != many.facts.word {
        return Err(Error::invalid("typed", "deletion.typed_wrong"));
    }
    let chosen: Vec<PersonId> = many.people.iter().map(|person| person.id).collect();
    if consent.choices.heirs().iter().any(|heir| chosen.contains(heir)) {
        return Err(Error::invalid("successor", "deletion.heir_is_gone"));
    }
    let work = Work::Deletion { choices: consent.choices.clone() };
    let id = store::jobs::insert(act.conn, &work, Asked { actor: act.actor.id(), once: "", place: "" }, act.now)?;
    store::jobs::add(act.conn, id, &chosen)?;
    store::jobs::look_at(act.conn, id, &many.looks)?;
    let changes = vec![Change::new("count", "", chosen.len().to_string()), Change::new("job", "", id.to_string())];
    act.record(Event::on(Kind::DeletionStarted, Subject::House, "", changes))?;
    Ok(id)
}

/// Deletes whoever is next; answers where they are kept. Refused when there is more to decide than was found when they
/// were looked at; less there may be, as others are deleted before.
pub(in crate::actions) fn one(
    act: &mut Act,
    id: PersonId,
    choices: &Choices,
    found: &BTreeMap<Belonging, i64>,
) -> Result<Option<i64>> {
    let plan = plan_one(act, id)?;
    if look(&plan).found.iter().any(|(what, count)| *count > found.get(what).copied().unwrap_or(0)) {
        return Err(Error::Forbidden("plan.changed"));
    }
    let consent = Consent { typed: plan.word(), seen: plan.seen, choices: choices.clone() };
    super::create(act, id, &consent)
}
