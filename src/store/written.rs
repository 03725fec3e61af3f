//! SQL of our own, with values bound between its parts: prepared once per text and kept, as diesel's `sql` and
//! `sql_query` are not. The texts must be few; whatever varies is bound.
use super::Conn;
use crate::domain::{Error, Result};
use diesel::backend::Backend;
use diesel::expression::{
    AppearsOnTable, Expression, SelectableExpression, TypedExpressionType, ValidGrouping, is_aggregate,
};
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, Bool, HasSqlType, Text};
use std::borrow::Cow;
use std::marker::PhantomData;

#[derive(Debug, Clone)]
enum Part {
    Sql(Cow<'static, str>),
    Text(String),
    Number(i64),
}

/// An expression or a whole statement whose value is of this type.
#[derive(Debug)]
pub struct Written<ST> {
    parts: Vec<Part>,
    of: PhantomData<ST>,
}

impl<ST> Clone for Written<ST> {
    fn clone(&self) -> Self {
        Self { parts: self.parts.clone(), of: PhantomData }
    }
}

pub fn written<ST>(sql: impl Into<Cow<'static, str>>) -> Written<ST> {
    Written { parts: vec![Part::Sql(sql.into())], of: PhantomData }
}

impl<ST> Written<ST> {
    pub fn sql(self, sql: impl Into<Cow<'static, str>>) -> Self {
        self.with(Part::Sql(sql.into()))
    }

    pub fn text(self, value: impl Into<String>) -> Self {
        self.with(Part::Text(value.into()))
    }

    pub fn number(self, value: i64) -> Self {
        self.with(Part::Number(value))
    }

    /// The same SQL, of another type.
    pub fn of_type<Other>(self) -> Written<Other> {
        Written { parts: self.parts, of: PhantomData }
    }

    /// This and then the other.
    pub fn then(mut self, other: Self) -> Self {
        self.parts.extend(other.parts);
        self
    }

    fn with(mut self, part: Part) -> Self {
        self.parts.push(part);
        self
    }
}

/// Whether a column holds one of these ids, all of them bound as one value.
pub fn among(conn: &Conn, column: &'static str, ids: &[i64]) -> Written<Bool> {
    if let [id] = ids {
        return written(column).sql(" = ").number(*id);
    }
    let list = ids.iter().map(i64::to_string).collect::<Vec<_>>().join(",");
    let list = if let Conn::Sqlite(_) = conn { format!("[{list}]") } else { format!("{{{list}}}") };
    match conn {
        Conn::Sqlite(_) => written(column).sql(" IN (SELECT value FROM json_each(").text(list).sql("))"),
        Conn::Postgres(_) => written(column).sql(" = ANY(CAST(").text(list).sql(" AS BIGINT[]))"),
    }
}

/// The ids that [`listed`] tells, as `listed.value` of a statement that further conditions may follow.
pub fn of_list(conn: &Conn, list: String) -> Written<BigInt> {
    let [begin, end] = match conn {
        Conn::Sqlite(_) => ["json_each(", ") AS listed"],
        Conn::Postgres(_) => ["unnest(CAST(", " AS BIGINT[])) AS listed (value)"],
    };
    written("SELECT listed.value FROM ").sql(begin).text(list).sql(end).sql(" WHERE 1 = 1")
}

/// The first ids of a statement whose column is called so, as one value, and how many those are. Much faster than row
/// by row.
pub fn listed(conn: &mut Conn, ids: Written<BigInt>, column: &str, most: i64) -> Result<(i64, String)> {
    let [all, whole] = gathered(conn, &format!("found.{column}"));
    let told = written::<(BigInt, Text)>(format!("SELECT COUNT(*), {all}{whole} FROM (")).then(ids.of_type());
    Ok(told.sql(" LIMIT ").number(most).sql(") AS found").get_result(conn)?)
}

/// An aggregate of ids as one value, in two parts: a filter may stand between.
pub fn gathered(conn: &Conn, id: &str) -> [String; 2] {
    match conn {
        Conn::Sqlite(_) => [format!("json_group_array({id})"), String::new()],
        Conn::Postgres(_) => [format!("CAST(COALESCE(array_agg({id})"), ", '{}') AS TEXT)".to_owned()],
    }
}

/// The ids of one such value.
pub fn told_apart(list: &str) -> Result<Vec<i64>> {
    let ids = list.trim_matches(['[', ']', '{', '}']).split(',').filter(|id| !id.is_empty());
    ids.map(|id| id.parse().map_err(Error::broken)).collect()
}

/// Whether a column holds one of these texts, all of them bound as one value.
pub fn among_texts<T: AsRef<str> + serde::Serialize>(conn: &Conn, column: &'static str, texts: &[T]) -> Written<Bool> {
    if let [text] = texts {
        return written(column).sql(" = ").text(text.as_ref());
    }
    let list = serde_json::json!(texts).to_string();
    match conn {
        Conn::Sqlite(_) => written(column).sql(" IN (SELECT value FROM json_each(").text(list).sql("))"),
        Conn::Postgres(_) => {
            written(column).sql(" = ANY(ARRAY(SELECT jsonb_array_elements_text(CAST(").text(list).sql(" AS JSONB))))")
        }
    }
}

impl<ST, DB> QueryFragment<DB> for Written<ST>
where
    DB: Backend + HasSqlType<Text> + HasSqlType<BigInt>,
    String: ToSql<Text, DB>,
    i64: ToSql<BigInt, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        for part in &self.parts {
            match part {
                Part::Sql(sql) => out.push_sql(sql),
                Part::Text(value) => out.push_bind_param::<Text, _>(value)?,
                Part::Number(value) => out.push_bind_param::<BigInt, _>(value)?,
            }
        }
        Ok(())
    }
}

/// A query of diesel's with SQL of ours around it, answering rows of this type.
pub struct Around<ST, Q> {
    before: Written<ST>,
    inner: Q,
    after: Written<ST>,
}

impl<ST> Written<ST> {
    /// A statement that holds the query between this and what comes after it.
    pub fn around<Q>(self, inner: Q, after: Self) -> Around<ST, Q> {
        Around { before: self, inner, after }
    }
}

/// How many rows a query has.
pub fn how_many<Q>(query: Q) -> Around<BigInt, Q> {
    written("SELECT COUNT(*) FROM (").around(query, written(") AS counted"))
}

impl<ST, Q, DB> QueryFragment<DB> for Around<ST, Q>
where
    DB: Backend,
    Written<ST>: QueryFragment<DB>,
    Q: QueryFragment<DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.before.walk_ast(out.reborrow())?;
        self.inner.walk_ast(out.reborrow())?;
        self.after.walk_ast(out)
    }
}

impl<ST, Q> QueryId for Around<ST, Q> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<ST: TypedExpressionType, Q> Query for Around<ST, Q> {
    type SqlType = ST;
}

impl<ST, Q, C> RunQueryDsl<C> for Around<ST, Q> {}

impl<ST> QueryId for Written<ST> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<ST: TypedExpressionType> Expression for Written<ST> {
    type SqlType = ST;
}

impl<ST: TypedExpressionType> Query for Written<ST> {
    type SqlType = ST;
}

impl<ST, C> RunQueryDsl<C> for Written<ST> {}
impl<ST: TypedExpressionType, QS> SelectableExpression<QS> for Written<ST> {}
impl<ST: TypedExpressionType, QS> AppearsOnTable<QS> for Written<ST> {}

impl<ST, GB> ValidGrouping<GB> for Written<ST> {
    type IsAggregate = is_aggregate::Never;
}
