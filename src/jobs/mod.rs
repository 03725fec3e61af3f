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
use crate::actions::{Caller, counts};
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

/// As [`rest`]; while people come in by the thousand far longer, for whoever brings them in reads everything anew after
/// each step.
async fn give_way(app: &Arc<App>, house: &Caller, since: Instant) -> Result<()> {
    const LONGER: u32 = 20;
    const MOST: Duration = Duration::from_secs(5);
    let longer = (since.elapsed() * LONGER).min(MOST);
    rest(since).await;
    if app.read(house, counts::is_flooded).await? {
        tokio::time::sleep(longer).await;
    }
    Ok(())
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
