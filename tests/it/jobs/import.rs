//! Imports of real files give exactly the numbers that are told of them, and a dry run gives the same.
use crate::house::{Database, House, command_line, on_both};
use proptest::prelude::*;
use rollcall::actions::Caller;
use rollcall::actions::imports::Fault;
use rollcall::actions::imports::Source;
use rollcall::actions::sessions;
use rollcall::domain::{Catalogue, Field, Role, Status};
use rollcall::jobs::import::{self, Report};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

fn run(house: &House, path: &Path, dry_run: bool) -> Report {
    run_as(house, path, dry_run, &command_line())
}

fn run_as(house: &House, path: &Path, dry_run: bool, caller: &Caller) -> Report {
    import::run(&house.app, caller, &mut Source::open(path, &Catalogue::default()).unwrap(), dry_run).unwrap()
}

fn numbers(report: &Report) -> [u64; 5] {
    [report.created, report.updated, report.unchanged, report.duplicate, report.failed]
}

fn file(text: &str) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    file
}

#[test]
fn ten_thousand_real_rows_give_exactly_the_numbers_told_of_them() {
    on_both(|house| {
        let people = Path::new("tests/data/people.csv");
        assert_eq!(Source::open(people, &Catalogue::default()).unwrap().unknown, ["Faxnummer"]);
        let rehearsed = run(house, people, true);
        assert_eq!((numbers(&rehearsed), house.entries()), ([9_629, 0, 0, 210, 161], 0));
        let report = run(house, people, false);
        assert_eq!(report, rehearsed);
        assert_eq!(house.entries(), 9_629);
        let mut columns: BTreeMap<Option<&str>, u64> = BTreeMap::new();
        report.errors.iter().for_each(|(_, fault)| *columns.entry(fault.column.as_deref()).or_default() += 1);
        let told = [
            (None, 12),
            (Some("created_at"), 15),
            (Some("email"), 85),
            (Some("name"), 3),
            (Some("phone"), 18),
            (Some("role"), 10),
            (Some("status"), 8),
            (Some("uid"), 10),
        ];
        assert_eq!(columns, BTreeMap::from(told));
        let again = run(house, people, false);
        assert_eq!((numbers(&again), house.entries()), ([0, 0, 9_629, 210, 161], 9_629));
    });
}

/// Of another program, as the server is to an import at the command line: that has a writer of its own.
#[test]
fn a_file_waits_for_its_turn_among_those_who_write() {
    let house = House::open(Database::Sqlite);
    let other = rollcall::store::Db::open(&house.database_url).unwrap();
    let (tell, told) = std::sync::mpsc::channel();
    let writes = std::thread::spawn(move || {
        other.write(|_| {
            tell.send(()).unwrap();
            std::thread::sleep(std::time::Duration::from_secs(6));
            Ok(())
        })
    });
    told.recv().unwrap();
    let report = run(&house, file("name,email\nAnn,ann@example.org\n").path(), false);
    assert_eq!(numbers(&report), [1, 0, 0, 0, 0]);
    writes.join().unwrap().unwrap();
}

#[test]
fn other_encodings_separators_and_languages_are_understood() {
    on_both(|house| {
        let report = run(house, Path::new("tests/data/people-gb18030.csv"), false);
        assert_eq!(numbers(&report), [500, 0, 0, 0, 0], "{:?}", report.errors);
        let report = run(house, Path::new("tests/data/people-utf16.tsv"), false);
        assert_eq!(numbers(&report), [200, 0, 0, 0, 0], "{:?}", report.errors);
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        assert!(ada.get("/people?status=suspended").text().contains("Suspended"));
        assert_eq!(numbers(&run(house, Path::new("tests/data/people-gb18030.csv"), false)), [0, 0, 500, 0, 0]);
    });
}

#[test]
fn a_row_changes_what_it_says_and_leaves_the_rest() {
    on_both(|house| {
        let given =
            [(Field::Name, "Cleo"), (Field::Email, "cleo@example.org"), (Field::Notes, "kept"), (Field::Tags, "vip")];
        let cleo = house.join_with(&given, Role::EndUser, Status::Active);
        let session = house.sign_in(&cleo);
        let before = house.entries();
        let table = file("e-mail;title;status;tags\nCLEO@example.org;Buyer;suspended;\n");
        assert_eq!(numbers(&run(house, table.path(), false)), [0, 1, 0, 0, 0]);
        let now = house.person(cleo.id.0);
        assert_eq!((now.fields.title.as_str(), now.fields.notes.as_str(), now.fields.tags.len()), ("Buyer", "kept", 1));
        assert_eq!((now.status, house.entries() - before), (Status::Suspended, 1));
        assert!(session.get("/").location().starts_with("/login"));
        house.act(|act| rollcall::actions::people::suspension::destroy(act, cleo.id)).unwrap();
        assert!(session.get("/").location().starts_with("/login"), "what a file ended stays ended");
    });
}

#[test]
fn an_agent_imports_end_users_and_nothing_more() {
    on_both(|house| {
        house.join("Ada", Role::Admin);
        house.join("Ben", Role::Agent);
        let as_ben = |act: &mut rollcall::actions::Act| sessions::acting_as(act, "ben@example.org");
        let ben = Caller { actor: house.act(as_ben).unwrap(), ..command_line() };
        let table = file(
            "email,role,title\nnew@example.org,,Buyer\nboss@example.org,admin,\nada@example.org,,Fired\nben@example.org,admin,\n",
        );
        let report = run_as(house, table.path(), false, &ben);
        assert_eq!(numbers(&report), [1, 0, 0, 0, 3]);
        let faults: Vec<_> =
            report.errors.iter().map(|(row, fault)| (*row, fault.column.as_deref(), fault.key)).collect();
        assert_eq!(
            faults,
            [(3, Some("role"), "forbidden.role"), (4, None, "forbidden.role"), (5, Some("role"), "forbidden.role")]
        );
    });
}

#[test]
fn a_file_takes_no_power_from_an_administrator() {
    on_both(|house| {
        house.join("Ada", Role::Admin);
        let table = file("email,role,status\nada@example.org,end_user,\nada@example.org,,suspended\n");
        let report = run(house, table.path(), false);
        assert_eq!(
            report.errors,
            [
                (2, Fault { column: Some("role".into()), key: "forbidden.role" }),
                (3, Fault { column: Some("status".into()), key: "forbidden.role" })
            ]
        );
    });
}

#[test]
fn a_file_that_is_none_is_refused() {
    let refused = |text: &[u8]| {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(text).unwrap();
        format!("{:#}", Source::open(file.path(), &Catalogue::default()).err().unwrap())
    };
    assert!(refused(b"shoe,size\n1,2\n").contains("names no known column"));
    assert!(refused(b"").contains("names no known column"));
    assert!(refused(b"email\n\xff\xff\xff\n").contains("neither UTF-8"));
}

#[test]
fn a_quote_that_is_never_closed_does_not_swallow_the_file() {
    let house = House::open(Database::Sqlite);
    let table = file(&format!("email\n\"{}", "x@example.org\n".repeat(800_000)));
    let mut source = Source::open(table.path(), &Catalogue::default()).unwrap();
    let refused = import::run(&house.app, &command_line(), &mut source, true).unwrap_err();
    assert!(format!("{refused:#}").contains("never closed"), "{refused:#}");
}

/// Rows that meet each other: few uids, addresses, numbers and names, in all combinations.
fn rows() -> impl Strategy<Value = String> {
    let uid = prop_oneof![3 => Just(""), 1 => Just("6a0f0000-0000-4000-8000-000000000001"), 1 => Just("6a0f0000-0000-4000-8000-000000000002")];
    let email = prop_oneof![2 => Just(""), 1 => Just("a@x.example"), 1 => Just("A@X.example"), 1 => Just("b@x.example"), 1 => Just("c@x.example")];
    let phone = prop_oneof![2 => Just(""), 1 => Just("+8613800000001"), 1 => Just("+86 138 0000 0002")];
    let username = prop_oneof![2 => Just(""), 1 => Just("u1"), 1 => Just("U2")];
    let title = prop_oneof![Just(""), Just("Buyer"), Just("Lead")];
    let row = (uid, email, phone, username, title)
        .prop_map(|(uid, email, phone, username, title)| format!("{uid},{email},{phone},{username},{title}"));
    proptest::collection::vec(row, 1..14)
        .prop_map(|rows| format!("uid,email,phone,username,title\n{}\n", rows.join("\n")))
}

#[test]
fn the_numbers_of_a_dry_run_are_the_numbers_of_the_run() {
    let houses = [House::open(Database::Sqlite), House::open(Database::Postgres)];
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 120,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    runner
        .run(&rows(), |text| {
            let table = file(&text);
            let mut reports = vec![];
            for house in &houses {
                let rehearsed = run(house, table.path(), true);
                let before = house.entries();
                let report = run(house, table.path(), false);
                prop_assert_eq!(&rehearsed, &report);
                prop_assert_eq!(house.entries() - before, (report.created + report.updated) as i64);
                reports.push(report);
            }
            prop_assert_eq!(&reports[0], &reports[1]);
            Ok(())
        })
        .unwrap();
}

#[test]
fn the_last_sign_in_only_moves_forward_and_is_told() {
    on_both(|house| {
        let cleo = house.join("Cleo", Role::EndUser);
        let import = |seen: &str| {
            let table = file(&format!("email,last_login_at\ncleo@example.org,{seen}\n"));
            numbers(&run(house, table.path(), false))
        };
        assert_eq!(import("1970-01-01"), [0, 0, 1, 0, 0], "the epoch says never");
        assert_eq!(import("2026-11-01 08:00:00"), [0, 1, 0, 0, 0]);
        assert_eq!(import("2026-10-01 08:00:00"), [0, 0, 1, 0, 0]);
        assert_eq!(house.person(cleo.id.0).last_login_at.unwrap().to_string(), "2026-11-01T08:00:00Z");
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        assert!(
            ada.get(&format!("/people/{}/activity", cleo.id.0))
                .text()
                .contains("Last seen now 1 Nov 2026, 08:00:00 +00:00")
        );
    });
}
