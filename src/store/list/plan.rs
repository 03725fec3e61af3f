//! How a list is read: of a few people all are read and sorted; of many an index in the order asked for is walked
//! until enough match. Neither database chooses so by itself, because neither knows how many will match.
use super::demand::{Demand, Test, demands, those};
use super::source::Source;
use crate::domain::{Column, Count, PeopleFilter, Result, Scope};
use crate::store::schema::people;
use crate::store::written::{Written, among_listed, gathered, how_many, listed, told_apart, written};
use crate::store::{Conn, MultiBackend, scope};
use diesel::dsl::IntoBoxed;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};

pub type Query<'a> = IntoBoxed<'a, people::table, MultiBackend>;

/// So many people are read where others could be walked as they come.
const FEW: i64 = 1_000;
/// So many are read to be sorted: in another order than theirs they may stand anywhere, far apart or all at its end.
const SORTED: i64 = 10_000;
/// An exact count finds out what fewest meet, up to here.
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
    few: Option<Written<Bool>>,
    /// What is met by many, and what an index has in the order of their numbers first.
    many: Option<Source>,
    /// What is asked besides a source: all demands but its own, unless that is rough.
    rest: Vec<Test>,
    /// What is asked without any source.
    all: Vec<Test>,
}

/// How far a list is looked through for how many match.
#[derive(Debug, Clone, Copy)]
pub struct Looks {
    /// So many who match are enough where looking further costs more.
    pub enough: usize,
    /// Rows that are looked at.
    pub most: usize,
}

/// Which part of many: from a number on, so many left out, so many told.
pub struct Part {
    pub from: Option<i64>,
    pub down: bool,
    pub skip: i64,
    pub most: i64,
}

/// For a list in the order of the column `by`.
pub fn plan(conn: &mut Conn, scope: Scope, filter: &PeopleFilter, by: &Column) -> Result<Plan> {
    let demands = demands(conn, scope, filter, by)?;
    let few = match by {
        Column::Added if is_one_walk(&demands) => 0,
        Column::Added => FEW,
        _ => SORTED,
    };
    Plan::new(conn, demands, few, 0)
}

/// For counting all who match.
pub fn plan_to_count(conn: &mut Conn, scope: Scope, filter: &PeopleFilter) -> Result<Plan> {
    let demands = demands(conn, scope, filter, &Column::Added)?;
    let (few, compared) = if is_one_walk(&demands) { (0, 0) } else { (FEW, COMPARED) };
    Plan::new(conn, demands, few, compared)
}

/// An index has those who meet the only demand, in the order of their numbers: it does not matter how many they are.
fn is_one_walk(demands: &[Demand]) -> bool {
    matches!(demands, [Demand { source: Some(source), .. }] if source.is_ordered)
}

/// How many the source has, up to `most`; and who they are, as one value, where they are few and to ask again is slow.
fn size(conn: &mut Conn, source: &Source, most: i64) -> Result<(i64, Option<String>)> {
    if source.is_slow {
        let (some, who) = listed(conn, source.ids.clone(), source.column(), FEW + 1)?;
        if some <= FEW || most <= some {
            return Ok((some, Some(who)));
        }
    }
    let counted = written::<BigInt>("SELECT COUNT(*) FROM (").then(source.ids.clone());
    Ok((counted.sql(" LIMIT ").number(most).sql(") AS counted").get_result(conn)?, None))
}

impl Plan {
    /// Those of a source with up to `few` are read; sources are counted up to that and up to `compared`, to choose
    /// among them, and not at all when no few would be.
    fn new(conn: &mut Conn, demands: Vec<Demand>, few: i64, compared: i64) -> Result<Self> {
        let (mut sizes, mut known) = (vec![], vec![]);
        let bound = |source: &Source| if source.is_slow { few.min(FEW) } else { few };
        for demand in &demands {
            let (some, who) = match &demand.source {
                Some(source) if few > 0 => size(conn, source, compared.max(bound(source) + 1))?,
                _ => (i64::MAX, None),
            };
            sizes.push(some);
            known.push(who);
        }
        let is_few = |at: &usize| demands[*at].source.as_ref().is_some_and(|source| sizes[*at] <= bound(source));
        let few = (0..demands.len()).filter(is_few).min_by_key(|at| sizes[*at]);
        let has = |what: fn(&Source) -> bool| demands.iter().position(|one| one.source.as_ref().is_some_and(what));
        let is_unique = |at: &usize| demands[*at].source.as_ref().is_some_and(|source| source.is_unique);
        let smallest = (0..demands.len()).min_by_key(|at| sizes[*at]);
        let fewest = smallest.filter(|at| sizes[*at] < compared && is_unique(at));
        let chosen = few.or(fewest).or_else(|| has(|it| it.is_ordered)).or_else(|| has(|it| it.is_unique));
        let all = demands.iter().map(|demand| demand.test.clone()).collect();
        let (mut rest, mut source) = (vec![], None);
        for (at, demand) in demands.into_iter().enumerate() {
            let is_chosen = chosen == Some(at);
            if !is_chosen || demand.source.as_ref().is_some_and(|source| source.is_rough) {
                rest.push(demand.test);
            }
            if is_chosen {
                source = demand.source;
            }
        }
        let Some(few) = few else { return Ok(Self { few: None, many: source, rest, all }) };
        let theirs = match known.swap_remove(few) {
            Some(who) => among_listed(conn, "people.id", who),
            None => {
                let ids = source.map_or_else(|| written(""), |source| source.ids.of_type());
                written("people.id IN (").then(ids).sql(")")
            }
        };
        Ok(Self { few: Some(theirs), many: None, rest, all })
    }

    /// A query on people that can be put into any order.
    pub fn rows<'a>(self) -> Query<'a> {
        let query = people::table.into_boxed();
        match self.few {
            Some(few) => meeting(query.filter(few), self.rest),
            None => meeting(query, self.all),
        }
    }

    /// That the person of this number meets all demands, for walking another table in its order; nothing when so few
    /// do that they are better read and sorted.
    pub fn met_by(&self, id: &str) -> Option<Written<Bool>> {
        self.few.is_none().then(|| written("1 = 1").then(those(id, self.all.clone())))
    }

    /// Whether [`Plan::ids`] answers.
    pub fn has_ids(&self) -> bool {
        self.many.as_ref().is_some_and(|source| source.is_ordered)
    }

    /// The numbers of those who match, in order, straight from an index.
    pub fn ids(self, conn: &mut Conn, part: &Part) -> Result<Vec<i64>> {
        let Some(source) = self.many else { return Ok(vec![]) };
        let (id, way) = (source.id, if part.down { "DESC" } else { "ASC" });
        let found = match (source.walk, part.from) {
            (Some(walk), from) => walk.from(from, part.down).then(those(id, self.rest)),
            (None, from) => {
                let sign = if part.down { "<" } else { ">" };
                let beyond = |it| written(format!(" AND {id} {sign} ")).number(it);
                let ids = source.ids.then(from.map_or_else(|| written(""), beyond)).then(those(id, self.rest));
                ids.sql(format!(" ORDER BY {id} {way}"))
            }
        };
        Ok(found.sql(" LIMIT ").number(part.most).sql(" OFFSET ").number(part.skip).load(conn)?)
    }

    /// Who match of the first that an index has in the order of their numbers, and whether those are all who do. Nothing
    /// where there is no such index, or counting by itself is as cheap, or those are not enough.
    pub fn look(&self, conn: &mut Conn, down: bool, looks: Looks) -> Result<Option<(Vec<i64>, bool)>> {
        let Some(source) = self.many.as_ref().filter(|source| source.is_ordered && !self.counts_cheaply(source)) else {
            return Ok(None);
        };
        let (met, is_all) = self.look_at(conn, source, down, looks)?;
        Ok((is_all || met.len() > looks.enough).then_some((met, is_all)))
    }

    fn look_at(&self, conn: &mut Conn, source: &Source, down: bool, looks: Looks) -> Result<(Vec<i64>, bool)> {
        let id = format!("looked.{}", source.column());
        let [all, whole] = gathered(conn, &id);
        let (mut met, mut is_all) = (vec![], false);
        for (ids, most) in source.sooner(down, looks).into_iter().chain([(source.along(down), looks.most)]) {
            let most = most as i64;
            let told = written::<(BigInt, Text)>(format!("SELECT COUNT(*), {all} FILTER (WHERE 1 = 1"));
            let told = told.then(those(&id, self.rest.clone())).sql(format!("){whole} FROM (")).then(ids.of_type());
            let told = told.sql(" LIMIT ").number(most).sql(") AS looked");
            let (looked, list): (i64, String) = told.get_result(conn)?;
            (met, is_all) = (told_apart(&list)?, looked < most);
            if is_all || met.len() > looks.enough {
                break;
            }
        }
        met.sort_unstable();
        if down {
            met.reverse();
        }
        Ok((met, is_all))
    }

    /// Where an index is walked in ranges, or more is asked than it answers, counting reads a row for each.
    fn counts_cheaply(&self, source: &Source) -> bool {
        self.rest.is_empty() && source.walk.is_none()
    }

    pub fn count(self, conn: &mut Conn) -> Result<i64> {
        self.count_up_to(conn, i64::MAX)
    }

    /// As far as looking tells.
    pub fn count_shown(self, conn: &mut Conn, looks: Looks) -> Result<Count> {
        match &self.many {
            Some(source) if self.few.is_none() && !self.counts_cheaply(source) => {
                let (met, is_all) = self.look_at(conn, source, true, looks)?;
                Ok(Count::met(met.len(), is_all))
            }
            _ => Ok(Count::up_to(Count::MOST, self.count_up_to(conn, Count::MOST + 1)?)),
        }
    }

    /// Whoever matches, each once, for a statement that takes the column `id` of what comes after it.
    pub fn give(self, conn: &mut Conn, to: Written<BigInt>) -> Result<usize> {
        let Some(source) = self.many else {
            let theirs = to.sql("(").around(self.rows().select(people::id), written(") AS those"));
            return Ok(theirs.execute(conn)?);
        };
        let theirs = to.sql(format!("(SELECT found.{} AS id FROM (", source.column()));
        let theirs = theirs.then(source.ids).then(those(source.id, self.rest)).sql(") AS found) AS those");
        Ok(theirs.execute(conn)?)
    }

    fn count_up_to(self, conn: &mut Conn, most: i64) -> Result<i64> {
        let Some(source) = self.many else {
            return Ok(how_many(self.rows().select(people::id).limit(most)).get_result(conn)?);
        };
        let found = written("SELECT COUNT(*) FROM (").then(source.ids).then(those(source.id, self.rest));
        Ok(found.sql(" LIMIT ").number(most).sql(") AS counted").get_result(conn)?)
    }
}

fn meeting<'a>(query: Query<'a>, tests: Vec<Test>) -> Query<'a> {
    tests.into_iter().fold(query, |query, test| query.filter(test.of_row()))
}
