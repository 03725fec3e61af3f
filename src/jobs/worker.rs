//! Doing the jobs that wait, one after another.
use super::{again, caller};
use crate::App;
use crate::actions::jobs;
use crate::domain::{Actor, Error, Result};
use std::sync::Arc;
use std::time::Duration;

const EVERY: Duration = Duration::from_millis(500);

/// The next job to its end, as whoever started it; false when none waits.
pub async fn once(app: &Arc<App>) -> Result<bool> {
    let house = caller(Actor::CommandLine);
    // Looking takes no turn among the writers.
    if !app.read(&house, jobs::any_waits).await? {
        return Ok(false);
    }
    let Some((job, actor)) = app.write(&house, jobs::claim).await? else { return Ok(false) };
    let starter = caller(actor);
    loop {
        let this = job.clone();
        let Some(person) = app.write(&house, move |act| jobs::next(act, &this)).await? else { return Ok(true) };
        let this = job.clone();
        match app.write(&starter, move |act| jobs::step(act, &this, person)).await {
            Ok(()) => {}
            // That is nothing against this person: the job goes on when there is time for it.
            Err(busy @ Error::Busy { .. }) => return Err(busy),
            Err(refusal) => {
                if let Error::Broken(cause) = &refusal {
                    tracing::error!(job = job.id, cause = %cause, "one step of a job failed");
                }
                let this = job.clone();
                match app.write(&house, move |act| jobs::refuse(act, &this, person, refusal)).await {
                    // Somebody else took this job over.
                    Err(Error::Stale) => return Ok(true),
                    refused => refused?,
                }
            }
        }
    }
}

/// Until the program ends. A failure is told, and the job tried again once nobody holds it.
pub async fn keep_on(app: Arc<App>) {
    again(app, EVERY, "a job stopped; it is tried again", once).await;
}
