//! What is asked again in the same words is told again, until anything was written.
use crate::api::kf5;
use crate::house::on_both;
use rollcall::domain::Role;
use std::time::Duration;

#[test]
fn a_list_is_told_again_until_anybody_writes_anything() {
    on_both(|house| {
        let admin = house.sign_in(&house.join("Ada", Role::Admin));
        let first = admin.get("/people");
        let made_since = |told: u64| house.app.answers.told_again() == told;
        let again = admin.get("/people");
        assert!(made_since(1) && again.body == first.body, "the same words, the same answer");
        let told = |reply: &crate::house::Reply| {
            let mut headers = reply.headers.clone();
            headers.remove("date");
            (reply.status, headers, reply.cookies.clone())
        };
        assert_eq!(told(&again), told(&first));
        house.join("Grace", Role::EndUser);
        let grace = admin.get("/people");
        assert!(made_since(1) && grace.body.contains("Grace") && !first.body.contains("Grace"));
        house.sql("UPDATE people SET name = 'Hopper' WHERE name = 'Grace'");
        let hopper = admin.get("/people");
        assert!(made_since(1) && hopper.body.contains("Hopper"), "another program wrote");
        admin.get("/people");
        assert!(made_since(2));
        house.wait(Duration::from_secs(10));
        admin.get("/people");
        assert!(made_since(2), "the hour tells on it");
        assert!(admin.part("/people").body.len() < hopper.body.len(), "a part is not the page");
    });
}

#[test]
fn nobody_is_told_what_another_was() {
    on_both(|house| {
        let (ada, looker) = (house.join("Ada", Role::Admin), house.join("Eve", Role::EndUser));
        let (admin, eve) = (house.sign_in(&ada), house.sign_in(&looker));
        let (list, person) = (admin.get("/people"), admin.get("/people/1"));
        assert_eq!((list.status, person.status), (200, 200));
        assert_eq!((eve.get("/people").status, eve.get("/people/1").status), (403, 404));
        assert_eq!(house.stranger().get("/people").status, 303);
        assert_eq!(house.app.answers.told_again(), 0);
        admin.get("/people/1");
        assert_eq!(house.app.answers.told_again(), 1);
        admin.post("/logout", &[]);
        assert_eq!(house.stranger().get("/people/1").status, 303);
    });
}

#[test]
fn a_session_that_was_ended_is_told_nothing_more() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        let (here, there) = (house.sign_in(&ada), house.sign_in(&ada));
        assert_eq!((there.get("/people").status, there.get("/people").status), (200, 200));
        here.post("/people/1/sessions?_method=delete", &[]);
        let ended = there.get("/people");
        assert_ne!(ended.status, 200, "{}", ended.text());
    });
}

#[test]
fn each_use_of_a_key_counts_until_it_is_revoked() {
    on_both(|house| {
        let (_, client) = kf5::ada(house);
        for _ in 0..3 {
            assert_eq!(client.get("/apiv2/users/1.json").status, 200);
        }
        assert_eq!(house.app.answers.told_again(), 2);
        actix_web::rt::System::new().block_on(rollcall::jobs::tally::once(&house.app)).unwrap();
        let key = house.act(|act| rollcall::store::keys::find(act.conn, 1)).unwrap();
        assert_eq!(key.uses.of_last_day(house.app.now()), 3);
        house.act(|act| rollcall::actions::keys::destroy(act, 1)).unwrap();
        assert_eq!(client.get("/apiv2/users/1.json").status, 401);
    });
}
