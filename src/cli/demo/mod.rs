//! `rollcall serve --demo`: a throwaway house with a believable cast.
mod furnish;

use super::here;
use crate::App;
use crate::actions::people::{self, Draft};
use crate::domain::{Field, Fields, NewPassword, Person, Role, Status};
use crate::jobs::generate;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

const PEOPLE: u64 = 2_000;

/// Name, address, role, sees everyone, language, zone.
type Part = (&'static str, &'static str, Role, bool, &'static str, &'static str);
const CAST: [Part; 4] = [
    ("Ines Okafor", "ines.okafor@northbank.example", Role::Admin, true, "en", "Europe/London"),
    ("Priya Raman", "priya.raman@northbank.example", Role::Agent, true, "en", "Asia/Kolkata"),
    ("Marcus Webb", "marcus.webb@northbank.example", Role::Agent, false, "en", "America/New_York"),
    ("赵磊", "zhao.lei@northbank.example", Role::Admin, true, "zh", "Asia/Shanghai"),
];

/// A folder that goes when the demo ends.
pub struct Folder(PathBuf);

impl Folder {
    pub fn make() -> anyhow::Result<Self> {
        let path = std::env::temp_dir().join(format!("rollcall-demo-{}", uuid::Uuid::new_v4()));
        std::fs::DirBuilder::new().mode(0o700).create(&path)?;
        Ok(Self(path))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Err(e) = std::fs::remove_dir_all(&self.0) {
            tracing::warn!(cause = %e, folder = %self.0.display(), "the demo's folder stays");
        }
    }
}

/// Makes the people and the cast; answers the cast's passwords in its order.
pub fn fill(app: &App) -> anyhow::Result<Vec<String>> {
    furnish::prepare(app)?;
    generate::run(app, &here(), PEOPLE, 1, |_| {})?;
    let password = || format!("demo-{}", &crate::actions::random_code()[..12]);
    let passwords: Vec<String> = CAST.iter().map(|_| password()).collect();
    let cast = CAST.iter().zip(&passwords).map(|(part, password)| join(app, part, password));
    furnish::furnish(app, &cast.collect::<anyhow::Result<Vec<_>>>()?)?;
    Ok(passwords)
}

/// Prints three sign-ins.
pub fn greet(app: &App, passwords: &[String]) -> anyhow::Result<()> {
    println!("Rollcall's demo is at {}\n", app.public_url);
    for ((name, email, role, everyone, ..), password) in CAST.iter().zip(passwords).take(3) {
        let may = if *role == Role::Agent && !everyone { ", sees two groups only" } else { "" };
        println!("    {name:<14} {email:<32} {password}   {}{may}", role.name());
    }
    println!("\nEverything is gone when it stops.");
    Ok(())
}

fn join(app: &App, (name, email, role, _, language, zone): &Part, password: &str) -> anyhow::Result<Person> {
    let given = [
        (Field::Name, *name),
        (Field::Email, *email),
        (Field::Organisation, "Northbank Support"),
        (Field::Language, *language),
        (Field::Timezone, *zone),
    ];
    let fields = Fields::default().parse(|field| given.iter().find(|(f, _)| *f == field).map(|(_, value)| *value))?;
    let hash = NewPassword::rehash(password)?;
    let draft = Draft { fields, role: *role, status: Status::Active };
    Ok(app.write_here(&here(), |act| people::create(act, draft, Some(hash)))?)
}
