//! How a list is read: of a few people all are read and sorted; of many an index in the order asked for is walked
//! until enough match. Neither database chooses so by itself, because neither knows how many will match.
use super::demand::{Demand, narrowed, tests};
use super::source::Source;
use super::test::Test;
use crate::domain::{Column, Result, Scope};
use crate::store::schema::people;
use crate::store::written::{Written, listed, of_list, written};
use crate::store::{Conn, MultiBackend, scope};
use diesel::dsl::IntoBoxed;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool};

pub type Query<'a> = IntoBoxed<'a, people::table, MultiBackend>;

/// So many people are read where others could be walked as they come.
const FEW: i64 = 1_000;
/// So many where nobody need count them.
const FEW_KNOWN: i64 = 4_000;
/// What fewest meet is found out up to here, where all who match are counted or a walk was too long.
const COMPARED: i64 = 100_000;

/// Everybody whom this scope lets see.
pub fn in_scope<'a>(scope: Scope) -> Query<'a> {
    let query = people::table.into_boxed();
    match scope::condition(scope) {
        Some(condition) => query.filter(condition),
        None => query,
    }
}

/// How a filter is answered.
pub struct Plan {
    /// A condition on `people` that few meet, if there is one.
    pub few: Option<Written<Bool>>,
    /// What is met by many, and what an index has in the order of their numbers first.
    pub many: Option<Source>,
    /// What is asked besides a source: all demands but its own, unless that is rough.
    pub rest: Vec<Demand>,
    /// What is asked without any source.
    pub all: Vec<Test>,
    /// How many the source has, as far as it was counted.
    pub size: i64,
}

/// For a list in the order of the column `by`, for which these are the demands.
pub fn plan(conn: &mut Conn, demands: &[Demand], by: &Column) -> Result<Plan> {
    let few = if *by == Column::Added && is_one_walk(demands) { 0 } else { FEW };
    Plan::new(conn, demands, few, 0)
}

/// The same where a walk would be too long: whoever meets what fewest do may stand anywhere in the order, far apart or
/// all at its end.
pub fn plan_of_fewest(conn: &mut Conn, demands: &[Demand], by: &Column) -> Result<Plan> {
    match by {
        Column::Added => plan_to_count(conn, demands),
        _ => Plan::new(conn, demands, COMPARED, 0),
    }
}

/// For counting all who match.
pub fn plan_to_count(conn: &mut Conn, demands: &[Demand]) -> Result<Plan> {
    let (few, compared) = if is_one_walk(demands) { (0, 0) } else { (FEW, COMPARED) };
    Plan::new(conn, demands, few, compared)
}

/// An index has those who meet the only demand, in the order of their numbers: it does not matter how many they are.
fn is_one_walk(demands: &[Demand]) -> bool {
    matches!(demands, [Demand { source: Some(source), .. }] if source.is_ordered)
}

/// How many the source has, up to `most`; and who they are, as one value, where they are few and to ask again is slow.
fn size(conn: &mut Conn, source: &Source, few: i64, most: i64) -> Result<(i64, Option<String>)> {
    if source.is_slow {
        let (some, who) = listed(conn, source.ids.clone(), source.column(), most.min(few + 1))?;
        if some <= few || most <= some {
            return Ok((some, Some(who)));
        }
    }
    let counted = written::<BigInt>("SELECT COUNT(*) FROM (").then(source.ids.clone());
    Ok((counted.sql(" LIMIT ").number(most).sql(") AS counted").get_result(conn)?, None))
}

/// How many each demand's source has, up to so many or one more than the fewest; see [`size`].
fn sizes(conn: &mut Conn, demands: &[Demand], few: i64, mut most: i64) -> Result<Vec<(i64, Option<String>)>> {
    let mut sizes = vec![(i64::MAX, None); demands.len()];
    let sources = || demands.iter().enumerate().filter_map(|(at, demand)| Some((at, demand.source.as_ref()?)));
    for is_slow in [false, true] {
        for (at, source) in sources().filter(|(_, source)| source.is_slow == is_slow) {
            sizes[at] = match source.known {
                Some(known) => (known, None),
                None if most == 0 => continue,
                None => size(conn, source, few, most)?,
            };
            most = most.min(sizes[at].0 + 1);
        }
    }
    Ok(sizes)
}

impl Plan {
    /// Those of a source with up to `few` are read; sources are counted up to that and up to `compared`, to choose
    /// among them, and not at all when no few would be.
    fn new(conn: &mut Conn, demands: &[Demand], few: i64, compared: i64) -> Result<Self> {
        let (most, few_known) = if few == 0 { (0, 0) } else { (compared.max(few + 1), few.max(FEW_KNOWN)) };
        let mut sizes = sizes(conn, demands, few, most)?;
        let smallest = |is: &dyn Fn(&Source, i64) -> bool| {
            let is_one = |at: &usize| demands[*at].source.as_ref().is_some_and(|source| is(source, sizes[*at].0));
            (0..demands.len()).filter(is_one).min_by_key(|at| sizes[*at].0)
        };
        let few = smallest(&|source, size| size <= if source.known.is_some() { few_known } else { few });
        let fewest = || smallest(&|source, size| source.is_unique && size < compared);
        let many = || smallest(&|source, _| source.is_ordered).or_else(|| smallest(&|source, _| source.is_unique));
        let chosen = few.or_else(fewest).or_else(many);
        let source = chosen.and_then(|at| demands[at].source.clone());
        let met = chosen.filter(|_| source.as_ref().is_some_and(|source| !source.is_rough));
        let left = demands.iter().enumerate().filter(|(at, _)| met != Some(*at));
        let (rest, all): (Vec<Demand>, _) = (left.map(|(_, demand)| demand.clone()).collect(), tests(demands.to_vec()));
        let size = chosen.map_or(i64::MAX, |at| sizes[at].0);
        let (Some(few), Some(theirs)) = (few, &source) else {
            return Ok(Self { few: None, many: source, rest, all, size });
        };
        let (few, rest) = read(conn, theirs, sizes.swap_remove(few).1, rest);
        Ok(Self { few: Some(few), many: None, rest, all, size })
    }
}

/// That somebody is one of a source, or of this list of all of it, and meets what indexes tell; and what they do not.
fn read(conn: &Conn, source: &Source, who: Option<String>, rest: Vec<Demand>) -> (Written<Bool>, Vec<Demand>) {
    let (ids, id) = match who {
        Some(who) => (of_list(conn, who), "listed.value"),
        None => (source.ids.clone(), source.id),
    };
    let (indexed, rest) = narrowed(conn, id, rest);
    // As one value: PostgreSQL would sooner walk the order asked for, however far, than read and sort a few.
    let [begin, end] = match conn {
        Conn::Sqlite(_) => ["people.id IN (", ")"],
        Conn::Postgres(_) => ["people.id = ANY(ARRAY(", "))"],
    };
    (written(begin).then(ids.then(indexed).of_type()).sql(end), rest)
}
