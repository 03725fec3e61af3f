//! Whatever comes in gets a helpful answer in the 400s, never a 500.
use crate::house::{Client, House, on_both};
use fastrand::Rng;
use rollcall::domain::{Field, Person, Role, Status};

fn ada(house: &House) -> (Client, Person) {
    let ada = house.join("Ada", Role::Admin);
    (house.sign_in(&ada), ada)
}

#[test]
fn bad_ids_cursors_and_filters_are_explained() {
    on_both(|house| {
        let (client, _) = ada(house);
        let cases = [
            ("/people/abc", 404, "There is nothing here"),
            ("/people/99999999999999999999", 404, "There is nothing here"),
            ("/people/-1", 404, "There is nothing here"),
            ("/people/1%00", 404, "There is nothing here"),
            ("/people?role=boss", 400, "There is no such role"),
            ("/people?status=gone", 400, "There is no such status"),
            ("/people?sort=shoe", 400, "cannot be sorted"),
            ("/people?created_from=yesterday", 400, "Write a date like"),
            ("/people?seen_until=2026-13-45", 400, "Write a date like"),
            ("/people?after=zzzz", 400, "Start from the first page"),
            ("/people?sort=name&after=LWFkZGVkCjEKbgox", 400, "Start from the first page"),
            ("/people?sort=name&after=bmFtZQoxCnQKAA", 400, "Start from the first page"),
            ("/audit?kind=person.eaten", 400, "There is no such action"),
            ("/audit?door=window", 400, "There is no such source"),
            ("/audit?before=%FF%FE", 400, "Start from the first page"),
            ("/nowhere", 404, "There is nothing here"),
            ("/static/nothing.css", 404, "There is nothing here"),
        ];
        for (path, status, words) in cases {
            let reply = client.get(path);
            assert_eq!(reply.status, status, "{path}");
            assert!(reply.text().contains(words), "{path}: {}", reply.text());
            let part = client.part(path);
            assert_eq!(part.status, status, "{path}");
            assert!(part.text().contains(words), "{path}: {}", part.text());
            assert!(!part.body.contains("<html"), "{path}: a part of a page has none around it");
            assert!(
                part.headers.get("hx-retarget").is_some_and(|target| target == "#notices" || target == "#wrong"),
                "{path}: what is on the page stays"
            );
        }
    });
}

#[test]
fn a_null_character_is_a_blank() {
    on_both(|house| {
        let (client, _) = ada(house);
        for path in [
            "/people?q=a%00b",
            "/people?organisation=%00x",
            "/people?tag=a%00",
            "/audit?person=a%00b",
            "/completions/tags?tags=%00",
        ] {
            assert_eq!(client.get(path).status, 200, "{path}");
        }
        house.join_with(
            &[(Field::Email, "t@example.org"), (Field::Tags, "vip"), (Field::Organisation, "Acme")],
            Role::EndUser,
            Status::Active,
        );
        for list in ["organisations?organisation", "tags?tags"] {
            assert_eq!(client.get(&format!("/completions/{list}={}", "x".repeat(60_000))).status, 200, "{list}");
        }
        let form = [
            ("name", "Nul\0l"),
            ("email", "null@example.org"),
            ("notes", "a\0b"),
            ("role", "end_user"),
            ("status", "active"),
        ];
        let made = client.post("/people", &form);
        assert_eq!(made.status, 303, "{}", made.text());
        assert!(client.get(made.location()).text().contains("Nul l"));
        assert_eq!(house.stranger().post("/login", &[("login", "a\0b"), ("password", "\0")]).status, 422);
    });
}

#[test]
fn malformed_forms_are_refused_whole() {
    on_both(|house| {
        let (client, person) = ada(house);
        let before = house.entries();
        let path = format!("/people/{}", person.id.0);
        let form = Some("application/x-www-form-urlencoded");
        let huge = format!("version=1&notes={}", "x".repeat(600 * 1024));
        assert_eq!(client.send("POST", &path, form, huge.as_bytes()).status, 413);
        assert_eq!(client.send("POST", &path, Some("application/json"), b"{}").status, 415);
        assert_eq!(client.send("POST", &path, None, b"version=1").status, 415);
        assert_eq!(client.send("POST", &path, form, b"name=x").status, 400, "without a version");
        assert_eq!(client.send("POST", &path, form, b"version=abc").status, 400);
        assert_eq!(client.send("POST", &path, form, b"%%%&&&===").status, 400);
        assert_eq!(client.post("/preferences", &[]).status, 400);
        assert_eq!(client.post("/preferences", &[("theme", "pink")]).status, 422);
        assert_eq!(client.post("/people", &[]).status, 422);
        assert_eq!(client.post(&format!("{path}/role"), &[("role", "god"), ("tickets", "some")]).status, 422);
        assert_eq!(house.entries(), before);
    });
}

#[test]
fn wrong_methods_are_told_so() {
    on_both(|house| {
        let (client, person) = ada(house);
        for (method, path) in [
            ("DELETE", "/people".into()),
            ("PUT", format!("/people/{}", person.id.0)),
            ("POST", "/audit".into()),
            ("PATCH", "/login".into()),
        ] {
            let reply = client.form(method, &path, &[]);
            assert_eq!(reply.status, 405, "{method} {path}");
            assert!(reply.text().contains("does not take that kind of request"), "{}", reply.text());
        }
    });
}

#[test]
fn a_thousand_random_requests_break_nothing() {
    on_both(|house| {
        let (client, person) = ada(house);
        let mut rng = Rng::with_seed(7);
        let id = person.id.0.to_string();
        for number in 0..1_000 {
            let (method, path, body) = random_request(&mut rng, &id);
            let before = house.entries();
            let reply = client.send(method, &path, Some("application/x-www-form-urlencoded"), &body);
            assert!(
                reply.status < 500,
                "{number}: {method} {path} {:?}: {}",
                String::from_utf8_lossy(&body),
                reply.status
            );
            if reply.status >= 400 {
                assert_eq!(house.entries(), before, "{number}: {method} {path} was refused and yet recorded");
            }
        }
    });
}

fn random_request(rng: &mut Rng, id: &str) -> (&'static str, String, Vec<u8>) {
    let mut pick = |n: usize| rng.usize(..n);
    const VALUES: [&str; 16] = [
        "",
        "1",
        "-1",
        "99999999999999999999",
        "%00",
        "%FF%FE",
        "agent",
        "name",
        "%E7%8E%8B",
        "%27%22%3C%25_%5C",
        "2026-11-21",
        "a%40b.example",
        "%2B8613800003818",
        "%F0%9F%91%A9%E2%80%8D%F0%9F%92%BB",
        "%E2%80%AE",
        "(((((%22*%22%20OR%20NEAR",
    ];
    const NAMES: [&str; 20] = [
        "q",
        "role",
        "status",
        "organisation",
        "tag",
        "tags",
        "created_from",
        "seen_until",
        "sort",
        "after",
        "before",
        "per",
        "version",
        "name",
        "email",
        "phone",
        "username",
        "language",
        "timezone",
        "tier",
    ];
    const PATHS: [&str; 12] = [
        "/people",
        "/people/{id}",
        "/people/{id}/edit",
        "/people/{id}/activity",
        "/people/0",
        "/audit",
        "/completions/tags",
        "/completions/organisations",
        "/people/new",
        "/people/{id}/{id}",
        "/preferences",
        "/people/{id}/role",
    ];
    let method = ["GET", "GET", "GET", "POST", "POST", "DELETE"][pick(6)];
    let path = PATHS[pick(PATHS.len())].replace("{id}", id);
    let pairs = |pick: &mut dyn FnMut(usize) -> usize| {
        let count = pick(5);
        (0..count)
            .map(|_| {
                format!("{}={}{}", NAMES[pick(NAMES.len())], VALUES[pick(VALUES.len())], VALUES[pick(VALUES.len())])
            })
            .collect::<Vec<_>>()
            .join("&")
    };
    let query = pairs(&mut pick);
    let body = pairs(&mut pick);
    (method, format!("{path}?{query}"), body.into_bytes())
}
