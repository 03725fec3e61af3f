use super::{ENTERPRISE, ada, fault, look, patch, user};
use crate::api::json;
use crate::house::{Client, on_both};
use insta::assert_snapshot;
use serde_json::{Value, json as object};

/// What a patch makes of a user, told by these parts.
fn after(client: &Client, path: &str, operations: Value, parts: &[&str]) -> String {
    let reply = patch(client, path, operations);
    if reply.status == 200 { look(client, path, parts) } else { fault(&reply) }
}

#[test]
fn operations_do_what_the_standard_says() {
    on_both(|house| {
        let client = ada(house);
        let id = user(
            &client,
            "grace",
            object!({ "title": "Dr.", "name": { "givenName": "Grace" },
            "emails": [{ "value": "a@example.org", "type": "work", "primary": true }] }),
        );
        let path = format!("/scim/v2/Users/{id}");
        let emails = ["/emails"];
        let all = [
            after(
                &client,
                &path,
                object!([{ "op": "add", "path": "emails", "value": [{ "value": "b@example.org", "type": "home" }] }]),
                &emails,
            ),
            after(
                &client,
                &path,
                object!([{ "op": "add", "path": "emails", "value": { "value": "b@example.org", "type": "home" } }]),
                &emails,
            ),
            after(
                &client,
                &path,
                object!([{ "op": "add", "path": "emails", "value": [{ "value": "c@example.org", "primary": true }] }]),
                &emails,
            ),
            after(
                &client,
                &path,
                object!([{ "op": "replace", "path": "emails[type eq \"home\"].value", "value": "d@example.org" }]),
                &emails,
            ),
            after(
                &client,
                &path,
                object!([{ "op": "remove", "path": "emails[value co \"example\" and type pr]" }]),
                &emails,
            ),
            after(&client, &path, object!([{ "op": "remove", "path": "emails[type eq \"none\"]" }]), &emails),
            after(
                &client,
                &path,
                object!([{ "op": "replace", "path": "emails[type sw \"n\"].value", "value": "x@example.org" }]),
                &emails,
            ),
            after(
                &client,
                &path,
                object!([{ "op": "remove", "path": "name.givenName" }, { "op": "remove", "path": "title" }]),
                &["/name/givenName", "/title"],
            ),
            after(
                &client,
                &path,
                object!([{ "op": "replace", "path": "name", "value": { "familyName": "Hopper", "honorificPrefix": "Dr." } }]),
                &["/name"],
            ),
            after(
                &client,
                &path,
                object!([{ "op": "replace", "path": "title", "value": "A" }, { "op": "remove", "path": "userName" }]),
                &["/title"],
            ),
            after(&client, &path, object!([{ "op": "replace", "path": "active", "value": "False" }]), &["/active"]),
            after(&client, &path, object!([{ "op": "remove", "path": "active" }]), &["/active"]),
        ];
        assert_snapshot!(all.join("\n"), @r#"/emails [{"primary":true,"type":"work","value":"a@example.org"},{"type":"home","value":"b@example.org"}]
/emails [{"primary":true,"type":"work","value":"a@example.org"},{"type":"home","value":"b@example.org"}]
/emails [{"primary":true,"value":"c@example.org"},{"primary":false,"type":"work","value":"a@example.org"},{"type":"home","value":"b@example.org"}]
/emails [{"primary":true,"value":"c@example.org"},{"primary":false,"type":"work","value":"a@example.org"},{"type":"home","value":"d@example.org"}]
/emails [{"primary":true,"value":"c@example.org"}]
400 noTarget No element of emails is meant.
400 noTarget No element of emails is meant.
/name/givenName null
/title null
/name {"familyName":"Hopper","formatted":"Grace","honorificPrefix":"Dr."}
400 mutability userName is required.
/active false
/active null"#);
    });
}

#[test]
fn what_cannot_be_done_says_why_and_does_nothing() {
    on_both(|house| {
        let client = ada(house);
        let id = user(&client, "grace", object!({}));
        let path = format!("/scim/v2/Users/{id}");
        let before = house.entries();
        let refused = |operation: Value| {
            fault(&patch(&client, &path, object!([{ "op": "add", "path": "title", "value": "Dr." }, operation])))
        };
        let all = [
            refused(object!({ "op": "replace", "path": "id", "value": "9" })),
            refused(object!({ "op": "add", "path": "groups", "value": [{ "value": "1" }] })),
            refused(object!({ "op": "add", "path": "meta.created", "value": "2020-01-01T00:00:00Z" })),
            refused(object!({ "op": "add", "path": "shoeSize", "value": "9" })),
            refused(object!({ "op": "add", "path": "name.shoe", "value": "9" })),
            refused(object!({ "op": "add", "path": "title[type eq \"x\"]", "value": "9" })),
            refused(object!({ "op": "add", "path": "emails[type eq]", "value": "9" })),
            refused(object!({ "op": "add", "path": "emails[type eq \"work\"", "value": "9" })),
            refused(object!({ "op": "remove" })),
            refused(object!({ "op": "add", "value": "title" })),
            refused(object!({ "op": "move", "path": "title" })),
            refused(object!({ "op": "add", "path": "active", "value": "perhaps" })),
            refused(object!({ "op": "replace", "value": { "id": "9" } })),
            refused(object!({ "op": "replace", "path": "userName", "value": "" })),
            refused(object!({ "op": "replace", "path": "userName", "value": "ada@example.org" })),
            fault(&patch(&client, &path, object!([]))),
        ];
        assert_snapshot!(all.join("\n"), @r#"400 mutability id cannot be changed.
400 mutability groups cannot be changed.
400 mutability created cannot be changed.
400 invalidPath User has no attribute "shoeSize".
400 invalidPath User has no attribute "name.shoe".
400 invalidPath title is no list.
400 invalidPath What to compare "type" with is not said.
400 invalidPath User has no attribute "emails[type eq \"work\"".
400 noTarget What to remove is not said: path is missing.
400 invalidValue value must be an object when there is no path.
400 invalidSyntax op must be add, replace or remove.
400 invalidValue active must be true or false.
400 mutability id cannot be changed.
400 invalidValue userName is required.
409 uniqueness userName: Another person has this username.
400 invalidSyntax Operations must have 1 to 1000 elements."#);
        assert_eq!(house.entries(), before);
        assert_eq!(look(&client, &path, &["/title"]), "/title null");
    });
}

#[test]
fn entra_is_understood() {
    on_both(|house| {
        let client = ada(house);
        let id = user(&client, "grace", object!({ ENTERPRISE: { "manager": "1" } }));
        let path = format!("/scim/v2/Users/{id}?aadOptscim062020");
        let manager = format!("{ENTERPRISE}:manager");
        let all = [
            after(&client, &path, object!([{ "op": "Replace", "path": "active", "value": "False" }]), &["/active"]),
            after(
                &client,
                &path,
                object!([{ "op": "Add", "path": "emails[type eq \"work\"].value", "value": "grace@example.org" }]),
                &["/emails"],
            ),
            after(
                &client,
                &path,
                object!([{ "op": "Replace", "path": "phoneNumbers[type eq \"mobile\"].value", "value": "+1 (202) 555-0143" }]),
                &["/phoneNumbers"],
            ),
            after(
                &client,
                &path,
                object!([{ "op": "Add", "path": manager, "value": "2" }]),
                &[&format!("/{ENTERPRISE}")],
            ),
            after(
                &client,
                &path,
                object!([{ "op": "replace", "value": { "name.givenName": "Grace", "displayName": "G. H.",
                "urn:ietf:params:scim:schemas:core:2.0:User:title": "Dr.", format!("{ENTERPRISE}:employeeNumber"): "7", "unknown.thing": 1 } }]),
                &["/name", "/displayName", "/title", &format!("/{ENTERPRISE}")],
            ),
            after(
                &client,
                &path,
                object!([{ "op": "Remove", "path": ENTERPRISE }]),
                &[&format!("/{ENTERPRISE}"), "/schemas"],
            ),
        ];
        assert_snapshot!(all.join("\n"), @r#"/active false
/emails [{"type":"work","value":"grace@example.org"}]
/phoneNumbers [{"type":"mobile","value":"+1 (202) 555-0143"}]
/urn:ietf:params:scim:schemas:extension:enterprise:2.0:User {"manager":{"value":"2"}}
/name {"givenName":"Grace"}
/displayName "G. H."
/title "Dr."
/urn:ietf:params:scim:schemas:extension:enterprise:2.0:User {"employeeNumber":"7","manager":{"value":"2"}}
/urn:ietf:params:scim:schemas:extension:enterprise:2.0:User null
/schemas ["urn:ietf:params:scim:schemas:core:2.0:User"]"#);
        assert_eq!(house.person(2).status.name(), "suspended");
    });
}

#[test]
fn okta_is_understood() {
    on_both(|house| {
        let client = ada(house);
        let none = client.get("/scim/v2/Users?filter=userName%20eq%20%22grace%40example.org%22&startIndex=1&count=100");
        assert_snapshot!(none.body, @r#"{"Resources":[],"itemsPerPage":0,"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"startIndex":1,"totalResults":0}"#);
        let id = user(
            &client,
            "grace@example.org",
            object!({ "password": "a ship in port is safe", "groups": [], "locale": "en-US",
            "displayName": "Grace Hopper", "name": { "givenName": "Grace", "familyName": "Hopper" } }),
        );
        let path = format!("/scim/v2/Users/{id}");
        assert_eq!(
            after(&client, &path, object!([{ "op": "replace", "value": { "active": false } }]), &["/active"]),
            "/active false"
        );
        let body = client.get(&path).body.replace("\"active\":false", "\"active\":true");
        let put = client.send("PUT", &path, Some("application/scim+json; charset=utf-8"), body.as_bytes());
        assert_eq!((put.status, &json(&put)["active"]), (200, &object!(true)), "{}", put.body);
        let duplicate = crate::api::send(
            &client,
            "POST",
            "/scim/v2/Users",
            object!({ "schemas": [super::USER], "userName": "Grace@example.org" }),
        );
        assert_snapshot!(fault(&duplicate), @r#"409 uniqueness userName: Another person has this username."#);
    });
}
