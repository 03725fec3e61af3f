use super::{GROUP, ada, fault, group, look, of, patch, user};
use crate::api::{json, send};
use crate::house::on_both;
use insta::assert_snapshot;
use rollcall::domain::{Field, Role, Status};
use serde_json::json as object;

#[test]
fn a_group_holds_whom_it_is_told_to() {
    on_both(|house| {
        let client = ada(house);
        let people: Vec<String> =
            ["grace", "howard", "lin"].iter().map(|name| user(&client, name, object!({}))).collect();
        let id = group(&client, "Navy", &[&people[0], &people[1]]);
        let path = format!("/scim/v2/Groups/{id}");
        let members = || look(&client, &path, &["/members/0/value", "/members/1/value", "/members/2"]);
        let first = json(&client.get(&path));
        assert_eq!(members(), "/members/0/value \"2\"\n/members/1/value \"3\"\n/members/2 null");
        // Okta takes one out and puts one in with one request; Entra says whom to take out in the value.
        let mixed = object!([{ "op": "remove", "path": "members[value eq \"2\"]" }, { "op": "remove", "path": "members[value eq \"99\"]" },
            { "op": "add", "path": "members", "value": [{ "value": people[2], "$ref": null, "type": "User" }] }]);
        assert_eq!(patch(&client, &path, mixed).status, 200);
        assert_eq!(members(), "/members/0/value \"3\"\n/members/1/value \"4\"\n/members/2 null");
        assert_ne!(json(&client.get(&path))["meta"]["version"], first["meta"]["version"], "who is in it is part of it");
        let out = patch(&client, &path, object!([{ "op": "Remove", "path": "members", "value": [{ "value": "3" }] }]));
        assert_eq!(out.status, 200, "{}", out.body);
        assert_eq!(members(), "/members/0/value \"4\"\n/members/1/value null\n/members/2 null");
        let sync =
            patch(&client, &path, object!([{ "op": "replace", "path": "members", "value": [{ "value": "2" }] }]));
        assert_eq!(sync.status, 200);
        let renamed = patch(
            &client,
            &path,
            object!([{ "op": "replace", "value": { "id": id, "displayName": "US Navy", "externalId": "n-1" } }]),
        );
        let mut told = json(&renamed);
        told["meta"] = object!(null);
        assert_snapshot!(told.to_string().replace(&house.url, ""), @r#"{"displayName":"US Navy","externalId":"n-1","id":"1","members":[{"$ref":"/scim/v2/Users/2","type":"User","value":"2"}],"meta":null,"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"]}"#);
        assert_eq!(look(&client, "/scim/v2/Users/2", &["/groups/0/display"]), "/groups/0/display \"US Navy\"");
        assert_eq!(client.send("DELETE", "/scim/v2/Users/2", None, b"").status, 204);
        assert_eq!(
            members(),
            "/members/0/value null\n/members/1/value null\n/members/2 null",
            "whoever is gone is in no group"
        );
        assert_eq!(client.send("DELETE", &path, None, b"").status, 204);
        assert_eq!(client.get(&path).status, 404);
    });
}

#[test]
fn a_group_refuses_what_it_cannot_hold() {
    on_both(|house| {
        let client = ada(house);
        let id = group(&client, "Navy", &[]);
        let make = |body: serde_json::Value| fault(&send(&client, "POST", "/scim/v2/Groups", body));
        let path = format!("/scim/v2/Groups/{id}");
        let all = [
            make(object!({ "schemas": [GROUP] })),
            make(object!({ "schemas": [GROUP], "displayName": "navy" })),
            make(object!({ "schemas": [GROUP], "displayName": "Army", "members": [{ "value": "99" }] })),
            make(object!({ "schemas": [GROUP], "displayName": "Army", "members": [{ "value": id, "type": "Group" }] })),
            make(object!({ "schemas": [GROUP], "displayName": "Army; Navy" })),
            fault(&patch(&client, &path, object!([{ "op": "remove", "path": "displayName" }]))),
            fault(&patch(
                &client,
                &path,
                object!([{ "op": "replace", "path": "members[value eq \"1\"].value", "value": "2" }]),
            )),
        ];
        assert_snapshot!(all.join("\n"), @r#"400 invalidValue displayName is required.
409 uniqueness displayName: This name is taken. Choose another.
400 invalidValue members: Somebody among them is not known here.
400 invalidValue members must be users: groups hold no groups here.
400 invalidValue displayName: A name may not hold commas or semicolons.
400 mutability displayName is required.
400 mutability value cannot be changed."#);
        assert_eq!(json(&client.get("/scim/v2/Groups"))["totalResults"], 1, "nothing half-made");
    });
}

#[test]
fn members_are_left_out_when_nobody_wants_them() {
    on_both(|house| {
        let client = ada(house);
        let grace = user(&client, "grace", object!({}));
        let id = group(&client, "Navy", &[&grace]);
        let list = client.get("/scim/v2/Groups?excludedAttributes=members&filter=displayName%20eq%20%22NAVY%22");
        let one = client.get(&format!("/scim/v2/Groups/{id}?excludedAttributes=members"));
        for told in [&json(&list)["Resources"][0], &json(&one)] {
            assert_eq!((&told["displayName"], &told["members"]), (&object!("Navy"), &object!(null)));
        }
    });
}

#[test]
fn an_agent_sees_and_changes_only_whom_they_may() {
    on_both(|house| {
        house.join("Boss", Role::Admin);
        let bea = house.join("Bea", Role::Agent);
        let cleo = house.join("Cleo", Role::EndUser);
        let client = of(house, &bea, false);
        let path = format!("/scim/v2/Users/{}", cleo.id.0);
        let titled = patch(&client, &path, object!([{ "op": "add", "path": "title", "value": "Dr." }]));
        let colleague = patch(
            &client,
            "/scim/v2/Users/2",
            object!([{ "op": "add", "path": "roles", "value": { "value": "admin" } }]),
        );
        let gone = client.send("DELETE", &path, None, b"");
        let group = send(&client, "POST", "/scim/v2/Groups", object!({ "schemas": [GROUP], "displayName": "Theirs" }));
        let customer = of(house, &cleo, false).get("/scim/v2/Users");
        let all = [titled.status.to_string(), fault(&colleague), fault(&gone), fault(&group), fault(&customer)];
        assert_snapshot!(all.join("\n"), @r#"200
403 - Your role does not allow this. Ask an administrator.
403 - Your role does not allow this. Ask an administrator.
403 - Your role does not allow this. Ask an administrator.
403 - Your role does not allow this. Ask an administrator."#);
        let read = of(house, &house.person(1), true);
        assert_eq!(read.get(&path).status, 200);
        assert_snapshot!(fault(&read.send("DELETE", &path, None, b"")), @r#"403 - This key only reads. Use one that may write."#);
        let stranger =
            house.stranger().with("authorization", "Bearer 00000000000000000000000000000000").get("/scim/v2/Users");
        assert_snapshot!(format!("{} {} {}", stranger.status, stranger.headers["www-authenticate"], stranger.body), @r#"401 Bearer realm="SCIM" {"detail":"Unauthorized","schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"401"}"#);
    });
}

#[test]
fn nobody_is_found_beyond_the_scope() {
    on_both(|house| {
        house.join("Boss", Role::Admin);
        house.group("Theirs");
        let mia = house.join_with_role(
            "Mia",
            rollcall::domain::Reach::Groups,
            rollcall::domain::Permission::ALL,
            &[(Field::Groups, "Theirs")],
        );
        house.join_with(&[(Field::Username, "near"), (Field::Groups, "Theirs")], Role::EndUser, Status::Active);
        house.join_with(&[(Field::Username, "far")], Role::EndUser, Status::Active);
        let other = house.group("Others");
        house.join_with(&[(Field::Username, "away"), (Field::Groups, "Others")], Role::EndUser, Status::Active);
        let client = of(house, &mia, false);
        let found = |query: &str| super::names(&client.get(&format!("/scim/v2/Users?{query}")));
        assert_eq!(found(""), "mia@example.org near");
        assert_eq!(
            found("filter=userName%20eq%20%22far%22%20or%20not%20(userName%20eq%20%22far%22)"),
            "mia@example.org near"
        );
        assert_eq!(found(&format!("filter=groups.value%20eq%20%22{other}%22")), "");
        assert_eq!(super::names(&client.get("/scim/v2/Groups?filter=members%20pr")), "Theirs");
        assert_eq!(super::names(&client.get("/scim/v2/Groups?filter=members.value%20eq%20%225%22")), "");
        assert_eq!(client.get("/scim/v2/Users/4").status, 404);
    });
}
