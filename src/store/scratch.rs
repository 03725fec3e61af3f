//! A private table on disk, for work that must remember more than fits in memory. Gone when dropped.
use crate::domain::{Error, Result};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;

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

    pub fn get(&mut self, value: &str) -> Result<Option<i64>> {
        Ok(claims::table.find(value).select(claims::row).first(&mut self.0).optional()?)
    }

    pub fn set(&mut self, value: &str, row: i64) -> Result<()> {
        let values = (claims::value.eq(value), claims::row.eq(row));
        diesel::replace_into(claims::table).values(values).execute(&mut self.0)?;
        Ok(())
    }
}
