//! `rollcall key`: the keys with which programs come in.
use super::here;
use crate::App;
use crate::actions::keys::{self, Draft};
use crate::domain::chat_app::ChatApp;
use crate::domain::key::Dialect;
use crate::domain::{Error, Time};

#[derive(clap::Subcommand)]
pub enum Command {
    /// Make one, and print its secret: nobody can learn it again
    Create(CreateArgs),
    /// All there are, newest first
    List {
        /// Print them as JSON
        #[arg(long)]
        json: bool,
    },
    /// Nobody comes in with it from now on
    Revoke { id: i64 },
}

#[derive(clap::Args)]
pub struct CreateArgs {
    #[arg(long, value_parser = Dialect::ALL.iter().map(|one| one.name()).collect::<Vec<_>>())]
    dialect: String,
    /// Whose rights it has: an e-mail, a username or a phone
    #[arg(long, value_name = "EMAIL")]
    r#as: String,
    /// What it is for
    #[arg(long, default_value = "")]
    name: String,
    /// A date or a time, in UTC
    #[arg(long, value_name = "DATE")]
    expires: Option<String>,
    /// Of an app for Easemob: the first part of its addresses
    #[arg(long, required_if_eq("dialect", "easemob"))]
    org: Option<String>,
    /// The second part
    #[arg(long, required_if_eq("dialect", "easemob"))]
    app: Option<String>,
    /// Whoever wants to makes themselves a user of the app
    #[arg(long)]
    open_registration: bool,
    /// It changes nothing
    #[arg(long)]
    read_only: bool,
    /// Print {"dialect":…,"id":…,…} with the secret under the name that clients give it
    #[arg(long)]
    json: bool,
}

pub fn run(app: &App, command: Command) -> anyhow::Result<()> {
    match command {
        Command::Create(args) => create(app, args),
        Command::List { json } => list(app, json),
        Command::Revoke { id } => {
            app.write_here(&here(), |act| keys::destroy(act, id))?;
            println!("Key {id} is revoked.");
            Ok(())
        }
    }
}

fn create(app: &App, args: CreateArgs) -> anyhow::Result<()> {
    let expires_at = match args.expires.as_deref() {
        Some(raw) => Some(Time::parse(raw).ok_or_else(|| Error::invalid("expires", "key.no_date"))?),
        None => None,
    };
    let dialect = Dialect::parse(&args.dialect).ok_or_else(|| Error::invalid("dialect", "key.dialect"))?;
    let chat_app = match (&args.org, &args.app) {
        (Some(org), Some(app)) => Some(ChatApp::parse(org, app, args.open_registration)?),
        _ => None,
    };
    let draft = Draft { dialect, owner: args.r#as, name: args.name, read_only: args.read_only, expires_at, chat_app };
    let (key, secret) = app.write_here(&here(), |act| keys::create(act, draft))?;
    if !args.json {
        println!("Key {} for {}: {secret}", key.id, dialect.title());
        return Ok(());
    }
    let mut told = serde_json::json!({ "dialect": dialect.name(), "id": key.id });
    if let Some(app) = &key.chat_app {
        told["org"] = app.org.clone().into();
        told["app"] = app.app.clone().into();
    }
    if dialect.has_client_id() {
        told["client_id"] = key.prefix.into();
    }
    told[secret_name(dialect)] = secret.into();
    println!("{told}");
    Ok(())
}

/// What clients of a dialect call its secret.
fn secret_name(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Kf5 | Dialect::Scim => "token",
        Dialect::Audience | Dialect::Easemob => "client_secret",
        Dialect::Freescout | Dialect::Datarc => "key",
    }
}

fn list(app: &App, json: bool) -> anyhow::Result<()> {
    let now = app.now();
    for keys::Owned { key, owner } in app.read_here(&here(), keys::index)? {
        let (expires, used) = (key.expires_at.map(|at| at.to_string()), key.last_used_at.map(|at| at.to_string()));
        let requests = key.uses.of_last_day(now);
        if json {
            let told = serde_json::json!({
                "id": key.id, "dialect": key.dialect.name(), "name": key.name, "owner": owner, "owner_id": key.owner.0,
                "prefix": key.prefix, "read_only": key.read_only, "expires": expires, "last_used": used,
                "requests_last_day": requests,
            });
            println!("{told}");
            continue;
        }
        let scope = if key.read_only { "reads only" } else { "reads and writes" };
        let (until, used) = (expires.as_deref().unwrap_or("never"), used.as_deref().unwrap_or("never"));
        println!(
            "{}  {}  {:?}  as {owner}  {}…  {scope}  expires {until}  last used {used}  {requests} requests in a day",
            key.id,
            key.dialect.name(),
            key.name,
            key.prefix
        );
    }
    Ok(())
}
