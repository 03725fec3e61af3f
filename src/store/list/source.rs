//! Where an index has people.
use crate::store::search;
use crate::store::written::{Written, written};
use diesel::sql_types::BigInt;

/// Where an index has whoever meets a demand.
pub struct Source {
    /// A statement that further conditions may follow.
    pub ids: Written<BigInt>,
    /// What walks them in order where no index does.
    pub walk: Option<search::Walk>,
    /// What tells the next of them sooner, with more among them who may not meet the demand.
    pub sooner: Option<Box<Source>>,
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
}

impl Source {
    /// What its one column is called.
    pub fn column(&self) -> &'static str {
        self.id.rsplit('.').next().unwrap_or(self.id)
    }
}

/// People by a condition that follows.
pub const ONE: &str = "SELECT one.id FROM people AS one WHERE ";

/// Whom an index has by this condition, in the order of their numbers.
pub fn ordered(condition: &str, number: Option<i64>) -> Source {
    let mut ids = written(format!("{ONE}{condition}"));
    if let Some(number) = number {
        ids = ids.number(number);
    }
    Source { is_ordered: true, ..unordered(ids) }
}

/// Those of a statement, each once, in any order.
pub fn unordered(ids: Written<BigInt>) -> Source {
    let id = "one.id";
    Source { ids, walk: None, sooner: None, id, is_ordered: false, is_unique: true, is_rough: false, is_slow: false }
}
