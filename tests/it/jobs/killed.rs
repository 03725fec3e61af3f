//! The program dies at any moment of a job; another goes on with it, and nothing is done twice.
use crate::house::{Client, House, command_line, on_both};
use crate::killed::serve;
use crate::panel::imports::{begin, figures, run, work};
use crate::undo::healthy;
use fastrand::Rng;
use rollcall::domain::{Field, Role};
use rollcall::jobs::generate;
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

/// Everybody leaves as a file, as the list's form asks for it: where the job is shown.
fn export_all(client: &Client) -> String {
    let page = client.get("/exports/new?filter=role%3Dend_user");
    let (count, once) = (page.value("count"), page.value("once"));
    let form = [("filter", "role=end_user"), ("count", count.as_str()), ("once", &once)];
    client.post("/exports", &form).location().to_owned()
}

/// More rows than one step takes; few of them new, for each costs time when it is taken back.
fn rows() -> String {
    let new = (0..500).map(|n| format!("Person {n},p{n}@fjord.example,end_user\n"));
    let again = (0..1_600).map(|n| format!("Again,P{}@fjord.example,\n", n % 500));
    let rest = ["Cleo Marsh,cleo@example.org,\n", "Dora,dora@example.org,end_user\n", "Nobody,not an address,\n"];
    let rest = rest.into_iter().map(str::to_owned);
    std::iter::once("Name,Email,Role\n".to_owned()).chain(new).chain(again).chain(rest).collect()
}

#[test]
fn trials_imports_and_their_reversal_go_on_after_kills() {
    on_both(|house| {
        house.wait_until_today();
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        let cleo = house.join("Cleo", Role::EndUser);
        house.join("Dora", Role::EndUser);
        let mut rng = Rng::with_seed(11);
        let before = house.entries();
        let path = begin(&ada, rows().as_bytes());
        kill_some(house, &mut rng);
        assert_eq!(figures(&ada.get(&path)), [500, 1, 1, 1_600, 1]);
        assert_eq!(house.entries() - before, 2, "a trial writes nothing");
        run(&ada, &path);
        kill_some(house, &mut rng);
        assert_eq!(figures(&ada.get(&path)), [500, 1, 1, 1_600, 1]);
        assert_eq!(count(house, "audit_entries", "kind = 'person.created'"), 503);
        assert_eq!((count(house, "import_rows", "1 = 1"), count(house, "people", "role = 0")), (2_103, 502));
        let version = ada.get(&format!("{path}/reversal")).value("version");
        let before = house.entries();
        assert_eq!(ada.post(&format!("{path}/reversal"), &[("version", &version)]).status, 303);
        kill_some(house, &mut rng);
        assert_eq!(house.entries() - before, 1 + 501, "one for the start and one for each who was written");
        assert_eq!((count(house, "people", "role = 0"), count(house, "trash", "1 = 1")), (2, 500));
        assert_eq!(house.person(cleo.id.0).fields.get(Field::Name), "Cleo");
        healthy(house);
    });
}

#[test]
fn bulk_changes_their_undoing_and_exports_go_on_after_kills() {
    on_both(|house| {
        house.wait_until_today();
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        generate::run(&house.app, &command_line(), 2_400, 7, |_| {}).unwrap();
        let customers = count(house, "people", "role = 0");
        let tags = count(house, "people_tags", "1 = 1");
        let mut rng = Rng::with_seed(12);
        let job = tag_all(&ada);
        let before = house.entries();
        kill_some(house, &mut rng);
        let done = ada.get(&job).text().replace(',', "");
        assert!(done.contains(&format!("Done {customers} / {customers} Changed {customers} Left alone 0")), "{done}");
        assert_eq!(house.entries() - before, customers);
        assert_eq!(count(house, "people_tags", "1 = 1"), tags + customers);
        ada.post("/batches/1?_method=delete", &[]);
        let before = house.entries();
        kill_some(house, &mut rng);
        assert_eq!((house.entries() - before, count(house, "people_tags", "1 = 1")), (customers, tags));
        let job = export_all(&ada);
        kill_some(house, &mut rng);
        let direct = ada.bytes("/people.csv?role=end_user").1;
        assert!(ada.bytes(&format!("{job}/people.csv")).1 == direct, "nobody is missing, nobody is there twice");
        healthy(house);
    });
}
