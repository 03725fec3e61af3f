//! The command line as scripts use it.
use crate::house::{Database, fresh_database};
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

struct Shell {
    folder: tempfile::TempDir,
    url: String,
    _database: tempfile::TempDir,
}

fn on_both(story: impl Fn(&Shell)) {
    for database in [Database::Sqlite, Database::Postgres] {
        eprintln!("on {database:?}");
        let (url, kept) = fresh_database(database);
        story(&Shell { folder: tempfile::tempdir().unwrap(), url, _database: kept });
    }
}

impl Shell {
    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rollcall"));
        command
            .args(args)
            .current_dir(self.folder.path())
            .env("ROLLCALL_DATABASE_URL", &self.url)
            .env("ROLLCALL_DATA_DIR", "data");
        command
            .env("ROLLCALL_LISTEN", "127.0.0.1:0")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    fn run(&self, args: &[&str]) -> (i32, String, String) {
        self.run_with(args, "")
    }

    fn run_with(&self, args: &[&str], input: &str) -> (i32, String, String) {
        let mut child = self.command(args).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
        (status.code().unwrap(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
    }
}

#[test]
fn a_person_is_made_by_a_script() {
    on_both(|shell| {
        let args = [
            "person",
            "create",
            "--role",
            "admin",
            "--email",
            "ada@example.org",
            "--name",
            "Ada",
            "--phone",
            "+8613800000001",
            "--username",
            "ada",
            "--password-stdin",
            "--json",
        ];
        let (code, out, err) = shell.run_with(&args, "seven green umbrellas sing\n");
        assert_eq!(code, 0, "{err}");
        let made: serde_json::Value = serde_json::from_str(&out).unwrap();
        assert_eq!((made["id"].as_i64(), made["uid"].as_str().unwrap().len()), (Some(1), 36));
        assert_eq!(made.as_object().unwrap().len(), 2);
        let (code, _, err) =
            shell.run(&["person", "create", "--role", "agent", "--email", "ADA@example.org", "--name", "Eve"]);
        assert_eq!((code, err.trim()), (1, "rollcall: email: Another person has this e-mail address."));
        let (code, _, err) = shell.run_with(
            &["person", "create", "--role", "agent", "--email", "b@example.org", "--name", "B", "--password-stdin"],
            "short\n",
        );
        assert_eq!((code, err.trim()), (1, "rollcall: password: Use at least 10 characters."));
        assert_eq!(shell.run(&["person", "create", "--role", "boss", "--email", "b@example.org", "--name", "B"]).0, 2);
        assert_eq!(shell.run(&["person", "create", "--role", "agent"]).0, 2);
    });
}

#[test]
fn an_import_reports_in_json() {
    on_both(|shell| {
        std::fs::write(shell.folder.path().join("people.csv"), "email,name,shoe\na@example.org,Ann,9\nnope,Bob,8\n")
            .unwrap();
        for dry_run in [true, false] {
            let args: Vec<&str> =
                ["import", "people.csv", "--json"].into_iter().chain(dry_run.then_some("--dry-run")).collect();
            let (code, out, err) = shell.run(&args);
            assert_eq!((code, err.trim()), (0, "The column \"shoe\" is not known and is ignored."));
            insta::allow_duplicates! {
                insta::assert_snapshot!(out.trim(), @r#"{"created":1,"updated":0,"unchanged":0,"duplicate":0,"failed":1,"errors":[{"row":3,"column":"email","error":"There is no @ in it. Write it like wang.fang@lanwan.example."}]}"#);
            }
        }
        assert_eq!(shell.run(&["import", "nowhere.csv"]).0, 1);
        assert_eq!(shell.run(&["import"]).0, 2);
        let (code, _, err) = shell.run(&["import", "people.csv", "--as", "nobody@example.org"]);
        assert_eq!((code, err.trim()), (1, "rollcall: as: Nobody who may sign in has this e-mail address."));
        let (code, _, err) = shell.run(&["import", "people.csv", "--as", "a@example.org"]);
        assert_eq!((code, err.contains("Your role does not allow this.")), (1, true), "{err}");
    });
}

#[test]
fn every_command_helps_and_misuse_is_two() {
    on_both(|shell| {
        for args in [
            &["--help"][..],
            &["serve", "--help"],
            &["person", "create", "--help"],
            &["import", "--help"],
            &["generate", "--help"],
            &["migrate", "--help"],
            &["version", "--help"],
        ] {
            let (code, out, _) = shell.run(args);
            assert!(code == 0 && out.contains("Usage:"), "{args:?}");
        }
        for args in [&["fly"][..], &["generate"], &["import", "a", "b"], &["serve", "--shout"]] {
            assert_eq!(shell.run(args).0, 2, "{args:?}");
        }
        assert_eq!(shell.run(&["version"]), (0, format!("rollcall {}\n", env!("CARGO_PKG_VERSION")), String::new()));
        assert_eq!(shell.run(&["migrate"]).0, 0);
        let (code, out, _) = shell.run(&["generate", "--people", "1500", "--seed", "3"]);
        assert_eq!((code, out.as_str()), (0, "Made 1500 people from seed 3.\n"));
        assert!(shell.run(&["generate", "--people", "1", "--seed", "3"]).2.contains("choose another --seed"));
    });
}

#[test]
fn a_bad_setting_refuses_to_start_and_says_why() {
    let shell = Shell {
        folder: tempfile::tempdir().unwrap(),
        url: "sqlite://house.db".into(),
        _database: tempfile::tempdir().unwrap(),
    };
    let start = |name: &str, value: &str| {
        let output = shell.command(&["migrate"]).env(name, value).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    for (name, value, why) in [
        ("ROLLCALL_LISTN", "x", "ROLLCALL_LISTN is no setting"),
        ("ROLLCALL_LISTEN", "here", "like 127.0.0.1:8080"),
        ("ROLLCALL_DATABASE_URL", "prod_db", "must begin with sqlite:// or postgres://"),
        ("ROLLCALL_PUBLIC_URL", "nonsense", "like https://people.example.org"),
    ] {
        let (code, err) = start(name, value);
        assert!(code == Some(1) && err.contains(why), "{name}: {err}");
    }
    let toml = shell.folder.path().join("rollcall.toml");
    std::fs::write(&toml, "ROLLCALL_LISTEN = \"127.0.0.1:1\"\nROLLCALL_COLOUR = \"blue\"\n").unwrap();
    let (code, err) = start("ROLLCALL_LISTEN", "127.0.0.1:0");
    assert!(code == Some(1) && err.contains("ROLLCALL_COLOUR is no setting"), "{err}");
    std::fs::write(&toml, "ROLLCALL_PUBLIC_URL = \"https://people.example.org\"\n").unwrap();
    assert_eq!(start("ROLLCALL_LISTEN", "127.0.0.1:0").0, Some(0));
}

/// A server started by the binary, with what it printed first.
struct Served(Child, String);

fn serve(shell: &Shell, args: &[&str], until: &str) -> Served {
    let mut child = shell.command(args).spawn().unwrap();
    let (mut said, mut lines) = (String::new(), BufReader::new(child.stdout.take().unwrap()).lines());
    while !said.contains(until) {
        said.push_str(&lines.next().expect("it says so before it ends").unwrap());
        said.push('\n');
    }
    std::thread::spawn(move || lines.for_each(drop));
    Served(child, said)
}

impl Served {
    fn end(mut self, signal: &str) -> i32 {
        let sent = Command::new("kill").args([signal, &self.0.id().to_string()]).status().unwrap();
        assert!(sent.success());
        let started = Instant::now();
        while started.elapsed() < Duration::from_secs(30) {
            if let Some(status) = self.0.try_wait().unwrap() {
                return status.code().expect("it ends by itself, not by the signal");
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        self.0.kill().unwrap();
        panic!("{signal} did not end it");
    }
}

#[test]
fn it_prints_the_way_in_and_stops_gently() {
    on_both(|shell| {
        let served = serve(shell, &[], "/setup?code=");
        assert!(served.1.starts_with("Rollcall is at http://127.0.0.1:"), "{}", served.1);
        assert_eq!(served.end("-TERM"), 0);
        let admin =
            ["person", "create", "--role", "admin", "--email", "a@example.org", "--name", "A", "--password-stdin"];
        assert_eq!(shell.run_with(&admin, "seven green umbrellas sing\n").0, 0);
        let served = serve(shell, &["serve"], "Rollcall is at");
        assert!(!served.1.contains("/setup"), "{}", served.1);
        assert_eq!(served.end("-INT"), 0);
    });
}

#[test]
fn the_demo_has_a_cast_and_leaves_nothing() {
    let shell = Shell {
        folder: tempfile::tempdir().unwrap(),
        url: "sqlite://house.db".into(),
        _database: tempfile::tempdir().unwrap(),
    };
    let served = serve(&shell, &["serve", "--demo"], "Everything is gone");
    assert_eq!(served.1.matches("@northbank.example").count(), 3, "{}", served.1);
    assert_eq!(served.1.matches("demo-").count(), 3, "{}", served.1);
    assert_eq!(served.end("-TERM"), 0);
    assert_eq!(std::fs::read_dir(shell.folder.path()).unwrap().count(), 0);
}

#[test]
fn a_script_fills_custom_fields_and_learns_which_there_are_not() {
    use rollcall::domain::custom::FieldKind;
    for database in [Database::Sqlite, Database::Postgres] {
        let house = crate::house::House::open(database);
        house.field("plan", FieldKind::Choice, |field| {
            (field.choices, field.required) = (vec!["Gold".into()], true);
        });
        let folder = tempfile::tempdir().unwrap();
        let shell = Shell { folder, url: house.database_url.clone(), _database: tempfile::tempdir().unwrap() };
        let create = |more: &[&str]| {
            let base = ["person", "create", "--role", "end_user", "--email", "cleo@example.org", "--name", "Cleo"];
            shell.run(&[&base, more].concat())
        };
        let (code, _, err) = create(&[]);
        assert_eq!((code, err.trim()), (1, "rollcall: field.plan: This field is required."));
        let (code, _, err) = create(&["--field", "plan=Lead"]);
        assert_eq!((code, err.trim()), (1, "rollcall: field.plan: This is none of the choices."));
        let (code, _, err) = create(&["--field", "city=Rome"]);
        assert!(code == 1 && err.contains("names no field of theirs"), "{err}");
        assert_eq!(create(&["--field", "plan=gold"]).0, 0);
        assert_eq!(house.person(1).fields.get_custom("plan"), "Gold");
    }
}

#[test]
fn the_history_is_proven_by_a_command() {
    on_both(|shell| {
        let create = |email: &str| {
            let base = ["person", "create", "--role", "end_user", "--name", "Cleo", "--email", email];
            assert_eq!(shell.run(&base).0, 0);
        };
        create("one@example.org");
        create("two@example.org");
        let (code, checkpoint, _) = shell.run(&["audit", "checkpoint"]);
        assert_eq!(code, 0);
        let file = shell.folder.path().join("checkpoint.json");
        std::fs::write(&file, checkpoint).unwrap();
        let verify = || shell.run(&["audit", "verify", "--checkpoint", file.to_str().unwrap()]);
        let (code, said, _) = verify();
        let proven = "All 2 entries stand as they were written, under 1 seals; 0 are not sealed yet.";
        assert_eq!((code, said.trim()), (0, proven));
        crate::house::sql(&shell.url, "UPDATE audit_entries SET door = 'panel' WHERE id = 2");
        let (code, said, err) = verify();
        assert_eq!((code, said.trim()), (1, "entry 2: edited, or not written by this house"));
        assert!(err.contains("not as it was written"), "{err}");
        let (code, _, err) = shell.run(&["audit", "receipt", file.to_str().unwrap()]);
        assert!(code == 1 && err.contains("is not what was asked for"), "{err}");
        std::fs::remove_file(shell.folder.path().join("data/master.key")).unwrap();
        let (code, _, err) = shell.run(&["audit", "verify"]);
        assert!(code == 1 && err.contains("not the master key that the house began with"), "{err}");
    });
}

#[test]
fn a_key_is_made_listed_and_revoked_by_commands() {
    on_both(|shell| {
        let ada = ["person", "create", "--role", "admin", "--email", "ada@example.org", "--name", "Ada"];
        assert_eq!(shell.run(&ada).0, 0);
        let make = ["key", "create", "--dialect", "freescout", "--as", "ada@example.org", "--json"];
        let (code, said, _) = shell.run(&[&make[..], &["--name", "Sync", "--expires", "2099-01-01"]].concat());
        let told: serde_json::Value = serde_json::from_str(&said).unwrap();
        let secret = told["key"].as_str().unwrap();
        assert_eq!((code, &told["dialect"], &told["id"], secret.len()), (0, &"freescout".into(), &1.into(), 32));
        assert_eq!(shell.run(&["key", "create", "--dialect", "datarc", "--as", "ada@example.org", "--read-only"]).0, 0);
        let (code, list, _) = shell.run(&["key", "list"]);
        assert!(code == 0 && !list.contains(secret) && list.contains(&secret[..8]), "{list}");
        let lines: Vec<&str> = list.lines().collect();
        assert!(lines[0].contains("datarc") && lines[0].contains("reads only"), "{list}");
        assert!(lines[1].contains("\"Sync\"") && lines[1].contains("expires 2099-01-01T00:00:00Z"), "{list}");
        let (_, list, _) = shell.run(&["key", "list", "--json"]);
        let first: serde_json::Value = serde_json::from_str(list.lines().next().unwrap()).unwrap();
        assert_eq!(
            (&first["read_only"], &first["owner"], &first["last_used"]),
            (&true.into(), &"Ada".into(), &().into())
        );
        assert_eq!(shell.run(&["key", "revoke", "1"]).1, "Key 1 is revoked.\n");
        assert_eq!(shell.run(&["key", "revoke", "1"]).0, 1, "a second time");
        let wrong = |more: &[&str]| shell.run(&[&make[..], more].concat());
        assert!(wrong(&["--expires", "soon"]).2.contains("This is no date."));
        let nobody = ["key", "create", "--dialect", "datarc", "--as", "nobody@example.org"];
        assert!(shell.run(&nobody).2.contains("nobody like this"));
        assert_eq!(shell.run(&["key", "create", "--dialect", "cobol", "--as", "ada@example.org"]).0, 2);
    });
}
