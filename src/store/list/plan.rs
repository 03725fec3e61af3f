//! How a list is read: of a few people all are read and sorted; of many an index in the order asked for is walked
//! until enough match. Neither database chooses so by itself, because neither knows how many will match.
use super::demand::{Source, demands};
use crate::domain::{Column, Count, PeopleFilter, Result, Scope};
use crate::store::schema::people;
use crate::store::written::{Written, how_many, written};
use crate::store::{Conn, MultiBackend, scope};
use diesel::dsl::IntoBoxed;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool};

pub type Query<'a> = IntoBoxed<'a, people::table, MultiBackend>;

/// So many people are read to be sorted.
const FEW: i64 = 2_000;
/// A page counts so many whose rows must be looked at; the exact figure follows.
const CHECKED: i64 = 1_000;

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
    /// What few people meet, if there is such a demand.
    few: Option<Source>,
    /// What is met by many, and what an index has in the order of their numbers first.
    many: Option<Source>,
    /// What rows are asked besides a source: of all demands but its own, unless that is rough.
    rest: Vec<Written<Bool>>,
    /// What rows are asked without any source.
    all: Vec<Written<Bool>>,
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
    let demands = demands(conn, scope, filter, by);
    let mut sizes = vec![];
    for demand in &demands {
        let some = demand.source.as_ref().map(|source| size(source, FEW + 1));
        sizes.push(some.map(|some| some.get_result(conn)).transpose()?.unwrap_or(i64::MAX));
    }
    let smallest = (0..demands.len()).min_by_key(|at| sizes[*at]).filter(|at| sizes[*at] <= FEW);
    let has = |what: fn(&Source) -> bool| demands.iter().position(|one| one.source.as_ref().is_some_and(what));
    let chosen = smallest.or_else(|| has(|source| source.is_ordered)).or_else(|| has(|source| source.is_unique));
    let all = demands.iter().map(|demand| demand.row.clone()).collect();
    let (mut rest, mut source) = (vec![], None);
    for (at, demand) in demands.into_iter().enumerate() {
        let is_chosen = chosen == Some(at);
        if !is_chosen || demand.source.as_ref().is_some_and(|source| source.is_rough) {
            rest.push(demand.row);
        }
        if is_chosen {
            source = demand.source;
        }
    }
    let (few, many) = if smallest.is_some() { (source, None) } else { (None, source) };
    Ok(Plan { few, many, rest, all })
}

fn size(source: &Source, most: i64) -> Written<BigInt> {
    let counted = written("SELECT COUNT(*) FROM (").then(source.ids.clone());
    counted.sql(" LIMIT ").number(most).sql(") AS counted")
}

impl Plan {
    /// A query on people that can be put into any order.
    pub fn rows<'a>(self) -> Query<'a> {
        let query = people::table.into_boxed();
        match self.few {
            Some(few) => {
                let theirs = written::<Bool>("people.id IN (").then(few.ids.of_type()).sql(")");
                meeting(query.filter(theirs), self.rest)
            }
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
        let mut found = source.ids;
        if let Some(from) = part.from {
            found = found.sql(format!(" AND {id} {} ", if part.down { "<" } else { ">" })).number(from);
        }
        let found = found.then(those(id, self.rest)).sql(format!(" ORDER BY {id} {way} LIMIT ")).number(part.most);
        Ok(found.sql(" OFFSET ").number(part.skip).load(conn)?)
    }

    pub fn count(self, conn: &mut Conn) -> Result<i64> {
        self.count_up_to(conn, i64::MAX)
    }

    /// As far as a page counts.
    pub fn count_shown(self, conn: &mut Conn) -> Result<Count> {
        let most = if self.few.is_some() || self.rest.is_empty() { Count::MOST } else { CHECKED };
        Ok(Count::up_to(most, self.count_up_to(conn, most + 1)?))
    }

    fn count_up_to(self, conn: &mut Conn, most: i64) -> Result<i64> {
        let Some(source) = self.many else {
            return Ok(how_many(self.rows().select(people::id).limit(most)).get_result(conn)?);
        };
        let found = written("SELECT COUNT(*) FROM (").then(source.ids).then(those(source.id, self.rest));
        Ok(found.sql(" LIMIT ").number(most).sql(") AS counted").get_result(conn)?)
    }
}

fn meeting<'a>(query: Query<'a>, conditions: Vec<Written<Bool>>) -> Query<'a> {
    conditions.into_iter().fold(query, |query, condition| query.filter(condition))
}

/// That their rows meet all of these; nothing when there is nothing to meet.
fn those<ST>(id: &str, conditions: Vec<Written<Bool>>) -> Written<ST> {
    if conditions.is_empty() {
        return written("");
    }
    let theirs = written(format!(" AND EXISTS (SELECT 1 FROM people WHERE people.id = {id}"));
    conditions.into_iter().fold(theirs, |all, one| all.sql(" AND ").then(one.of_type())).sql(")")
}
