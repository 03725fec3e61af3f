//! The program dies at any moment of a job; another goes on with it, and nothing is done twice.
use crate::house::{Client, House, on_both};
use crate::killed::serve;
use crate::panel::imports::{begin, figures, rows, run, work};
use crate::undo::healthy;
use fastrand::Rng;
use rollcall::domain::Role;
use rollcall::store;
use std::time::Duration;

const KILLED: usize = 5;

/// Programs that work on what waits and are killed, one after another; then the work is brought to its end.
fn kill_some(house: &House, rng: &mut Rng) {
    for _ in 0..KILLED {
        let (mut child, _) = serve(house);
        std::thread::sleep(Duration::from_millis(rng.u64(20..400)));
        child.kill().unwrap();
        child.wait().unwrap();
        // PostgreSQL notices that its client is gone a little later.
        std::thread::sleep(Duration::from_millis(200));
        healthy(house);
        // Whoever held it is gone; nobody waits for that here.
        house.sql("UPDATE jobs SET locked_until = 0");
    }
    work(house);
}

fn count(house: &House, table: &str, condition: &str) -> i64 {
    house.act(|act| store::rows::count(act.conn, table, condition)).unwrap()
}

/// Everybody is tagged, as the list's form asks for it: where the job is shown.
fn tag_all(client: &Client) -> String {
    let form = [("all", "1"), ("filter", "role=end_user"), ("deed", "tag"), ("tags", "x")];
    let page = client.get(client.post("/batches", &form).location());
    let (count, once) = (page.value("count"), page.value("once"));
    let form = [form.as_slice(), &[("count", count.as_str()), ("once", &once)]].concat();
    client.post("/batches", &form).location().to_owned()
}

#[test]
fn trials_imports_bulk_changes_and_their_undoing_go_on_after_kills() {
    on_both(|house| {
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        for name in ["Cleo", "Dora"] {
            house.join(name, Role::EndUser);
        }
        let mut rng = Rng::with_seed(11);
        let before = house.entries();
        let path = begin(&ada, rows().as_bytes());
        kill_some(house, &mut rng);
        assert_eq!(figures(&ada.get(&path)), [2_300, 1, 1, 1, 3]);
        assert_eq!(house.entries() - before, 2, "a trial writes nothing");
        run(&ada, &path);
        kill_some(house, &mut rng);
        assert_eq!(figures(&ada.get(&path)), [2_300, 1, 1, 1, 3]);
        assert_eq!(count(house, "audit_entries", "kind = 'person.created'"), 2_303);
        assert_eq!((count(house, "import_rows", "1 = 1"), count(house, "people", "role = 0")), (2_306, 2_302));
        let job = tag_all(&ada);
        let before = house.entries();
        kill_some(house, &mut rng);
        let done = ada.get(&job);
        assert!(done.text().contains("Done 2,302 / 2,302 Changed 2,302 Left alone 0"), "{}", done.text());
        assert_eq!((house.entries() - before, count(house, "people_tags", "1 = 1")), (2_302, 2_302));
        ada.post("/batches/1?_method=delete", &[]);
        let before = house.entries();
        kill_some(house, &mut rng);
        assert_eq!((house.entries() - before, count(house, "people_tags", "1 = 1")), (2_302, 0));
        healthy(house);
    });
}
