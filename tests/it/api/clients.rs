//! Published clients and testers of the APIs, as they are.
use crate::house::on_both;
use rollcall::domain::Role;
use rollcall::domain::key::Dialect;
use std::process::{Command, Output};

/// A program of the virtual environment that `tests/run` makes.
pub fn tool(name: &str) -> Command {
    let python =
        std::env::var("TEST_CLIENTS_PYTHON").expect("TEST_CLIENTS_PYTHON is unset: run the tests with tests/run");
    let mut command = Command::new(std::path::Path::new(&python).with_file_name(name));
    command.env("NO_PROXY", "*");
    command
}

pub fn said(told: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    (text(&told.stdout), text(&told.stderr))
}

#[test]
fn the_published_client_of_freescout_works_unchanged() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        house.group("Billing");
        let (_, secret) = house.key(Dialect::Freescout, &ada, false);
        let told = tool("python").args(["tests/clients/use_freescout.py", &house.url, &secret]).output().unwrap();
        let (answer, complaint) = said(&told);
        assert_eq!((answer.as_str(), told.status.success()), ("done", true), "{complaint}");
        assert_eq!(house.act(|act| rollcall::store::trash::count(act.conn, None, act.now)).unwrap(), 1);
    });
}

#[test]
fn the_published_tester_of_scim_finds_every_check_a_success() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        let (_, secret) = house.key(Dialect::Scim, &ada, false);
        let url = format!("{}/scim/v2", house.url);
        let header = format!("Authorization: Bearer {secret}");
        let told = tool("scim2").args(["--url", &url, "--header", &header, "test"]).output().unwrap();
        let (answer, complaint) = said(&told);
        let results = answer.lines().filter(|line| line.starts_with("SUCCESS")).count();
        assert!(told.status.success() && results > 100, "{results}\n{answer}\n{complaint}");
    });
}
