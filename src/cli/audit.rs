//! `rollcall audit`.
use super::here;
use crate::App;
use crate::actions::audit::{self, Checkpoint, Fault};
use crate::actions::people::erasure::{self, Receipt};
use anyhow::{Context, bail};
use clap::Subcommand;
use std::path::{Path, PathBuf};

#[derive(Subcommand)]
pub enum Command {
    /// Read the whole history and find what was edited, inserted, deleted or cut off; fails when something was
    Verify {
        /// Also hold it against a checkpoint that was printed before
        #[arg(long)]
        checkpoint: Option<PathBuf>,
    },
    /// Tell whether this house signed a receipt of an erasure; fails when it did not
    Receipt { file: PathBuf },
    /// Seal the history and print its latest seal as JSON, to keep somewhere else
    Checkpoint,
}

pub fn run(app: &App, command: Command) -> anyhow::Result<()> {
    match command {
        Command::Verify { checkpoint } => verify(app, checkpoint.as_deref()),
        Command::Receipt { file } => {
            let receipt: Receipt = read(&file)?;
            if !app.read_here(&here(), |act| erasure::is_genuine(act, &receipt))? {
                bail!("this house did not sign what stands in it");
            }
            println!("This house erased person {} at {} and signed this receipt.", receipt.person, receipt.at);
            Ok(())
        }
        Command::Checkpoint => {
            while app.write_here(&here(), audit::seal)?.is_some() {}
            println!("{}", serde_json::to_string_pretty(&app.read_here(&here(), audit::checkpoint)?)?);
            Ok(())
        }
    }
}

fn verify(app: &App, file: Option<&Path>) -> anyhow::Result<()> {
    let checkpoint: Option<Checkpoint> = file.map(read).transpose()?;
    let report = app.read_here(&here(), |act| audit::verify(act, checkpoint.as_ref()))?;
    for fault in &report.faults {
        println!("{}", said(fault));
    }
    if !report.faults.is_empty() {
        bail!("the history is not as it was written");
    }
    let audit::Report { entries, seals, unsealed, .. } = report;
    println!("All {entries} entries stand as they were written, under {seals} seals; {unsealed} are not sealed yet.");
    Ok(())
}

fn read<T: serde::de::DeserializeOwned>(file: &Path) -> anyhow::Result<T> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is not what was asked for", file.display()))
}

fn said(fault: &Fault) -> String {
    match fault {
        Fault::Forged { entry } => format!("entry {entry}: edited, or not written by this house"),
        Fault::Missing { after, until, count } => format!("entries {after} to {until}: {count} missing"),
        Fault::Added { after, until, count } => format!("entries {after} to {until}: {count} inserted"),
        Fault::Exchanged { after, until } => format!("entries {after} to {until}: not those that were sealed"),
        Fault::Unsigned { seal } => format!("seal {seal}: not signed by this house"),
        Fault::Broken { seal } => format!("seal {seal}: missing, or what stood before it is"),
        Fault::Rewritten { seal } => format!("seal {seal}: not what the checkpoint says"),
    }
}
