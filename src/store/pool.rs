//! Opening connections: the scheme picks the backend, SQLite gets its pragmas.
use super::Conn;
use anyhow::{Context, bail};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::r2d2::{self, ManageConnection, Pool, R2D2Connection};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

#[diesel::declare_sql_function]
extern "SQL" {
    /// [`crate::domain::fold`], for what no column keeps folded.
    fn folded(text: diesel::sql_types::Text) -> diesel::sql_types::Text;
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Access {
    Read,
    Write,
}

/// A database that answered so long ago is asked whether it is there before a connection is used again.
const TRUSTED: Duration = Duration::from_secs(1);

/// What r2d2 opens connections with.
pub struct Opener {
    url: String,
    access: Access,
    answered: Mutex<Option<Instant>>,
}

impl Opener {
    pub fn new(url: &str, access: Access) -> Self {
        Self { url: url.to_owned(), access, answered: Mutex::default() }
    }
}

impl ManageConnection for Opener {
    type Connection = Conn;
    type Error = r2d2::Error;

    fn connect(&self) -> Result<Conn, r2d2::Error> {
        open(&self.url, self.access)
            .map_err(|e| r2d2::Error::ConnectionError(ConnectionError::BadConnection(format!("{e:#}"))))
    }

    fn is_valid(&self, conn: &mut Conn) -> Result<(), r2d2::Error> {
        let mut answered = self.answered.lock().unwrap_or_else(PoisonError::into_inner);
        if answered.is_some_and(|at| at.elapsed() < TRUSTED) {
            return Ok(());
        }
        *answered = None;
        conn.ping().map_err(r2d2::Error::QueryError)?;
        *answered = Some(Instant::now());
        Ok(())
    }

    fn has_broken(&self, conn: &mut Conn) -> bool {
        conn.is_broken()
    }
}

/// A pool, and on SQLite what opens the connection that writes.
pub fn build(url: &str) -> anyhow::Result<(Pool<Opener>, Option<Opener>)> {
    let pool = |access, size| {
        let opener = Opener::new(url, access);
        // Whoever waits this long is told so, rather than kept.
        let wait = Duration::from_secs(10);
        Pool::builder()
            .connection_timeout(wait)
            .max_size(size)
            .min_idle(Some(1))
            .test_on_check_out(is_postgres(url))
            .build(opener)
    };
    if is_postgres(url) {
        return Ok((pool(Access::Write, 10)?, None));
    }
    Ok((pool(Access::Read, 6)?, Some(Opener::new(url, Access::Write))))
}

/// Opens one connection. The derived `establish` would guess, and make a SQLite file of any typo.
pub fn open(url: &str, access: Access) -> anyhow::Result<Conn> {
    if is_postgres(url) {
        let mut conn = PgConnection::establish(url).context("PostgreSQL does not answer")?;
        // To compile a statement takes longer than to run any of ours.
        conn.batch_execute("SET jit = off").context("PostgreSQL does not do as it is told")?;
        return Ok(Conn::Postgres(conn));
    }
    let Some(path) = url.strip_prefix("sqlite://") else {
        bail!("the database URL must begin with sqlite:// or postgres://");
    };
    let mut conn = SqliteConnection::establish(path).with_context(|| format!("cannot open {path}"))?;
    conn.batch_execute(
        "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
         PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;
         PRAGMA cache_size = -4096; PRAGMA mmap_size = 1099511627776;",
    )
    .with_context(|| format!("cannot open {path}"))?;
    folded_utils::register_impl(&mut conn, |text: String| crate::domain::fold(&text)).context("folding")?;
    if access == Access::Read {
        conn.batch_execute("PRAGMA query_only = ON;")?;
    } else {
        // What was erased does not lie about in free pages. A large write fits into memory, but for what would undo it,
        // and a dozen of them into the log (64 MiB) before the writer works it in itself.
        conn.batch_execute(
            "PRAGMA secure_delete = ON; PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 16000;
             PRAGMA temp_store = FILE;",
        )?;
    }
    Ok(Conn::Sqlite(conn))
}

fn is_postgres(url: &str) -> bool {
    url.starts_with("postgres://") || url.starts_with("postgresql://")
}
