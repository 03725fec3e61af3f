//! Records that may be of one person: finding them, and saying that they are not.
use super::{Act, people};
use crate::domain::event::Kind;
use crate::domain::likeness::{Known, Reason, reasons, score};
use crate::domain::{
    Change, Cursor, Error, Event, Page, Person, PersonId, Result, Role, Scope, Target, Time, Turn, Verb,
};
use crate::store;
use crate::store::duplicates::Pair;
use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

/// So many changed people are looked at in one transaction.
const CHUNK: i64 = 200;
/// And so many of them are compared at once with all who share something with them, which may be many.
const COMPARED: usize = 25;
/// A write that began before may still come to its end.
const SETTLED: Duration = Duration::from_secs(5);
/// How far the search for likenesses has come: the moment of a change and whose it was.
const SEEN: &str = "likenesses_seen";
/// A form suggests so many.
const MOST: usize = 5;

/// Two who may be one, and why.
pub struct Suggestion {
    /// Of the pair; 0 when it was found only now.
    pub id: i64,
    pub first: Person,
    pub second: Person,
    pub reasons: Vec<Reason>,
}

impl Suggestion {
    pub fn score(&self) -> i16 {
        score(&self.reasons)
    }
}

/// A page of suggestions, likeliest first.
pub struct Listing {
    pub list: Vec<Suggestion>,
    pub total: i64,
    pub before: Option<Cursor>,
    pub after: Option<Cursor>,
}

/// Reads a cursor of the suggestions.
pub fn cursor(raw: &str) -> Option<Cursor> {
    Cursor::parse(raw, store::duplicates::ORDER)
}

fn permit(act: &Act) -> Result<()> {
    if act.actor.may_merge() { Ok(()) } else { Err(Error::Forbidden("forbidden.role")) }
}

pub fn index(act: &mut Act, turn: &Turn, size: usize) -> Result<Listing> {
    permit(act)?;
    let scope = act.actor.scope();
    let total = store::duplicates::count(act.conn, scope)?;
    let found = store::duplicates::list(act.conn, scope, turn, size as i64 + 1)?;
    let Page { list: found, before, after } = turn.page(found, size, store::duplicates::cursor);
    let ids: Vec<PersonId> = found.iter().flat_map(|pair| [pair.first, pair.second]).collect();
    let known = known(act, &ids, scope)?;
    let list = found.into_iter().filter_map(|pair| suggestion(&known, pair)).collect();
    Ok(Listing { list, total, before, after })
}

/// Nothing when one is gone or nothing speaks for it any more.
fn suggestion(known: &HashMap<PersonId, Known>, pair: Pair) -> Option<Suggestion> {
    let (first, second) = (known.get(&pair.first)?, known.get(&pair.second)?);
    let reasons = reasons(first, second);
    let (first, second) = (first.person.clone(), second.person.clone());
    (!reasons.is_empty()).then_some(Suggestion { id: pair.id, first, second, reasons })
}

fn known(act: &mut Act, ids: &[PersonId], scope: Scope) -> Result<HashMap<PersonId, Known>> {
    let mut aliases = store::identities::aliases_of(act.conn, ids)?;
    let mut known = HashMap::new();
    for person in store::people::find_many(act.conn, scope, ids)? {
        if person.role == Role::EndUser {
            let aliases = aliases.remove(&person.id).unwrap_or_default();
            known.insert(person.id, Known { person, aliases });
        }
    }
    Ok(known)
}

/// Who may be the same as somebody, likeliest first.
pub fn of(act: &mut Act, id: PersonId) -> Result<Vec<Suggestion>> {
    let person = people::merge::edit(act, id)?;
    let me = Known { aliases: store::identities::aliases(act.conn, id)?, person };
    let found = alike(act, &[&me], act.actor.scope())?.into_iter().flatten();
    let named = |(other, reasons): Alike| Suggestion { id: 0, first: me.person.clone(), second: other.person, reasons };
    Ok(found.take(MOST).map(named).collect())
}

/// Somebody else who may be the same, and why.
type Alike = (Known, Vec<Reason>);

/// A person each, and who they may be, likeliest first.
fn alike(act: &mut Act, all: &[&Known], scope: Scope) -> Result<Vec<Vec<Alike>>> {
    let keys: BTreeSet<_> = all.iter().flat_map(|me| me.keys()).collect();
    let sharing = store::duplicates::sharing(act.conn, &keys.into_iter().collect::<Vec<_>>())?;
    let ids: BTreeSet<PersonId> = sharing.values().flatten().copied().collect();
    let others = known(act, &ids.into_iter().collect::<Vec<_>>(), scope)?;
    Ok(all.iter().map(|me| like(me, &sharing, &others)).collect())
}

fn like(me: &Known, sharing: &HashMap<(i16, i64), Vec<PersonId>>, others: &HashMap<PersonId, Known>) -> Vec<Alike> {
    let ids: BTreeSet<PersonId> = me.keys().iter().filter_map(|key| sharing.get(key)).flatten().copied().collect();
    let others = ids.iter().filter(|id| **id != me.person.id).filter_map(|id| others.get(id));
    let why = others.map(|other| (other.clone(), reasons(me, other)));
    let mut found: Vec<_> = why.filter(|(_, why)| !why.is_empty()).collect();
    found.sort_by_key(|(other, why)| (-score(why), other.person.id));
    found
}

/// Why two look alike, and the suggestion that says so, if there is one.
pub fn between(act: &mut Act, one: PersonId, two: PersonId) -> Result<(Vec<Reason>, Option<i64>)> {
    permit(act)?;
    let known = known(act, &[one, two], act.actor.scope())?;
    let why = match (known.get(&one), known.get(&two)) {
        (Some(one), Some(two)) => reasons(one, two),
        _ => vec![],
    };
    Ok((why, store::duplicates::open_one(act.conn, one, two)?))
}

/// They are two: not suggested again.
pub fn dismiss(act: &mut Act, id: i64) -> Result<()> {
    turn(act, id, Some(act.now), Kind::DuplicateDismissed)
}

/// Takes a dismissal back.
pub fn bring_back(act: &mut Act, id: i64) -> Result<()> {
    turn(act, id, None, Kind::DuplicateReturned)
}

fn turn(act: &mut Act, id: i64, at: Option<Time>, kind: Kind) -> Result<()> {
    permit(act)?;
    let pair = store::duplicates::find(act.conn, id)?;
    let (first, second) = (people::merge::edit(act, pair.first)?, people::merge::edit(act, pair.second)?);
    if !store::duplicates::dismiss(act.conn, id, at)? {
        return Ok(());
    }
    let other = Change::new("other", "", people::named::written(&second)).naming([second.id]);
    act.record(Event::about(kind, &first, vec![other]))
}

/// Looks at the next people who were changed; false when there are none. Nothing here is anybody's change, so
/// nothing is recorded.
pub fn look_on(act: &mut Act) -> Result<bool> {
    act.actor.must(Verb::Examine, Target::House)?;
    let seen = store::settings::get(act.conn, SEEN)?.unwrap_or_default();
    let (at, id) = seen.split_once(' ').unwrap_or(("0", "0"));
    let read = |number: &str| number.parse::<i64>().map_err(Error::broken);
    let since = (Time::from_micros(read(at)?), PersonId(read(id)?));
    let changed = store::duplicates::changed(act.conn, since, act.now.minus(SETTLED), CHUNK)?;
    let Some((last, whose)) = changed.last().copied() else { return Ok(false) };
    let ids: Vec<PersonId> = changed.iter().map(|(_, id)| *id).collect();
    let known = known(act, &ids, Scope::Everyone)?;
    let keys: Vec<_> = ids.iter().map(|id| (*id, known.get(id).map_or(vec![], Known::keys))).collect();
    store::duplicates::set_keys(act.conn, &keys)?;
    store::duplicates::clear(act.conn, &ids)?;
    let all: Vec<&Known> = ids.iter().filter_map(|id| known.get(id)).collect();
    for part in all.chunks(COMPARED) {
        let found = part.iter().zip(alike(act, part, Scope::Everyone)?);
        let pairs: Vec<_> = found
            .flat_map(|(me, others)| {
                others.into_iter().map(|(other, why)| (me.person.id, other.person.id, score(&why)))
            })
            .collect();
        store::duplicates::suggest(act.conn, &pairs, act.now)?;
    }
    store::settings::set(act.conn, SEEN, &format!("{} {}", last.micros(), whose.0))?;
    Ok(true)
}
