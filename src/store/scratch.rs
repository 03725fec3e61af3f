//! A private table on disk, for work that must remember more than fits in memory.
use super::written::written;
use crate::domain::{Error, Result};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool};
use std::collections::HashMap;
use std::path::Path;

diesel::table! { claims (value) { value -> Text, row -> BigInt, } }

const TABLE: &str = "CREATE TABLE claims (value TEXT PRIMARY KEY NOT NULL, row BIGINT NOT NULL) WITHOUT ROWID;";

/// Deletes such a file and what SQLite keeps beside it.
pub fn forget(path: &Path) -> Result<()> {
    for beside in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(beside);
        match std::fs::remove_file(&name) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(Error::broken(e)),
            _ => {}
        }
    }
    Ok(())
}

/// Which row of a file claimed a value; 0 marks a value that its holder gave up.
pub struct Claims(SqliteConnection);

impl Claims {
    /// Without a name, gone when dropped.
    pub fn open() -> Result<Self> {
        // SQLite keeps a database without a name in a temporary file of its own.
        let mut conn = SqliteConnection::establish("").map_err(Error::broken)?;
        conn.batch_execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -8192;")?;
        conn.batch_execute(TABLE)?;
        Ok(Self(conn))
    }

    /// In a file of this name, kept for whoever goes on after this row; nothing when it is not as that row left it.
    pub fn resume(path: &Path, after: i64) -> Result<Option<Self>> {
        if !path.exists() {
            return Ok(None);
        }
        let mut claims = Self::at(path)?;
        let kept: i64 = written::<BigInt>("PRAGMA user_version").get_result(&mut claims.0)?;
        Ok((kept == after).then_some(claims))
    }

    /// The same anew.
    pub fn begin(path: &Path) -> Result<Self> {
        forget(path)?;
        let mut claims = Self::at(path)?;
        claims.0.batch_execute(TABLE)?;
        Ok(claims)
    }

    fn at(path: &Path) -> Result<Self> {
        let path = path.to_str().ok_or_else(|| Error::broken("the data folder has no readable name"))?;
        let mut conn = SqliteConnection::establish(path).map_err(Error::broken)?;
        // Whoever is stopped in the middle of a write leaves what was there before.
        conn.batch_execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA cache_size = -8192;")?;
        Ok(Self(conn))
    }

    /// [`Claims::set`], as this row leaves it.
    pub fn leave(&mut self, rows: &HashMap<String, i64>, after: i64) -> Result<()> {
        self.0.batch_execute("BEGIN")?;
        self.set(rows)?;
        Ok(self.0.batch_execute(&format!("PRAGMA user_version = {after}; COMMIT"))?)
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
