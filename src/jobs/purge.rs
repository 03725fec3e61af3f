//! Forgetting what lay in the trash until its time was over, and erasing whom the rules of the house say.
use super::caller;
use crate::App;
use crate::actions::{expiry, jobs, trash};
use crate::domain::{Actor, Result};
use std::sync::Arc;
use std::time::Duration;

const EVERY: Duration = Duration::from_secs(3_600);

/// Between two erasures others may write.
const PAUSE: Duration = Duration::from_millis(20);

/// Once; answers how many entries went.
pub async fn once(app: &Arc<App>) -> Result<i64> {
    app.write(&caller(Actor::CommandLine), trash::purge).await
}

/// Everybody who is due, each in a transaction of their own; answers how many that were. Whoever cannot be erased
/// keeps nobody else.
pub async fn erase_due(app: &Arc<App>) -> Result<i64> {
    let (house, mut latest, mut erased) = (caller(Actor::CommandLine), expiry::NOBODY, 0);
    while let Some(id) = app.read(&house, move |act| expiry::next(act, latest)).await? {
        match app.write(&house, move |act| expiry::erase(act, id)).await {
            Ok(done) => erased += i64::from(done),
            Err(cause) => tracing::error!(person = id.0, %cause, "somebody who is due was not erased"),
        }
        latest = id;
        tokio::time::sleep(PAUSE).await;
    }
    Ok(erased)
}

/// Whatever can no longer be taken back, one after another; answers how many that were.
pub async fn forget(app: &Arc<App>) -> Result<i64> {
    let (house, mut gone) = (caller(Actor::CommandLine), 0);
    while app.write(&house, jobs::forget).await? {
        gone += 1;
        tokio::time::sleep(PAUSE).await;
    }
    Ok(gone)
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
        match erase_due(&app).await {
            Ok(0) => {}
            Ok(erased) => tracing::info!(erased, "the rules of the house erased people"),
            Err(e) => tracing::error!(cause = %e, "who is due was not erased"),
        }
        match forget(&app).await {
            Ok(0) => {}
            Ok(gone) => tracing::info!(gone, "old jobs and files were forgotten"),
            Err(e) => tracing::error!(cause = %e, "old jobs and files were not forgotten"),
        }
    }
}
