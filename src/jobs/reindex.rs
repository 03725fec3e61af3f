//! Following in the search index what changed for many at once, such as an organisation's name.
use super::{again, caller};
use crate::App;
use crate::actions::search;
use crate::domain::{Actor, Result};
use std::sync::Arc;
use std::time::Duration;

const EVERY: Duration = Duration::from_secs(2);
/// Between two chunks others may write.
const PAUSE: Duration = Duration::from_millis(5);

/// Until nobody waits.
pub async fn once(app: &Arc<App>) -> Result<()> {
    let house = caller(Actor::CommandLine);
    while app.read(&house, search::is_behind).await? {
        app.write(&house, search::catch_up).await?;
        tokio::time::sleep(PAUSE).await;
    }
    Ok(())
}

/// Again and again, until the program ends. A failure is told and tried again.
pub async fn keep_on(app: Arc<App>) {
    again(app, EVERY, "the search index did not follow", once).await;
}
