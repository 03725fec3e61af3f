//! How many match, as far as one cares to look.
use super::demand::{all_of, tests};
use super::plan::Plan;
use super::source::Source;
use super::test::those;
use crate::domain::{Count, Result};
use crate::store::Conn;
use crate::store::schema::people;
use crate::store::written::{Written, gathered, how_many, told_apart, written};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

/// How far a list is looked through for how many match.
#[derive(Debug, Clone, Copy)]
pub struct Looks {
    /// So many who match are enough where looking further costs more.
    pub enough: usize,
    /// Rows that are looked at.
    pub most: usize,
}

impl Plan {
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
        for (ids, most) in source.looks(down, looks) {
            let most = most as i64;
            let told = written::<(BigInt, Text)>(format!("SELECT COUNT(*), {all} FILTER (WHERE 1 = 1"));
            let told =
                told.then(those(&id, tests(self.rest.clone()))).sql(format!("){whole} FROM (")).then(ids.of_type());
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
        let theirs = theirs.then(source.ids).then(all_of(conn, source.id, self.rest)).sql(") AS found) AS those");
        Ok(theirs.execute(conn)?)
    }

    fn count_up_to(self, conn: &mut Conn, most: i64) -> Result<i64> {
        let Some(source) = self.many else {
            return Ok(how_many(self.rows().select(people::id).limit(most)).get_result(conn)?);
        };
        let found = written("SELECT COUNT(*) FROM (").then(source.ids).then(all_of(conn, source.id, self.rest));
        Ok(found.sql(" LIMIT ").number(most).sql(") AS counted").get_result(conn)?)
    }
}
