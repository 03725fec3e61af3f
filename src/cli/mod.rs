//! The command line. Exit 0 done, 1 failed, 2 misused.
mod audit;
pub mod demo;
mod doctor;
mod generate;
mod import;
mod key;
mod person;
mod serve;

use crate::actions::{Caller, setup};
use crate::domain::{Actor, Door, Error};
use crate::settings::Settings;
use crate::words::Language;
use crate::{App, store, system_clock};
use anyhow::bail;
use clap::{Parser, Subcommand};
use std::os::unix::fs::DirBuilderExt;
use std::process::ExitCode;
use std::sync::Arc;

/// The people desk of a support organisation.
#[derive(Parser)]
#[command(name = "rollcall", version, args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: serve::Args,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the panel (what happens without a command, too)
    Serve(serve::Args),
    /// Make people
    Person {
        #[command(subcommand)]
        command: person::Command,
    },
    /// Make, list and revoke the keys with which programs come in
    Key {
        #[command(subcommand)]
        command: key::Command,
    },
    /// Import people from a CSV file
    Import(import::Args),
    /// Make up people for trying and measuring; the same seed gives the same people
    Generate(generate::Args),
    /// Prove the history
    Audit {
        #[command(subcommand)]
        command: audit::Command,
    },
    /// Look for what can never be in the database; fails when there is some
    Doctor,
    /// Bring the database up to date and stop
    Migrate,
    /// Print the version
    Version,
}

/// Runs the command that the arguments name.
pub fn run() -> ExitCode {
    match dispatch(Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("rollcall: {}", worded(&e));
            ExitCode::FAILURE
        }
    }
}

fn dispatch(cli: Cli) -> anyhow::Result<()> {
    match cli.command.unwrap_or(Command::Serve(cli.serve)) {
        Command::Serve(args) => serve::run(Settings::read()?, &args),
        Command::Person { command } => person::run(&*house()?, command),
        Command::Key { command } => key::run(&*house()?, command),
        Command::Import(args) => import::run(&*house()?, &args),
        Command::Generate(args) => generate::run(&*house()?, &args),
        Command::Audit { command } => audit::run(&*house()?, command),
        Command::Doctor => doctor::run(&*house()?),
        Command::Migrate => {
            house()?;
            println!("The database is up to date.");
            Ok(())
        }
        Command::Version => {
            println!("rollcall {}", env!("CARGO_PKG_VERSION"));
            Ok(())
        }
    }
}

fn house() -> anyhow::Result<Arc<App>> {
    open(&Settings::read()?)
}

/// Opens the house that the settings describe; makes its folder if need be.
fn open(settings: &Settings) -> anyhow::Result<Arc<App>> {
    // Hashes and people's data are nobody else's business.
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(&settings.data_dir)?;
    let db = store::Db::open(&settings.database_url)?;
    let vault = settings.vault()?;
    let app = Arc::new(App::new(db, settings.public_url.clone(), settings.data_dir.clone(), system_clock(), vault));
    let is_ours = match app.read_here(&here(), setup::knows_key)? {
        Some(known) => known,
        None => app.write_here(&here(), setup::remember_key)?,
    };
    if !is_ours {
        bail!(
            "this is not the master key that the house began with: its trash and its history would stay closed. \
             Give the right one as ROLLCALL_MASTER_KEY, or put its file back as {}",
            settings.data_dir.join("master.key").display()
        );
    }
    Ok(app)
}

/// Whoever can run the program on its own machine.
fn here() -> Caller {
    Caller { actor: Actor::CommandLine, door: Door::CommandLine, request: uuid::Uuid::new_v4().to_string() }
}

/// Domain errors in English words; others with their causes.
fn worded(error: &anyhow::Error) -> String {
    let english = Language::English;
    match error.downcast_ref::<Error>() {
        Some(Error::Invalid(fields) | Error::Conflict(fields)) => {
            fields.iter().map(|(field, key)| format!("{field}: {}", english.say(key))).collect::<Vec<_>>().join("\n")
        }
        Some(Error::Forbidden(key) | Error::Malformed(key)) => english.say(key),
        Some(Error::NotFound) => english.say("error.not_found"),
        _ => format!("{error:#}"),
    }
}
