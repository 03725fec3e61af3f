//! `/keys`: whoever administers the house lets programs in, and out again.
use crate::house::{House, on_both};
use rollcall::domain::Role;
use std::time::Duration;

fn make(house: &House, more: &[(&str, &str)]) -> crate::house::Reply {
    let mut form = vec![("dialect", "freescout"), ("owner", "ada@example.org"), ("name", "Nightly sync")];
    form.extend(more);
    house.sign_in(&house.person(1)).post("/keys", &form)
}

#[test]
fn a_key_is_made_shown_once_and_revoked() {
    on_both(|house| {
        let admin = house.sign_in(&house.join("Ada", Role::Admin));
        assert!(admin.get("/keys").text().contains("No keys yet"));
        let before = house.entries();
        let made = make(house, &[("read_only", "yes"), ("expires", "2030-01-31")]);
        assert_eq!((made.status, house.entries()), (200, before + 2), "a sign-in and the key");
        let page = made.text();
        assert!(page.contains("Copy it now"), "{page}");
        let secret = made.body.split("id=\"f-secret\"").nth(1).unwrap().split("value=\"").nth(1).unwrap();
        let secret = secret.split('"').next().unwrap();
        assert!(secret.len() == 32 && secret.chars().all(|c| c.is_ascii_hexdigit()), "{secret}");
        let list = admin.get("/keys");
        assert!(!list.body.contains(secret) && list.body.contains(&secret[..8]), "only how it begins");
        let text = list.text();
        assert!(text.contains("Nightly sync FreeScout Reads only") && text.contains("Ada Never 0"), "{text}");
        for page in ["/audit", "/people/1/activity"] {
            let page = admin.get(page);
            assert!(page.text().contains("made an API key for this person") && !page.body.contains(secret));
        }
        let plan = admin.get("/keys/1/revocation").text();
        assert!(plan.contains("Requests, last day 0") && plan.contains("cannot be brought back"), "{plan}");
        let gone = admin.post("/keys/1/revocation", &[]);
        assert_eq!((gone.status, gone.location()), (303, "/keys"));
        assert!(admin.get("/keys").text().contains("Key revoked."));
        assert!(admin.get("/audit").text().contains("revoked an API key of this person"));
        assert_eq!(admin.post("/keys/1/revocation", &[]).status, 404);
    });
}

#[test]
fn what_makes_no_key_is_told_by_the_field() {
    on_both(|house| {
        house.join("Ada", Role::Admin);
        let wrong = |more: &[(&str, &str)], words: &str| {
            let before = house.entries();
            let refused = make(house, more);
            assert_eq!(refused.status, 422);
            assert!(refused.text().contains(words), "{}", refused.text());
            assert_eq!(house.entries(), before + 1, "a sign-in, and nothing else");
        };
        house.wait(Duration::from_secs(60));
        wrong(&[("expires", "2020-01-31")], "This time is over.");
        wrong(&[("expires", "soon")], "This is no date.");
        let admin = house.sign_in(&house.person(1));
        let refused = admin.post("/keys", &[("dialect", "cobol"), ("owner", "nobody@example.org")]);
        assert!(refused.status == 422 && refused.text().contains("Choose the API"), "{}", refused.text());
        let refused = admin.post("/keys", &[("dialect", "datarc"), ("owner", "nobody@example.org")]);
        assert!(refused.status == 422 && refused.text().contains("nobody like this"), "{}", refused.text());
    });
}

#[test]
fn only_administrators_look_after_keys() {
    on_both(|house| {
        house.join("Ada", Role::Admin);
        make(house, &[]);
        for (name, role) in [("Ben", Role::Agent), ("Cleo", Role::EndUser)] {
            let client = house.sign_in(&house.join(name, role));
            for path in ["/keys", "/keys/new"] {
                assert_eq!(client.get(path).status, 403, "{path}");
            }
            assert_eq!(client.post("/keys", &[("dialect", "datarc"), ("owner", "ada@example.org")]).status, 403);
            assert_eq!(client.post("/keys/1/revocation", &[]).status, 403);
            assert!(!client.get("/people").body.contains("href=\"/keys\""));
            house.act(|act| rollcall::store::keys::find(act.conn, 1)).unwrap();
        }
    });
}
