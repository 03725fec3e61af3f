//! What the product can do: find, permit, change, record, inside one transaction that the door opens.
mod act;
pub mod audit;
pub mod batches;
pub mod belongings;
mod bounded;
pub mod chat_apps;
pub mod chats;
pub mod completions;
pub mod counts;
pub mod credentials;
pub mod doctor;
pub mod doors;
pub mod duplicates;
pub mod expiry;
pub mod fields;
pub mod files;
pub mod grants;
pub mod groups;
pub mod imports;
pub mod jobs;
pub mod keys;
pub mod organisations;
pub mod overview;
pub mod people;
pub mod preferences;
pub mod rates;
pub mod roles;
pub mod search;
pub mod selection;
pub mod sessions;
pub mod setup;
pub mod tags;
pub mod throttle;
pub mod tickets;
pub mod tokens;
pub mod trash;
pub mod views;
pub mod workbook;
pub mod workspaces;

pub use act::Act;

use crate::App;
use crate::domain::{Actor, Door, Error, Result};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use std::sync::Arc;
use std::time::Duration;

/// Who asks, through which door, under which request id.
#[derive(Debug, Clone)]
pub struct Caller {
    pub actor: Actor,
    pub door: Door,
    pub request: String,
}

impl Caller {
    /// Somebody at this door who has not said who they are.
    pub fn visitor(door: Door, request: String) -> Self {
        Self { actor: Actor::Visitor, door, request }
    }
}

impl App {
    /// Reads off the event loop, in turn; gives up after ten seconds in the queue.
    pub async fn read<T: Send + 'static>(
        self: &Arc<Self>,
        caller: &Caller,
        f: impl FnOnce(&mut Act) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (app, caller) = (self.clone(), caller.clone());
        in_turn(&self.asking, EVENTUALLY, move || app.read_here(&caller, f)).await?
    }

    /// One transaction, off the event loop: all of it or nothing.
    pub async fn write<T: Send + 'static>(
        self: &Arc<Self>,
        caller: &Caller,
        f: impl FnOnce(&mut Act) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (app, caller) = (self.clone(), caller.clone());
        let work = move || app.write_here(&caller, f);
        match self.db.is_embedded() {
            // The only writer has a queue of its own.
            true => off_the_event_loop(work).await,
            false => in_turn(&self.asking, EVENTUALLY, work).await?,
        }
    }

    /// [`App::read`] for doors without an event loop.
    pub fn read_here<T>(&self, caller: &Caller, f: impl FnOnce(&mut Act) -> Result<T>) -> Result<T> {
        self.db.read(|conn| f(&mut Act::new(conn, &caller.actor, caller, (self.now(), &self.vault, &self.folder))))
    }

    /// [`App::write`] for doors without an event loop. Whoever lost their rights while they waited for
    /// their turn is refused.
    pub fn write_here<T>(&self, caller: &Caller, f: impl FnOnce(&mut Act) -> Result<T>) -> Result<T> {
        self.db.write(|conn| {
            let actor = sessions::afresh(conn, &caller.actor)?;
            actor.must_write()?;
            let mut act = Act::new(conn, &actor, caller, (self.now(), &self.vault, &self.folder));
            let outcome = f(&mut act)?;
            act.close()?;
            Ok(outcome)
        })
    }

    /// Runs one password hash at a time per two cores; gives up after two seconds in the queue.
    pub async fn hashing<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        in_turn(&self.hashing, SHORTLY, work).await
    }

    /// Works on one picture at a time; gives up after two seconds in the queue.
    pub async fn picturing<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        in_turn(&self.picturing, SHORTLY, work).await
    }

    /// Reads one file that was brought in at a time; gives up after two minutes in the queue.
    pub async fn reading<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        in_turn(&self.reading, Duration::from_secs(120), work).await
    }
}

const SHORTLY: Duration = Duration::from_secs(2);
const EVENTUALLY: Duration = Duration::from_secs(10);

async fn in_turn<T: Send + 'static>(
    turns: &Arc<tokio::sync::Semaphore>,
    wait: Duration,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T> {
    let turn = tokio::time::timeout(wait, turns.clone().acquire_owned()).await;
    let turn = turn.map_err(|_| Error::Busy { retry_after: 5 })?.map_err(Error::broken)?;
    // The turn goes along: whoever hangs up meanwhile does not free it for the next.
    off_the_event_loop(move || {
        let _turn = turn;
        Ok(work())
    })
    .await
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
