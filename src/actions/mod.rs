//! What the product can do: find, permit, change, record, inside one transaction that the door opens.
pub mod audit;
pub mod completions;
pub mod imports;
pub mod people;
pub mod preferences;
pub mod sessions;
pub mod setup;
pub mod throttle;

use crate::domain::{Actor, Door, Error, Event, Result, Time};
use crate::{App, store};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

/// Who asks, through which door, under which request id.
#[derive(Debug, Clone)]
pub struct Caller {
    pub actor: Actor,
    pub door: Door,
    pub request: String,
}

/// What an action works with.
pub struct Act<'a> {
    pub conn: &'a mut store::Conn,
    pub actor: &'a Actor,
    pub now: Time,
    caller: &'a Caller,
}

impl Act<'_> {
    /// Adds the one entry of this write to the history.
    pub fn record(&mut self, event: Event) -> Result<()> {
        self.record_all(&[event])
    }

    /// Adds an entry for each of several rows that one transaction wrote.
    pub fn record_all(&mut self, events: &[Event]) -> Result<()> {
        let Caller { actor, door, request } = self.caller;
        store::audit::insert(self.conn, &store::audit::Stamp { actor, at: self.now, door: *door, request }, events)
    }
}

impl App {
    /// Reads off the event loop.
    pub async fn read<T: Send + 'static>(
        &self,
        caller: &Caller,
        f: impl FnOnce(&mut Act) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (db, caller, now) = (self.db.clone(), caller.clone(), self.now());
        off_the_event_loop(move || db.read(|conn| f(&mut Act { conn, actor: &caller.actor, now, caller: &caller })))
            .await
    }

    /// One transaction, off the event loop: all of it or nothing.
    pub async fn write<T: Send + 'static>(
        &self,
        caller: &Caller,
        f: impl FnOnce(&mut Act) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (db, caller, now) = (self.db.clone(), caller.clone(), self.now());
        off_the_event_loop(move || db.write(|conn| f(&mut Act { conn, actor: &caller.actor, now, caller: &caller })))
            .await
    }

    /// [`App::read`] for doors without an event loop.
    pub fn read_here<T>(&self, caller: &Caller, f: impl FnOnce(&mut Act) -> Result<T>) -> Result<T> {
        self.db.read(|conn| f(&mut Act { conn, actor: &caller.actor, now: self.now(), caller }))
    }

    /// [`App::write`] for doors without an event loop.
    pub fn write_here<T>(&self, caller: &Caller, f: impl FnOnce(&mut Act) -> Result<T>) -> Result<T> {
        self.db.write(|conn| f(&mut Act { conn, actor: &caller.actor, now: self.now(), caller }))
    }

    /// Runs one password hash at a time per two cores; gives up after two seconds in the queue.
    pub async fn hashing<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let wait = std::time::Duration::from_secs(2);
        let turn = tokio::time::timeout(wait, self.hashing.clone().acquire_owned()).await;
        let _turn = turn.map_err(|_| Error::Busy { retry_after: 5 })?.map_err(Error::broken)?;
        off_the_event_loop(move || Ok(work())).await
    }
}

async fn off_the_event_loop<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|e| Err(Error::broken(e)))
}

/// 144 random bits, safe in a URL and in a cookie.
pub fn random_code() -> String {
    let mut bytes = [0u8; 18];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Compares without telling by its duration how much was right.
pub fn same_secret(one: &str, two: &str) -> bool {
    use subtle::ConstantTimeEq;
    one.as_bytes().ct_eq(two.as_bytes()).into()
}
