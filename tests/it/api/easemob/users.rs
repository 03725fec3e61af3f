use super::{ada, app, bearer, fault, rates, register, token, told};
use crate::api::{json, send};
use crate::house::{PASSWORD, on_both};
use insta::assert_snapshot;
use rollcall::domain::{Field, Role, Status};
use serde_json::{Value, json as object};
use std::time::Duration;

#[test]
fn one_user_is_registered_read_and_deleted() {
    on_both(|house| {
        let client = ada(house);
        let before = house.entries();
        let body = object!({ "username": "User1", "password": "1", "nickname": "老王" });
        let made = client.send("POST", "/acme/desk/users", None, body.to_string().as_bytes());
        assert_snapshot!(told(&made, house), @r#"200 {"action":"post","application":"…","applicationName":"desk","duration":"…","entities":[{"activated":true,"created":"…","modified":"…","nickname":"老王","type":"user","username":"user1","uuid":"…"}],"organization":"acme","path":"/users","timestamp":"…","uri":"/acme/desk/users"}"#);
        assert_eq!(house.entries(), before + 1);
        let entity = &json(&made)["entities"][0];
        assert_eq!(
            (entity["uuid"].as_str().unwrap(), &entity["created"]),
            (house.person(2).uid.to_string().as_str(), &entity["modified"])
        );
        assert_eq!((house.person(2).role, house.person(2).fields.name.as_str()), (Role::EndUser, "老王"));
        assert_snapshot!(told(&client.get("/acme/desk/users/USER1"), house), @r#"200 {"action":"get","count":1,"duration":"…","entities":[{"activated":true,"created":"…","modified":"…","nickname":"老王","type":"user","username":"user1","uuid":"…"}],"path":"/users","timestamp":"…","uri":"/acme/desk/users"}"#);
        assert_eq!(client.get(&format!("/acme/desk/users/{}", house.person(2).uid)).status, 200);
        assert_snapshot!(told(&client.send("DELETE", "/acme/desk/users/user1", None, b""), house), @r#"200 {"action":"delete","application":"…","applicationName":"desk","duration":"…","entities":[{"activated":true,"created":"…","modified":"…","nickname":"老王","type":"user","username":"user1","uuid":"…"}],"organization":"acme","path":"/users","timestamp":"…","uri":"/acme/desk/users"}"#);
        let gone = [
            fault(&client.get("/acme/desk/users/user1")),
            fault(&client.send("DELETE", "/acme/desk/users/user1", None, b"")),
            fault(&client.send("DELETE", "/acme/desk/users/null", None, b"")),
            fault(&client.send("DELETE", "/acme/desk/users/no%20body", None, b"")),
            fault(&client.send("DELETE", "/acme/other/users/user1", None, b"")),
            fault(&house.stranger().send("DELETE", "/acme/desk/users/user1", None, b"")),
            fault(&bearer(house, "YWMt").get("/acme/desk/users/user1")),
        ];
        assert_snapshot!(gone.join("\n"), @r#"404 service_resource_not_found Service resource not found
404 service_resource_not_found Service resource not found
400 management User with id null does not exist in app desk
400 management User with id no body does not exist in app desk
404 organization_application_not_found Could not find application for acme/other from URI: acme/other/users
401 unauthorized Unable to authenticate (OAuth)
401 unauthorized Unable to authenticate (OAuth)"#);
        let again = register(&client, "user1");
        assert_ne!(again["uuid"], entity["uuid"], "a new one inherits nothing");
    });
}

#[test]
fn what_cannot_be_registered_says_why() {
    on_both(|house| {
        let client = ada(house);
        register(&client, "user1");
        let before = house.entries();
        let refused = |body: Value| {
            fault(&send(&client, "POST", "/acme/desk/users", body))
                .split_whitespace()
                .map(|word| if word.len() == 36 { "UUID" } else { word })
                .collect::<Vec<_>>()
                .join(" ")
        };
        let long = "x".repeat(65);
        let all = [
            refused(object!({ "username": "user 2", "password": "1" })),
            refused(object!({ "username": long, "password": "1" })),
            refused(object!({ "username": "user2", "password": "" })),
            refused(object!({ "username": "user2" })),
            refused(object!({ "password": "1" })),
            refused(object!({ "username": "user2", "password": long })),
            refused(object!({ "username": "user2", "password": "1", "nickname": "n".repeat(101) })),
            refused(object!({ "username": "USER1", "password": "1" })),
            refused(object!([{ "username": "user1", "password": "1" }])),
            refused(object!([])),
            refused(object!([{ "username": "user2", "password": "1" }, { "username": "user2", "password": "2" }])),
            refused(object!([{ "username": "user2", "password": "1" }, { "username": "§", "password": "2" }])),
            refused((0..61).map(|n| object!({ "username": format!("u{n}"), "password": "1" })).collect()),
            fault(&client.send("POST", "/acme/desk/users", None, b"{")),
        ];
        assert_snapshot!(all.join("\n"), @r#"400 illegal_argument username [user 2] is not legal
400 illegal_argument USERNAME_TOO_LONG
400 illegal_argument password or pin must provided
400 illegal_argument password or pin must provided
400 illegal_argument Entity user requires a property named username
400 illegal_argument PASSWORD_TOO_LONG
400 illegal_argument NICKNAME_TOO_LONG
400 duplicate_unique_property_exists Application UUID Entity user requires that property named username be unique, value of user1 exists
400 duplicate_unique_property_exists Application UUID Entity user requires that property named username be unique, value of user1 exists
400 illegal_argument Request body array is empty
400 duplicate_unique_property_exists Application UUID Entity user requires that property named username be unique, value of user2 exists
400 illegal_argument username [§] is not legal
400 illegal_argument Request body array size[61] had almost reached or been greater than the upper range value[60]
400 json_parse The body is no JSON: EOF while parsing an object at line 1 column 1."#);
        assert_eq!(house.entries(), before, "nothing was made");
    });
}

#[test]
fn many_are_registered_at_once_but_for_names_that_are_taken() {
    on_both(|house| {
        let client = ada(house);
        register(&client, "user1");
        let body = object!([{ "username": "user1", "password": "1" }, { "username": "user2", "password": "1" }, { "username": "user3", "password": "1", "nickname": "Three" }]);
        assert_snapshot!(told(&send(&client, "POST", "/acme/desk/users", body), house), @r#"200 {"action":"post","application":"…","applicationName":"desk","data":[{"registerUserFailReason":"the user1 already exists","username":"user1"}],"duration":"…","entities":[{"activated":true,"created":"…","modified":"…","type":"user","username":"user2","uuid":"…"},{"activated":true,"created":"…","modified":"…","nickname":"Three","type":"user","username":"user3","uuid":"…"}],"organization":"acme","path":"/users","timestamp":"…","uri":"/acme/desk/users"}"#);
        let fine = object!([{ "username": "user4", "password": "1" }, { "username": "user5", "password": "1" }]);
        assert_eq!(json(&send(&client, "POST", "/acme/desk/users", fine))["data"], object!([]));
    });
}

#[test]
fn whoever_wants_to_registers_where_registration_is_open() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        app(house, &ada, "closed", |_| {});
        app(house, &ada, "open", |app| app.open_registration = true);
        let stranger = house.stranger();
        let body = object!({ "username": "user1", "password": "1" });
        let closed = send(&stranger, "POST", "/acme/closed/users", body.clone());
        let open = send(&stranger, "POST", "/acme/open/users", body.clone());
        let many =
            send(&stranger, "POST", "/acme/open/users", object!([body, { "username": "user2", "password": "1" }]));
        assert_eq!(open.status, 200, "{}", open.body);
        let hidden = send(&stranger, "POST", "/acme/open/users/user1/blocks/users", object!({ "usernames": [] }));
        assert_eq!(hidden.status, 401);
        assert_snapshot!([fault(&closed), fault(&many), fault(&stranger.get("/acme/open/users"))].join("\n"), @r#"401 unauthorized Open registration doesn't allow, so register user need token
401 unauthorized Open registration doesn't allow, so register user need token
401 unauthorized Unable to authenticate (OAuth)"#);
    });
}

#[test]
fn staff_neither_appear_nor_change() {
    on_both(|house| {
        let client = ada(house);
        house.join_with(&[(Field::Username, "bea")], Role::Agent, Status::Active);
        let cleo = house.join_with(
            &[(Field::Email, "cleo@example.org"), (Field::Name, "Cleo")],
            Role::EndUser,
            Status::Active,
        );
        house.join_with(&[(Field::Username, "wáng+1")], Role::EndUser, Status::Suspended);
        for path in ["/acme/desk/users/bea", "/acme/desk/users/bea/status"] {
            assert_eq!(client.get(path).status, 404, "{path}");
        }
        assert_eq!(client.send("DELETE", "/acme/desk/users/bea", None, b"").status, 404);
        let list = json(&client.get("/acme/desk/users"));
        let names: Vec<&str> =
            list["entities"].as_array().unwrap().iter().map(|one| one["username"].as_str().unwrap()).collect();
        assert_eq!(
            names,
            [cleo.uid.to_string(), house.person(4).uid.to_string()],
            "a uid is the name of those without one"
        );
        assert_eq!(list["entities"][1]["activated"], false);
        let taken = send(&client, "POST", "/acme/desk/users", object!({ "username": "bea", "password": "1" }));
        assert_eq!(json(&taken)["error"], "duplicate_unique_property_exists");
    });
}

#[test]
fn a_list_goes_on_until_there_is_no_cursor() {
    on_both(|house| {
        let client = ada(house);
        for n in 0..5 {
            house.wait(Duration::from_secs(1));
            register(&client, &format!("user{n}"));
        }
        let mut seen = vec![];
        let mut next = String::new();
        loop {
            let page = json(&client.get(&format!("/acme/desk/users?limit=2&cursor={next}")));
            let list = page["entities"].as_array().unwrap();
            assert_eq!(page["count"], list.len());
            seen.extend(list.iter().map(|one| one["username"].as_str().unwrap().to_owned()));
            match page.get("cursor") {
                Some(cursor) => next = cursor.as_str().unwrap().to_owned(),
                None => break,
            }
        }
        assert_eq!(seen, ["user0", "user1", "user2", "user3", "user4"]);
        assert_eq!(json(&client.get("/acme/desk/users?limit=0"))["count"], 5);
        assert_eq!(json(&client.get("/acme/desk/users?limit=900"))["count"], 5);
        assert_snapshot!(fault(&client.get("/acme/desk/users?cursor=nonsense")), @r#"400 illegal_argument cursor is not one of this list"#);
        assert_snapshot!(fault(&client.send("DELETE", "/acme/desk/users?limit=0", None, b"")), @r#"400 illegal_argument limit must be an integer from 1 to 100"#);
        let some = json(&client.send("DELETE", "/acme/desk/users?limit=2&ql=None", None, b""));
        assert_eq!(
            (some["entities"][0]["username"].as_str(), some["entities"][1]["username"].as_str()),
            (Some("user0"), Some("user1"))
        );
        let rest = json(&client.send(
            "DELETE",
            &format!("/acme/desk/users?cursor={}", some["cursor"].as_str().unwrap()),
            None,
            b"",
        ));
        assert_eq!((rest["entities"].as_array().unwrap().len(), rest.get("cursor")), (3, None));
        assert_eq!(house.person(1).role, Role::Admin, "staff stay");
    });
}

#[test]
fn deleting_many_may_be_switched_off() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        let app = app(house, &ada, "desk", |app| app.batch_delete = false);
        let client = bearer(house, &token(house, &app));
        register(&client, "user1");
        assert_snapshot!(fault(&client.send("DELETE", "/acme/desk/users", None, b"")), @r#"403 forbidden_op An administrator switched this off for this app."#);
        assert_eq!(client.send("DELETE", "/acme/desk/users/user1", None, b"").status, 200);
    });
}

#[test]
fn a_ban_a_password_and_a_nickname_do_what_they_say() {
    on_both(|house| {
        let client = ada(house);
        register(&client, "user1");
        let put = |path: &str, body: Value| send(&client, "PUT", path, body);
        house.wait(Duration::from_secs(5));
        assert_snapshot!(told(&put("/acme/desk/users/user1", object!({ "nickname": "One", "notification_display_style": 1, "notification_no_disturbing": true, "x": 1 })), house), @r#"200 {"action":"put","application":"…","applicationName":"desk","duration":"…","entities":[{"activated":true,"created":"…","modified":"…","nickname":"One","notification_display_style":1,"notification_no_disturbing":true,"type":"user","username":"user1","uuid":"…"}],"organization":"acme","path":"/users","timestamp":"…","uri":"/acme/desk/users"}"#);
        assert_eq!(
            json(&put("/acme/desk/users/user1", object!({ "nickname": "" })))["entities"][0].get("nickname"),
            None
        );
        assert_snapshot!(told(&put("/acme/desk/push/nickname", object!([{ "username": "USER1", "push_nickname": "Uno" }])), house), @r#"200 {"action":"put","application":"…","applicationName":"desk","duration":"…","entities":[{"push_nickname":"Uno","username":"user1"}],"organization":"acme","path":"/push","timestamp":"…","uri":"/acme/desk/push/nickname"}"#);
        assert_snapshot!(told(&client.send("POST", "/acme/desk/users/user1/deactivate", None, b""), house), @r#"200 {"action":"Deactivate user","duration":"…","entities":[{"activated":false,"created":"…","modified":"…","nickname":"Uno","notification_display_style":1,"notification_no_disturbing":true,"type":"user","username":"user1","uuid":"…"}],"timestamp":"…"}"#);
        assert_eq!(house.person(2).status, Status::Suspended);
        assert_eq!(client.send("POST", "/acme/desk/users/user1/deactivate", None, b"").status, 200, "twice is once");
        assert_snapshot!(told(&client.send("POST", "/acme/desk/users/user1/activate", None, b""), house), @r#"200 {"action":"activate user","duration":"…","timestamp":"…"}"#);
        assert_eq!(house.person(2).status, Status::Active);
        assert_snapshot!(told(&put("/acme/desk/users/user1/password", object!({ "newpassword": PASSWORD })), house), @r#"200 {"action":"set user password","duration":"…","timestamp":"…"}"#);
        let sign_in = house.stranger().post("/login", &[("login", "user1"), ("password", PASSWORD)]);
        assert_eq!(sign_in.status, 303);
        assert_snapshot!(told(&client.get("/acme/desk/users/User1/status"), house), @r#"200 {"action":"get","data":{"User1":"online"},"duration":"…","entities":[],"path":"/users","timestamp":"…","uri":"/acme/desk/users"}"#);
        let places = json(&client.get("/acme/desk/users/user1/resources"));
        let resource = places["data"][0]["res"].as_str().unwrap();
        assert_eq!(
            json(&client.send("DELETE", &format!("/acme/desk/users/user1/disconnect/{resource}"), None, b""))["data"]["result"],
            true
        );
        assert_snapshot!(told(&client.get("/acme/desk/users/user1/disconnect"), house), @r#"200 {"action":"get","count":0,"data":{"result":true},"duration":"…","entities":[],"path":"/users","timestamp":"…","uri":"/acme/desk/users"}"#);
        let online =
            send(&client, "POST", "/acme/desk/users/batch/status", object!({ "usernames": ["user1", "nobody"] }));
        assert_snapshot!(told(&online, house), @r#"200 {"action":"get batch user status","data":[{"user1":"offline"},{"nobody":"offline"}],"duration":"…","timestamp":"…"}"#);
        let wrong = [
            fault(&put("/acme/desk/users/nobody/password", object!({ "newpassword": "1" }))),
            fault(&put("/acme/desk/users/user1/password", object!({}))),
            fault(&client.send("POST", "/acme/desk/users/nobody/deactivate", None, b"")),
            fault(&client.get("/acme/desk/users/nobody/disconnect")),
            fault(&client.send("PATCH", "/acme/desk/users/user1", None, b"")),
        ];
        assert_snapshot!(wrong.join("\n"), @r#"404 entity_not_found User null not found
400 illegal_argument newpassword is required
404 service_resource_not_found Service resource not found
404 service_resource_not_found Service resource not found
405 web_application Method Not Allowed"#);
    });
}

#[test]
fn whoever_comes_too_often_waits_a_second() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        let app = app(house, &ada, "desk", |app| app.rates = rates(2, 1, 1));
        let client = bearer(house, &token(house, &app));
        assert_eq!([0, 1, 2].map(|_| client.get("/acme/desk/users").status), [200, 200, 429]);
        let late = client.get("/acme/desk/users");
        assert_eq!(
            (fault(&late), late.headers["retry-after"].as_str()),
            ("429 reach_limit This request has reached api limit".into(), "1")
        );
        assert_eq!([0, 1].map(|_| client.send("DELETE", "/acme/desk/users", None, b"").status), [200, 429]);
        assert_eq!(send(&house.stranger(), "POST", "/acme/desk/token", object!({})).status, 429);
        house.wait(Duration::from_secs(1));
        assert_eq!(client.get("/acme/desk/users").status, 200);
    });
}
