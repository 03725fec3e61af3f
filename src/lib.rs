//! Rollcall: the people desk of a support organisation. Doors (panel, command line, jobs) call actions;
//! actions use the store and the domain; nothing points back up.
pub mod actions;
mod address;
pub mod answers;
pub mod api;
pub mod cli;
pub mod domain;
pub mod jobs;
pub mod panel;
pub mod server;
pub mod settings;
pub mod store;
pub mod words;

use actions::credentials::Verified;
use actions::doors::Lately;
use actions::keys::Tally;
use actions::rates::Rates;
use actions::throttle::Throttle;
use answers::Answers;
use domain::{Time, vault::Vault};
use std::path::PathBuf;
use std::sync::Arc;

/// All that a running house is made of; cheap to share, no globals.
pub struct App {
    pub db: store::Db,
    pub clock: Clock,
    pub throttle: Throttle,
    /// Passwords of programs that were proven lately.
    pub verified: Verified,
    /// What keys did and is not written down yet.
    pub tally: Tally,
    /// How often programs come in.
    pub rates: Rates,
    /// How the APIs behave, as it was read lately.
    pub doors: Lately,
    /// What was answered lately and still holds.
    pub answers: Answers,
    /// As many as there are connections: the pool itself lets newcomers before those who wait.
    pub asking: Arc<tokio::sync::Semaphore>,
    /// Bounds password hashing, so that a flood of sign-ins never starves the pages.
    pub hashing: Arc<tokio::sync::Semaphore>,
    /// Bounds work on pictures, apart from the sign-ins.
    pub picturing: Arc<tokio::sync::Semaphore>,
    /// Bounds reading of files that were brought in.
    pub reading: Arc<tokio::sync::Semaphore>,
    pub public_url: url::Url,
    /// Where files lie that are not in the database.
    pub folder: PathBuf,
    /// Proves at set-up that whoever asks can read the terminal.
    pub setup_code: String,
    /// Opens the trash.
    pub vault: Vault,
}

/// Where time comes from. Tests bring their own.
pub type Clock = Arc<dyn Fn() -> Time + Send + Sync>;

impl App {
    pub fn new(db: store::Db, public_url: url::Url, folder: PathBuf, clock: Clock, vault: Vault) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            asking: Arc::new(tokio::sync::Semaphore::new(db.connections())),
            db,
            clock,
            throttle: Throttle::default(),
            rates: Rates::default(),
            verified: Verified::default(),
            tally: Tally::default(),
            doors: Lately::default(),
            answers: Answers::default(),
            picturing: Arc::new(tokio::sync::Semaphore::new(1)),
            reading: Arc::new(tokio::sync::Semaphore::new(1)),
            hashing: Arc::new(tokio::sync::Semaphore::new((cores / 2).max(1))),
            public_url,
            folder,
            setup_code: actions::random_code(),
            vault,
        }
    }

    pub fn now(&self) -> Time {
        (self.clock)()
    }

    /// Browsers come by https, so cookies may say so.
    pub fn is_https(&self) -> bool {
        self.public_url.scheme() == "https"
    }
}

/// The machine's own clock.
pub fn system_clock() -> Clock {
    Arc::new(|| Time::from_micros(jiff::Timestamp::now().as_microsecond()))
}
