//! The one connection that writes on SQLite. Whoever waits for it shares a commit with those before: making a
//! commit durable takes far longer than most writes.
use super::Conn;
use super::checkpoints::Checkpoints;
use super::pool::Opener;
use crate::domain::{Error, Result};
use diesel::connection::{AnsiTransactionManager as Tx, TransactionManager};
use diesel::r2d2::ManageConnection;
use diesel::result::QueryResult;
use diesel::sqlite::SqliteConnection;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Whoever waits so long for a turn is told so, rather than kept.
const PATIENCE: Duration = Duration::from_secs(10);
/// So many share a commit, and for so long it is held open for them.
const MOST: usize = 64;
const LONGEST: Duration = Duration::from_millis(20);

pub struct Writer {
    opener: Arc<Opener>,
    checkpoints: Checkpoints,
    queue: Mutex<Queue>,
    freed: Condvar,
}

#[derive(Default)]
struct Queue {
    is_busy: bool,
    waiting: usize,
    /// Nothing while somebody has it, and after it broke.
    conn: Option<Conn>,
    /// Left open for the next, who is waiting.
    open: Option<Shared>,
}

/// A transaction of several writes, each but the first in a savepoint of its own.
struct Shared {
    writes: usize,
    since: Instant,
    commit: Arc<Commit>,
}

/// What became of it; those who wrote wait for that.
#[derive(Default)]
struct Commit {
    outcome: Mutex<Option<std::result::Result<(), String>>>,
    known: Condvar,
}

impl Writer {
    pub fn new(opener: Opener) -> Self {
        let opener = Arc::new(opener);
        let checkpoints = Checkpoints::begin(opener.clone());
        Self { opener, checkpoints, queue: Mutex::default(), freed: Condvar::new() }
    }

    /// All of `f` or nothing, durable when this returns.
    pub fn write<T>(&self, f: impl FnOnce(&mut Conn) -> Result<T>) -> Result<T> {
        let (conn, open) = self.take()?;
        let (mut conn, mut shared) = match self.begun(conn, open) {
            Ok(begun) => begun,
            Err(e) => {
                self.free(None, None);
                return Err(e);
            }
        };
        let commit = shared.commit.clone();
        let (outcome, left) = if shared.writes == 0 { first(&mut conn, f) } else { within(&mut conn, f) };
        shared.writes += 1;
        self.pass_on(conn, shared, left);
        match outcome {
            Ok(Ok(done)) => commit.wait().map(|()| done),
            Ok(refused) => refused,
            Err(panic) => {
                tracing::error!("a write panicked and was rolled back");
                resume_unwind(panic)
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a turn.
    fn take(&self) -> Result<(Option<Conn>, Option<Shared>)> {
        let mut queue = self.lock();
        queue.waiting += 1;
        let waited = self.freed.wait_timeout_while(queue, PATIENCE, |queue| queue.is_busy);
        let (mut queue, _) = waited.unwrap_or_else(PoisonError::into_inner);
        queue.waiting -= 1;
        if queue.is_busy {
            tracing::warn!("the writer was not free");
            return Err(Error::Busy { retry_after: 5 });
        }
        queue.is_busy = true;
        Ok((queue.conn.take(), queue.open.take()))
    }

    /// Ends a turn.
    fn free(&self, conn: Option<Conn>, open: Option<Shared>) {
        let mut queue = self.lock();
        (queue.conn, queue.open, queue.is_busy) = (conn, open, false);
        self.freed.notify_one();
    }

    /// Takes the write lock at once, so that a read-then-write never loses it half way.
    fn begun(&self, conn: Option<Conn>, open: Option<Shared>) -> Result<(Conn, Shared)> {
        let mut conn = conn.map_or_else(|| self.opener.connect().map_err(Error::broken), Ok)?;
        let shared = match open {
            Some(shared) => shared,
            None => {
                Tx::begin_transaction_sql(sqlite(&mut conn), "BEGIN IMMEDIATE")?;
                Shared { writes: 0, since: Instant::now(), commit: Arc::default() }
            }
        };
        Ok((conn, shared))
    }

    /// Leaves the transaction to whoever waits, or commits.
    fn pass_on(&self, mut conn: Conn, shared: Shared, left: QueryResult<Left>) {
        if let Ok(Left::Nothing) = left {
            return self.free(Some(conn), None);
        }
        let mut queue = self.lock();
        let goes_on = shared.writes < MOST && shared.since.elapsed() < LONGEST && left.is_ok();
        // Whoever is counted here takes the next turn: giving up is counted under the same lock.
        if goes_on && queue.waiting > 0 {
            (queue.conn, queue.open, queue.is_busy) = (Some(conn), Some(shared), false);
            self.freed.notify_one();
            return;
        }
        drop(queue);
        let outcome = left.and_then(|_| Tx::commit_transaction(sqlite(&mut conn)));
        // A connection in doubt is closed, which rolls back whatever is open.
        self.free(outcome.is_ok().then_some(conn), None);
        self.checkpoints.tell();
        shared.commit.tell(outcome.map_err(|e| e.to_string()));
    }
}

/// What a write leaves behind.
enum Left {
    /// The transaction, to be committed.
    Open,
    /// It was the only one, and is rolled back.
    Nothing,
}

/// What was done, and what is left; in doubt when that did not end as it should.
type Ended<T> = (std::thread::Result<Result<T>>, QueryResult<Left>);

/// The first needs no savepoint: if it fails, the whole transaction goes. Large writes are mostly alone, and a savepoint
/// would keep in memory whatever they change.
fn first<T>(conn: &mut Conn, f: impl FnOnce(&mut Conn) -> Result<T>) -> Ended<T> {
    let outcome = catch_unwind(AssertUnwindSafe(|| f(conn)));
    let left = match &outcome {
        Ok(Ok(_)) => Ok(Left::Open),
        _ => Tx::rollback_transaction(sqlite(conn)).map(|()| Left::Nothing),
    };
    (outcome, left)
}

fn within<T>(conn: &mut Conn, f: impl FnOnce(&mut Conn) -> Result<T>) -> Ended<T> {
    if let Err(e) = Tx::begin_transaction(sqlite(conn)) {
        return (Ok(Err(e.into())), Err(diesel::result::Error::BrokenTransactionManager));
    }
    let outcome = catch_unwind(AssertUnwindSafe(|| f(conn)));
    let ended = match &outcome {
        Ok(Ok(_)) => Tx::commit_transaction(sqlite(conn)),
        _ => Tx::rollback_transaction(sqlite(conn)),
    };
    (outcome, ended.map(|()| Left::Open))
}

fn sqlite(conn: &mut Conn) -> &mut SqliteConnection {
    match conn {
        Conn::Sqlite(conn) => conn,
        Conn::Postgres(_) => unreachable!("only SQLite has a single writer"),
    }
}

impl Commit {
    fn tell(&self, outcome: std::result::Result<(), String>) {
        *self.outcome.lock().unwrap_or_else(PoisonError::into_inner) = Some(outcome);
        self.known.notify_all();
    }

    fn wait(&self) -> Result<()> {
        let outcome = self.outcome.lock().unwrap_or_else(PoisonError::into_inner);
        let outcome = self.known.wait_while(outcome, |outcome| outcome.is_none());
        match outcome.unwrap_or_else(PoisonError::into_inner).clone() {
            Some(Err(e)) => Err(Error::broken(anyhow::anyhow!("the commit failed: {e}"))),
            _ => Ok(()),
        }
    }
}
