//! Audience Manager's contract, section by section.
use super::{json, send, told};
use crate::house::{Client, House, PASSWORD, Reply, on_both};
use base64::{Engine, engine::general_purpose::STANDARD};
use insta::assert_snapshot;
use rollcall::actions::people::suspension;
use rollcall::domain::key::Dialect;
use rollcall::domain::{Field, Person, Role, Status};
use serde_json::{Value, json as object};
use std::time::Duration;

/// Of a client with this key: id and secret.
fn ask(house: &House, secret: &str, form: &[(&str, &str)]) -> Reply {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
    let basic = STANDARD.encode(format!("{}:{secret}", &secret[..8]));
    let client = house.stranger().with("authorization", &format!("Basic {basic}"));
    client.send("POST", "/oauth/token", Some("application/x-www-form-urlencoded"), body.as_bytes())
}

fn password<'a>(person: &'a Person, password: &'a str) -> [(&'a str, &'a str); 3] {
    let email = person.fields.email.as_ref().unwrap().as_str();
    [("grant_type", "password"), ("username", email), ("password", password)]
}

fn token(reply: &Reply, name: &str) -> String {
    json(reply)[name].as_str().unwrap_or_else(|| panic!("{}", reply.body)).to_owned()
}

pub fn bearer(house: &House, access: &str) -> Client {
    house.stranger().with("authorization", &format!("Bearer {access}"))
}

/// A client whose token is its key's owner's.
pub fn of(house: &House, owner: &Person, read_only: bool) -> Client {
    let (_, secret) = house.key(Dialect::Audience, owner, read_only);
    bearer(house, &token(&ask(house, &secret, &[("grant_type", "client_credentials")]), "access_token"))
}

fn ada(house: &House) -> Client {
    let ada = house.join("Ada", Role::Admin);
    of(house, &ada, false)
}

#[test]
fn a_password_brings_a_pair_and_each_second_token_brings_one_more() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        let cleo = house.join("Cleo", Role::EndUser);
        let (_, secret) = house.key(Dialect::Audience, &ada, false);
        let before = house.entries();
        let first = ask(house, &secret, &password(&cleo, PASSWORD));
        assert_eq!((first.status, house.entries()), (200, before + 1), "{}", first.body);
        assert_eq!(first.headers["cache-control"], "no-store");
        assert_eq!(first.headers["content-type"], "application/json;charset=UTF-8");
        let told = json(&first);
        assert_eq!(
            [&told["token_type"], &told["scope"], &told["expires_in"]],
            [&object!("bearer"), &object!("read write"), &object!(3599)]
        );
        let (access, refresh) = (token(&first, "access_token"), token(&first, "refresh_token"));
        assert!(access.len() == 36 && access != refresh);
        let who = |access: &str| bearer(house, access).get("/v1/users/self");
        assert_eq!(json(&who(&access))["email"], "cleo@example.org");
        let renew = |token: &str| ask(house, &secret, &[("grant_type", "refresh_token"), ("refresh_token", token)]);
        let second = renew(&refresh);
        assert_eq!(json(&who(&token(&second, "access_token")))["email"], "cleo@example.org");
        assert_eq!((renew(&refresh).status, who(&access).status), (400, 401), "the old pair is used up");
        let (_, other) = house.key(Dialect::Audience, &ada, false);
        let theirs = token(&second, "refresh_token");
        let stolen = ask(house, &other, &[("grant_type", "refresh_token"), ("refresh_token", &theirs)]);
        assert_eq!(stolen.status, 400, "another client's");
        house.wait(Duration::from_secs(3_600));
        let over = who(&token(&second, "access_token"));
        assert_snapshot!(super::told(&over), @r#"401 {"error":"invalid_token","error_description":"The access token is missing or over."}"#);
        assert!(over.headers["www-authenticate"].contains("error=\"invalid_token\""));
        let third = renew(&theirs);
        assert_eq!(who(&token(&third, "access_token")).status, 200);
        house.act(|act| suspension::set(act, cleo.id, Status::Locked)).unwrap();
        assert_eq!(who(&token(&third, "access_token")).status, 401, "whoever is locked is out at once");
        assert_eq!(renew(&token(&third, "refresh_token")).status, 400);
        let rows = crate::undo::everything(house);
        assert!(rows.values().flatten().all(|row| !row.contains(&access) && !row.contains(&secret)));
    });
}

#[test]
fn what_brings_no_token_is_told_as_oauth_has_it() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        let (id, secret) = house.key(Dialect::Audience, &ada, false);
        let refused = |form: &[(&str, &str)]| told(&ask(house, &secret, form));
        assert_snapshot!(refused(&password(&ada, "wrong")), @r#"400 {"error":"invalid_grant","error_description":"Wrong name or password, a user who may not sign in, or a token that is used up."}"#);
        assert_snapshot!(refused(&[("grant_type", "refresh_token"), ("refresh_token", "x")]), @r#"400 {"error":"invalid_grant","error_description":"Wrong name or password, a user who may not sign in, or a token that is used up."}"#);
        assert_snapshot!(refused(&[("grant_type", "refresh_token"), ("username", "x"), ("password", "y")]), @r#"400 {"error":"invalid_request","error_description":"refresh_token is required."}"#);
        assert_snapshot!(refused(&[("grant_type", "telepathy")]), @r#"400 {"error":"unsupported_grant_type","error_description":"telepathy is none of password, refresh_token and client_credentials."}"#);
        assert_snapshot!(refused(&[]), @r#"400 {"error":"invalid_request","error_description":"grant_type is required."}"#);
        let wrong = ask(house, &"0".repeat(32), &[("grant_type", "client_credentials")]);
        assert_snapshot!(told(&wrong), @r#"401 {"error":"invalid_client","error_description":"The client id or secret is wrong."}"#);
        assert_eq!(wrong.headers["www-authenticate"], "Basic realm=\"oauth\"");
        let (_, other) = house.key(Dialect::Datarc, &ada, false);
        assert_eq!(ask(house, &other, &[("grant_type", "client_credentials")]).status, 401);
        let mine = of(house, &ada, false);
        let body = format!("grant_type=client_credentials&client_id={}&client_secret={secret}", &secret[..8]);
        let in_body = house.stranger().send("POST", "/oauth/token", None, body.as_bytes());
        let access = token(&in_body, "access_token");
        assert!(json(&in_body).get("refresh_token").is_none());
        house.act(|act| rollcall::actions::keys::destroy(act, id)).unwrap();
        assert_eq!(bearer(house, &access).get("/v1/users/self").status, 401, "revoked with its key");
        assert_eq!(mine.get("/v1/users/self").status, 200);
        assert_eq!(house.stranger().get("/v1/users/self").status, 401);
    });
}

#[test]
fn users_are_made_read_changed_and_deleted_under_every_address() {
    on_both(|house| {
        let client = ada(house);
        house.group("Billing");
        let before = house.entries();
        let body = object!({
            "username": "jdoe", "status": "ACTIVE", "firstName": "John", "lastName": "Doe", "email": "john@example.org",
            "title": "Buyer", "phoneNumber": "+49 30 123456", "groups": [1], "isAdmin": "false", "pid": 9,
        });
        let made = send(&client, "POST", "/api/v1/users/", body.clone());
        assert_snapshot!(told(&made), @r#"201 {"pid":1,"userId":2,"username":"jdoe","status":"ACTIVE","firstName":"John","lastName":"Doe","email":"john@example.org","title":"Buyer","phoneNumber":"+4930123456","groups":[1],"isAdmin":false}"#);
        assert_eq!(house.entries(), before + 1);
        let john = house.person(2);
        assert_eq!((john.fields.name.as_str(), john.role, john.status), ("John Doe", Role::EndUser, Status::Active));
        for path in ["/v1/users/2", "/v1/users//2", "/api/v1/users/2/", "/portal/api/v1/users/2"] {
            assert_eq!(json(&client.get(path)), json(&made), "{path}");
        }
        assert_eq!(send(&client, "POST", "/v1/users", body).status, 409, "the name is taken");
        let same = send(&client, "PUT", "/v1/users/2", json(&made));
        assert_eq!((same.status, house.entries()), (200, before + 1), "what was told changes nothing");
        let changed = object!({ "emailAddress": "jd@example.org", "title": null, "groups": [], "status": "LOCKED" });
        assert_eq!(send(&client, "PUT", "/v1/users/2", changed).status, 200);
        let now = house.person(2);
        assert_eq!((now.status, now.fields.title.as_str(), now.fields.groups.len()), (Status::Locked, "", 0));
        let admin =
            object!({ "username": "root", "firstName": "R", "lastName": "T", "email": "r@example.org", "admin": true });
        assert_eq!(json(&send(&client, "POST", "/v1/users/", admin))["isAdmin"], true);
        assert_eq!(told(&client.send("DELETE", "/v1/users/2", None, b"")), "204 ");
        assert_eq!(client.get("/v1/users/2").status, 404);
        assert_snapshot!(told(&client.send("DELETE", "/v1/users/1", None, b"")), @r#"409 {"error":"conflict","error_description":"You cannot delete yourself. Ask another administrator."}"#);
    });
}

#[test]
fn what_is_wrong_with_a_user_is_told_by_its_field() {
    on_both(|house| {
        let client = ada(house);
        let post = |change: Value| {
            let mut body = object!({ "username": "a", "firstName": "A", "lastName": "B", "email": "a@example.org" });
            body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
            told(&send(&client, "POST", "/v1/users/", body))
        };
        let before = house.entries();
        assert_snapshot!(post(object!({ "username": "" })), @r#"400 {"error":"invalid_request","error_description":"username: is required"}"#);
        assert_snapshot!(post(object!({ "email": "no-at" })), @r#"400 {"error":"invalid_request","error_description":"email: There is no @ in it. Write it like wang.fang@lanwan.example."}"#);
        assert_snapshot!(post(object!({ "status": "PENDING" })), @r#"400 {"error":"invalid_request","error_description":"status: must be ACTIVE, INACTIVE or LOCKED"}"#);
        assert_snapshot!(post(object!({ "groups": [9] })), @r#"400 {"error":"invalid_request","error_description":"groups: must be the numbers of groups"}"#);
        assert_snapshot!(post(object!({ "isAdmin": 7 })), @r#"400 {"error":"invalid_request","error_description":"isAdmin: must be true or false"}"#);
        assert_snapshot!(post(object!({ "email": "ada@example.org" })), @r#"409 {"error":"conflict","error_description":"email: Another person has this e-mail address."}"#);
        let raw = |body: &[u8]| told(&client.send("POST", "/v1/users", Some("application/json"), body));
        assert_snapshot!(raw(b"{"), @r#"400 {"error":"invalid_request","error_description":"The body is no JSON: EOF while parsing an object at line 1 column 1."}"#);
        assert_snapshot!(raw(&vec![b' '; 1_100_000]), @r#"413 {"error":"invalid_request","error_description":"Payload Too Large"}"#);
        assert_snapshot!(told(&client.get("/v1/nowhere")), @r#"404 {"error":"not_found","error_description":"Not Found"}"#);
        assert_snapshot!(told(&client.send("PATCH", "/v1/users/1", None, b"")), @r#"405 {"error":"method_not_allowed","error_description":"Method Not Allowed"}"#);
        assert_eq!(house.entries(), before);
    });
}

#[test]
fn lists_are_arrays_until_somebody_asks_for_a_page() {
    on_both(|house| {
        let client = ada(house);
        house.group("Billing");
        house.group("Support");
        for (name, group) in [("Ben", "Billing"), ("Cleo", "Support"), ("Dan", "Billing")] {
            let email = format!("{}@example.org", name.to_lowercase());
            house.join_with(
                &[(Field::Name, name), (Field::Email, &email), (Field::Groups, group)],
                Role::EndUser,
                Status::Active,
            );
        }
        let names = |list: &Value| -> Vec<String> {
            list.as_array().unwrap().iter().map(|one| one["firstName"].as_str().unwrap().to_owned()).collect()
        };
        let all = |query: &str| names(&json(&client.get(&format!("/v1/users/?{query}"))));
        assert_eq!(all(""), ["Ada", "Ben", "Cleo", "Dan"]);
        assert_eq!(all("groupId=1"), ["Ben", "Dan"]);
        assert_eq!(all("groupId=1&groupdId=2"), ["Ben", "Cleo", "Dan"], "in any of them, however it is spelled");
        assert_eq!(all("sortBy=email&descending"), ["Dan", "Cleo", "Ben", "Ada"]);
        assert_eq!(all("sortBy=firstName&descending=False"), ["Ada", "Ben", "Cleo", "Dan"]);
        assert_eq!(all("search=CLE&includePermissions=true"), ["Cleo"]);
        let page = json(&client.get("/v1/users/?page=1&pageSize=3"));
        assert_eq!(names(&page["list"]), ["Dan"]);
        assert_snapshot!(object!([page["total"], page["page"], page["pageSize"]]), @r#"[4,1,3]"#);
        assert_eq!(json(&client.get("/v1/users/?page=0"))["pageSize"], 10);
        for wrong in ["sortBy=shoe", "page=-1", "pageSize=x", "groupId=x"] {
            assert_eq!(client.get(&format!("/v1/users/?{wrong}")).status, 400, "{wrong}");
        }
        assert_snapshot!(told(&client.get("/v1/groups/?sortBy=name&descending=true")), @r#"200 [{"groupId":2,"pid":1,"name":"Support","description":null,"membershipCount":1,"wildcards":[],"users":[3]},{"groupId":1,"pid":1,"name":"Billing","description":null,"membershipCount":2,"wildcards":[],"users":[2,4]}]"#);
        assert_eq!(json(&client.get("/v1/groups/?page=0&pageSize=1"))["total"], 2);
    });
}

#[test]
fn many_are_deleted_all_or_none() {
    on_both(|house| {
        let client = ada(house);
        for name in ["Ben", "Cleo", "Dan"] {
            house.join(name, Role::EndUser);
        }
        let post = |body: &str| client.send("POST", "/v1/users/bulk-delete", Some("application/json"), body.as_bytes());
        let before = house.entries();
        assert_eq!(post("[2, 1]").status, 409, "nobody deletes themselves");
        assert_eq!((post("[\"x\"]").status, post("{}").status, post("[]").status), (400, 400, 204));
        assert_eq!(house.entries(), before);
        assert_eq!(told(&post("[2, 99, 3]")), "204 ");
        assert_eq!(told(&post("{[2, 4]}")), "204 ", "as its reference prints it");
        assert_eq!(house.entries(), before + 3);
        assert_eq!(json(&client.get("/v1/users/")).as_array().unwrap().len(), 1);
        house.group("Billing");
        assert_eq!(client.send("DELETE", "/v1/groups/bulk-delete", None, b"[1]").status, 204);
        assert_eq!(client.get("/v1/groups/1").status, 404);
    });
}

#[test]
fn everybody_reads_and_changes_themselves_and_no_more() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        let cleo = house.join("Cleo", Role::EndUser);
        let (_, secret) = house.key(Dialect::Audience, &ada, false);
        let sign_in = |word: &str| ask(house, &secret, &password(&cleo, word));
        let client = bearer(house, &token(&sign_in(PASSWORD), "access_token"));
        for path in ["/v1/users/", "/v1/users/1", "/v1/users/2", "/v1/groups/"] {
            assert_eq!(client.get(path).status, 403, "{path}");
        }
        for path in ["/self/update", "/v1/self/update", "/api/v1/users/self/update"] {
            let reply = send(&client, "PUT", path, object!({ "title": path }));
            assert_eq!((reply.status, &json(&reply)["title"]), (200, &object!(path)));
        }
        let own = send(
            &client,
            "POST",
            "/self/update",
            object!({ "firstName": "Cleo", "lastName": "Bell", "username": "cleo" }),
        );
        assert_snapshot!(told(&own), @r#"200 {"userId":2,"status":"ACTIVE","firstName":"Cleo","lastName":"Bell","email":"cleo@example.org","title":"/api/v1/users/self/update","phoneNumber":null}"#);
        assert_eq!(send(&client, "PUT", "/self/update", object!({ "status": "INACTIVE" })).status, 403);
        house.join_with(&[(Field::Username, "taken")], Role::EndUser, Status::Active);
        assert_eq!(send(&client, "PUT", "/self/update", object!({ "username": "taken" })).status, 409);
        let change = |old: &str, new: &str| {
            send(&client, "PUT", "/v1/users/self/update-password", object!({ "oldPassword": old, "newPassword": new }))
        };
        assert_snapshot!(told(&change("wrong", "seven green umbrellas sing")), @r#"400 {"error":"invalid_request","error_description":"oldPassword: This is not your current password."}"#);
        assert_snapshot!(told(&change(PASSWORD, "short")), @r#"400 {"error":"invalid_request","error_description":"newPassword: Use at least 10 characters."}"#);
        assert_eq!(told(&change(PASSWORD, "seven green umbrellas sing")), "200 {}");
        assert_eq!(client.get("/v1/users/self").status, 401, "tokens end with the old password");
        assert_eq!((sign_in(PASSWORD).status, sign_in("seven green umbrellas sing").status), (400, 200));
    });
}

#[test]
fn a_reset_password_opens_the_door_once_and_an_administrator_passes_it_on() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        let cleo = house.join("Cleo", Role::EndUser);
        let (_, secret) = house.key(Dialect::Audience, &ada, false);
        let pair = ask(house, &secret, &password(&cleo, PASSWORD));
        let client = bearer(house, &token(&pair, "access_token"));
        let before = house.entries();
        let reset = client.send("POST", "/self/reset-password", None, b"");
        assert_eq!((reset.status, reset.body.as_str(), house.entries()), (200, "{}", before + 1));
        assert_eq!(client.get("/v1/users/self").status, 401, "their tokens are over");
        assert_eq!(ask(house, &secret, &password(&cleo, PASSWORD)).status, 400, "and so is the old password");
        let desk = house.sign_in(&ada);
        let shown = |path: &str| {
            let page = desk.get(path).body;
            page.split("translate=\"no\">").nth(1).and_then(|rest| rest.split('<').next()).map(str::to_owned)
        };
        let made = shown("/people/2").expect("the person's page shows it");
        assert_eq!(shown("/people/2/access").as_deref(), Some(made.as_str()));
        let (first, last) = (made.chars().next().unwrap(), made.chars().last().unwrap());
        assert!((12..=40).contains(&made.len()) && first.is_alphanumeric() && last.is_alphanumeric(), "{made}");
        for kind in [char::is_uppercase, char::is_lowercase, |c: char| c.is_ascii_digit(), |c: char| c == '-'] {
            assert!(made.contains(kind), "{made}");
        }
        let bea = house.sign_in(&house.join("Bea", Role::Agent));
        assert!(!bea.get("/people/2").body.contains(&made), "an agent is not shown it");
        let kf5 = super::kf5::basic(house, "cleo@example.org", &made);
        assert_eq!(kf5.get("/apiv2/users/me").status, 401, "it is for signing in");
        let second = ask(house, &secret, &password(&cleo, &made));
        assert_eq!(second.status, 200, "{}", second.body);
        assert_eq!(ask(house, &secret, &password(&cleo, &made)).status, 400, "once");
        assert_eq!(shown("/people/2"), None);
        let client = bearer(house, &token(&second, "access_token"));
        let change = |old: &str| {
            let body = object!({ "oldPassword": old, "newPassword": "seven green umbrellas sing" });
            send(&client, "PUT", "/v1/users/self/update-password", body).status
        };
        assert_eq!((change("wrong"), change(&made)), (400, 200));
        assert_eq!(ask(house, &secret, &password(&cleo, "seven green umbrellas sing")).status, 200);
    });
}

#[test]
fn no_house_waits_for_a_password_that_nobody_can_pass_on() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        let reset = |person: &Person| of(house, person, false).send("PUT", "/self/reset-password", None, b"").status;
        assert_eq!(reset(&ada), 409, "the last administrator keeps their own");
        let eve = house.join("Eve", Role::Admin);
        assert_eq!((reset(&ada), reset(&eve)), (200, 409), "one of two waits for the other, not both for each other");
        house.sign_in(&eve);
    });
}

#[test]
fn a_temporary_password_leads_to_choosing_one_and_lasts_a_day() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        let cleo = house.join("Cleo", Role::EndUser);
        let desk = house.sign_in(&ada);
        let reset = || {
            assert_eq!(of(house, &cleo, false).send("PUT", "/v1/self/reset-password", None, b"").status, 200);
            desk.get("/people/2").body.split("translate=\"no\">").nth(1).unwrap().split('<').next().unwrap().to_owned()
        };
        let made = reset();
        let sign_in =
            |word: &str| house.stranger().post("/login", &[("login", "cleo@example.org"), ("password", word)]);
        let came = sign_in(&made);
        assert_eq!((came.status, came.location()), (303, "/people/2/password"));
        let until = house.person(2).last_login_at.unwrap().plus(Duration::from_secs(24 * 3_600));
        let told = desk.get("/people/2/activity").text();
        assert!(told.contains("+00:00") && !told.contains(&until.to_string()), "as people read it: {told}");
        assert_eq!(sign_in(&made).status, 422, "once");
        let late = reset();
        house.wait(Duration::from_secs(25 * 3_600));
        let desk = house.sign_in(&ada);
        assert_eq!(sign_in(&late).status, 422);
        assert!(!desk.get("/people/2").body.contains(&late), "what opens nothing is not shown");
    });
}

#[test]
fn groups_say_who_is_in_them_and_what_they_open() {
    on_both(|house| {
        let client = ada(house);
        house.join("Cleo", Role::EndUser);
        let body =
            object!({ "name": "Analysts", "users": [1, "2"], "wildcards": ["VIEW_ALL_SEGMENTS", "VIEW_MODELS"] });
        let made = send(&client, "POST", "/v1/groups/", body);
        assert_snapshot!(told(&made), @r#"201 {"groupId":1,"pid":1,"name":"Analysts","description":null,"membershipCount":2,"wildcards":["VIEW_ALL_SEGMENTS","VIEW_MODELS"],"users":[1,2]}"#);
        let wrong = |body: Value| told(&send(&client, "PUT", "/v1/groups/1", body));
        assert_snapshot!(wrong(object!({ "users": ["x"] })), @r#"400 {"error":"invalid_request","error_description":"users: must be the numbers of users"}"#);
        assert_snapshot!(wrong(object!({ "users": [99] })), @r#"400 {"error":"invalid_request","error_description":"users: Somebody among them is not known here."}"#);
        assert_snapshot!(wrong(object!({ "wildcards": ["OPEN_SESAME"] })), @r#"400 {"error":"invalid_request","error_description":"wildcards: must be names of the catalogue"}"#);
        assert_snapshot!(wrong(object!({ "name": "Analysts", "users": [] })), @r#"200 {"groupId":1,"pid":1,"name":"Analysts","description":null,"membershipCount":0,"wildcards":["VIEW_ALL_SEGMENTS","VIEW_MODELS"],"users":[]}"#);
        let list = |body: Value| told(&send(&client, "PUT", "/v1/groups/1/permissions/", body));
        assert_snapshot!(list(object!([{ "objectType": "SEGMENT", "objectId": "563", "permissions": ["READ", "WRITE"] }])), @r#"200 [{"objectType":"SEGMENT","objectId":563,"permissions":["READ","WRITE"]}]"#);
        assert_snapshot!(told(&client.get("/v1/groups/1/permissions")), @r#"200 [{"objectType":"SEGMENT","objectId":563,"permissions":["READ","WRITE"]}]"#);
        assert_snapshot!(list(object!([{ "objectType": "TAGS", "objectId": 1, "permissions": ["READ"] }])), @r#"400 {"error":"invalid_request","error_description":"objectType: is opened by wildcards only"}"#);
        assert_snapshot!(list(object!([{ "objectType": "SEGMENT", "permissions": [] }])), @r#"400 {"error":"invalid_request","error_description":"objectId: must be an integer"}"#);
        assert_snapshot!(told(&client.get("/v1/groups/9/permissions")), @r#"400 {"error":"invalid_request","error_description":"There is no such group within reach."}"#);
        assert_snapshot!(told(&client.get("/v1/permissionable-object-types/")), @r#"200 ["SEGMENT","TRAIT","DESTINATION","DERIVED_SIGNALS","TAGS"]"#);
        assert_snapshot!(told(&client.get("/v1/permissionable-object-types/TAGS/")), @r#"200 {"perObject":[],"wildcard":["VIEW_TAGS"]}"#);
        assert_eq!(client.get("/v1/permissionable-object-types/SHOES").status, 404);
        assert_eq!(json(&client.get("/v1/groups"))[0]["wildcards"], object!(["VIEW_ALL_SEGMENTS", "VIEW_MODELS"]));
    });
}
