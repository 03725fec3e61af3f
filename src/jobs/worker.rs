//! Doing the jobs that wait, a while each, in turns.
use super::{again, caller};
use crate::App;
use crate::actions::{Caller, jobs};
use crate::domain::job::Work;
use crate::domain::{Actor, Error, Result};
use std::sync::Arc;
use std::time::{Duration, Instant};

const EVERY: Duration = Duration::from_millis(500);
/// After so long another job has its turn.
const TURN: Duration = Duration::from_secs(2);
/// Between two steps others may write, and after a turn also other programs, which ask only now and then.
const PAUSE: Duration = Duration::from_millis(2);
const BREAK: Duration = Duration::from_millis(100);

/// A while of the next job, as whoever started it; false when none waits.
pub async fn once(app: &Arc<App>) -> Result<bool> {
    let house = caller(Actor::CommandLine);
    // Looking takes no turn among the writers.
    if !app.read(&house, jobs::any_waits).await? {
        return Ok(false);
    }
    let Some((job, actor)) = app.write(&house, jobs::claim).await? else { return Ok(false) };
    let starter = Caller { request: Work::request(job.id), ..caller(actor) };
    let since = Instant::now();
    while since.elapsed() < TURN {
        let this = job.clone();
        match app.write(&starter, move |act| jobs::step(act, &this)).await {
            Ok(true) => tokio::time::sleep(PAUSE).await,
            Ok(false) => return Ok(true),
            // That is nothing against this job: it goes on when there is time for it.
            Err(busy @ Error::Busy { .. }) => return Err(busy),
            Err(error) => {
                if let Error::Broken(cause) = &error {
                    tracing::error!(job = job.id, cause = %cause, "one step of a job failed");
                }
                let this = job.clone();
                match app.write(&house, move |act| jobs::stumble(act, &this, error)).await {
                    // Somebody else took this job over.
                    Err(Error::Stale) => return Ok(true),
                    noted => noted?,
                }
                if job.work.at_once() > 1 {
                    return Ok(true);
                }
            }
        }
    }
    app.write(&house, move |act| jobs::release(act, &job)).await?;
    Ok(true)
}

/// Until the program ends. A failure is told, and the job tried again once nobody holds it.
pub async fn keep_on(app: Arc<App>) {
    again(app, EVERY, "a job stopped; it is tried again", async |app| {
        while once(app).await? {
            tokio::time::sleep(BREAK).await;
        }
        Ok(())
    })
    .await;
}
