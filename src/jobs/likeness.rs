//! Finding records that may be of one person, as people are made and changed.
use super::{again, caller, give_way};
use crate::App;
use crate::actions::duplicates;
use crate::domain::{Actor, Result};
use std::sync::Arc;
use std::time::{Duration, Instant};

const EVERY: Duration = Duration::from_secs(20);

/// Until everybody who was changed has been looked at.
pub async fn once(app: &Arc<App>) -> Result<()> {
    let house = caller(Actor::CommandLine);
    let mut since = Instant::now();
    while app.write(&house, duplicates::look_on).await? {
        give_way(app, &house, since).await?;
        since = Instant::now();
    }
    Ok(())
}

/// Again and again, until the program ends. A failure is told and tried again.
pub async fn keep_on(app: Arc<App>) {
    again(app, EVERY, "the search for duplicates failed", once).await;
}
