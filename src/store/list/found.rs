//! Who match, in an order.
use super::demand::{Demand, all_of, demands, tests};
use super::order::{ordered, walk};
use super::plan::{Plan, Query, plan, plan_of_fewest};
use super::source::Source;
use super::test::{Test, those, those_of_rows};
use crate::domain::{Column, PeopleFilter, Result, Scope, Sort, Turn};
use crate::store::schema::people;
use crate::store::written::{Around, Written, written};
use crate::store::{Conn, MultiBackend};
use diesel::prelude::*;
use diesel::query_builder::QueryFragment;
use diesel::sql_types::{BigInt, Bool};

/// A walk looks at so many for each that is wanted before another way is thought of.
const PATIENCE: i64 = 80;
/// And at so many at most.
const LONGEST: i64 = 8_000;
/// It goes on at once if it is likely to end within so many times as many.
const NEAR: i64 = 4;

/// Which part of those who match: so many are left out, so many told.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    pub skip: i64,
    pub most: i64,
}

/// Which part of a walk is looked at: so many after the first `from`.
#[derive(Debug, Clone, Copy)]
pub struct Stretch {
    pub from: i64,
    pub most: i64,
}

impl Part {
    fn is_filled<T>(self, found: &[T]) -> bool {
        found.len() as i64 == self.most
    }

    fn looked_at(self) -> i64 {
        let wanted = self.skip + self.most;
        wanted.saturating_mul(PATIENCE).min(LONGEST).max(wanted)
    }

    /// How far a walk is likely to go, if all who match stand as close as those did; nobody knows if there were none.
    fn end<T>(self, found: &[T]) -> Option<i64> {
        let met = Some(found.len() as i64).filter(|met| *met > 0)?;
        Some((self.skip + self.most).saturating_mul(self.looked_at()) / (self.skip + met))
    }
}

/// Those of a list in an order, found by a walk, or `otherwise` where that is likely to go on for longer than finding all
/// who meet what fewest do.
pub fn patiently<T>(
    conn: &mut Conn,
    (scope, filter, and): (Scope, &PeopleFilter, Option<&Test>),
    (sort, part): (&Sort, Part),
    walk: impl Fn(&mut Conn, &Plan, Part, Stretch) -> Result<Vec<T>>,
    otherwise: impl FnOnce(&mut Conn, Plan) -> Result<Vec<T>>,
) -> Result<Vec<T>> {
    let demands = demands(conn, scope, filter, &sort.column)?;
    let first = plan(conn, &demands, &sort.column)?.and(and);
    if !first.is_search(sort) {
        return otherwise(conn, first);
    }
    let looked = part.looked_at();
    let further = |conn: &mut Conn, mut found: Vec<T>, most: i64| match conn {
        // All that is read is of one moment, so that it goes on from there, if nobody is left to be skipped.
        Conn::Sqlite(_) if part.skip == 0 || !found.is_empty() => {
            let rest = Part { skip: 0, most: part.most - found.len() as i64 };
            found.extend(walk(conn, &first, rest, Stretch { from: looked, most })?);
            Ok(found)
        }
        _ => walk(conn, &first, part, Stretch { from: 0, most: looked.saturating_add(most) }),
    };
    let mut found = walk(conn, &first, part, Stretch { from: 0, most: looked })?;
    let mut end = part.end(&found);
    if !part.is_filled(&found) && end.is_some_and(|end| end <= looked.saturating_mul(NEAR)) {
        found = further(conn, found, looked.saturating_mul(NEAR))?;
        end = Some(i64::MAX);
    }
    if part.is_filled(&found) {
        return Ok(found);
    }
    let other = plan_of_fewest(conn, &demands, &sort.column)?.and(and);
    let most = other.size(sort).map_or(0, |size| match end {
        Some(end) if end < size => size,
        Some(_) => 0,
        // Many who were added lately may stand before all others: a fraction of the other way's time is risked.
        None => size / 4,
    });
    if most > 0 {
        let found = further(conn, found, most)?;
        if part.is_filled(&found) {
            return Ok(found);
        }
    }
    otherwise(conn, other)
}

/// The numbers of those who match and meet one test more, if there is one.
pub fn ids(
    conn: &mut Conn,
    asked: (Scope, &PeopleFilter, Option<&Test>),
    (sort, turn): (&Sort, &Turn),
    part: Part,
) -> Result<Vec<i64>> {
    let walk = |conn: &mut Conn, plan: &Plan, part, stretch| plan.walk(conn, (sort, turn), part, stretch);
    patiently(conn, asked, (sort, part), walk, |conn, plan| plan.ids(conn, (sort, turn), part))
}

/// These columns of a walk that is called so, of those who meet these conditions.
pub fn met<'a, ST, Q: QueryFragment<MultiBackend> + 'a>(
    [columns, name]: [&str; 2],
    walk: Q,
    conditions: Written<ST>,
    part: Part,
) -> Around<ST, Q> {
    let met = written(format!(") AS {name} WHERE 1 = 1")).then(conditions).sql(" LIMIT ").number(part.most);
    written(format!("SELECT {columns} FROM (")).around(walk, met.sql(" OFFSET ").number(part.skip))
}

impl Plan {
    fn and(mut self, test: Option<&Test>) -> Self {
        self.rest.extend(test.cloned().map(|test| Demand::new(None, test)));
        self.all.extend(test.cloned());
        self
    }

    /// A query on people that can be put into any order.
    pub fn rows<'a>(self) -> Query<'a> {
        let query = people::table.into_boxed();
        match self.few {
            Some(few) => meeting(query.filter(few), tests(self.rest)),
            None => meeting(query, self.all),
        }
    }

    /// That the person of this number meets all demands, for walking another table in its order; nothing when so few
    /// do that they are better read and sorted.
    pub fn met_by(&self, id: &str) -> Option<Written<Bool>> {
        self.few.is_none().then(|| written("1 = 1").then(those(id, self.all.clone())))
    }

    /// What an index has in the order asked for.
    fn in_order(&self, sort: &Sort) -> Option<&Source> {
        self.many.as_ref().filter(|source| source.is_ordered && sort.column == Column::Added)
    }

    /// Whether people who do not match may be walked past in this order.
    fn is_search(&self, sort: &Sort) -> bool {
        let asked = if self.in_order(sort).is_some() { &tests(self.rest.clone()) } else { &self.all };
        self.few.is_none() && !asked.iter().all(|test| matches!(test, Test::Along(_)))
    }

    /// How many are read without a walk, where one is not all there is.
    fn size(&self, sort: &Sort) -> Option<i64> {
        let is_read = self.few.is_some() || (self.many.is_some() && sort.column == Column::Added);
        is_read.then_some(self.size)
    }

    /// Who match of a stretch of this order.
    fn walk(
        &self,
        conn: &mut Conn,
        (sort, turn): (&Sort, &Turn),
        part: Part,
        Stretch { from, most }: Stretch,
    ) -> Result<Vec<i64>> {
        let Some(source) = self.in_order(sort) else {
            let (along, rest) = self.all.iter().cloned().partition(|test| matches!(test, Test::Along(_)));
            let some = ordered(meeting(people::table.into_boxed(), along), sort, turn).offset(from).limit(most);
            return Ok(match conn {
                Conn::Sqlite(_) => {
                    let (some, tests) = (some.select(people::id), those("looked.id", rest));
                    met::<BigInt, _>(["looked.id", "looked"], some, tests, part).load(conn)?
                }
                // With their rows: to look each of them up again takes four times as long.
                Conn::Postgres(_) => {
                    met::<BigInt, _>(["people.id", "people"], some, those_of_rows(rest), part).load(conn)?
                }
            });
        };
        let (place, down) = walk(sort, turn);
        let some = source.along(place.map(|cursor| cursor.id), down);
        let some = some.sql(" LIMIT ").number(most).sql(" OFFSET ").number(from);
        let id = format!("looked.{}", source.column());
        let tests = those(&id, tests(self.rest.clone()));
        Ok(met::<BigInt, _>([&id, "looked"], some, tests, part).load(conn)?)
    }

    /// Straight from an index where it has those in order, or those alone; whoever is left out is never read.
    fn ids(self, conn: &mut Conn, (sort, turn): (&Sort, &Turn), part: Part) -> Result<Vec<i64>> {
        let (place, down) = walk(sort, turn);
        if let (Some(source), Column::Added) = (&self.many, &sort.column) {
            let found = source.beyond(place.map(|cursor| cursor.id), down).then(all_of(conn, source.id, self.rest));
            let found = found.sql(source.order(down)).sql(" LIMIT ").number(part.most);
            return Ok(found.sql(" OFFSET ").number(part.skip).load(conn)?);
        }
        let rows = ordered(self.rows(), sort, turn).offset(part.skip).limit(part.most);
        Ok(rows.select(people::id).load(conn)?)
    }
}

fn meeting<'a>(query: Query<'a>, tests: Vec<Test>) -> Query<'a> {
    tests.into_iter().fold(query, |query, test| query.filter(test.of_row()))
}
