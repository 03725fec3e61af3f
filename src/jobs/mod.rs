//! Work on many people: shells that call an action chunk by chunk.
pub mod generate;
pub mod import;
pub mod likeness;
pub mod purge;
pub mod reindex;
pub mod seal;
pub mod tally;
pub mod tidy;
pub mod worker;

use crate::App;
use crate::actions::Caller;
use crate::domain::{Actor, Door, Result};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A step by the clock, as the house itself or as whoever started it.
fn caller(actor: Actor) -> Caller {
    Caller { actor, door: Door::Job, request: uuid::Uuid::new_v4().to_string() }
}

/// Between two steps others may write, as long as the step took: another program on the same file asks for its turn
/// only now and then.
async fn rest(since: Instant) {
    const LEAST: Duration = Duration::from_millis(5);
    tokio::time::sleep(since.elapsed().max(LEAST)).await;
}

/// By the clock, until the program ends. A failure is told as `failed`, and what failed is tried again the next time.
async fn again<T>(app: Arc<App>, every: Duration, failed: &str, once: impl AsyncFn(&Arc<App>) -> Result<T>) {
    let mut clock = tokio::time::interval(every);
    loop {
        clock.tick().await;
        if let Err(e) = once(&app).await {
            tracing::error!(cause = %e, "{failed}");
        }
    }
}
