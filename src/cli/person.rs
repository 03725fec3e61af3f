//! `rollcall person create`.
use super::here;
use crate::App;
use crate::actions::people::{self, Draft};
use crate::domain::{Error, Field, Fields, NewPassword, Role, Status};
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
    /// A custom field; may be given several times
    #[arg(long = "field", value_name = "NAME=VALUE")]
    fields: Vec<String>,
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
    let role = Role::parse(&args.role).ok_or(Error::invalid("role", "role.unknown"))?;
    let catalogue = app.read_here(&here(), people::list::catalogue)?;
    let custom = |name: &str| {
        let wanted = name.strip_prefix("field.")?;
        args.fields
            .iter()
            .find_map(|pair| pair.split_once('=').filter(|(key, _)| *key == wanted).map(|(_, value)| value))
    };
    let unknown = |pair: &&String| {
        let name = pair.split_once('=').map_or("", |(name, _)| name);
        !catalogue.of(role).any(|field| field.name == name)
    };
    if let Some(pair) = args.fields.iter().find(unknown) {
        anyhow::bail!("{pair:?} names no field of theirs; write --field NAME=VALUE");
    }
    let fields = Fields::draft(&catalogue, role, |name| Field::named(name).map_or_else(|| custom(name), given))?;
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
    let refused = |key| Error::invalid("password", key);
    Ok(NewPassword::parse(typed, &[&args.name, &args.email]).map_err(refused)?)
}
