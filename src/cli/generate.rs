//! `rollcall generate`.
use super::here;
use crate::App;
use crate::domain::Error;
use crate::jobs::generate;
use anyhow::bail;

#[derive(clap::Args)]
pub struct Args {
    /// How many
    #[arg(long)]
    people: u64,
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

pub fn run(app: &App, args: &Args) -> anyhow::Result<()> {
    let started = std::time::Instant::now();
    let progress = |done: u64| {
        if done.is_multiple_of(50_000) {
            eprintln!("{done} of {} people, {} s", args.people, started.elapsed().as_secs());
        }
    };
    match generate::run(app, &here(), args.people, args.seed, progress) {
        Ok(()) => println!("Made {} people from seed {}.", args.people, args.seed),
        Err(Error::Conflict(_)) => bail!("there are people from seed {} already; choose another --seed", args.seed),
        Err(e) => return Err(e.into()),
    }
    Ok(())
}
