//! People and groups by a [`Condition`] that a program put together: all of it is SQL, within scope.
mod condition;
mod traits;

use super::{Conn, each_backend, groups, scope};
use crate::domain::condition::{Condition, From, Mark, Trait, Wanted};
use crate::domain::{Result, Scope};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

/// SQL and what is bound to it, in order.
#[derive(Default)]
struct Statement {
    text: String,
    bound: Vec<Bound>,
}

enum Bound {
    Text(String),
    Number(i64),
}

impl Statement {
    fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn bind(&mut self, value: Bound) {
        self.bound.push(value);
        self.text.push_str(&format!("${}", self.bound.len()));
    }

    fn load(self, conn: &mut Conn) -> Result<Vec<Hit>> {
        Ok(each_backend!(conn, |c| {
            let mut query = diesel::sql_query(self.text).into_boxed();
            for value in self.bound {
                query = match value {
                    Bound::Text(text) => query.bind::<Text, _>(text),
                    Bound::Number(number) => query.bind::<BigInt, _>(number),
                };
            }
            query.load(c)
        })?)
    }
}

#[derive(QueryableByName)]
struct Hit {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Text)]
    key: String,
}

/// Whose rows are asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Table {
    People,
    Groups,
}

impl Table {
    fn name(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Groups => "groups",
        }
    }
}

/// The rows' numbers and places, in order.
pub fn page(conn: &mut Conn, table: Table, scope: Scope, wanted: &Wanted) -> Result<Vec<Mark>> {
    let name = table.name();
    let key = match wanted.by {
        None | Some(Trait::Id | Trait::GroupId) => None,
        Some(by) => Some(traits::order(conn, by)),
    };
    let mut statement = Statement::default();
    let told = key.as_ref().map_or("''".to_owned(), |key| format!("CAST({key} AS TEXT)"));
    statement.push(&format!("SELECT {name}.id AS id, {told} AS key FROM {name} WHERE "));
    matching(&mut statement, conn, table, scope, &wanted.condition);
    let (sign, way) = if wanted.descending { ("<", "DESC") } else { (">", "ASC") };
    if let From::After(mark) = &wanted.from {
        after(&mut statement, name, key.as_deref(), (sign, mark), wanted.by);
    }
    let first = key.map_or(String::new(), |key| format!("{key} {way}, "));
    statement.push(&format!(" ORDER BY {first}{name}.id {way} LIMIT "));
    statement.bind(Bound::Number(wanted.most));
    if let From::Skip(skip) = wanted.from {
        statement.push(" OFFSET ");
        statement.bind(Bound::Number(skip));
    }
    let hits = statement.load(conn)?;
    Ok(hits.into_iter().map(|hit| Mark { key: hit.key, id: hit.id }).collect())
}

fn after(statement: &mut Statement, name: &str, key: Option<&str>, (sign, mark): (&str, &Mark), by: Option<Trait>) {
    let Some(key) = key else {
        statement.push(&format!(" AND {name}.id {sign} "));
        return statement.bind(Bound::Number(mark.id));
    };
    statement.push(&format!(" AND ({key}, {name}.id) {sign} ("));
    match by.is_some_and(traits::is_number) {
        // A key that is no number was never given out.
        true => statement.bind(Bound::Number(mark.key.parse().unwrap_or(0))),
        false => statement.bind(Bound::Text(mark.key.clone())),
    }
    statement.push(", ");
    statement.bind(Bound::Number(mark.id));
    statement.push(")");
}

pub fn count(conn: &mut Conn, table: Table, scope: Scope, condition: &Condition) -> Result<i64> {
    let mut statement = Statement::default();
    statement.push(&format!("SELECT COUNT(*) AS id, '' AS key FROM {} WHERE ", table.name()));
    matching(&mut statement, conn, table, scope, condition);
    Ok(statement.load(conn)?.first().map_or(0, |hit| hit.id))
}

fn matching(statement: &mut Statement, conn: &Conn, table: Table, scope: Scope, condition: &Condition) {
    let seen = match table {
        Table::People => scope::text(scope),
        Table::Groups => groups::seen_text(scope),
    };
    if let Some(seen) = seen {
        statement.push(&format!("({seen}) AND "));
    }
    condition::write(statement, conn, scope, condition);
}
