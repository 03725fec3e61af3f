//! `rollcall doctor`.
use super::here;
use crate::App;
use crate::actions::doctor;
use anyhow::bail;

/// Says every rule that is broken and how often; fails when one is.
pub fn run(app: &App) -> anyhow::Result<()> {
    let findings = app.read_here(&here(), doctor::examine)?;
    for one in findings.iter().filter(|one| one.broken > 0) {
        println!("{}: broken {} times", one.rule, one.broken);
    }
    let broken = findings.iter().filter(|one| one.broken > 0).count();
    if broken > 0 {
        bail!("{broken} of {} rules are broken", findings.len());
    }
    println!("All {} rules hold.", findings.len());
    Ok(())
}
