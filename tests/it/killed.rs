//! The program dies at any moment of a deletion, a merge or a restore, and leaves all of it or nothing.
use crate::house::{Client, House, PASSWORD, on_both};
use crate::undo::{differences, everything, healthy};
use fastrand::Rng;
use rollcall::actions::belongings::{self, Drawn};
use rollcall::domain::ticket::{Comment, Priority, TicketStatus};
use rollcall::domain::{PersonId, Role, Scope, Ticket, Turn};
use rollcall::store;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const BELONGINGS: usize = 1_500;
const KILLS: usize = 25;

/// The program serving this house's database, and its address.
pub fn serve(house: &House) -> (Child, String) {
    let folder = tempfile::tempdir().unwrap();
    // Where speed matters, that of another profile.
    let program = std::env::var("TEST_BINARY").unwrap_or_else(|_| env!("CARGO_BIN_EXE_rollcall").to_owned());
    let mut child = Command::new(program)
        .current_dir(folder.path())
        .env("ROLLCALL_DATABASE_URL", &house.database_url)
        .env("ROLLCALL_LISTEN", "127.0.0.1:0")
        .env("ROLLCALL_DATA_DIR", &house.app.folder)
        .env("ROLLCALL_MASTER_KEY", "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let url = line.trim().strip_prefix("Rollcall is at ").expect(&line).trim_end_matches('/').to_owned();
    (child, url)
}

/// An agent with open tickets, a customer who asked them all, and another who is the same.
fn furnish(house: &House) -> [PersonId; 3] {
    let (ben, cleo) = (house.join("Ben", Role::Agent), house.join("Cleo", Role::EndUser));
    let dora = house.join("Dora", Role::EndUser);
    let ticket = |n: usize| {
        let said = |author: PersonId| Comment {
            id: 0,
            author: Some(author),
            author_label: String::new(),
            is_public: true,
            body: format!("Comment {n}"),
            created_at: cleo.created_at,
        };
        let ticket = Ticket {
            id: 0,
            subject: format!("Question {n}"),
            status: TicketStatus::ALL[n % 2],
            priority: Priority::Normal,
            requester: Some(cleo.id),
            assignee: Some(ben.id),
            assignee_label: String::new(),
            group: None,
            organisation: None,
            created_at: cleo.created_at,
            updated_at: cleo.created_at,
            version: 1,
        };
        (ticket, vec![said(ben.id), said(cleo.id)], vec![])
    };
    let drawn = Drawn {
        tickets: (0..BELONGINGS).map(ticket).collect(),
        messages: vec![(ben.id, cleo.id, (0..BELONGINGS).map(|n| format!("Message {n}")).collect())],
        ..Drawn::default()
    };
    house.act(|act| belongings::generate(act, &drawn)).unwrap();
    [ben.id, cleo.id, dora.id]
}

/// What to send so that somebody who is there goes, into somebody else if one is named, or somebody who is gone
/// comes back.
fn request(
    client: &Client,
    person: PersonId,
    into: Option<PersonId>,
    entry: Option<i64>,
) -> (String, Vec<(&'static str, String)>) {
    if let Some(entry) = entry {
        return (format!("/trash/{entry}/restoration"), vec![]);
    }
    if let Some(into) = into {
        let path = format!("/people/{}/merge", person.0);
        let seen = client.get(&format!("{path}?into=%23{}", into.0)).value("seen");
        return (path, vec![("seen", seen), ("into", into.0.to_string())]);
    }
    let path = format!("/people/{}/deletion", person.0);
    let page = client.get(&path);
    let word = page.text().split("Type ").nth(1).unwrap().split(' ').next().unwrap().to_owned();
    (path, vec![("seen", page.value("seen")), ("typed", word), ("requested", "deleted".into())])
}

#[test]
fn a_job_goes_on_after_kills_and_does_nothing_twice() {
    const PEOPLE: usize = 60;
    const KILLED: usize = 4;
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        let ids: Vec<String> =
            (0..PEOPLE).map(|n| house.join(&format!("Cleo {n}"), Role::EndUser).id.0.to_string()).collect();
        let window = house.sign_in(&ada);
        let query: Vec<String> = ids.iter().map(|id| format!("id={id}")).collect();
        let seen = window.get(&format!("/people/deletion?{}", query.join("&"))).value("seen");
        let typed = PEOPLE.to_string();
        let mut form: Vec<(&str, &str)> = ids.iter().map(|id| ("id", id.as_str())).collect();
        form.extend([("seen", seen.as_str()), ("typed", &typed)]);
        assert_eq!(window.post("/people/deletion", &form).location(), "/jobs/1");
        let mut rng = Rng::with_seed(8);
        for _ in 0..KILLED {
            let (mut child, _) = serve(house);
            std::thread::sleep(Duration::from_millis(rng.u64(50..250)));
            child.kill().unwrap();
            child.wait().unwrap();
            healthy(house);
            // Whoever held it is gone; nobody waits for that here.
            house.sql("UPDATE jobs SET locked_until = 0");
        }
        while actix_web::rt::System::new().block_on(rollcall::jobs::worker::once(&house.app)).unwrap() {}
        let page = window.get("/jobs/1").text();
        assert!(page.contains(&format!("Deleted {PEOPLE}")), "{page}");
        let count = |table: &str, condition: &str| {
            house.act(|act| store::rows::count(act.conn, table, condition)).unwrap() as usize
        };
        assert_eq!(count("audit_entries", "kind = 'person.deleted'"), PEOPLE);
        assert_eq!((count("trash", "1 = 1"), count("people", "role = 0")), (PEOPLE, 0));
        healthy(house);
    });
}

#[test]
fn a_kill_at_any_moment_leaves_all_or_nothing() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        let [ben, cleo, dora] = furnish(house);
        let deeds = [(ben, None), (cleo, None), (cleo, Some(dora))];
        let (mut child, url) = serve(house);
        let window = house.stranger().at(&url);
        let email = ada.fields.email.as_ref().unwrap().as_str();
        assert_eq!(window.post("/login", &[("login", email), ("password", PASSWORD)]).status, 303);
        child.kill().unwrap();
        child.wait().unwrap();
        let whole = everything(house);
        let mut rng = Rng::with_seed(7);
        let mut gone: Option<(PersonId, i64)> = None;
        for round in 0..KILLS {
            let (mut child, url) = serve(house);
            let client = window.at(&url);
            let (next, into) = deeds[round % 3];
            let person = gone.map_or(next, |(person, _)| person);
            let (path, form) = request(&client, person, into, gone.map(|(_, entry)| entry));
            let sent = std::thread::spawn(move || {
                let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
                client.try_post(&path, &form)
            });
            std::thread::sleep(Duration::from_millis(rng.u64(0..500)));
            child.kill().unwrap();
            child.wait().unwrap();
            sent.join().unwrap();
            // PostgreSQL notices that its client is gone a little later.
            std::thread::sleep(Duration::from_millis(200));
            let trash = house.act(|act| store::trash::list(act.conn, None, act.now, &Turn::First, 9)).unwrap();
            let there = house.act(|act| store::people::find_many(act.conn, Scope::Everyone, &[person])).unwrap();
            assert_eq!(there.len() + trash.len(), 1, "in round {round} they are either here or in the trash");
            healthy(house);
            gone = trash.first().map(|entry| (person, entry.id));
            if gone.is_none() {
                assert_eq!(differences(&whole, &everything(house)), [""; 0], "round {round}");
            }
        }
    });
}
