//! Sealing the history as it grows.
use super::{again, caller};
use crate::App;
use crate::actions::audit;
use crate::domain::{Actor, Result};
use std::sync::Arc;
use std::time::Duration;

const EVERY: Duration = Duration::from_secs(5);

/// Seals what was written since the last time.
pub async fn once(app: &Arc<App>) -> Result<()> {
    let house = caller(Actor::CommandLine);
    // Looking takes no turn among the writers, and closes no gate.
    if !app.read(&house, audit::is_behind).await? {
        return Ok(());
    }
    while app.write(&house, audit::seal).await?.is_some() {}
    Ok(())
}

/// Again and again, until the program ends. A failure is told and tried again.
pub async fn keep_on(app: Arc<App>) {
    again(app, EVERY, "the history was not sealed", once).await;
}
