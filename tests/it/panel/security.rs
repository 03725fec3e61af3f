use crate::house::{Database, House, PASSWORD, on_both};
use rollcall::domain::{Role, Time};

#[test]
fn every_answer_carries_the_strict_headers() {
    on_both(|house| {
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        for path in ["/people", "/nowhere", "/static/app.css", "/people/999"] {
            let reply = ada.get(path);
            let csp = &reply.headers["content-security-policy"];
            assert!(csp.starts_with("default-src 'none'") && csp.contains("frame-ancestors 'none'"), "{path}: {csp}");
            assert!(!csp.contains("unsafe"), "{path}: {csp}");
            assert_eq!(reply.headers["x-content-type-options"], "nosniff", "{path}");
            assert_eq!(reply.headers["referrer-policy"], "same-origin", "{path}");
            assert!(!reply.headers.contains_key("strict-transport-security"), "{path}: only under https");
        }
    });
}

#[test]
fn cookies_are_strict_and_stricter_under_https() {
    let sign_in = |house: &House| {
        house.join("Ada", Role::Admin);
        let reply = house.stranger().post("/login", &[("login", "ada@example.org"), ("password", PASSWORD)]);
        let cookie = reply.cookies.iter().find(|cookie| cookie.contains("rollcall=")).unwrap().clone();
        (cookie, reply)
    };
    for database in [Database::Sqlite, Database::Postgres] {
        let (cookie, _) = sign_in(&House::open(database));
        assert!(
            cookie.starts_with("rollcall=") && cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
            "{cookie}"
        );
        assert!(!cookie.contains("Secure"), "{cookie}");
        let (cookie, reply) = sign_in(&House::open_at(database, "https://people.example.org"));
        assert!(
            cookie.starts_with("__Host-rollcall=") && cookie.contains("Secure") && cookie.contains("Path=/"),
            "{cookie}"
        );
        assert!(reply.headers.contains_key("strict-transport-security"));
    }
}

#[test]
fn only_a_hash_of_the_session_key_is_kept() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        let client = house.sign_in(&ada);
        let cookie = client.cookies.borrow()["rollcall"].clone();
        let key = cookie.rsplit("%3D").next().unwrap();
        let kept = house.act(|act| rollcall::store::sessions::find(act.conn, key)).unwrap();
        assert!(kept.is_none(), "the key itself finds nothing");
        let alive = |act: &mut rollcall::actions::Act| {
            rollcall::store::sessions::count_of(act.conn, ada.id, Time::from_seconds(0), Time::from_seconds(0))
        };
        assert_eq!(house.act(alive).unwrap(), 1);
    });
}

#[test]
fn writes_from_other_sites_are_refused() {
    on_both(|house| {
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        let before = house.entries();
        let host = house.url.clone();
        let tries: [(&[(&'static str, &str)], u16); 8] = [
            (&[("sec-fetch-site", "same-origin")], 303),
            (&[("sec-fetch-site", "none")], 303),
            (&[("sec-fetch-site", "cross-site")], 403),
            (&[("sec-fetch-site", "same-site")], 403),
            (&[("sec-fetch-site", "cross-site"), ("origin", &host)], 403),
            (&[("origin", &host)], 303),
            (&[("origin", "https://evil.example")], 403),
            (&[("origin", "null")], 403),
        ];
        for (number, (headers, expected)) in tries.into_iter().enumerate() {
            let client = headers.iter().fold(ada.again(), |client, (name, value)| client.with(name, value));
            let reply = client.post("/preferences", &[("theme", if number == 1 { "light" } else { "dark" })]);
            assert_eq!(reply.status, expected, "{headers:?}");
        }
        assert_eq!(house.entries() - before, 3);
    });
}

#[test]
fn what_people_type_is_never_markup() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        let client = house.sign_in(&ada);
        let evil = "\"><img src=x onerror=alert(1)><script>alert(1)</script>";
        let form = [
            ("name", evil),
            ("email", "evil@example.org"),
            ("title", evil),
            ("tags", "<b>\"><img>"),
            ("organisation", evil),
            ("notes", evil),
            ("role", "end_user"),
            ("status", "active"),
        ];
        let made = client.post("/people", &form);
        assert_eq!(made.status, 303, "{}", made.text());
        let path = made.location().to_owned();
        client.post(&format!("{path}/suspension"), &[("reason", evil)]);
        for page in [
            "/people",
            &path,
            &format!("{path}/edit"),
            &format!("{path}/activity"),
            "/audit",
            &format!("/people?{}", "q=%22%3E%3Cimg+src%3Dx"),
            "/completions/tags?tags=%22",
            "/login",
        ] {
            let reply = client.get(page);
            assert!(!reply.body.contains("<img") && !reply.body.contains("<script>"), "{page}");
        }
    });
}

#[test]
fn secrets_are_in_no_entry() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        let client = house.sign_in(&ada);
        let new = "seven green umbrellas sing";
        let reply = client.post(&format!("/people/{}/password", ada.id.0), &[("current", PASSWORD), ("password", new)]);
        assert_eq!(reply.status, 303);
        let audit = client.get("/audit").body;
        assert!(audit.contains("set a new password"));
        for secret in [PASSWORD, new, "argon2", &house.app.setup_code] {
            assert!(!audit.contains(secret), "{secret}");
        }
    });
}

#[test]
fn no_cookie_goes_with_what_caches_may_keep() {
    on_both(|house| {
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        let reply = ada.get("/static/app.css");
        assert!(reply.headers["cache-control"].contains("public"));
        assert_eq!(reply.cookies, Vec::<String>::new());
    });
}

#[test]
fn nothing_leads_to_another_host() {
    on_both(|house| {
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        let lured = ada.again().with("referer", &format!("{}//evil.example/", house.url));
        assert_eq!(lured.post("/preferences", &[("theme", "dark")]).location(), "/");
        for next in ["//evil.example", "/\\evil.example", "https://evil.example", "/\u{1}x"] {
            let form = [("login", "ada@example.org"), ("password", PASSWORD), ("next", next)];
            assert_eq!(house.stranger().post("/login", &form).location(), "/", "{next:?}");
        }
    });
}

#[test]
fn a_session_that_was_ended_does_not_come_back() {
    use rollcall::actions::people::{password, suspension};
    use rollcall::actions::sessions::{self, Opened};
    use rollcall::domain::{Rights, Standing};
    let opened = |role: Role, since: Time| Opened {
        handle: "handle".into(),
        state: "{}".into(),
        address: String::new(),
        device: String::new(),
        standing: Standing::new(role, Rights::default().powers()).code(),
        signed_in_at: since,
    };
    on_both(|house| {
        let (cleo, dora, eve) =
            (house.join("Cleo", Role::EndUser), house.join("Dora", Role::EndUser), house.join("Eve", Role::Agent));
        let start = house.app.now();
        house.wait(std::time::Duration::from_secs(5));
        let keep = |key: &str, id, state: Opened| {
            house.act(|act| sessions::save(act, key, id, state)).unwrap();
            house.act(|act| sessions::load(act, key)).unwrap().is_some()
        };
        let earlier = house.app.now();
        assert!(keep("a", eve.id, opened(Role::Agent, earlier)));
        assert!(!keep("b", eve.id, opened(Role::Admin, earlier)), "not with another role");
        house.act(|act| suspension::create(act, cleo.id, "")).unwrap();
        assert!(!keep("c", cleo.id, opened(Role::EndUser, earlier)), "not while suspended");
        assert!(keep("d", dora.id, opened(Role::EndUser, earlier)));
        let new = password::Attempt {
            current: String::new(),
            new: "seven green umbrellas sing".into(),
            address: [127, 0, 0, 1].into(),
        };
        let caller = crate::house::command_line();
        let changed = password::update(&house.app, &caller, dora.id, new);
        actix_web::rt::System::new().block_on(changed).unwrap();
        assert!(!keep("e", dora.id, opened(Role::EndUser, start)), "not from before the password changed");
    });
}
