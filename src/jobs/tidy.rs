//! Keeping the search index in few parts: every search asks each of them.
use super::{again, caller, give_way};
use crate::App;
use crate::actions::search;
use crate::domain::{Actor, Result};
use std::sync::Arc;
use std::time::{Duration, Instant};

const EVERY: Duration = Duration::from_secs(600);
/// So many parts are worth the work.
const MANY: i64 = 8;
/// While people are brought in the work is never at its end: so many steps are enough until the next time.
const STEPS: usize = 1_000;

/// One part of many.
pub async fn once(app: &Arc<App>) -> Result<()> {
    let house = caller(Actor::CommandLine);
    if app.read(&house, search::parts).await? < MANY {
        return Ok(());
    }
    for _ in 0..STEPS {
        let since = Instant::now();
        if !app.write(&house, search::unite).await? {
            break;
        }
        give_way(app, &house, since).await?;
    }
    Ok(())
}

/// Again and again, until the program ends. A failure is told and tried again.
pub async fn keep_on(app: Arc<App>) {
    again(app, EVERY, "the search index was not tidied", once).await;
}
