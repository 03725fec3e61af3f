//! Coming in, and what is answered when something is wrong (contract, 1, 2 and 6).
use super::{ada, as_person, basic, email, plain};
use crate::api::{json, send, told};
use crate::house::{PASSWORD, on_both};
use insta::assert_snapshot;
use rollcall::actions::people::{password, suspension};
use rollcall::domain::key::Dialect;
use rollcall::domain::{NewPassword, Role};
use serde_json::json as object;

const ME: &str = "/apiv2/users/me.json";

#[test]
fn a_password_a_key_for_anybody_and_a_key_alone_open_the_door() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        let (ben, cleo) = (house.join("Ben", Role::Agent), house.join("Cleo", Role::EndUser));
        let (_, key) = house.key(Dialect::Kf5, &ada, false);
        let (_, bens) = house.key(Dialect::Kf5, &ben, false);
        let who = |user: &str, secret: &str| json(&basic(house, user, secret).get(ME))["user"]["name"].clone();
        for person in [&ada, &ben, &cleo] {
            assert_eq!(who(email(person), PASSWORD), person.fields.name.as_str());
            assert_eq!(who(&format!("{}/token", email(person)), &key), person.fields.name.as_str());
        }
        assert_eq!(who("BEN@example.org/token", &bens), "Ben", "whatever the case");
        assert_eq!(basic(house, "ada@example.org/token", &bens).get(ME).status, 401, "an agent's key is the agent's");
        assert_eq!(basic(house, "nobody@example.org/token", &key).get(ME).status, 401);
        let bearer = house.stranger().with("authorization", &format!("Bearer {bens}"));
        assert_eq!(json(&bearer.get(ME))["user"]["name"], "Ben");
        let (_, other) = house.key(Dialect::Datarc, &ada, false);
        assert_eq!(basic(house, "ada@example.org/token", &other).get(ME).status, 401);
    });
}

#[test]
fn whoever_shows_nothing_or_something_wrong_is_told_how_to_come_in() {
    on_both(|house| {
        house.join("Ada", Role::Admin);
        let refused = house.stranger().get(ME);
        assert_snapshot!(told(&refused), @r#"401 {"error":"Unauthorized","message":"Sign in with an e-mail and a password, or with an e-mail, /token and a key."}"#);
        assert_eq!(refused.headers["www-authenticate"], "Basic realm=\"Rollcall\"");
        assert_eq!(refused.headers["content-type"], "application/json; charset=utf-8");
        for (user, secret) in
            [("ada@example.org", "wrong"), ("ada@example.org/token", &"0".repeat(32)), ("", ""), ("/token", "")]
        {
            assert_eq!(basic(house, user, secret).get(ME).status, 401, "{user}");
        }
        let answers: Vec<u16> =
            (0..12).map(|n| basic(house, "eve@example.org", &format!("w{n}")).get(ME).status).collect();
        assert_eq!(answers.last(), Some(&429));
        let busy = basic(house, "eve@example.org", "again").get(ME);
        assert!(busy.headers.contains_key("retry-after"));
        assert_snapshot!(told(&busy), @r#"429 {"error":"TooManyRequests","message":"Too many attempts. Try again in 900 seconds."}"#);
    });
}

#[test]
fn a_password_stops_at_once_when_it_is_another_or_its_owner_is_out() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        let ben = house.join("Ben", Role::Agent);
        let client = basic(house, email(&ben), PASSWORD);
        assert_eq!(client.get(ME).status, 200);
        // Nobody hashes anything now, and the password that was proven opens all the same.
        let turns = house.app.hashing.available_permits() as u32;
        let held = house.app.hashing.try_acquire_many(turns).unwrap();
        (0..3).for_each(|_| assert_eq!(client.get(ME).status, 200));
        assert_eq!(basic(house, email(&ben), "a guess").get(ME).status, 429);
        drop(held);
        house.act(|act| suspension::create(act, ben.id, "")).unwrap();
        assert_snapshot!(told(&client.get(ME)), @r#"403 {"error":"Forbidden","message":"This person may not sign in at present. An administrator can let them back in."}"#);
        house.act(|act| suspension::destroy(act, ben.id)).unwrap();
        assert_eq!(client.get(ME).status, 200);
        let hash = NewPassword::given("quite another one").unwrap().hash().unwrap();
        house.act_as(&ada, |act| password::set(act, ben.id, &hash)).unwrap();
        assert_eq!(client.get(ME).status, 401);
        assert_eq!(basic(house, email(&ben), "quite another one").get(ME).status, 200);
    });
}

#[test]
fn every_spelling_of_an_address_and_of_a_body_is_understood() {
    on_both(|house| {
        let (_, client) = ada(house);
        for path in
            ["/apiv2/users", "/apiv2/users?", "/apiv2/users.json?role=admin&", "/apiv2/users/1", "/apiv2/users/me"]
        {
            assert_eq!(client.get(path).status, 200, "{path}");
        }
        assert_eq!(client.send("GET", "/apiv2/users/1.json", Some("application/json"), b"{\"user\":").status, 200);
        let body = br#"{"name":"Ada M"}"#;
        let put = client.send("PUT", "/apiv2/users/1", Some("application/x-www-form-urlencoded"), body);
        assert_eq!(json(&put)["user"]["name"], "Ada M", "a bare object, whatever its type says");
        let cleo = house.join("Cleo", Role::EndUser);
        let path = format!("/apiv2/users/{}.json", cleo.id.0);
        assert_eq!(told(&client.send("DELETE", &path, Some("application/json"), b"{}")), "200 {}");
        let java = client.with("accept", "text/html, image/gif, image/jpeg, */*; q=0.2").get(ME);
        assert_eq!((java.status, java.headers["content-type"].as_str()), (200, "application/json; charset=utf-8"));
    });
}

#[test]
fn what_is_wrong_is_named_in_one_envelope() {
    on_both(|house| {
        let (_, client) = ada(house);
        let post = |body: &[u8]| told(&client.send("POST", "/apiv2/users.json", Some("application/json"), body));
        assert_snapshot!(post(b"{\"user\":"), @r#"400 {"error":"BadRequest","message":"The body is no JSON: EOF while parsing a value at line 1 column 8."}"#);
        assert_snapshot!(post(b"[1]"), @r#"400 {"error":"BadRequest","message":"The body must be a JSON object."}"#);
        assert_snapshot!(post(br#"{"user":7}"#), @r#"422 {"details":{"user":["must be an object"]},"error":"UnprocessableEntity","message":"user must be an object"}"#);
        assert_snapshot!(post(br#"{"user":{"email":["a@example.org"]}}"#), @r#"422 {"details":{"email":["must be a string"]},"error":"UnprocessableEntity","message":"email must be a string"}"#);
        assert_snapshot!(post(&vec![b' '; 1_100_000]), @r#"400 {"error":"BadRequest","message":"The body is too large."}"#);
        assert_snapshot!(told(&client.get("/apiv2/users/99.json")), @r#"404 {"error":"NotFound","message":"Not Found"}"#);
        assert_snapshot!(told(&client.get("/apiv2/nowhere.json")), @r#"404 {"error":"NotFound","message":"Not Found"}"#);
        assert_snapshot!(told(&house.stranger().get("/apiv2")), @r#"404 {"error":"NotFound","message":"Not Found"}"#);
        assert_snapshot!(told(&client.get("/apiv2/users.json?role=boss")), @r#"400 {"error":"BadRequest","message":"role must be of admin, agent and end_user"}"#);
        assert_snapshot!(told(&client.get("/apiv2/users.json?page=x")), @r#"400 {"error":"BadRequest","message":"page must be an integer"}"#);
        let wrong = client.send("PATCH", "/apiv2/users/1.json", None, b"");
        assert_eq!(wrong.headers["allow"], "GET, PUT, DELETE");
        assert_snapshot!(told(&wrong), @r#"405 {"error":"MethodNotAllowed","message":"Method Not Allowed"}"#);
        let taken = send(&client, "POST", "/apiv2/users.json", object!({ "user": { "email": "ADA@example.org" } }));
        assert_snapshot!(told(&taken), @r#"422 {"details":{"email":["Another person has this e-mail address."]},"error":"UnprocessableEntity","message":"Another person has this e-mail address."}"#);
    });
}

#[test]
fn an_end_user_sees_only_themselves_and_in_short() {
    on_both(|house| {
        let (ada, _) = ada(house);
        let cleo = house.join("Cleo", Role::EndUser);
        house.organisation("Northbank", &[]);
        house
            .act(|act| {
                let fields = rollcall::domain::Fields {
                    organisation: "Northbank".into(),
                    notes: "Careful".into(),
                    ..cleo.fields.clone()
                };
                rollcall::actions::people::edit(act, cleo.id, cleo.version, fields)
            })
            .unwrap();
        let client = as_person(house, &ada, &cleo);
        assert_snapshot!(plain(house, &told(&client.get(ME))), @r#"200 {"user":{"created_at":"2026-11-22 02:00:00","email":"cleo@example.org","id":2,"language":"","last_login_at":null,"name":"Cleo","organization_id":1,"phone":"","phone_bind":false,"photo":"","role":"end_user","status":"active","updated_at":"2026-11-22 02:00:00","url":"HOUSE/apiv2/users/2.json"}}"#);
        for path in [
            "/apiv2/users.json",
            "/apiv2/users/2.json",
            "/apiv2/users/1.json",
            "/apiv2/users/show_many.json?ids=2",
            "/apiv2/users/search.json?query=cleo",
            "/apiv2/organizations/1/users.json",
            "/apiv2/groups.json",
            "/apiv2/organizations.json",
            "/apiv2/user_fields.json",
            "/apiv2/system_log.json",
            "/apiv2/users/2/requests.json",
        ] {
            assert_eq!(client.get(path).status, 403, "{path}");
        }
        let before = house.entries();
        for (method, path) in
            [("POST", "/apiv2/users.json"), ("PUT", "/apiv2/users/2.json"), ("DELETE", "/apiv2/users/2.json")]
        {
            let body = object!({ "user": { "email": "x@example.org", "name": "X" } });
            assert_eq!(send(&client, method, path, body).status, 403, "{method}");
        }
        assert_eq!(house.entries(), before);
    });
}

#[test]
fn rights_and_custom_roles_hold_here_too() {
    use rollcall::domain::{Permission as P, Reach};
    on_both(|house| {
        let (ada, admin) = ada(house);
        let ben = house.join("Ben", Role::Agent);
        let cleo = house.join("Cleo", Role::EndUser);
        let change = |client: &crate::house::Client, id: i64, body: serde_json::Value| {
            send(client, "PUT", &format!("/apiv2/users/{id}.json"), object!({ "user": body })).status
        };
        let agent = as_person(house, &ada, &ben);
        assert_eq!(change(&agent, cleo.id.0, object!({ "name": "Cleo B" })), 200);
        let log = house.sign_in(&ada).get("/people/3/activity").text();
        assert!(log.contains("Owner of the key now Ada"), "whose key Ben used is told: {log}");
        assert_eq!(change(&agent, cleo.id.0, object!({ "role": "agent" })), 403);
        assert_eq!(change(&agent, ada.id.0, object!({ "name": "A" })), 403);
        assert_eq!(change(&agent, ben.id.0, object!({ "moderator": true })), 403);
        assert_eq!(agent.send("DELETE", "/apiv2/users/3.json", None, b"").status, 403);
        assert_eq!(change(&admin, ben.id.0, object!({ "manage_people": false })), 200);
        assert_eq!(change(&agent, cleo.id.0, object!({ "name": "Cleo C" })), 403);
        assert_eq!(send(&agent, "POST", "/apiv2/users.json", object!({ "email": "n@example.org" })).status, 403);
        assert_eq!(agent.get("/apiv2/users.json").status, 200, "reads stay");
        let custom = house.role("Front", Reach::Groups, &[P::EditPeople]);
        assert_eq!(change(&admin, ben.id.0, object!({ "custom_role_id": custom })), 200);
        let list = json(&agent.get("/apiv2/users.json"));
        assert_eq!((list["count"].as_i64(), list["users"][0]["name"].as_str()), (Some(1), Some("Ben")), "{list}");
        assert_eq!(agent.get(&format!("/apiv2/users/{}.json", cleo.id.0)).status, 404);
        assert_eq!(json(&agent.get("/apiv2/users/search.json?query=cleo"))["count"], 0);
        assert_eq!(json(&agent.get("/apiv2/users/show_many.json?ids=1,2,3"))["count"], 1);
        assert_eq!(agent.get("/apiv2/users/search.json?query=x&query_fields=wechat_openid").status, 403);
        let shown = json(&admin.get(&format!("/apiv2/users/{}.json", ben.id.0)));
        assert_eq!(
            (shown["user"]["custom_role_id"].as_i64(), shown["user"]["manage_people"].as_bool()),
            (Some(custom), Some(false))
        );
    });
}

/// Each permission opens its own door, and none of them tells what is hidden.
#[test]
fn permissions_stand_apart_and_guesses_are_not_answered() {
    use rollcall::domain::{Permission as P, Reach};
    on_both(|house| {
        let (ada, admin) = ada(house);
        let cleo = house.join("Cleo", Role::EndUser);
        let path = format!("/apiv2/users/{}.json", cleo.id.0);
        let hidden = object!({ "mark_star": 1, "notes": "Careful", "wechat_openid": "o-1", "tags": ["vip"] });
        assert_eq!(send(&admin, "PUT", &path, hidden.clone()).status, 200);
        let with = |name: &str, permission: P| {
            let person = house.join_with_role(name, Reach::Everyone, &[permission], &[]);
            as_person(house, &ada, &person)
        };
        let editor = with("Edith", P::EditPeople);
        let before = house.entries();
        for (key, value) in hidden.as_object().unwrap() {
            for guess in [value.clone(), object!("wrong")] {
                let reply = send(&editor, "PUT", &path, object!({ key.as_str(): guess }));
                assert_eq!(reply.status, 403, "{key}: {}", reply.body);
            }
        }
        let read = json(&editor.get(&path));
        assert_eq!(send(&editor, "PUT", &path, read).status, 200, "what was told may be written back");
        assert_eq!(house.entries(), before);
        let post = |client: &crate::house::Client, name: &str, more: serde_json::Value| {
            let mut user = object!({ "email": format!("{name}@example.org") });
            user.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            send(client, "POST", "/apiv2/users.json", user).status
        };
        let maker = with("Mark", P::CreatePeople);
        assert_eq!(post(&maker, "new", object!({ "status": "active" })), 201);
        assert_eq!(post(&maker, "own", object!({ "password": "x" })), 403, "an account that its maker could enter");
        assert_eq!(send(&maker, "PUT", &path, object!({ "name": "X" })).status, 403);
        let guard = with("Gus", P::SuspendPeople);
        assert_eq!(send(&guard, "PUT", &path, object!({ "status": "suspended" })).status, 200);
        assert_eq!(send(&guard, "PUT", &path, object!({ "status": "active", "name": "X" })).status, 403);
        let smith = with("Sam", P::SetPasswords);
        assert_eq!(send(&smith, "PUT", &path, object!({ "password": "x" })).status, 200);
        let lent = as_person(house, &ada, &house.join("Boss", Role::Admin));
        let own = send(&lent, "PUT", &format!("/apiv2/users/{}.json", ada.id.0), object!({ "password": "x" }));
        assert_eq!(own.status, 403, "nor through somebody else: {}", own.body);
    });
}

#[test]
fn a_right_key_is_not_held_up_by_people_whom_nobody_knows() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        let (_, key) = house.key(Dialect::Kf5, &ada, false);
        let of = |n: usize| basic(house, &format!("nobody{n}@example.org/token"), &key).get(ME).status;
        assert!((0..70).all(|n| of(n) == 401));
        assert_eq!(basic(house, email(&ada), PASSWORD).get(ME).status, 200);
    });
}
