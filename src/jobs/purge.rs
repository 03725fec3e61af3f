//! Forgetting what lay in the trash until its time was over.
use crate::App;
use crate::actions::{Caller, trash};
use crate::domain::{Actor, Door, Result};
use std::sync::Arc;
use std::time::Duration;

const EVERY: Duration = Duration::from_secs(3_600);

/// Once; answers how many entries went.
pub async fn once(app: &Arc<App>) -> Result<i64> {
    let caller = Caller { actor: Actor::CommandLine, door: Door::Job, request: uuid::Uuid::new_v4().to_string() };
    app.write(&caller, trash::purge).await
}

/// Every hour, until the program ends. A failure is told and tried again.
pub async fn keep_on(app: Arc<App>) {
    let mut clock = tokio::time::interval(EVERY);
    loop {
        clock.tick().await;
        match once(&app).await {
            Ok(0) => {}
            Ok(gone) => tracing::info!(gone, "the trash forgot what had expired"),
            Err(e) => tracing::error!(cause = %e, "the trash was not purged"),
        }
    }
}
