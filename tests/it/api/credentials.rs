//! Keys, whatever the API: what they open, and when they stop.
use crate::house::{Client, House, on_both};
use rollcall::actions::people::role::{self, Choice};
use rollcall::actions::{keys, people};
use rollcall::domain::key::Dialect;
use rollcall::domain::{Person, Rights, Role, Time};
use std::time::Duration;

fn opens(house: &House, secret: &str) -> u16 {
    house.stranger().with("x-freescout-api-key", secret).get("/api/users").status
}

fn make(house: &House, owner: &Person, expires_at: Option<Time>) -> (i64, String) {
    let (dialect, owner) = (Dialect::Freescout, format!("#{}", owner.id.0));
    let draft = keys::Draft { dialect, owner, name: "Sync".into(), read_only: false, expires_at, chat_app: None };
    let (key, secret) = house.act(|act| keys::create(act, draft)).unwrap();
    (key.id, secret)
}

#[test]
fn a_key_stops_at_once_when_it_is_revoked_expired_or_its_owner_is_out() {
    on_both(|house| {
        let (ada, eve) = (house.join("Ada", Role::Admin), house.join("Eve", Role::Admin));
        let until = house.app.now().plus(Duration::from_secs(3_600));
        let (_, lasting) = make(house, &ada, None);
        let (_, short) = make(house, &ada, Some(until));
        let (revoked, gone) = make(house, &ada, None);
        let (_, hers) = make(house, &eve, None);
        assert_eq!([&lasting, &short, &gone, &hers].map(|secret| opens(house, secret)), [200; 4]);
        house.act(|act| keys::destroy(act, revoked)).unwrap();
        house.act(|act| people::suspension::create(act, eve.id, "")).unwrap();
        house.wait(Duration::from_secs(3_600));
        assert_eq!([&lasting, &short, &gone, &hers].map(|secret| opens(house, secret)), [200, 401, 401, 403]);
        house.act(|act| people::suspension::destroy(act, eve.id)).unwrap();
        assert_eq!(opens(house, &hers), 200);
        let almost = format!("{}{}", &lasting[..31], if lasting.ends_with('0') { '1' } else { '0' });
        assert_eq!(opens(house, &almost), 401);
    });
}

#[test]
fn secrets_are_kept_nowhere_and_uses_are_counted() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        let (_, secret) = make(house, &ada, None);
        (0..3).for_each(|_| assert_eq!(opens(house, &secret), 200));
        assert_eq!(opens(house, &"0".repeat(32)), 401);
        let before = house.entries();
        actix_web::rt::System::new().block_on(rollcall::jobs::tally::once(&house.app)).unwrap();
        assert_eq!(house.entries(), before);
        let key = house.act(|act| rollcall::store::keys::find(act.conn, 1)).unwrap();
        assert_eq!((key.uses.of_last_day(house.app.now()), key.last_used_at), (3, Some(house.app.now())));
        let rows = crate::undo::everything(house);
        assert!(rows.values().flatten().all(|row| !row.contains(&secret)), "no row holds the secret");
    });
}

#[test]
fn wrong_keys_are_throttled_and_right_ones_are_not() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        let (_, secret) = make(house, &ada, None);
        let guess = |n: usize| house.stranger().with("x-freescout-api-key", &format!("{n:032x}")).get("/api/users");
        let answers: Vec<u16> = (0..12).map(|n| guess(n).status).collect();
        assert_eq!((answers[..10].to_vec(), answers[10..].to_vec()), (vec![401; 10], vec![429; 2]));
        assert!(guess(13).headers.contains_key("retry-after"));
        assert_eq!(opens(house, &secret), 200);
    });
}

#[test]
fn an_owner_who_loses_a_right_takes_it_from_the_key() {
    on_both(|house| {
        let (_, eve) = (house.join("Ada", Role::Admin), house.join("Eve", Role::Admin));
        let olga = house.join("Olga", Role::Agent);
        let (_, secret) = make(house, &eve, None);
        let client: Client = house.stranger().with("x-freescout-api-key", &secret);
        let change = |title: &str| {
            let body = format!("{{\"jobTitle\":\"{title}\"}}");
            let path = format!("/api/users/{}", olga.id.0);
            client.send("PUT", &path, Some("application/json"), body.as_bytes()).status
        };
        assert_eq!(change("Lead"), 204);
        let choice = Choice { role: Role::Agent, rights: Rights::default(), custom_role: None, sure: true };
        house.act(|act| role::update(act, eve.id, choice)).unwrap();
        assert_eq!(change("Boss"), 403);
    });
}
