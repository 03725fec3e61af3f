//! Whether somebody meets a demand.
use crate::store::written::{Written, written};
use diesel::sql_types::Bool;

/// How it is found out whether somebody meets a demand, without looking for others who do.
#[derive(Clone)]
pub enum Test {
    /// A condition on `people` that no index is used for, so that the order asked for is walked.
    Row(Written<Bool>),
    /// A condition on `people` that the order asked for keeps together: only those are walked.
    Along(Written<Bool>),
    /// A statement that their number completes: links or an index have them, and their own row need not be read.
    Link(Written<Bool>),
}

impl Test {
    /// As a condition on `people`.
    pub fn of_row(self) -> Written<Bool> {
        match self {
            Self::Row(condition) | Self::Along(condition) => condition,
            Self::Link(_) => self.of("people.id"),
        }
    }

    /// Of the number in this column; rows are looked up by it. As a value rather than with EXISTS: PostgreSQL would
    /// sooner read everybody than look up one after the other, and lose the order.
    fn of(self, id: &str) -> Written<Bool> {
        match self {
            Self::Row(condition) | Self::Along(condition) => {
                let one = written(format!("(SELECT MIN(1) FROM people WHERE people.id = {id} AND "));
                one.then(condition).sql(") = 1")
            }
            Self::Link(statement) => {
                written("(SELECT MIN(1) FROM (").then(statement).sql(format!("{id}) AS linked) = 1"))
            }
        }
    }
}

/// That the number in this column meets all of these; nothing when there is nothing to meet. Links are asked first.
pub fn those<ST>(id: &str, tests: Vec<Test>) -> Written<ST> {
    let (links, rows): (Vec<Test>, Vec<Test>) = tests.into_iter().partition(|test| matches!(test, Test::Link(_)));
    let row = rows.into_iter().map(Test::of_row).reduce(|all, one| all.sql(" AND ").then(one)).map(Test::Row);
    let all = links.into_iter().chain(row).map(|test| test.of(id));
    all.fold(written(""), |all, one| all.sql(" AND ").then(one.of_type()))
}

/// That a row of `people` meets all of these; nothing when there is nothing to meet.
pub fn those_of_rows<ST>(tests: Vec<Test>) -> Written<ST> {
    tests.into_iter().fold(written(""), |all, test| all.sql(" AND ").then(test.of_row().of_type()))
}
