//! datarc's contract, section by section.
use super::{json, send, told};
use crate::house::{Client, House, PASSWORD, on_both};
use insta::assert_snapshot;
use rollcall::actions::{people, workspaces};
use rollcall::domain::key::Dialect;
use rollcall::domain::workspace::MemberRole;
use rollcall::domain::{Field, Permission, Person, Reach, Role, Status};
use serde_json::{Value, json as object};

const AT: &str = "/openapi/v1/accounts/";

/// A client with the key of an administrator who is called Ada.
fn client(house: &House) -> Client {
    let ada = house.join("Ada", Role::Admin);
    with_key(house, &ada, false)
}

fn with_key(house: &House, owner: &Person, read_only: bool) -> Client {
    let (_, secret) = house.key(Dialect::Datarc, owner, read_only);
    house.stranger().with("authorization", &secret)
}

/// What is told of somebody new, without the uid, which differs each time.
fn made(reply: &crate::house::Reply) -> (String, String) {
    let uid = json(reply)["data"]["uid"].as_str().unwrap().to_owned();
    (told(reply).replace(&uid, "UID"), uid)
}

fn path(person: &Person) -> String {
    format!("{AT}{}/", person.uid)
}

#[test]
fn the_key_stands_alone_or_behind_bearer() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        let (_, secret) = house.key(Dialect::Datarc, &ada, false);
        for value in [secret.clone(), format!("Bearer {secret}")] {
            assert_eq!(house.stranger().with("authorization", &value).get(AT).status, 200);
        }
        let bad = house.stranger().with("authorization", &"0".repeat(32));
        for client in [house.stranger(), bad] {
            assert_snapshot!(told(&client.get(AT)), @r#"401 {"errcode":401,"errmsg":"The connection key is missing or wrong.","data":null}"#);
        }
    });
}

#[test]
fn accounts_are_made_as_they_are_described_or_from_nothing() {
    on_both(|house| {
        let client = client(house);
        let body = object!({
            "uid": "6f0c0c52-7c0a-4e57-a0a5-5d4c4b7b2c11", "username": "wang", "phone": "+8613816004471",
            "email": "wang@lanwan.example", "nickname": "王芳", "desc": "Buys", "password": "x", "role": 1, "tier": 2,
            "type": 0, "status": 2, "metadata": {"team": ["a", 1]}, "unknown": true,
        });
        let before = house.entries();
        let reply = send(&client, "POST", AT, body.clone());
        assert_snapshot!(told(&reply), @r#"200 {"errcode":200,"errmsg":"success","data":{"uid":"6f0c0c52-7c0a-4e57-a0a5-5d4c4b7b2c11","status":2,"username":"wang","phone":"+8613816004471","email":"wang@lanwan.example","nickname":"王芳","desc":"Buys","role":1,"tier":2,"type":0,"metadata":{"team":["a",1]}}}"#);
        assert_eq!(house.entries(), before + 1);
        let wang = house.person(2);
        assert_eq!((wang.role, wang.status, wang.fields.details.as_str()), (Role::EndUser, Status::Unverified, "Buys"));
        let (nothing, uid) = made(&send(&client, "POST", AT, object!({})));
        let username = format!("u{}", &uid.replace('-', "")[..12]);
        assert_snapshot!(nothing.replace(&username, "USERNAME"), @r#"200 {"errcode":200,"errmsg":"success","data":{"uid":"UID","status":1,"username":"USERNAME","phone":"","email":"","nickname":"","desc":"","role":1,"tier":3,"type":1,"metadata":{}}}"#);
        let refused = |body: Value| told(&send(&client, "POST", AT, body));
        assert_snapshot!(refused(body), @r#"409 {"errcode":409,"errmsg":"username: Another person has this username.","data":null}"#);
        assert_snapshot!(refused(object!({ "email": "WANG@lanwan.example" })), @r#"409 {"errcode":409,"errmsg":"email: Another person has this e-mail address.","data":null}"#);
        assert_snapshot!(refused(object!({ "username": "wang@lanwan.example" })), @r#"409 {"errcode":409,"errmsg":"username: Another person has this username.","data":null}"#);
        assert_snapshot!(refused(object!({ "uid": "7" })), @r#"400 {"errcode":400,"errmsg":"uid: must be a uuid4","data":null}"#);
        assert_snapshot!(refused(object!({ "role": 7 })), @r#"400 {"errcode":400,"errmsg":"role: must be 1, 2 or 3","data":null}"#);
        assert_snapshot!(refused(object!({ "email": "nonsense" })), @r#"400 {"errcode":400,"errmsg":"email: There is no @ in it. Write it like wang.fang@lanwan.example.","data":null}"#);
        assert_snapshot!(told(&client.send("POST", AT, Some("application/json"), b"[]")), @r#"400 {"errcode":400,"errmsg":"The body must be a JSON object.","data":null}"#);
        let signed = house.stranger().post("/login", &[("login", "wang"), ("password", "x")]);
        assert_eq!(signed.status, 303, "the password is theirs");
    });
}

#[test]
fn roles_are_three_numbers_and_auditors_change_nothing() {
    on_both(|house| {
        let client = client(house);
        let role = |body: Value| json(&send(&client, "POST", AT, body))["data"]["role"].clone();
        assert_eq!([role(object!({"role": true})), role(object!({"role": 2})), role(object!({"role": 3}))], [1, 2, 3]);
        let auditor = house.person(3);
        let looks = with_key(house, &auditor, false);
        assert_eq!(looks.get(AT).status, 200);
        assert_snapshot!(told(&send(&looks, "POST", AT, object!({}))), @r#"403 {"errcode":403,"errmsg":"Your role does not allow this. Ask an administrator.","data":null}"#);
        let manager = house.join("Olga", Role::Agent);
        let same = json(&client.get(&path(&manager)))["data"].clone();
        let before = house.entries();
        assert_eq!(send(&client, "PUT", &path(&manager), same).status, 200);
        assert_eq!(house.entries(), before, "what was told changes nothing: she still manages people");
    });
}

#[test]
fn an_update_is_partial_and_spares_what_datarc_does_not_know() {
    on_both(|house| {
        let client = client(house);
        let given = [(Field::Name, "Wang"), (Field::Email, "wang@lanwan.example"), (Field::Tags, "vip")];
        let wang = house.join_with(&given, Role::EndUser, Status::Locked);
        let mut fields = wang.fields.clone();
        (fields.tier, fields.kind, fields.notes) = (7, 5, "Careful".into());
        house.act(|act| people::edit(act, wang.id, wang.version, fields)).unwrap();
        let shown = json(&client.get(&path(&wang)))["data"].clone();
        assert_eq!([&shown["status"], &shown["tier"], &shown["type"]], [3, 3, 1]);
        let before = house.entries();
        assert_eq!(send(&client, "PUT", &path(&wang), shown).status, 200);
        let now = house.person(wang.id.0);
        assert_eq!((now.status, now.fields.tier, now.fields.kind, house.entries()), (Status::Locked, 7, 5, before));
        let change = object!({ "nickname": "Wang Fang", "email": null, "username": "wang", "status": 4, "uid": "x", "metadata": {"a": 1} });
        let reply = send(&client, "PUT", &path(&wang), change);
        let (body, _) = made(&reply);
        assert_snapshot!(body, @r#"200 {"errcode":200,"errmsg":"success","data":{"uid":"UID","status":4,"username":"wang","phone":"","email":"","nickname":"Wang Fang","desc":"","role":1,"tier":3,"type":1,"metadata":{"a":1}}}"#);
        let now = house.person(wang.id.0);
        assert_eq!((now.fields.tags.len(), now.fields.notes.as_str()), (1, "Careful"));
        let change = object!({ "metadata": {"b": 2}, "type": 0, "status": 1 });
        assert_eq!(json(&send(&client, "PUT", &path(&wang), change))["data"]["metadata"], object!({"b": 2}));
        let refused = |body: Value| told(&send(&client, "PUT", &path(&wang), body));
        assert_snapshot!(refused(object!({ "status": 0 })), @r#"400 {"errcode":400,"errmsg":"status: must be 1, 2, 3 or 4; delete the account for 0","data":null}"#);
        assert_snapshot!(refused(object!({ "email": "ada@example.org" })), @r#"409 {"errcode":409,"errmsg":"email: Another person has this e-mail address.","data":null}"#);
        assert_snapshot!(refused(object!({ "metadata": 7 })), @r#"400 {"errcode":400,"errmsg":"metadata: must be an object","data":null}"#);
        assert_eq!(send(&client, "PUT", &format!("{AT}{}/", uuid()), object!({})).status, 404);
        assert_eq!(
            send(&client, "PUT", path(&wang).trim_end_matches('/'), object!({})).status,
            200,
            "without its slash"
        );
    });
}

fn uuid() -> &'static str {
    "00000000-0000-4000-8000-000000000000"
}

#[test]
fn batches_are_whole_or_nothing() {
    on_both(|house| {
        let client = client(house);
        let create = |accounts: Value| {
            send(&client, "POST", &format!("{AT}create-accounts/"), object!({ "accounts": accounts }))
        };
        let two =
            create(object!([{ "username": "one", "email": "one@example.org" }, { "username": "two", "status": 4 }]));
        let names: Vec<Value> =
            json(&two)["data"].as_array().unwrap().iter().map(|one| one["username"].clone()).collect();
        assert_eq!((two.status, names), (200, vec!["one".into(), "two".into()]));
        assert_snapshot!(told(&create(object!([]))), @r#"200 {"errcode":200,"errmsg":"success","data":[]}"#);
        let before = house.entries();
        assert_snapshot!(told(&create(object!([{ "username": "three" }, { "username": "THREE" }]))), @r#"409 {"errcode":409,"errmsg":"accounts[1].username: Another person has this username.","data":null}"#);
        assert_snapshot!(told(&create(object!([{ "username": "three" }, { "tier": 9 }]))), @r#"400 {"errcode":400,"errmsg":"accounts[1].tier: must be 1, 2 or 3","data":null}"#);
        assert_snapshot!(told(&create(object!([7]))), @r#"400 {"errcode":400,"errmsg":"accounts[0]: must be an object","data":null}"#);
        assert_snapshot!(told(&send(&client, "POST", &format!("{AT}create-accounts/"), object!({}))), @r#"400 {"errcode":400,"errmsg":"accounts: is required","data":null}"#);
        assert_eq!(house.entries(), before, "nothing of it");
        let update =
            |accounts: Value| send(&client, "PUT", &format!("{AT}update-accounts/"), object!({ "accounts": accounts }));
        let two = house.person(3);
        let done = update(
            object!([{ "email": "one@example.org", "nickname": "One" }, { "uid": two.uid.to_string(), "desc": "Second" }]),
        );
        assert_eq!(
            (done.status, house.person(2).fields.name.as_str(), house.person(3).fields.details.as_str()),
            (200, "One", "Second")
        );
        let before = house.entries();
        assert_snapshot!(told(&update(object!([{ "username": "one", "nickname": "Uno" }, { "username": "nobody" }]))), @r#"404 {"errcode":404,"errmsg":"accounts[1]: Not Found","data":null}"#);
        assert_eq!((house.entries(), house.person(2).fields.name.as_str()), (before, "One"));
        let delete = |method: &str, uids: Value| {
            send(&client, method, &format!("{AT}delete-accounts/"), object!({ "accountUids": uids }))
        };
        assert_snapshot!(told(&delete("DELETE", object!(["x"]))), @r#"400 {"errcode":400,"errmsg":"uid: must be a uuid4","data":null}"#);
        let uid = two.uid.to_string();
        assert_snapshot!(told(&delete("DELETE", object!([uid, uuid()]))), @r#"200 {"errcode":200,"errmsg":"success"}"#);
        assert_eq!(told(&delete("POST", object!([]))), r#"200 {"errcode":200,"errmsg":"success"}"#);
        assert!(house.act(|act| people::show(act, two.id)).is_err());
    });
}

#[test]
fn lists_lookups_and_deletions() {
    on_both(|house| {
        let client = client(house);
        let known = |name: &str, phone: &str, details: &str| {
            let email = format!("{name}@example.org");
            let given = [(Field::Name, name), (Field::Email, &email), (Field::Phone, phone), (Field::Details, details)];
            house.join_with(&given, Role::EndUser, Status::Active)
        };
        let (wang, cleo) = (known("wang", "+8613816004471", "Buys 100% silk"), known("cleo", "", "Sells wool"));
        let names = |query: &str| -> Vec<String> {
            let list = json(&client.get(&format!("{AT}{query}")))["data"].as_array().unwrap().clone();
            list.iter().map(|one| one["nickname"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(names(""), ["Ada", "wang", "cleo"], "in the order they were made");
        assert_eq!(
            (names("?q=WANG"), names("?q=100%25+SILK"), names("?q=600447"), names("?q=example.org")),
            (
                vec!["wang".to_owned()],
                vec!["wang".to_owned()],
                vec!["wang".to_owned()],
                vec!["Ada".to_owned(), "wang".to_owned(), "cleo".to_owned()],
            )
        );
        assert_eq!(
            (names("?offset=1&limit=1"), names("?q=nothing"), names("?offset=x")),
            (vec!["wang".to_owned()], vec![], vec!["Ada".to_owned(), "wang".to_owned(), "cleo".to_owned()],)
        );
        let fetch = |body: Value| send(&client, "POST", &format!("{AT}fetch/"), body);
        for login in ["WANG@example.org", "+86 138 1600 4471"] {
            assert_eq!(json(&fetch(object!({ "username": login })))["data"]["uid"], wang.uid.to_string());
        }
        assert_snapshot!(told(&fetch(object!({ "username": "nobody" }))), @r#"200 {"errcode":200,"errmsg":"success","data":null}"#);
        assert_snapshot!(told(&fetch(object!({}))), @r#"400 {"errcode":400,"errmsg":"username: is required","data":null}"#);
        assert_snapshot!(told(&client.send("DELETE", &path(&cleo), None, b"")), @r#"200 {"errcode":200,"errmsg":"success"}"#);
        let missing = r#"404 {"errcode":404,"errmsg":"Not Found","data":null}"#;
        assert_eq!(told(&client.send("DELETE", &path(&cleo), None, b"")), missing);
        assert_eq!(
            (told(&client.get(&path(&cleo))), told(&client.get(&format!("{AT}not-a-uuid/")))),
            (missing.into(), missing.into())
        );
        assert_eq!((told(&client.get(&format!("{AT}a/b/c"))), names("?q=wool")), (missing.into(), vec![]));
        let own = client.send("DELETE", &path(&house.person(1)), None, b"");
        assert!([403, 409].contains(&own.status), "{}", told(&own));
        let wrong = client.send("PATCH", &path(&wang), None, b"");
        assert_snapshot!(told(&wrong), @r#"405 {"errcode":405,"errmsg":"Method Not Allowed","data":null}"#);
        assert!(house.sign_in(&wang).get("/me").status == 200 && PASSWORD.len() > 8);
        let huge = vec![b' '; 2 << 20];
        assert_snapshot!(told(&client.send("POST", AT, Some("application/json"), &huge)), @r#"413 {"errcode":413,"errmsg":"Payload Too Large","data":null}"#);
    });
}

#[test]
fn projects_are_the_workspaces_that_somebody_is_in() {
    on_both(|house| {
        let client = client(house);
        let (wang, olga) = (house.join("Wang", Role::EndUser), house.join("Olga", Role::EndUser));
        let (pilots, lodge) = (house.workspace("Pilots", &olga), house.workspace("Lodge", &wang));
        house.act(|act| workspaces::join(act, pilots, wang.id, MemberRole::READER)).unwrap();
        let at = |query: &str| format!("{}projects/{query}", path(&wang));
        let list = told(&client.get(&at("?offset=0&limit=10&role=3"))).replace(&olga.uid.to_string(), "UID");
        assert_snapshot!(list, @r#"200 {"errcode":200,"errmsg":"success","data":[{"id":1,"name":"Pilots","desc":"","owner":{"uid":"UID","email":"olga@example.org","nickname":"Olga","desc":"","status":1},"locked":false}]}"#);
        let body = br#"{"offset":1,"limit":1,"count":1}"#;
        let second = json(&client.send("GET", &at(""), Some("application/json"), body));
        assert_eq!((&second["data"][0]["id"], &second["count"]), (&object!(lodge), &object!(2)));
        assert_eq!(json(&client.get(&at("")))["data"].as_array().unwrap().len(), 2);
        assert_eq!(told(&client.get(&format!("{}projects/", path(&olga)))).matches("\"id\"").count(), 1);
        assert_eq!(
            (client.get(&at("?role=9")).status, client.get(&format!("{AT}{}/projects", uuid())).status),
            (400, 404)
        );
    });
}

#[test]
fn the_last_administrator_stays_and_some_keys_only_read() {
    on_both(|house| {
        let client = client(house);
        let reader = with_key(house, &house.person(1), true);
        let before = house.entries();
        assert_eq!(send(&reader, "POST", AT, object!({})).status, 403);
        assert_eq!(send(&reader, "POST", &format!("{AT}fetch/"), object!({ "username": "x" })).status, 200, "it reads");
        assert_eq!(house.entries(), before);
        let demoted = send(&client, "PUT", &path(&house.person(1)), object!({ "role": 1 }));
        assert_eq!((demoted.status, house.person(1).role), (409, Role::Admin), "{}", demoted.body);
    });
}

#[test]
fn what_staff_wrote_is_told_to_whoever_may_see_it() {
    on_both(|house| {
        let client = client(house);
        let given = [(Field::Name, "Wang"), (Field::Email, "wang@lanwan.example"), (Field::Details, "Owes us")];
        let wang = house.join_with(&given, Role::EndUser, Status::Active);
        let mut fields = wang.fields.clone();
        (fields.tier, fields.kind) = (1, 2);
        house.act(|act| people::edit(act, wang.id, wang.version, fields)).unwrap();
        assert_eq!(send(&client, "PUT", &path(&wang), object!({ "metadata": {"vip": true} })).status, 200);
        let bea = house.join_with_role("Bea", Reach::Everyone, &[Permission::EditPeople], &[]);
        for blind in [with_key(house, &bea, false), with_key(house, &wang, false)] {
            let shown = json(&blind.get(&path(&wang)))["data"].clone();
            assert_eq!([&shown["desc"], &shown["metadata"]], [&object!(""), &object!({})]);
            assert_eq!([&shown["tier"], &shown["type"]], [3, 1]);
            assert_eq!(send(&blind, "PUT", &path(&wang), shown).status, 200, "what was told changes nothing");
            let wrong = send(&blind, "PUT", &path(&wang), object!({ "desc": "Paid" }));
            assert_eq!(wrong.status, 403, "{}", wrong.body);
        }
        let bea = with_key(house, &bea, false);
        assert_eq!(json(&bea.get(&format!("{AT}?q=owes")))["data"], object!([]), "nor is it searched");
        assert_eq!(with_key(house, &wang, false).get(AT).status, 403);
        let now = house.person(wang.id.0).fields;
        assert_eq!((now.details.as_str(), now.tier, now.kind), ("Owes us", 1, 2));
    });
}

#[test]
fn failures_come_with_status_200_for_clients_that_want_it() {
    on_both(|house| {
        let client = client(house);
        let admin = house.sign_in(&house.person(1));
        assert_eq!(client.get(&format!("{AT}x/")).status, 404);
        let before = house.entries();
        assert_eq!(admin.post("/keys/settings", &[("always_ok", "yes")]).status, 303);
        assert_eq!(admin.post("/keys/settings", &[("always_ok", "yes")]).status, 303);
        assert_eq!(house.entries(), before + 1, "the same again changes nothing");
        let missing = client.get(&format!("{AT}x/"));
        assert_eq!((missing.status, &json(&missing)["errcode"]), (200, &object!(404)));
        let stranger = house.stranger().get(AT);
        assert_eq!((stranger.status, &json(&stranger)["errcode"]), (200, &object!(401)));
        assert!(admin.get("/audit").text().contains("changed the API settings"));
    });
}
