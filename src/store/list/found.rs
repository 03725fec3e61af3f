//! Who match, in an order.
use super::demand::{Test, those};
use super::order::{ordered, walk};
use super::plan::{Plan, Query, plan, plan_of_fewest};
use super::source::Source;
use crate::domain::{Column, PeopleFilter, Result, Scope, Sort, Turn};
use crate::store::schema::people;
use crate::store::written::{Around, Written, written};
use crate::store::{Conn, MultiBackend};
use diesel::prelude::*;
use diesel::query_builder::QueryFragment;
use diesel::sql_types::{BigInt, Bool};

/// A walk looks at so many for each that is wanted before another way is thought of.
const PATIENCE: i64 = 80;

/// Which part of those who match: so many are left out, so many told.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    pub skip: i64,
    pub most: i64,
}

impl Part {
    fn is_filled(self, found: usize) -> bool {
        found as i64 == self.most
    }

    fn looked_at(self) -> i64 {
        (self.skip + self.most).saturating_mul(PATIENCE)
    }

    /// So many would have to be looked at if all who match stand as close as those did.
    fn goes_on_until(self, found: usize) -> i64 {
        let met = if found == 0 { 1 } else { self.skip + found as i64 };
        (self.skip + self.most).saturating_mul(self.looked_at()) / met
    }
}

/// Those of a list in an order, found by a walk that looks at so many, or `otherwise` once that goes on for longer than
/// finding all who meet what fewest do.
pub fn patiently<T>(
    conn: &mut Conn,
    asked: (Scope, &PeopleFilter, Option<&Test>),
    (sort, part): (&Sort, Part),
    walk: impl Fn(&mut Conn, &Plan, i64) -> Result<Vec<T>>,
    otherwise: impl FnOnce(&mut Conn, Plan) -> Result<Vec<T>>,
) -> Result<Vec<T>> {
    let (scope, filter, and) = asked;
    let first = plan(conn, scope, filter, &sort.column)?.and(and);
    if !first.is_search(sort) {
        return otherwise(conn, first);
    }
    let soon = walk(conn, &first, part.looked_at())?;
    if part.is_filled(soon.len()) {
        return Ok(soon);
    }
    let other = plan_of_fewest(conn, scope, filter, &sort.column)?.and(and);
    if let Some(size) = other.size(sort).filter(|size| part.goes_on_until(soon.len()) < *size) {
        let found = walk(conn, &first, size)?;
        if part.is_filled(found.len()) {
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
    let walk = |conn: &mut Conn, plan: &Plan, looked| plan.walk(conn, (sort, turn), part, looked);
    patiently(conn, asked, (sort, part), walk, |conn, plan| plan.ids(conn, (sort, turn), part))
}

/// Of a walk, those who meet these tests.
pub fn met<'a, ST, Q: QueryFragment<MultiBackend> + 'a>(
    columns: &str,
    walk: Q,
    (id, tests): (&str, Vec<Test>),
    part: Part,
) -> Around<ST, Q> {
    let met = written(") AS looked WHERE 1 = 1").then(those(id, tests)).sql(" LIMIT ").number(part.most);
    written(format!("SELECT {columns} FROM (")).around(walk, met.sql(" OFFSET ").number(part.skip))
}

impl Plan {
    fn and(mut self, test: Option<&Test>) -> Self {
        self.rest.extend(test.cloned());
        self.all.extend(test.cloned());
        self
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

    /// What an index has in the order asked for.
    fn in_order(&self, sort: &Sort) -> Option<&Source> {
        self.many.as_ref().filter(|source| source.is_ordered && sort.column == Column::Added)
    }

    /// Whether people who do not match may be walked past in this order.
    pub fn is_search(&self, sort: &Sort) -> bool {
        let asked = if self.in_order(sort).is_some() { &self.rest } else { &self.all };
        self.few.is_none() && !asked.iter().all(|test| matches!(test, Test::Along(_)))
    }

    /// How many are read without a walk, where one is not all there is.
    fn size(&self, sort: &Sort) -> Option<i64> {
        let is_read = self.few.is_some() || (self.many.is_some() && sort.column == Column::Added);
        is_read.then_some(self.size)
    }

    /// Who match of so many that are looked at in this order.
    fn walk(&self, conn: &mut Conn, (sort, turn): (&Sort, &Turn), part: Part, looked: i64) -> Result<Vec<i64>> {
        let Some(source) = self.in_order(sort) else {
            let (along, rest) = self.all.iter().cloned().partition(|test| matches!(test, Test::Along(_)));
            let some = ordered(meeting(people::table.into_boxed(), along), sort, turn).limit(looked);
            return Ok(met::<BigInt, _>("looked.id", some.select(people::id), ("looked.id", rest), part).load(conn)?);
        };
        let (place, down) = walk(sort, turn);
        let some = source.along(place.map(|cursor| cursor.id), down).sql(" LIMIT ").number(looked);
        let id = format!("looked.{}", source.column());
        Ok(met::<BigInt, _>(&id, some, (&id, self.rest.clone()), part).load(conn)?)
    }

    /// Straight from an index where it has those in order, or those alone; whoever is left out is never read.
    fn ids(self, conn: &mut Conn, (sort, turn): (&Sort, &Turn), part: Part) -> Result<Vec<i64>> {
        let (place, down) = walk(sort, turn);
        if let (Some(source), Column::Added) = (&self.many, &sort.column) {
            let found = source.beyond(place.map(|cursor| cursor.id), down).then(those(source.id, self.rest));
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
