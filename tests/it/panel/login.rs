use crate::house::{Client, House, PASSWORD, on_both};
use rollcall::domain::time::days;
use rollcall::domain::{Field, Role, Status};
use std::time::Duration;

fn session(client: &Client) -> Option<String> {
    client.cookies.borrow().get("rollcall").cloned()
}

fn is_in(client: &Client) -> bool {
    !client.get("/").location().starts_with("/login")
}

#[test]
fn people_sign_in_by_email_username_or_phone() {
    on_both(|house| {
        let given =
            [(Field::Email, "Ada@Example.org"), (Field::Username, "Ada.L"), (Field::Phone, "+86 138 0000 3818")];
        house.join_with(&given, Role::Admin, Status::Active);
        for login in
            ["ada@example.ORG", " ada@example.org ", "ada.l", "ＡＤＡ.L", "+8613800003818", "0086 138-0000-3818"]
        {
            let ada = house.stranger();
            let reply = ada.post("/login", &[("login", login), ("password", PASSWORD), ("next", "/audit?door=panel")]);
            assert_eq!((reply.status, reply.location()), (303, "/audit?door=panel"), "{login}");
            assert!(is_in(&ada), "{login}");
        }
    });
}

#[test]
fn unknown_and_wrong_answer_the_same() {
    on_both(|house| {
        house.join("Ada", Role::Admin);
        house.join_with(&[(Field::Email, "nopassword@example.org")], Role::EndUser, Status::Active);
        let say = |login: &str, password: &str| {
            let reply = house.stranger().post("/login", &[("login", login), ("password", password)]);
            (reply.status, reply.body.replace(&format!("value=\"{login}\""), "value=\"\""))
        };
        let wrong = say("ada@example.org", "wrong");
        assert_eq!(wrong.0, 422);
        assert!(wrong.1.contains("These do not match"));
        assert_eq!(wrong, say("nobody@example.org", "wrong"));
        assert_eq!(wrong, say("nopassword@example.org", "wrong"));
        let (status, page) = say("", "wrong");
        assert!(status == 422 && page.contains("These do not match"));
        assert_eq!(house.entries(), 2, "a refused sign-in is no write");
    });
}

#[test]
fn guesses_are_throttled_even_when_they_come_at_once() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        let ben = house.join("Ben", Role::Agent);
        let statuses: Vec<u16> = std::thread::scope(|scope| {
            let guess = |n: usize| {
                house
                    .stranger()
                    .post("/login", &[("login", "ada@example.org"), ("password", &format!("guess {n}"))])
                    .status
            };
            let guesses: Vec<_> = (0..16).map(|n| scope.spawn(move || guess(n))).collect();
            guesses.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert_eq!(statuses.iter().filter(|status| **status == 422).count(), 10, "{statuses:?}");
        assert_eq!(statuses.iter().filter(|status| **status == 429).count(), 6, "{statuses:?}");
        let locked = house.stranger().post("/login", &[("login", "ada@example.org"), ("password", PASSWORD)]);
        assert_eq!(locked.status, 429);
        assert!(locked.text().contains("Wait 15 minutes"), "{}", locked.text());
        assert!(is_in(&house.sign_in(&ben)), "others can always sign in");
        house.wait(Duration::from_secs(15 * 60));
        assert!(is_in(&house.sign_in(&ada)));
    });
}

#[test]
fn an_address_that_tries_many_accounts_is_throttled() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        let from = |address: &str| house.stranger().with("x-forwarded-for", address);
        for n in 0..60 {
            let reply = from("203.0.113.7").post("/login", &[("login", &format!("nobody{n}")), ("password", "x")]);
            assert_eq!(reply.status, 422, "{n}");
        }
        let sign_in =
            |client: Client| client.post("/login", &[("login", "ada@example.org"), ("password", PASSWORD)]).status;
        assert_eq!(sign_in(from("203.0.113.7")), 429);
        assert_eq!(sign_in(from("203.0.113.8")), 303, "others can always sign in");
        assert!(is_in(&house.sign_in(&ada)));
    });
}

#[test]
fn the_key_changes_at_sign_in_and_the_old_one_is_dead() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        let client = house.sign_in(&ada);
        let first = client.again();
        client.post("/login", &[("login", "ada@example.org"), ("password", PASSWORD)]);
        assert_ne!(session(&client), session(&first));
        assert!(is_in(&client));
        assert!(!is_in(&first));
    });
}

#[test]
fn a_session_ends_idle_or_old_and_by_signing_out() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        let idle = house.sign_in(&ada);
        house.wait(days(2));
        assert!(!is_in(&idle), "unused for two days");
        let busy = house.sign_in(&ada);
        for _ in 0..13 {
            house.wait(days(1));
            assert!(is_in(&busy), "used every day");
        }
        house.wait(days(1));
        assert!(!is_in(&busy), "two weeks old");
        let leaving = house.sign_in(&ada);
        let copy = leaving.again();
        assert_eq!(leaving.post("/logout", &[]).location(), "/login?lang=en");
        assert!(!is_in(&copy), "the key is dead, not only the cookie gone");
    });
}

#[test]
fn suspended_and_locked_people_do_not_come_in() {
    on_both(|house| {
        for status in [Status::Suspended, Status::Locked] {
            house.join_as(status.name(), Role::EndUser, status);
            let email = format!("{}@example.org", status.name());
            let reply = house.stranger().post("/login", &[("login", &email), ("password", PASSWORD)]);
            assert_eq!(reply.status, 422);
            assert!(reply.text().contains("Ask an administrator"), "{}", reply.text());
            let wrong = house.stranger().post("/login", &[("login", &email), ("password", "wrong")]);
            assert!(wrong.text().contains("These do not match"), "who does not know the password learns nothing");
        }
    });
}

#[test]
fn a_new_role_brings_a_new_key() {
    on_both(|house| {
        let (ada, cleo) = (house.join("Ada", Role::Admin), house.join("Cleo", Role::EndUser));
        let client = house.sign_in(&cleo);
        let before = client.again();
        let reply =
            house.sign_in(&ada).post(&format!("/people/{}/role", cleo.id.0), &[("role", "agent"), ("tickets", "all")]);
        assert_eq!(reply.status, 303);
        assert_eq!(client.get("/people").status, 200, "the new rights hold at once");
        assert_ne!(session(&client), session(&before));
        assert!(!is_in(&before));
    });
}

#[test]
fn a_page_comes_back_after_signing_in() {
    on_both(|house| {
        house.join("Ada", Role::Admin);
        let stranger = house.stranger();
        let reply = stranger.get("/people?q=ada&sort=name");
        assert_eq!((reply.status, reply.location()), (303, "/login?next=%2Fpeople%3Fq%3Dada%26sort%3Dname"));
        let form = stranger.get(reply.location());
        assert_eq!(form.value("next"), "/people?q=ada&amp;sort=name".replace("&amp;", "&#38;"));
        let part = house
            .stranger()
            .with("hx-request", "true")
            .with("hx-current-url", "http://127.0.0.1:8080/people/7?x=1")
            .get("/people");
        assert_eq!((part.status, part.headers["hx-redirect"].as_str()), (401, "/login?next=%2Fpeople%2F7%3Fx%3D1"));
    });
}

#[test]
fn hashes_with_weaker_parameters_are_renewed_at_sign_in() {
    use rollcall::domain::password::Hash;
    use rollcall::store::passwords;
    let weak = "$argon2id$v=19$m=4096,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$";
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        let params = argon2::Params::new(4096, 1, 1, None).unwrap();
        let argon = argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params);
        let old = Hash(argon2::PasswordHasher::hash_password(&argon, PASSWORD.as_bytes()).unwrap().to_string());
        assert!(old.0.starts_with(&weak[..30]) && old.is_outdated());
        house.act(|act| passwords::set(act.conn, ada.id, &old, act.now)).unwrap();
        assert!(is_in(&house.sign_in(&ada)));
        let now = house.act(|act| passwords::find(act.conn, ada.id)).unwrap().unwrap();
        assert!(!now.is_outdated() && now.matches(PASSWORD));
    });
}

#[test]
fn no_session_is_made_for_a_visitor() {
    on_both(|house: &House| {
        house.join("Ada", Role::Admin);
        let stranger = house.stranger();
        stranger.get("/login");
        stranger.post("/login", &[("login", "x"), ("password", "y")]);
        assert_eq!(session(&stranger), None);
    });
}

#[test]
fn one_account_is_throttled_however_it_is_spelled() {
    on_both(|house| {
        house.join_with(&[(Field::Phone, "+8613800003818")], Role::EndUser, Status::Active);
        for known in ["+8613800003818", "+8613800009999"] {
            let guess = |login: &str| house.stranger().post("/login", &[("login", login), ("password", "x")]).status;
            let spaced = format!("+86 {}-{}", &known[3..6], &known[6..]);
            assert!((0..10).all(|_| guess(&spaced) == 422));
            assert_eq!(guess(known), 429, "known or not, the answer is the same");
        }
        let long = "x".repeat(300_000);
        assert_eq!(house.stranger().post("/login", &[("login", &long), ("password", "x")]).status, 422);
    });
}

#[test]
fn nobody_stands_in_anothers_way() {
    on_both(|house| {
        house.join_with(&[(Field::Phone, "+8613800003818")], Role::EndUser, Status::Active);
        let squatter = [(Field::Email, "mallory@example.org"), (Field::Username, "+8613800003818")];
        house.join_with(&squatter, Role::EndUser, Status::Active);
        let victim = house.stranger();
        assert_eq!(victim.post("/login", &[("login", "+8613800003818"), ("password", PASSWORD)]).status, 303);
        assert_eq!(victim.get("/").location(), "/people/1");
    });
}
