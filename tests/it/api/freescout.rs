//! FreeScout's contract, section by section.
use super::{json, send, told};
use crate::house::{Client, House, on_both};
use insta::assert_snapshot;
use rollcall::actions::{people, tickets, trash};
use rollcall::domain::key::Dialect;
use rollcall::domain::ticket::{Priority, TicketStatus};
use rollcall::domain::{Field, Person, PersonId, Role, Status};
use serde_json::{Value, json as object};
use std::collections::BTreeMap;

/// A client with the key of an administrator who is called Ada.
fn client(house: &House) -> Client {
    let ada = house.join("Ada", Role::Admin);
    with_key(house, &ada, false)
}

fn with_key(house: &House, owner: &Person, read_only: bool) -> Client {
    let (_, secret) = house.key(Dialect::Freescout, owner, read_only);
    house.stranger().with("x-freescout-api-key", &secret)
}

fn ben(house: &House) -> Person {
    let given = [
        (Field::Name, "Ben Okri"),
        (Field::FirstName, "Ben"),
        (Field::LastName, "Okri"),
        (Field::Email, "ben@example.org"),
        (Field::Title, "Support"),
        (Field::Phone, "+44 20 7946 0958"),
        (Field::Timezone, "Europe/London"),
        (Field::Language, "en"),
    ];
    house.join_with(&given, Role::Agent, Status::Active)
}

#[test]
fn three_ways_to_show_the_key_and_one_refusal() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        let (_, secret) = house.key(Dialect::Freescout, &ada, false);
        let stranger = house.stranger();
        let header = house.stranger().with("x-freescout-api-key", &secret);
        assert_eq!(header.get("/api/users").status, 200);
        assert_eq!(stranger.get(&format!("/api/users?api_key={secret}")).status, 200);
        let coded = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, format!("{secret}:X"));
        assert_eq!(house.stranger().with("authorization", &format!("Basic {coded}")).get("/api/users").status, 200);
        let wrong = "0".repeat(32);
        assert_eq!(header.get(&format!("/api/users?api_key={wrong}")).status, 401, "the parameter counts first");
        for client in [house.stranger(), house.stranger().with("x-freescout-api-key", &wrong)] {
            let refused = client.get("/api/users");
            assert_eq!(told(&refused), r#"401 {"message":"Not Authorized"}"#);
            assert!(!refused.headers.contains_key("www-authenticate"));
        }
        let (_, other) = house.key(Dialect::Datarc, &ada, false);
        assert_eq!(house.stranger().with("x-freescout-api-key", &other).get("/api/users").status, 401);
        let options = stranger.send("OPTIONS", "/api/users/1", None, b"");
        assert_eq!((options.status, options.headers["allow"].as_str()), (204, "GET, PUT, PATCH, DELETE"));
    });
}

#[test]
fn a_list_has_four_figures_and_staff_only() {
    on_both(|house| {
        let client = client(house);
        ben(house);
        house.join("Cleo", Role::EndUser);
        let list = client.get("/api/users?page=1&pageSize=1");
        assert_snapshot!(told(&list), @r#"200 {"_embedded":{"users":[{"alternateEmails":null,"createdAt":"2026-11-21T18:00:00Z","email":"ben@example.org","firstName":"Ben","id":2,"jobTitle":"Support","language":"en","lastName":"Okri","phone":"+442079460958","photoUrl":"","role":"user","timezone":"Europe/London","updatedAt":"2026-11-21T18:00:00Z"}]},"page":{"number":1,"size":1,"totalElements":2,"totalPages":2}}"#);
        let ids = |path: &str| -> Vec<i64> {
            let list = json(&client.get(path));
            list["_embedded"]["users"].as_array().unwrap().iter().map(|one| one["id"].as_i64().unwrap()).collect()
        };
        assert_eq!(ids("/api/users"), [2, 1], "highest first");
        assert_eq!(ids("/api/users?email=BEN@example.org"), [2]);
        assert_eq!(ids("/api/users?email=&page=x&pageSize=0"), [2, 1]);
        let past = json(&client.get("/api/users?page=9"));
        assert_snapshot!(past, @r#"{"_embedded":{"users":[]},"page":{"number":9,"size":50,"totalElements":2,"totalPages":1}}"#);
        let nobody = json(&client.get("/api/users?email=nobody@example.org&pageSize=9999"));
        assert_snapshot!(nobody["page"], @r#"{"number":1,"size":200,"totalElements":0,"totalPages":1}"#);
    });
}

#[test]
fn one_user_and_what_is_not_there() {
    on_both(|house| {
        let client = client(house);
        let cleo = house.join("Cleo", Role::EndUser);
        let ada = client.get("/api/users/1");
        assert_snapshot!(told(&ada), @r#"200 {"id":1,"firstName":"Ada","lastName":"","email":"ada@example.org","role":"admin","alternateEmails":null,"jobTitle":null,"phone":null,"timezone":"UTC","photoUrl":"","language":null,"createdAt":"2026-11-21T18:00:00Z","updatedAt":"2026-11-21T18:00:00Z"}"#);
        assert_eq!(ada.headers["content-type"], "application/json");
        let missing = r#"404 {"_embedded":{"errors":[]},"message":"Not Found"}"#;
        for path in ["/api/users/99".to_owned(), "/api/users/x".into(), format!("/api/users/{}", cleo.id.0)] {
            assert_eq!(told(&client.get(&path)), missing, "{path}");
        }
        assert_eq!(told(&client.get("/api/nowhere")), missing);
        assert_eq!(told(&house.stranger().get("/api")), missing);
        let wrong = client.send("POST", "/api/users/1", None, b"");
        assert_eq!((wrong.status, wrong.headers["allow"].as_str()), (405, "GET, PUT, PATCH, DELETE"));
        assert_eq!(client.send("HEAD", "/api/users/1", None, b"").status, 405);
    });
}

#[test]
fn a_user_is_created_and_told_twice() {
    on_both(|house| {
        let client = client(house);
        let before = house.entries();
        let made = send(
            &client,
            "POST",
            "/api/users",
            object!({
                "firstName": "<b>Olga</b>", "lastName": "Moreau", "email": " Olga@Example.org ", "password": "x",
                "jobTitle": "Lead", "phone": "+33 1 70 18 99 00", "timezone": "Europe/Paris", "role": "admin",
                "alternateEmails": "o@example.org,olga@example.net", "photoUrl": "https://pictures.example/o.png", "zip": 7,
            }),
        );
        assert_eq!((made.status, made.headers["resource-id"].as_str()), (201, "2"));
        assert!(made.location().ends_with("/api/users/2"));
        assert_snapshot!(made.body, @r#"{"id":2,"firstName":"Olga","lastName":"Moreau","email":"olga@example.org","role":"user","alternateEmails":"o@example.org,olga@example.net","jobTitle":"Lead","phone":"+33170189900","timezone":"Europe/Paris","photoUrl":"https://pictures.example/o.png","language":null,"createdAt":"2026-11-21T18:00:00Z","updatedAt":"2026-11-21T18:00:00Z"}"#);
        assert_eq!(house.entries(), before + 1, "with what only FreeScout knows of them");
        let olga = house.person(2);
        assert_eq!((olga.role, olga.status, olga.fields.name.as_str()), (Role::Agent, Status::Active, "Olga Moreau"));
        let stranger = house.stranger();
        let sign_in = stranger.post("/login", &[("login", "olga@example.org"), ("password", "x")]);
        assert_eq!(sign_in.status, 303, "the password is theirs");
        let snake = send(
            &client,
            "POST",
            "/api/users",
            object!({
                "first_name": "Pia", "last_name": "", "email": "pia@example.org",
            }),
        );
        assert_eq!((snake.status, house.person(3).status), (201, Status::Unverified), "nobody has invited her");
    });
}

#[test]
fn what_makes_no_user_is_told_by_its_path() {
    on_both(|house| {
        let client = client(house);
        ben(house);
        let before = house.entries();
        let refused = |body: Value| told(&send(&client, "POST", "/api/users", body));
        assert_snapshot!(refused(object!({})), @r#"400 {"_embedded":{"errors":[{"message":"`email` parameter is required","path":"email","source":"JSON"}]},"message":"Error occurred"}"#);
        assert_snapshot!(refused(object!({ "email": "x@example.org", "lastName": "" })), @r#"400 {"_embedded":{"errors":[{"message":"`firstName` parameter is required","path":"firstName","source":"JSON"}]},"message":"Error occurred"}"#);
        assert_snapshot!(refused(object!({ "email": "x@example.org", "firstName": "X" })), @r#"400 {"_embedded":{"errors":[{"message":"`lastName` parameter is required","path":"lastName","source":"JSON"}]},"message":"Error occurred"}"#);
        let named = |email: &str| object!({ "email": email, "firstName": "X", "lastName": "Y" });
        assert_snapshot!(refused(named("BEN@example.org")), @r#"400 {"_embedded":{"errors":[{"message":"User with such email already exists","path":"email","source":"JSON"}]},"message":"Error occurred"}"#);
        assert_snapshot!(refused(named("nonsense")), @r#"400 {"_embedded":{"errors":[{"message":"There is no @ in it. Write it like wang.fang@lanwan.example.","path":"email","source":"JSON"}]},"message":"Error occurred"}"#);
        assert_snapshot!(refused(object!({ "email": ["x"], "firstName": "X", "lastName": "Y" })), @r#"400 {"_embedded":{"errors":[{"message":"must be a string","path":"email","source":"JSON"}]},"message":"Error occurred"}"#);
        assert_snapshot!(told(&client.send("POST", "/api/users", Some("application/json"), b"{")), @r#"400 {"_embedded":{"errors":[]},"message":"The body is no JSON: EOF while parsing an object at line 1 column 1."}"#);
        let huge = format!("{{\"email\":\"{}\"}}", "x".repeat(2 << 20));
        assert_eq!(client.send("POST", "/api/users", Some("application/json"), huge.as_bytes()).status, 413);
        assert_eq!(house.entries(), before);
    });
}

#[test]
fn an_update_changes_what_it_says_and_nothing_else() {
    on_both(|house| {
        let client = client(house);
        let ben = ben(house);
        house.group("Billing");
        let mut fields = ben.fields.clone();
        (fields.tier, fields.groups, fields.notes) = (3, vec!["Billing".into()], "Careful".into());
        house.act(|act| people::edit(act, ben.id, ben.version, fields)).unwrap();
        let whole = json(&client.get("/api/users/2"));
        let before = house.entries();
        let same = send(&client, "PUT", "/api/users/2", whole);
        assert_eq!((told(&same).as_str(), house.entries()), ("204 ", before), "what it was told changes nothing");
        let changed =
            object!({ "lastName": "Webb", "jobTitle": null, "role": "admin", "photoUrl": "https://p.example/b" });
        assert_eq!(send(&client, "PATCH", "/api/users/2", changed).status, 204);
        assert_eq!(house.entries(), before + 1);
        let now = house.person(2);
        assert_eq!((now.fields.name.as_str(), now.fields.title.as_str(), now.role), ("Ben Webb", "", Role::Agent));
        assert_eq!((now.fields.tier, now.fields.notes.as_str(), now.fields.groups.len()), (3, "Careful", 1));
        let refused = |body: Value| told(&send(&client, "PUT", "/api/users/2", body));
        assert_snapshot!(refused(object!({ "firstName": "" })), @r#"400 {"_embedded":{"errors":[{"message":"may not be empty","path":"firstName","source":"JSON"}]},"message":"Error occurred"}"#);
        assert_snapshot!(refused(object!({ "email": "ada@example.org" })), @r#"400 {"_embedded":{"errors":[{"message":"User with such email already exists","path":"email","source":"JSON"}]},"message":"Error occurred"}"#);
        assert_snapshot!(refused(object!({ "timezone": "Mars/Base" })), @r#"400 {"_embedded":{"errors":[{"message":"There is no such time zone. Write it like Asia/Shanghai.","path":"timezone","source":"JSON"}]},"message":"Error occurred"}"#);
        assert_eq!(send(&client, "PUT", "/api/users/99", object!({})).status, 404);
    });
}

#[test]
fn a_deletion_hands_over_by_mailbox_and_can_be_taken_back() {
    on_both(|house| {
        let client = client(house);
        let ben = ben(house);
        let (olga, cleo) = (house.join("Olga", Role::Agent), house.join("Cleo", Role::EndUser));
        let billing = house.group("Billing");
        let of = |group: Option<i64>| {
            let ticket = house.ticket("Where is it?", &cleo, group);
            let (status, priority) = (TicketStatus::Open, Priority::Normal);
            let work = tickets::Work { status, priority, assignee: Some(ben.id), group };
            house.act(|act| tickets::update(act, ticket, 1, work)).unwrap();
            ticket
        };
        let (theirs, nobodys) = (of(Some(billing)), of(None));
        let space = house.workspace("Pilots", &ben);
        let wrong = client.send("DELETE", "/api/users/2?byUserId=77", Some("application/json"), b"");
        assert_snapshot!(told(&wrong), @r#"400 {"_embedded":{"errors":[]},"message":"User (byUserId) with the following ID not found: 77"}"#);
        let before = house.entries();
        let path = format!("/api/users/2?byUserId={}&assignTo%5B{billing}%5D={}", olga.id.0, olga.id.0);
        let gone = client.send("DELETE", &path, Some("application/json"), b"");
        assert_eq!((told(&gone).as_str(), house.entries()), ("204 ", before + 1));
        let assignee = |id: i64| house.act(|act| tickets::show(act, id)).unwrap().shown.ticket.assignee;
        assert_eq!((assignee(theirs), assignee(nobodys)), (Some(olga.id), None));
        let owner = house.act(|act| rollcall::actions::workspaces::show(act, space)).unwrap().0.owner;
        assert_eq!(owner, "Ada", "what others are in stays");
        assert_eq!(client.get("/api/users/2").status, 404);
        assert_eq!(client.send("DELETE", "/api/users/2", None, b"").status, 404, "a second time");
        let admin = house.sign_in(&house.person(1));
        let history = admin.get("/audit?kind=person.deleted").text();
        assert!(history.contains("FreeScout API #1") && history.contains("On behalf of"), "{history}");
        let again = send(
            &client,
            "POST",
            "/api/users",
            object!({ "email": "ben@example.org", "firstName": "B", "lastName": "" }),
        );
        assert_eq!(again.status, 201, "the address is free");
        let instead = [("email".to_owned(), "b2@example.org".to_owned())].into();
        let restored = house.act(|act| trash::restore(act, 1, &instead)).unwrap();
        assert_eq!((restored.losses.len(), assignee(theirs)), (0, Some(ben.id)));
        let unknown: BTreeMap<String, String> = BTreeMap::new();
        assert!(house.act(|act| trash::restore(act, 1, &unknown)).is_err());
    });
}

#[test]
fn the_last_administrator_stays() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        let eve = house.join("Eve", Role::Admin);
        let client = with_key(house, &eve, false);
        let own = client.send("DELETE", &format!("/api/users/{}", eve.id.0), None, b"");
        assert_eq!(own.status, 403, "nobody deletes themselves: {}", own.body);
        assert_eq!(client.send("DELETE", &format!("/api/users/{}", ada.id.0), None, b"").status, 204);
        let last = client.send("DELETE", &format!("/api/users/{}", eve.id.0), None, b"");
        assert!([400, 403].contains(&last.status), "{}", told(&last));
        house.act(|act| people::show(act, PersonId(eve.id.0))).unwrap();
    });
}

#[test]
fn only_administrators_write_and_some_keys_only_read() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        let ben = ben(house);
        let new = || object!({ "email": "new@example.org", "firstName": "N", "lastName": "W" });
        let (agent, reader) = (with_key(house, &ben, false), with_key(house, &ada, true));
        let before = house.entries();
        for client in [&agent, &reader] {
            assert_eq!(client.get("/api/users").status, 200);
            assert_eq!(send(client, "POST", "/api/users", new()).status, 403);
            assert_eq!(send(client, "PUT", "/api/users/1", object!({ "jobTitle": "Boss" })).status, 403);
        }
        assert_eq!(agent.send("DELETE", "/api/users/1", None, b"").status, 403);
        assert_snapshot!(told(&reader.send("DELETE", "/api/users/2", None, b"")), @r#"403 {"_embedded":{"errors":[]},"message":"This key only reads. Use one that may write."}"#);
        assert_eq!(house.entries(), before);
        let cleo = with_key(house, &house.join("Cleo", Role::EndUser), false);
        assert_eq!(cleo.get("/api/users").status, 403);
        assert_eq!(cleo.get("/api/users/1").status, 404);
    });
}

#[test]
fn groups_stand_for_mailboxes() {
    on_both(|house| {
        let client = client(house);
        assert_snapshot!(told(&client.get("/api/mailboxes")), @r#"200 {"_embedded":{"mailboxes":[]},"page":{"number":1,"size":50,"totalElements":0,"totalPages":1}}"#);
        house.group("Billing");
        house.group("Support");
        let ben = ben(house);
        let mut fields = ben.fields.clone();
        fields.groups = vec!["Support".into()];
        house.act(|act| people::edit(act, ben.id, ben.version, fields)).unwrap();
        assert_snapshot!(told(&client.get("/api/mailboxes?userId=2")), @r#"200 {"_embedded":{"mailboxes":[{"createdAt":"2026-11-21T18:00:00Z","email":"","id":2,"name":"Support","updatedAt":"2026-11-21T18:00:00Z"}]},"page":{"number":1,"size":50,"totalElements":1,"totalPages":1}}"#);
        let names = |path: &str| json(&client.get(path))["_embedded"]["mailboxes"].as_array().unwrap().len();
        assert_eq!((names("/api/mailboxes?userId=1"), names("/api/mailboxes?page=2&pageSize=1")), (2, 1));
        assert_eq!(client.get("/api/mailboxes?userId=99").status, 404);
    });
}

#[test]
fn a_mailbox_has_folders() {
    on_both(|house| {
        let client = client(house);
        let group = house.group("Billing");
        let ben = ben(house);
        let mut fields = ben.fields.clone();
        fields.groups = vec!["Billing".into()];
        house.act(|act| people::edit(act, ben.id, ben.version, fields)).unwrap();
        let cleo = house.join("Cleo", Role::EndUser);
        for (assignee, status) in [(None, 0), (Some(ben.id.0), 1), (Some(ben.id.0), 3)] {
            let id = house.ticket("Where is it?", &cleo, Some(group));
            let assignee = assignee.map_or("NULL".into(), |id| id.to_string());
            house.sql(&format!("UPDATE tickets SET assignee_id = {assignee}, status = {status} WHERE id = {id}"));
        }
        let list = json(&client.get("/api/mailboxes/1/folders"));
        assert_snapshot!(list["_embedded"]["folders"][1], @r#"{"activeCount":1,"id":2560148,"meta":{},"name":"Mine","totalCount":2,"type":20,"userId":2}"#);
        let told = |list: &Value| -> Vec<(i64, Value, i64, i64)> {
            let number = |one: &Value, key: &str| one[key].as_i64().unwrap();
            let folders = list["_embedded"]["folders"].as_array().unwrap().iter();
            folders
                .map(|f| (number(f, "type"), f["userId"].clone(), number(f, "totalCount"), number(f, "activeCount")))
                .collect()
        };
        let none = Value::Null;
        assert_eq!(
            told(&list),
            [
                (1, none.clone(), 1, 1),
                (20, 2.into(), 2, 1),
                (25, 2.into(), 0, 0),
                (30, none.clone(), 0, 0),
                (40, none.clone(), 1, 1),
                (60, none.clone(), 1, 0),
                (80, none.clone(), 0, 0),
                (110, none.clone(), 0, 0),
            ]
        );
        let of = |id: i64| told(&json(&client.get(&format!("/api/mailboxes/1/folders?userId={id}")))).len();
        assert_eq!((of(1), of(2), of(cleo.id.0)), (8, 8, 6), "administrators and the team have folders of their own");
        let one = json(&client.get("/api/mailboxes/1/folders?folderId=188"));
        assert_eq!((told(&one)[0].0, &one["page"]["totalElements"]), (60, &object!(1)));
        assert_eq!(client.get("/api/mailboxes/9/folders").status, 404);
    });
}

#[test]
fn pages_of_hosts_that_are_named_may_use_it_in_a_browser() {
    on_both(|house| {
        let client = client(house);
        let admin = house.sign_in(&house.person(1));
        let page = |origin: &str| client.again().with("origin", origin);
        assert!(!page("https://help.example").get("/api/users").headers.contains_key("access-control-allow-origin"));
        let set = |origins: &str| admin.post("/keys/settings", &[("origins", origins)]);
        assert_eq!(set("https://help.example/ https://a.example:8443").status, 303);
        let preflight =
            house.stranger().with("origin", "https://help.example").send("OPTIONS", "/api/users", None, b"");
        for reply in [page("https://help.example").get("/api/users"), preflight] {
            assert_eq!(reply.headers["access-control-allow-origin"], "https://help.example");
            assert_eq!(reply.headers["access-control-allow-headers"], "Content-Type,Authorization,X-FreeScout-API-Key");
            assert_eq!(reply.headers["access-control-allow-methods"], "GET, POST, PUT, DELETE, OPTIONS");
        }
        assert!(!page("https://evil.example").get("/api/users").headers.contains_key("access-control-allow-origin"));
        assert_eq!(set("*").status, 303);
        assert_eq!(page("https://any.example").get("/api/users/99").headers["access-control-allow-origin"], "*");
        for wrong in ["help.example", "https://help.example/path", "ftp://x.example"] {
            let refused = set(wrong);
            assert!(refused.status == 422 && refused.text().contains("without a path"), "{wrong}");
        }
    });
}
