//! Keeping the search index in few parts: every search asks each of them.
use super::{again, caller, give_way};
use crate::App;
use crate::actions::search;
use crate::domain::{Actor, Result};
use std::sync::Arc;
use std::time::{Duration, Instant};

const EVERY: Duration = Duration::from_secs(600);
/// So many parts are worth the work at any time.
const MANY: i64 = 8;
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// And so many at the start and once a day, when a search of two common words is what gains most.
const SOME: i64 = 3;
/// While people are brought in the work is never at its end: so many steps are enough until the next time.
const STEPS: usize = 1_000;

/// Makes one part of all, where there are so many that it is worth it.
pub async fn once(app: &Arc<App>, worth: i64) -> Result<()> {
    let house = caller(Actor::CommandLine);
    if app.read(&house, search::parts).await? < worth {
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
    const FAILED: &str = "the search index was not tidied";
    let daily = again(app.clone(), DAY, FAILED, async |app| once(app, SOME).await);
    let often = again(app, EVERY, FAILED, async |app| once(app, MANY).await);
    tokio::join!(daily, often);
}
