//! Published clients of the APIs, as they are.
use crate::house::on_both;
use rollcall::domain::Role;
use rollcall::domain::key::Dialect;
use std::process::Command;

#[test]
fn the_published_client_of_freescout_works_unchanged() {
    let python =
        std::env::var("TEST_CLIENTS_PYTHON").expect("TEST_CLIENTS_PYTHON is unset: run the tests with tests/run");
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        house.group("Billing");
        let (_, secret) = house.key(Dialect::Freescout, &ada, false);
        let mut script = Command::new(&python);
        let told =
            script.args(["tests/clients/use_freescout.py", &house.url, &secret]).env("NO_PROXY", "*").output().unwrap();
        let (said, complaint) = (String::from_utf8_lossy(&told.stdout), String::from_utf8_lossy(&told.stderr));
        assert_eq!((said.trim(), told.status.success()), ("done", true), "{complaint}");
        assert_eq!(house.act(|act| rollcall::store::trash::count(act.conn, None, act.now)).unwrap(), 1);
    });
}
