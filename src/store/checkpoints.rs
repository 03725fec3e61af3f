//! Working SQLite's log into the database beside the writer, who would otherwise stop for it every now and then.
use super::pool::Opener;
use super::{Conn, Error, Result, each_backend};
use diesel::connection::SimpleConnection;
use diesel::r2d2::ManageConnection;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::thread::{Builder, JoinHandle};
use std::time::{Duration, Instant};

/// What is written within so long is worked in together.
const PAUSE: Duration = Duration::from_millis(200);

/// The thread that does so, until this is dropped. Should it fail, the writer does it when the log has grown.
pub struct Checkpoints {
    written: Option<SyncSender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Checkpoints {
    /// Nobody does it where no thread can be had.
    pub fn begin(opener: Arc<Opener>) -> Self {
        // One word that waits is enough.
        let (written, told) = sync_channel(1);
        let thread = Builder::new().name("checkpoints".into()).spawn(move || keep_on(&opener, &told));
        let thread = thread.inspect_err(|e| tracing::warn!(cause = %e, "no thread for checkpoints")).ok();
        Self { written: Some(written), thread }
    }

    /// Something was committed.
    pub fn tell(&self) {
        if let Some(Err(TrySendError::Disconnected(()))) = self.written.as_ref().map(|written| written.try_send(())) {
            tracing::debug!("nobody works the log in beside the writer");
        }
    }
}

impl Drop for Checkpoints {
    fn drop(&mut self) {
        drop(self.written.take());
        if self.thread.take().is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("the thread for checkpoints panicked");
        }
    }
}

fn keep_on(opener: &Opener, told: &Receiver<()>) {
    let mut conn = None;
    while told.recv().is_ok() && has_paused(told) {
        let outcome = work_in(&mut conn, opener);
        if let Err(e) = outcome {
            tracing::warn!(cause = %e, "the log was not worked in");
            conn = None;
        }
    }
}

/// Whether it goes on after a pause.
fn has_paused(told: &Receiver<()>) -> bool {
    let until = Instant::now() + PAUSE;
    loop {
        match told.recv_timeout(until.saturating_duration_since(Instant::now())) {
            Ok(()) => {}
            Err(RecvTimeoutError::Timeout) => return true,
            Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
}

/// As far as readers let it, and without holding anybody up.
fn work_in(conn: &mut Option<Conn>, opener: &Opener) -> Result<()> {
    let conn = match conn {
        Some(conn) => conn,
        None => conn.insert(opener.connect().map_err(Error::broken)?),
    };
    Ok(each_backend!(conn, |c| c.batch_execute("PRAGMA wal_checkpoint(PASSIVE)"))?)
}
