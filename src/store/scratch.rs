//! A private table on disk, for work that must remember more than fits in memory. Gone when dropped.
use super::written::written;
use crate::domain::{Error, Result};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool};
use std::collections::HashMap;

diesel::table! { claims (value) { value -> Text, row -> BigInt, } }

/// Which row of a file claimed a value; 0 marks a value that its holder gave up.
pub struct Claims(SqliteConnection);

impl Claims {
    pub fn open() -> Result<Self> {
        // SQLite keeps a database without a name in a temporary file of its own.
        let mut conn = SqliteConnection::establish("").map_err(Error::broken)?;
        conn.batch_execute(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -8192;
             CREATE TABLE claims (value TEXT PRIMARY KEY NOT NULL, row BIGINT NOT NULL) WITHOUT ROWID;",
        )?;
        Ok(Self(conn))
    }

    /// The rows of those of these values that are claimed.
    pub fn of(&mut self, values: &[String]) -> Result<HashMap<String, i64>> {
        let list = serde_json::json!(values).to_string();
        let known = written::<Bool>("claims.value IN (SELECT value FROM json_each(").text(list).sql("))");
        let rows: Vec<(String, i64)> = claims::table.filter(known).load(&mut self.0)?;
        Ok(rows.into_iter().collect())
    }

    /// From now on these values are those rows'.
    pub fn set(&mut self, rows: &HashMap<String, i64>) -> Result<()> {
        let list = serde_json::json!(rows).to_string();
        let all = written::<BigInt>("REPLACE INTO claims (value, row) SELECT key, value FROM json_each(");
        all.text(list).sql(") ORDER BY key").execute(&mut self.0)?;
        Ok(())
    }
}
