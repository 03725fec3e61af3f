use super::{ENTERPRISE, PATCH, USER, ada, fault, look, of, patch, user};
use crate::api::{json, send};
use crate::house::{PASSWORD, on_both};
use insta::assert_snapshot;
use rollcall::domain::{Field, Role, Status};
use serde_json::json as object;

#[test]
fn what_is_sent_comes_back_as_it_was() {
    on_both(|house| {
        let client = ada(house);
        let sent = object!({
            "schemas": [USER, ENTERPRISE, "urn:ietf:params:scim:schemas:extension:unknown:2.0:User"],
            "externalId": "Grace 1", "userName": "Grace.Hopper@Example.org", "displayName": "Grace Hopper",
            "name": { "formatted": "Rear Adm. Grace B. Hopper", "givenName": "Grace", "familyName": "Hopper", "middleName": "B." },
            "nickName": "Amazing", "title": "Admiral", "userType": "Officer", "preferredLanguage": "en-US",
            "locale": "en-US", "timezone": "America/New_York", "active": true, "password": "a ship in port is safe",
            "emails": [{ "value": "grace@example.org", "type": "work", "primary": true },
                       { "value": "grace@home.example", "type": "home" }],
            "phoneNumbers": [{ "value": "+1 (202) 555-0143", "type": "mobile" }],
            "addresses": [{ "type": "work", "streetAddress": "1 Navy Way", "locality": "Arlington", "primary": true }],
            "roles": [], "groups": [], "meta": { "resourceType": "User" },
            ENTERPRISE: { "employeeNumber": "701984", "organization": "Navy", "department": "Computing", "manager": "1" },
            "somethingElse": { "unknown": 1 },
        });
        let made = send(&client, "POST", "/scim/v2/Users", sent.clone());
        assert_eq!(made.status, 201, "{}", made.body);
        assert_eq!(made.headers["content-type"], "application/scim+json");
        let mut told = json(&made);
        assert_eq!(made.headers["location"], told["meta"]["location"].as_str().unwrap());
        assert_eq!(made.headers["etag"], told["meta"]["version"].as_str().unwrap());
        for name in sent.as_object().unwrap().keys() {
            let now = told.as_object_mut().unwrap().remove(name);
            match name.as_str() {
                "schemas" => assert_eq!(now.unwrap(), object!([USER, ENTERPRISE])),
                "password" | "roles" | "groups" | "somethingElse" => assert_eq!(now, None, "{name}"),
                ENTERPRISE => assert_eq!(
                    now.unwrap(),
                    object!({ "employeeNumber": "701984", "organization": "Navy", "department": "Computing",
                              "manager": { "value": "1" } })
                ),
                "meta" => assert_eq!(now.unwrap()["resourceType"], "User"),
                _ => assert_eq!(now.unwrap(), sent[name], "{name}"),
            }
        }
        assert_eq!(told, object!({ "id": "2" }), "and nothing else");
        let grace = house.person(2);
        let fields = &grace.fields;
        assert_eq!((fields.name.as_str(), fields.organisation.as_str()), ("Grace Hopper", "Navy"));
        assert_eq!((fields.get(Field::Phone), grace.role), ("+12025550143".to_owned(), Role::EndUser));
        house.stranger().post("/login", &[("login", "grace@example.org"), ("password", "a ship in port is safe")]);
        assert!(house.person(2).last_login_at.is_some(), "the password is theirs");
    });
}

#[test]
fn somebody_from_elsewhere_is_told_as_a_user() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        house.group("Billing");
        let given = [(Field::Name, "Cleo Park"), (Field::Email, "cleo@example.org"), (Field::Groups, "Billing")];
        house.join_with(&given, Role::Agent, Status::Suspended);
        let client = of(house, &ada, false);
        let mut told = json(&client.get("/scim/v2/Users/2"));
        let base = format!("{}/scim/v2", house.url);
        told["meta"] = object!(null);
        let told = told.to_string().replace(&base, "");
        assert_snapshot!(told, @r#"{"active":false,"displayName":"Cleo Park","emails":[{"primary":true,"type":"work","value":"cleo@example.org"}],"groups":[{"$ref":"/Groups/1","display":"Billing","type":"direct","value":"1"}],"id":"2","meta":null,"name":{"formatted":"Cleo Park"},"roles":[{"type":"rollcall","value":"agent"}],"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"cleo@example.org"}"#);
        assert_eq!(client.get("/scim/v2/Users/99").status, 404);
        assert_snapshot!(client.get("/scim/v2/Users/99").body, @r#"{"detail":"Not Found","schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"404"}"#);
    });
}

#[test]
fn a_user_name_is_needed_and_nobodys_else() {
    on_both(|house| {
        let client = ada(house);
        user(&client, "grace", object!({}));
        let refused = |body: serde_json::Value| fault(&send(&client, "POST", "/scim/v2/Users", body));
        let all = [
            refused(object!({ "schemas": [USER] })),
            refused(object!({ "schemas": [USER], "userName": "" })),
            refused(object!({ "userName": "lin" })),
            refused(object!({ "schemas": [USER], "userName": "GRACE" })),
            refused(object!({ "schemas": [USER], "userName": "ada@example.org" })),
            refused(object!({ "schemas": [USER], "userName": "lin", "emails": [{ "value": "ada@example.org" }] })),
            refused(object!({ "schemas": [USER], "userName": "lin", "emails": [{ "value": "nothing" }] })),
            refused(object!({ "schemas": [USER], "userName": "lin", "emails": "x", "active": "perhaps" })),
            refused(object!({ "schemas": [USER], "userName": ["lin"] })),
            refused(object!([1])),
            fault(&client.send("POST", "/scim/v2/Users", Some("application/scim+json"), b"{")),
        ];
        assert_snapshot!(all.join("\n"), @r#"400 invalidValue userName is required.
400 invalidValue userName is required.
400 invalidSyntax schemas must name urn:ietf:params:scim:schemas:core:2.0:User.
409 uniqueness userName: Another person has this username.
409 uniqueness userName: Another person has this username.
409 uniqueness emails: Another person has this e-mail address.
400 invalidValue emails: There is no @ in it. Write it like wang.fang@lanwan.example.
400 invalidValue active must be true or false.
400 invalidValue userName must be a string.
400 invalidSyntax The body must be a JSON object.
400 invalidSyntax The body is no JSON: EOF while parsing an object at line 1 column 1."#);
        assert_eq!(house.entries(), 3, "Ada, the key, Grace: nothing else was made");
    });
}

#[test]
fn the_whole_replaces_the_whole_but_for_what_nobody_says() {
    on_both(|house| {
        let client = ada(house);
        let id = user(
            &client,
            "grace",
            object!({ "title": "Admiral", "nickName": "Amazing", "externalId": "1",
            "emails": [{ "value": "grace@example.org" }], ENTERPRISE: { "department": "Computing", "organization": "Navy" } }),
        );
        let path = format!("/scim/v2/Users/{id}");
        assert_eq!(
            patch(&client, &path, object!([{ "op": "add", "path": "roles", "value": [{ "value": "agent" }] }])).status,
            200
        );
        assert_eq!(patch(&client, &path, object!([{ "op": "replace", "value": { "active": false } }])).status, 200);
        let put = send(
            &client,
            "PUT",
            &path,
            object!({ "schemas": [USER], "id": "99", "userName": "Grace", "title": "Dr." }),
        );
        let mut told = json(&put);
        told["meta"] = object!(null);
        assert_snapshot!(told, @r#"{"active":false,"id":"2","meta":null,"roles":[{"type":"rollcall","value":"agent"}],"schemas":["urn:ietf:params:scim:schemas:core:2.0:User","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],"title":"Dr.","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"Computing","organization":"Navy"},"userName":"Grace"}"#);
        assert_eq!(house.person(2).status, Status::Suspended, "activity stays");
        let put = object!({ "schemas": [USER, ENTERPRISE], "userName": "Grace", "active": "True" });
        assert_eq!(json(&send(&client, "PUT", &path, put))[ENTERPRISE], object!(null), "the extension was spoken of");
        assert_eq!(house.person(2).status, Status::Active);
        assert_eq!(
            fault(&send(&client, "PUT", &path, object!({ "schemas": [USER] }))),
            "400 invalidValue userName is required."
        );
        assert_eq!(
            send(&client, "PUT", "/scim/v2/Users/99", object!({ "schemas": [USER], "userName": "x" })).status,
            404
        );
    });
}

#[test]
fn what_a_client_got_back_it_may_send_again_and_nothing_changes() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        house.group("Billing");
        let given = [
            (Field::Name, "Cleo Park"),
            (Field::Email, "cleo@example.org"),
            (Field::Groups, "Billing"),
            (Field::Phone, "+86 138 0000 3818"),
            (Field::Organisation, "Acme"),
            (Field::Tags, "vip"),
            (Field::Notes, "Calls at night."),
        ];
        let cleo = house.join_with(&given, Role::EndUser, Status::Unverified);
        let client = of(house, &ada, false);
        let path = format!("/scim/v2/Users/{}", cleo.id.0);
        let before = house.entries();
        let told = client.get(&path);
        let again = client.send("PUT", &path, Some("application/scim+json"), told.body.as_bytes());
        assert_eq!((again.status, &again.body), (200, &told.body));
        assert_eq!((house.entries(), house.person(cleo.id.0)), (before, cleo), "nothing unknown is cleared");
    });
}

#[test]
fn who_changed_it_first_is_told_by_its_version() {
    on_both(|house| {
        let client = ada(house);
        let id = user(&client, "grace", object!({}));
        let path = format!("/scim/v2/Users/{id}");
        let first = client.get(&path).headers["etag"].clone();
        assert_eq!(client.again().with("if-none-match", &first).get(&path).status, 304);
        let title = |client: &crate::house::Client, title: &str| {
            patch(client, &path, object!([{ "op": "replace", "path": "title", "value": title }]))
        };
        let second = title(&client.again().with("if-match", &first), "Dr.");
        assert_eq!(second.status, 200, "{}", second.body);
        assert_ne!(second.headers["etag"], first);
        let late = client.again().with("if-match", &first);
        assert_snapshot!(fault(&title(&late, "Prof.")), @r#"412 - Somebody else changed this meanwhile. Read it again and repeat."#);
        assert_eq!(late.send("DELETE", &path, None, b"").status, 412);
        assert_eq!(send(&late, "PUT", &path, object!({ "schemas": [USER], "userName": "x" })).status, 412);
        assert_eq!(client.again().with("if-none-match", &first).get(&path).status, 200);
        let same = title(&client, "Dr.");
        assert_eq!(json(&same)["meta"], json(&second)["meta"], "nothing changed, nothing moved");
    });
}

#[test]
fn attributes_are_chosen_or_left_out() {
    on_both(|house| {
        let client = ada(house);
        let id = user(
            &client,
            "grace",
            object!({ "name": { "givenName": "Grace", "familyName": "Hopper" },
            "emails": [{ "value": "grace@example.org", "type": "work", "primary": true }], ENTERPRISE: { "department": "C" } }),
        );
        let asked = |query: &str| client.get(&format!("/scim/v2/Users/{id}?{query}")).body;
        let all = [
            asked("attributes=userName"),
            asked("attributes=name.givenName,emails.value"),
            asked(&format!("attributes={ENTERPRISE}:department&aadOptscim062020")),
            asked(&format!("excludedAttributes=name,emails.type,meta,id,{ENTERPRISE}")),
            asked("attributes=nothing"),
            asked("attributes=id&excludedAttributes=meta"),
        ];
        assert_snapshot!(all.join("\n"), @r#"{"id":"2","schemas":["urn:ietf:params:scim:schemas:core:2.0:User","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],"userName":"grace"}
{"emails":[{"value":"grace@example.org"}],"id":"2","name":{"givenName":"Grace"},"schemas":["urn:ietf:params:scim:schemas:core:2.0:User","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"]}
{"id":"2","schemas":["urn:ietf:params:scim:schemas:core:2.0:User","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"C"}}
{"active":true,"displayName":"Grace Hopper","emails":[{"primary":true,"value":"grace@example.org"}],"id":"2","schemas":["urn:ietf:params:scim:schemas:core:2.0:User","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],"userName":"grace"}
{"id":"2","schemas":["urn:ietf:params:scim:schemas:core:2.0:User","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"]}
{"detail":"excludedAttributes cannot stand beside attributes.","schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"scimType":"invalidValue","status":"400"}"#);
    });
}

#[test]
fn a_deleted_user_is_gone_and_the_house_never_stands_alone() {
    on_both(|house| {
        let client = ada(house);
        let id = user(&client, "grace", object!({ "password": PASSWORD }));
        let path = format!("/scim/v2/Users/{id}");
        assert_eq!(client.send("DELETE", &path, None, b"").status, 204);
        for method in ["GET", "DELETE"] {
            assert_eq!(client.send(method, &path, None, b"").status, 404);
        }
        let last = client.send("DELETE", "/scim/v2/Users/1", None, b"");
        let out = patch(&client, "/scim/v2/Users/1", object!([{ "op": "replace", "path": "active", "value": false }]));
        let less = patch(&client, "/scim/v2/Users/1", object!([{ "op": "remove", "path": "roles" }]));
        assert_snapshot!([fault(&last), fault(&out), fault(&less)].join("\n"), @r#"403 - You cannot delete yourself. Ask another administrator.
403 - You cannot do this to yourself. Ask another administrator.
403 - This is the last administrator who can sign in. Make someone else administrator first."#);
        assert_eq!(user(&client, "grace", object!({})), "3", "the name is free, the id is not");
        assert_eq!(look(&client, "/scim/v2/Users/3", &["/userName", "/active"]), "/userName \"grace\"\n/active true");
    });
}

#[test]
fn a_password_is_changed_however_its_name_is_written() {
    on_both(|house| {
        let client = ada(house);
        let id = user(
            &client,
            "grace",
            object!({ "emails": [{ "value": "grace@example.org" }], "roles": [{ "value": "agent" }] }),
        );
        for (path, password) in
            [("PASSWORD", "a ship in port is safe"), (r"pass\u0077ord", "that is not what it is for")]
        {
            let body = format!(
                r#"{{"schemas":["{PATCH}"],"Operations":[{{"op":"add","path":"{path}","value":"{password}"}}]}}"#
            );
            let answer =
                client.send("PATCH", &format!("/scim/v2/Users/{id}"), Some("application/json"), body.as_bytes());
            assert_eq!(answer.status, 200, "{path}");
            let entered = house.stranger().post("/login", &[("login", "grace@example.org"), ("password", password)]);
            assert_eq!(entered.location(), "/", "{path}");
        }
    });
}

#[test]
fn a_shared_phone_is_kept_but_finds_only_the_first() {
    on_both(|house| {
        let client = ada(house);
        let office = object!({ "phoneNumbers": [{ "value": "+1 202 555 0143", "type": "work" }] });
        user(&client, "grace", office.clone());
        let second = user(&client, "howard", office.clone());
        let told = json(&client.get(&format!("/scim/v2/Users/{second}")));
        assert_eq!(told["phoneNumbers"], office["phoneNumbers"]);
        assert_eq!((house.person(2).fields.phone.is_some(), house.person(3).fields.phone.is_some()), (true, false));
    });
}
