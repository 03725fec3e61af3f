//! What is asked again in the same words is told again, until anything was written.
use crate::api::kf5;
use crate::house::{House, Reply, on_both};
use rollcall::domain::Role;
use std::time::Duration;

/// Asks until it is told again: PostgreSQL counts what is written in other databases of the same server, too.
fn again(house: &House, ask: impl Fn() -> Reply) -> Reply {
    for _ in 0..200 {
        let before = house.app.answers.told_again();
        let reply = ask();
        if house.app.answers.told_again() > before {
            return reply;
        }
    }
    panic!("it is made anew each time");
}

/// Asks once, and is not told again.
fn anew(house: &House, ask: impl Fn() -> Reply) -> Reply {
    let before = house.app.answers.told_again();
    let reply = ask();
    assert_eq!(house.app.answers.told_again(), before, "it is told again");
    reply
}

#[test]
fn a_list_is_told_again_until_anybody_writes_anything() {
    on_both(|house| {
        let admin = house.sign_in(&house.join("Ada", Role::Admin));
        let list = || admin.get("/people");
        let first = anew(house, list);
        let told = |reply: &Reply| {
            let mut headers = reply.headers.clone();
            headers.remove("date");
            (reply.status, headers, reply.cookies.clone(), reply.body.clone())
        };
        assert_eq!(told(&again(house, list)), told(&first));
        house.join("Grace", Role::EndUser);
        assert!(anew(house, list).body.contains("Grace") && !first.body.contains("Grace"));
        again(house, list);
        house.sql("UPDATE people SET name = 'Hopper' WHERE name = 'Grace'");
        let hopper = anew(house, list);
        assert!(hopper.body.contains("Hopper"), "another program wrote");
        again(house, list);
        house.wait(Duration::from_secs(10));
        // The hour tells on it.
        anew(house, list);
        assert!(anew(house, || admin.part("/people")).body.len() < hopper.body.len(), "a part is not the page");
    });
}

#[test]
fn nobody_is_told_what_another_was() {
    on_both(|house| {
        let (ada, eve) = (house.join("Ada", Role::Admin), house.join("Eve", Role::EndUser));
        let (admin, customer) = (house.sign_in(&ada), house.sign_in(&eve));
        let person = again(house, || admin.get("/people/1"));
        assert_eq!((person.status, again(house, || admin.get("/people")).status), (200, 200));
        assert_eq!(anew(house, || customer.get("/people")).status, 403);
        assert_eq!(anew(house, || customer.get("/people/1")).status, 404);
        assert_eq!(anew(house, || house.stranger().get("/people")).status, 303);
    });
}

#[test]
fn a_session_that_was_ended_is_told_nothing_more() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        let (here, there) = (house.sign_in(&ada), house.sign_in(&ada));
        assert_eq!(again(house, || there.get("/people")).status, 200);
        here.post("/people/1/sessions?_method=delete", &[]);
        let ended = anew(house, || there.get("/people"));
        assert_ne!(ended.status, 200, "{}", ended.text());
    });
}

#[test]
fn each_use_of_a_key_counts_until_it_is_revoked() {
    on_both(|house| {
        let (_, client) = kf5::ada(house);
        let asked = std::cell::Cell::new(0);
        let get = || {
            asked.set(asked.get() + 1);
            client.get("/apiv2/users/1.json")
        };
        assert_eq!((again(house, get).status, again(house, get).status), (200, 200));
        actix_web::rt::System::new().block_on(rollcall::jobs::tally::once(&house.app)).unwrap();
        let key = house.act(|act| rollcall::store::keys::find(act.conn, 1)).unwrap();
        assert_eq!(key.uses.of_last_day(house.app.now()), asked.get());
        again(house, get);
        house.act(|act| rollcall::actions::keys::destroy(act, 1)).unwrap();
        assert_eq!(anew(house, get).status, 401);
    });
}
