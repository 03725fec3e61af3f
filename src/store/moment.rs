//! Which moment of the database this is: as long as it stays the same, nobody wrote anything, in whatever program.
use super::pool::Opener;
use super::written::written;
use super::{Conn, each_backend};
use crate::domain::{Error, Result};
use diesel::prelude::*;
use diesel::r2d2::ManageConnection;
use diesel::sql_types::{BigInt, Text};
use std::sync::{Mutex, PoisonError};

/// Whoever sees an equal one sees the same rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// How many connections were opened to find it out: each counts for itself.
    opened: u64,
    seen: String,
}

/// A connection that writes nothing and only looks.
pub struct Watch {
    opener: Opener,
    eye: Mutex<Eye>,
}

#[derive(Default)]
struct Eye {
    /// Nothing at first, and after it broke.
    conn: Option<Conn>,
    opened: u64,
}

impl Watch {
    pub fn new(opener: Opener) -> Self {
        Self { opener, eye: Mutex::default() }
    }

    /// What is committed before it is asked for counts.
    pub fn moment(&self) -> Result<Moment> {
        let eye = &mut *self.eye.lock().unwrap_or_else(PoisonError::into_inner);
        let mut conn = match eye.conn.take() {
            Some(conn) => conn,
            None => {
                eye.opened += 1;
                self.opener.connect().map_err(Error::broken)?
            }
        };
        let seen = seen(&mut conn)?;
        eye.conn = Some(conn);
        Ok(Moment { opened: eye.opened, seen })
    }
}

/// SQLite counts for each connection what others wrote; PostgreSQL names the transactions that a snapshot sees, those in
/// other databases of the same server included.
fn seen(conn: &mut Conn) -> Result<String> {
    if let Conn::Sqlite(c) = conn {
        return Ok(written::<BigInt>("PRAGMA data_version").get_result::<i64>(c)?.to_string());
    }
    Ok(each_backend!(conn, |c| written::<Text>("SELECT CAST(pg_current_snapshot() AS TEXT)").get_result(c))?)
}
