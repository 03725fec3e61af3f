//! Where an index has people.
use super::looks::Looks;
use crate::store::written::{Written, written};
use crate::store::{Conn, search};
use diesel::sql_types::{BigInt, Bool};

/// Where an index has whoever meets a demand.
#[derive(Clone)]
pub struct Source {
    /// A statement that further conditions may follow.
    pub ids: Written<BigInt>,
    /// What walks them in order where no index does.
    pub walk: Option<search::Walk>,
    /// What is asked for less, and has more among them who may not meet the demand.
    pub brief: Option<Box<Source>>,
    /// How many it has, where the database keeps count.
    pub known: Option<i64>,
    /// The column that it selects.
    pub id: &'static str,
    /// Their numbers come in order, each once.
    pub is_ordered: bool,
    /// Each once.
    pub is_unique: bool,
    /// Some of them may not meet the demand: rows tell.
    pub is_rough: bool,
    /// To ask again takes as long again.
    pub is_slow: bool,
    /// To look at many of them takes a while.
    pub is_long: bool,
}

impl Source {
    /// A statement that further conditions may follow, and then [`Source::order`], for those beyond this number.
    pub fn beyond(&self, from: Option<i64>, down: bool) -> Written<BigInt> {
        match (&self.walk, from) {
            (Some(walk), _) => walk.from(from, down),
            (None, None) => self.ids.clone(),
            (None, Some(from)) => {
                let sign = if down { "<" } else { ">" };
                self.ids.clone().sql(format!(" AND {} {sign} ", self.id)).number(from)
            }
        }
    }

    /// How they come in the order of their numbers. As a sum where they must be sorted, or everybody would be walked.
    pub fn order(&self, down: bool) -> String {
        let way = if down { "DESC" } else { "ASC" };
        match self.walk {
            Some(_) => String::new(),
            None if self.is_ordered => format!(" ORDER BY {} {way}", self.id),
            None => format!(" ORDER BY {} + 0 {way}", self.id),
        }
    }

    /// A statement that tells those beyond this number, in order if it has one.
    pub fn along(&self, from: Option<i64>, down: bool) -> Written<BigInt> {
        let beyond = self.beyond(from, down);
        if self.is_ordered { beyond.sql(self.order(down)) } else { beyond }
    }

    /// What is looked at in turn until enough match, and how many rows of it.
    pub fn looks(&self, down: bool, looks: Looks) -> Vec<(Written<BigInt>, usize)> {
        let all = (self.along(None, down), looks.most);
        if looks.enough >= looks.most {
            return vec![all];
        }
        let brief = self.brief.as_ref().map(|brief| (brief.along(None, down), looks.most));
        // Hardly anybody has the pieces but not the words, so few more than are needed have enough among them.
        let first = brief.as_ref().unwrap_or(&all).0.clone();
        let few = self.is_long.then_some((first, looks.enough + looks.enough / 5));
        few.into_iter().chain(brief).chain([all]).collect()
    }

    /// What its one column is called.
    pub fn column(&self) -> &'static str {
        self.id.rsplit('.').next().unwrap_or(self.id)
    }
}

/// People by a condition that follows.
pub const ONE: &str = "SELECT one.id FROM people AS one WHERE ";

/// Whom an index has by this condition on `one`, in the order of their numbers.
pub fn ordered(condition: Written<Bool>) -> Source {
    Source { is_ordered: true, ..unordered(written(ONE).then(condition.of_type())) }
}

/// Whom an index has by each of these conditions, nobody by two: both databases merge what comes in order, PostgreSQL
/// only what says so.
pub fn merged(conn: &Conn, mut conditions: Vec<Written<Bool>>) -> Source {
    if let [_] = conditions[..] {
        return ordered(conditions.remove(0));
    }
    let [begin, end] = match conn {
        Conn::Sqlite(_) => ["", ""],
        Conn::Postgres(_) => ["(", " ORDER BY one.id DESC)"],
    };
    let each = conditions.into_iter().map(|condition| written(begin).sql(ONE).then(condition.of_type()).sql(end));
    let all = each.reduce(|all, one| all.sql(" UNION ALL ").then(one));
    let all = written("SELECT one.id FROM (").then(all.unwrap_or_else(|| written(ONE).sql("1 = 0")));
    Source { is_ordered: true, ..unordered(all.sql(") AS one WHERE 1 = 1")) }
}

/// Those of a statement, each once, in any order.
pub fn unordered(ids: Written<BigInt>) -> Source {
    let id = "one.id";
    let [is_ordered, is_rough, is_slow, is_long] = [false; 4];
    Source { ids, walk: None, brief: None, known: None, id, is_ordered, is_unique: true, is_rough, is_slow, is_long }
}
