use super::{App, app, bearer, fault, register, token, told};
use crate::api::{json, send};
use crate::house::{House, Reply, on_both};
use insta::assert_snapshot;
use rollcall::domain::Role;
use rollcall::domain::chat_app::{ChatApp, is_reserved};
use serde_json::{Value, json as object};
use std::time::Duration;

fn ask(house: &House, app: &App, body: Value) -> Reply {
    send(&house.stranger(), "POST", &format!("{}/token", app.path), body)
}

fn of_app(app: &App, more: Value) -> Value {
    let mut body = object!({ "grant_type": "client_credentials", "client_id": app.id, "client_secret": app.secret });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

#[test]
fn an_app_is_given_a_token_for_as_long_as_it_asks() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        let desk = app(house, &ada, "desk", |_| {});
        let other = app(house, &ada, "other", |_| {});
        let lasts = |more: Value| json(&ask(house, &desk, of_app(&desk, more)))["expires_in"].clone();
        assert_eq!(lasts(object!({})), 60 * 86_400);
        assert_eq!(lasts(object!({ "ttl": "1024000" })), 1_024_000);
        assert_eq!(lasts(object!({ "ttl": 0 })), i32::MAX);
        let brief = json(&ask(house, &desk, of_app(&desk, object!({ "ttl": 60 }))));
        let client = bearer(house, brief["access_token"].as_str().unwrap());
        assert_eq!(client.get("/acme/desk/users").status, 200);
        assert_eq!(client.get("/acme/other/users").status, 401, "a token opens its own app");
        house.wait(Duration::from_secs(61));
        let all = [
            fault(&client.get("/acme/desk/users")),
            fault(&ask(house, &desk, of_app(&other, object!({})))),
            fault(&ask(house, &desk, object!({ "grant_type": "client_credentials" }))),
            fault(&ask(house, &desk, object!({ "grant_type": "magic" }))),
            fault(&ask(house, &desk, of_app(&desk, object!({ "ttl": -1 })))),
            fault(&send(&house.stranger(), "POST", "/acme/none/token", object!({}))),
        ];
        assert_snapshot!(all.join("\n"), @r#"401 unauthorized Unable to authenticate (OAuth)
400 invalid_grant client_id or client_secret do not match
400 illegal_argument client_id is required
400 illegal_argument grant_type magic is not supported
400 illegal_argument ttl is out of range
404 organization_application_not_found Could not find application for acme/none from URI: acme/none/token"#);
        house.act(|act| rollcall::actions::keys::destroy(act, desk.key)).unwrap();
        assert_eq!(client.get("/acme/desk/users").status, 404, "with its key, the app goes");
    });
}

#[test]
fn a_user_token_is_a_users_and_opens_nothing_here() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        let desk = app(house, &ada, "desk", |_| {});
        let admin = bearer(house, &token(house, &desk));
        register(&admin, "user1");
        let mine = object!({ "grant_type": "password", "username": "user1", "password": "1", "timestamp": 1 });
        let made = ask(house, &desk, mine.clone());
        let mut user = json(&made);
        assert_eq!((made.status, user["user"]["username"].as_str()), (200, Some("user1")));
        user["access_token"].take();
        let client = bearer(house, json(&made)["access_token"].as_str().unwrap());
        let inherit = |name: &str, make: bool| {
            send(
                &admin,
                "POST",
                "/acme/desk/token",
                object!({ "grant_type": "inherit", "username": name, "autoCreateUser": make }),
            )
        };
        assert_eq!(inherit("user1", false).status, 200);
        let made = json(&inherit("user2", true));
        assert_eq!(made["user"]["username"], "user2");
        admin.send("POST", "/acme/desk/users/user1/deactivate", None, b"");
        let all = [
            fault(&bearer(house, made["access_token"].as_str().unwrap()).get("/acme/desk/users")),
            fault(&client.get("/acme/desk/users")),
            fault(&ask(house, &desk, mine)),
            fault(&inherit("user1", false)),
            fault(&inherit("user3", false)),
            fault(&ask(house, &desk, object!({ "grant_type": "password", "username": "user2", "password": "x" }))),
            fault(&ask(
                house,
                &desk,
                object!({ "grant_type": "password", "username": "ada@example.org", "password": crate::house::PASSWORD }),
            )),
            fault(&ask(house, &desk, object!({ "grant_type": "inherit", "username": "user2" }))),
        ];
        assert_snapshot!(all.join("\n"), @r#"401 unauthorized A user token opens nothing here: the admin permission is missing
401 unauthorized Unable to authenticate (OAuth)
400 invalid_grant invalid username or password
400 invalid_grant the user is not activated
404 service_resource_not_found Service resource not found
400 invalid_grant invalid username or password
400 invalid_grant invalid username or password
401 unauthorized Unable to authenticate (OAuth)"#);
    });
}

#[test]
fn a_user_out_of_reach_is_given_no_token_and_a_disconnection_tells_of_tokens() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        house.group("Theirs");
        let given = [(rollcall::domain::Field::Groups, "Theirs")];
        let mia =
            house.join_with_role("Mia", rollcall::domain::Reach::Groups, rollcall::domain::Permission::ALL, &given);
        let (far, near) = (app(house, &mia, "far", |_| {}), app(house, &ada, "desk", |_| {}));
        let admin = bearer(house, &token(house, &near));
        register(&admin, "user1");
        let mine = object!({ "grant_type": "password", "username": "user1", "password": "1" });
        assert_eq!(ask(house, &far, mine.clone()).status, 400);
        assert_eq!(ask(house, &near, mine).status, 200);
        let before = house.entries();
        assert_eq!(admin.get("/acme/desk/users/user1/disconnect").status, 200);
        assert_eq!(house.entries(), before + 1, "a token that ended is told, too");
        assert_eq!(admin.get("/acme/desk/users/user1/disconnect").status, 200);
        assert_eq!(house.entries(), before + 1);
    });
}

/// What the panel and the other APIs answer to is theirs.
#[test]
fn no_organisation_hides_an_address_of_the_house() {
    use rollcall::api::{audience, datarc, freescout, kf5, scim};
    let tables = [
        rollcall::panel::TABLE,
        kf5::TABLE,
        freescout::TABLE,
        datarc::TABLE,
        audience::TABLE,
        audience::OWN,
        scim::TABLE,
    ];
    for (_, path) in tables.concat() {
        let first = path.trim_start_matches('/').split('/').next().unwrap();
        assert!(first.is_empty() || is_reserved(first), "{path}");
    }
    for org in ["people", "api", "", "a b", "§", ".hidden", &"x".repeat(65)] {
        assert!(ChatApp::parse(org, "desk", false).is_err(), "{org}");
    }
    on_both(|house| {
        let page = house.stranger().get("/people/1/users");
        assert!(!page.body.contains("organization_application_not_found"), "{}", page.body);
        let lost = "/acme/desk/users//contacts";
        assert_snapshot!(told(&house.stranger().get(lost), house), @r#"404 {"duration":"…","error":"service_resource_not_found","error_description":"Service resource not found","exception":"…","timestamp":"…"}"#);
        let page = house.stranger().with("accept", "text/html,application/xhtml+xml,*/*;q=0.8").get(lost);
        assert_eq!(page.status, 404);
        assert!(page.body.starts_with("<!doctype html>"), "who reads pages is given one: {}", page.body);
    });
}

#[test]
fn the_envelope_of_an_error_has_every_key() {
    on_both(|house| {
        let reply = house.stranger().get("/acme/desk/users");
        assert_snapshot!(told(&reply, house), @r#"404 {"duration":"…","error":"organization_application_not_found","error_description":"Could not find application for acme/desk from URI: acme/desk/users","exception":"…","timestamp":"…"}"#);
    });
}
