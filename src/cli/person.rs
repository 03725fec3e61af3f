//! `rollcall person create`.
use super::here;
use crate::App;
use crate::actions::people::{self, Draft};
use crate::domain::{Error, Field, FieldErrors, Fields, NewPassword, Role, Status};
use std::io::BufRead;

#[derive(clap::Subcommand)]
pub enum Command {
    /// Make one person
    Create(CreateArgs),
}

#[derive(clap::Args)]
pub struct CreateArgs {
    #[arg(long, value_parser = ["end_user", "agent", "admin"])]
    role: String,
    #[arg(long)]
    email: String,
    #[arg(long)]
    name: String,
    #[arg(long)]
    phone: Option<String>,
    #[arg(long)]
    username: Option<String>,
    /// Read the password from the first line of standard input
    #[arg(long)]
    password_stdin: bool,
    /// Print {"id":…,"uid":…}
    #[arg(long)]
    json: bool,
}

pub fn run(app: &App, command: Command) -> anyhow::Result<()> {
    let Command::Create(args) = command;
    let given = |field| match field {
        Field::Email => Some(args.email.as_str()),
        Field::Name => Some(args.name.as_str()),
        Field::Phone => args.phone.as_deref(),
        Field::Username => args.username.as_deref(),
        _ => None,
    };
    let fields = Fields::default().parse(given)?;
    let role = Role::parse(&args.role).ok_or(Error::Invalid(FieldErrors::one("role", "role.unknown")))?;
    let hash = match args.password_stdin {
        true => Some(password(&args)?.hash()?),
        false => None,
    };
    let draft = Draft { fields, role, status: Status::Active };
    let person = app.write_here(&here(), |act| people::create(act, draft, hash))?;
    match args.json {
        true => println!("{}", serde_json::json!({ "id": person.id.0, "uid": person.uid.to_string() })),
        false => println!("{} is person {}.", person.label(), person.id.0),
    }
    Ok(())
}

fn password(args: &CreateArgs) -> anyhow::Result<NewPassword> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    let typed = line.trim_end_matches(['\r', '\n']);
    let refused = |key| Error::Invalid(FieldErrors::one("password", key));
    Ok(NewPassword::parse(typed, &[&args.name, &args.email]).map_err(refused)?)
}
