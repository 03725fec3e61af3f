//! Writing down what keys do, and summing up who was counted.
use super::{again, caller};
use crate::App;
use crate::actions::{counts, keys};
use crate::domain::{Actor, Result};
use std::sync::Arc;
use std::time::Duration;

const EVERY: Duration = Duration::from_secs(10);

/// What was counted since the last time.
pub async fn once(app: &Arc<App>) -> Result<()> {
    let house = caller(Actor::CommandLine);
    keys::note(app, &house).await?;
    app.write(&house, counts::sum_up).await
}

/// Until the program ends. A failure is told; what it lost is some counts.
pub async fn keep_on(app: Arc<App>) {
    again(app, EVERY, "what was counted was not written down", once).await;
}
