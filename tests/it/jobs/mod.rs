mod import;
mod killed;
mod random;

use crate::house::{House, command_line};
use rollcall::actions::{Caller, jobs};
use rollcall::domain::Actor;
use rollcall::domain::job::Job;

/// The next job, held by a worker that does nothing by itself, and as whom it is done.
pub fn claim(house: &House) -> Option<(Job, Actor)> {
    house.app.write_here(&command_line(), jobs::claim).unwrap()
}

/// A step of it; false when nothing is left to do.
pub fn step(house: &House, job: &Job, actor: &Actor) -> bool {
    let caller = Caller { actor: actor.clone(), ..command_line() };
    house.app.write_here(&caller, |act| jobs::step(act, job)).unwrap()
}
