//! Following in the search index what changed for many at once, such as an organisation's name.
use super::{again, caller, rest};
use crate::App;
use crate::actions::search;
use crate::domain::{Actor, Result};
use std::sync::Arc;
use std::time::{Duration, Instant};

const EVERY: Duration = Duration::from_secs(2);

/// Until nobody waits.
pub async fn once(app: &Arc<App>) -> Result<()> {
    let house = caller(Actor::CommandLine);
    while app.read(&house, search::is_behind).await? {
        let since = Instant::now();
        app.write(&house, search::catch_up).await?;
        rest(since).await;
    }
    Ok(())
}

/// Again and again, until the program ends. A failure is told and tried again.
pub async fn keep_on(app: Arc<App>) {
    again(app, EVERY, "the search index did not follow", once).await;
}
