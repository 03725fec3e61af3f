//! What users belong to, and the log (contract, 7.11 and 8).
use super::{ada, as_person, plain};
use crate::api::{json, send, told};
use crate::house::on_both;
use insta::assert_snapshot;
use rollcall::domain::custom::FieldKind;
use rollcall::domain::{Field, Role, Status};
use serde_json::json as object;

#[test]
fn groups_have_teams() {
    on_both(|house| {
        let (ada, client) = ada(house);
        let ben = house.join("Ben", Role::Agent);
        let cleo = house.join("Cleo", Role::EndUser);
        let made = send(
            &client,
            "POST",
            "/apiv2/groups.json",
            object!({ "group": { "name": "Billing", "agents": [ada.id.0, "2"] } }),
        );
        assert_eq!(plain(house, made.location()), "HOUSE/apiv2/groups/1.json");
        assert_snapshot!(plain(house, &told(&made)), @r#"201 {"group":{"id":1,"url":"HOUSE/apiv2/groups/1.json","name":"Billing","created_at":"2026-11-22 02:00:00","agents":[{"id":1,"url":"HOUSE/apiv2/users/1.json","username":"ada@example.org","name":"Ada"},{"id":2,"url":"HOUSE/apiv2/users/2.json","username":"ben@example.org","name":"Ben"}]}}"#);
        let put = |group| send(&client, "PUT", "/apiv2/groups/1", object!({ "group": group }));
        let ids = |reply: crate::house::Reply| -> Vec<i64> {
            json(&reply)["group"]["agents"].as_array().unwrap().iter().map(|one| one["id"].as_i64().unwrap()).collect()
        };
        assert_eq!(ids(put(object!({ "name": "Money" }))), [1, 2], "who is not named stays");
        assert_eq!(ids(put(object!({ "agents": [2] }))), [2]);
        assert_eq!(house.person(2).fields.groups, ["Money"]);
        assert_snapshot!(told(&put(object!({ "agents": [cleo.id.0] }))), @r#"422 {"details":{"agents":["Only agents and administrators can be in a team."]},"error":"UnprocessableEntity","message":"Only agents and administrators can be in a team."}"#);
        assert_snapshot!(told(&put(object!({ "agents": [99] }))), @r#"422 {"details":{"agents":["Nobody has one of these numbers."]},"error":"UnprocessableEntity","message":"Nobody has one of these numbers."}"#);
        assert_snapshot!(told(&put(object!({ "name": "" }))), @r#"422 {"details":{"name":["Give a name."]},"error":"UnprocessableEntity","message":"Give a name."}"#);
        assert_snapshot!(told(&send(&client, "POST", "/apiv2/groups", object!({ "group": { "name": "money" } }))), @r#"422 {"details":{"name":["This name is taken. Choose another."]},"error":"UnprocessableEntity","message":"This name is taken. Choose another."}"#);
        let shown = json(&client.get("/apiv2/users/2.json"));
        assert_snapshot!(shown["user"]["groups_info"], @r#"[{"display_name":"Money","id":1,"name":"Money"}]"#);
        assert_snapshot!(plain(house, &told(&client.get("/apiv2/users/2/groups.json"))), @r#"200 {"groups":[{"id":1,"url":"HOUSE/apiv2/groups/1.json","name":"Money","created_at":"2026-11-22 02:00:00","agents":[{"id":2,"url":"HOUSE/apiv2/users/2.json","username":"ben@example.org","name":"Ben"}]}],"count":1,"next_page":null,"previous_page":null}"#);
        assert_eq!(json(&client.get("/apiv2/users/1/groups.json"))["count"], 0);
        assert_eq!(client.get("/apiv2/users/99/groups.json").status, 404);
        let agent = as_person(house, &ada, &ben);
        assert_eq!(agent.get("/apiv2/groups/1.json").status, 200);
        assert_eq!(send(&agent, "PUT", "/apiv2/groups/1.json", object!({ "name": "Mine" })).status, 403);
        assert_eq!(agent.send("DELETE", "/apiv2/groups/1.json", None, b"").status, 403);
        assert_eq!(told(&client.send("DELETE", "/apiv2/groups/1.json", None, b"")), "200 {}");
        assert_eq!(
            told(&client.get("/apiv2/groups.json?per_page=1")),
            r#"200 {"groups":[],"count":0,"next_page":null,"previous_page":null}"#
        );
        assert_eq!(client.get("/apiv2/groups/1.json").status, 404);
    });
}

#[test]
fn organizations_take_in_a_domain() {
    on_both(|house| {
        let (ada, client) = ada(house);
        let made = send(
            &client,
            "POST",
            "/apiv2/organizations.json",
            object!({ "organization": { "name": "Northbank", "domain": "@Northbank.example", "description": "A bank" } }),
        );
        assert_eq!((made.status, plain(house, made.location())), (201, "HOUSE/apiv2/organizations/1.json".into()));
        assert_snapshot!(plain(house, &told(&made)), @r#"201 {"organization":{"id":1,"url":"HOUSE/apiv2/organizations/1.json","name":"Northbank","domain":"northbank.example","description":"A bank","group_id":null,"organization_fields":[],"created_at":"2026-11-22 02:00:00","updated_at":"2026-11-22 02:00:00"}}"#);
        let put = |body| send(&client, "PUT", "/apiv2/organizations/1.json", object!({ "organization": body }));
        let read = json(&client.get("/apiv2/organizations/1.json"));
        let before = house.entries();
        assert_eq!(json(&put(read["organization"].clone())), read);
        assert_eq!(house.entries(), before, "what was read and written back changes nothing");
        house.wait(std::time::Duration::from_secs(60));
        assert_snapshot!(plain(house, &told(&put(object!({ "name": "Southbank" })))), @r#"200 {"organization":{"id":1,"url":"HOUSE/apiv2/organizations/1.json","name":"Southbank","domain":"northbank.example","description":"A bank","group_id":null,"organization_fields":[],"created_at":"2026-11-22 02:00:00","updated_at":"2026-11-22 02:01:00"}}"#);
        assert_snapshot!(told(&put(object!({ "domain": "no domain" }))), @r#"422 {"details":{"domain":["This is no e-mail domain. Write it like lanwan.example."]},"error":"UnprocessableEntity","message":"This is no e-mail domain. Write it like lanwan.example."}"#);
        assert_snapshot!(told(&put(object!({ "name": "" }))), @r#"422 {"details":{"name":["Give a name."]},"error":"UnprocessableEntity","message":"Give a name."}"#);
        assert_snapshot!(told(&put(object!({ "group_id": 4 }))), @r#"422 {"details":{"group_id":["must be null: organisations hand their tickets to no group"]},"error":"UnprocessableEntity","message":"group_id must be null: organisations hand their tickets to no group"}"#);
        let cleo = house.join_with(&[(Field::Email, "cleo@northbank.example")], Role::EndUser, Status::Active);
        send(&client, "POST", "/apiv2/organizations", object!({ "name": "Acme" }));
        let names = |path: &str| -> Vec<String> {
            let list = json(&client.get(&format!("/apiv2/organizations.json?{path}")));
            list["organizations"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap().into()).collect()
        };
        assert_eq!(names(""), ["Southbank", "Acme"]);
        assert_eq!(names("created_order=desc"), ["Acme", "Southbank"]);
        assert_eq!(names("updated_order=desc&per_page=1&page=2"), ["Southbank"]);
        assert_eq!(names("created_start=2026-11-22+02:00:01"), ["Acme"]);
        assert_eq!(names("updated_end=2026-11-22+02:00:30"), [""; 0]);
        let agent = as_person(house, &ada, &house.join("Ben", Role::Agent));
        assert_eq!(agent.get("/apiv2/organizations/1.json").status, 200);
        assert_eq!(send(&agent, "POST", "/apiv2/organizations.json", object!({ "name": "Mine" })).status, 403);
        assert_eq!(json(&client.get(&format!("/apiv2/users/{}.json", cleo.id.0)))["user"]["organization_id"], 1);
        assert_eq!(told(&client.send("DELETE", "/apiv2/organizations/1.json", None, b"")), "200 {}");
        assert_eq!(
            json(&client.get(&format!("/apiv2/users/{}.json", cleo.id.0)))["user"]["organization_id"],
            object!(null)
        );
        assert_eq!(client.get("/apiv2/organizations/1.json").status, 404);
    });
}

#[test]
fn user_fields_are_the_house_s_own() {
    on_both(|house| {
        let (ada, client) = ada(house);
        house.field("size", FieldKind::Choice, |field| {
            field.choices = vec!["S".into(), "L".into()];
            field.label.zh = "尺码".into();
            field.help.zh = "衣服尺码".into();
        });
        house.field("secret", FieldKind::Text, |field| field.staff_only = true);
        assert_snapshot!(plain(house, &told(&client.get("/apiv2/user_fields.json"))), @r#"200 {"user_fields":[{"id":1,"url":"HOUSE/apiv2/user_fields/1.json","name":"field_1","type":"dropdownlist","title":"尺码","description":"衣服尺码","active":true,"custom_field_options":[{"key":"S","value":"S"},{"key":"L","value":"L"}]},{"id":2,"url":"HOUSE/apiv2/user_fields/2.json","name":"field_2","type":"text","title":"secret","description":"","active":true,"custom_field_options":[]}],"count":2,"next_page":null,"previous_page":null}"#);
        assert_snapshot!(plain(house, &told(&client.get("/apiv2/user_fields/1"))), @r#"200 {"user_field":{"active":true,"custom_field_options":[{"key":"S","value":"S"},{"key":"L","value":"L"}],"description":"衣服尺码","id":1,"name":"field_1","title":"尺码","type":"dropdownlist","url":"HOUSE/apiv2/user_fields/1.json"},"user_fields":{"active":true,"custom_field_options":[{"key":"S","value":"S"},{"key":"L","value":"L"}],"description":"衣服尺码","id":1,"name":"field_1","title":"尺码","type":"dropdownlist","url":"HOUSE/apiv2/user_fields/1.json"}}"#);
        let agent = as_person(house, &ada, &house.join("Ben", Role::Agent));
        assert_eq!(json(&agent.get("/apiv2/user_fields/active.json"))["count"], 2);
        assert_eq!(agent.send("DELETE", "/apiv2/user_fields/1.json", None, b"").status, 403);
        assert_eq!(told(&client.send("DELETE", "/apiv2/user_fields/1.json", None, b"")), "200 {}");
        assert_eq!(json(&client.get("/apiv2/user_fields/active.json"))["count"], 1);
        assert_eq!(json(&client.get("/apiv2/user_fields/1.json"))["user_field"]["active"], false);
        assert_eq!(client.get("/apiv2/user_fields/9.json").status, 404);
        let lea = house.join_with_role("Lea", rollcall::domain::Reach::Everyone, &[], &[]);
        let looker = as_person(house, &ada, &lea);
        assert_eq!(json(&looker.get("/apiv2/user_fields.json"))["count"], 1, "without what staff alone see");
    });
}

#[test]
fn tickets_of_users_and_of_organizations() {
    on_both(|house| {
        let (ada, client) = ada(house);
        let group = house.group("Billing");
        house.organisation("Northbank", &[]);
        let cleo = house.join_with(
            &[(Field::Email, "cleo@example.org"), (Field::Phone, "+8613800003818"), (Field::Organisation, "Northbank")],
            Role::EndUser,
            Status::Active,
        );
        let first = house.ticket("Where is it?", &cleo, Some(group));
        let second = house.ticket("Still nowhere", &cleo, None);
        house.sql(&format!("UPDATE tickets SET assignee_id = {} WHERE id = {second}", ada.id.0));
        let own = format!("/apiv2/users/{}", cleo.id.0);
        assert_snapshot!(plain(house, &told(&client.get(&format!("{own}/requests.json?per_page=1")))), @r#"200 {"requests":[{"id":2,"title":"Still nowhere","status":"open","priority":"normal","requester_id":2,"assignee_id":1,"organization_id":1,"group_id":null,"collaborator_ids":[],"created_at":"2026-11-22 02:00:00","updated_at":"2026-11-22 02:00:00"}],"count":2,"next_page":"HOUSE/apiv2/users/2/requests.json?per_page=1&page=2","previous_page":null}"#);
        let ids = |path: &str, name: &str| -> Vec<i64> {
            let list = json(&client.get(path));
            list[name]
                .as_array()
                .unwrap_or_else(|| panic!("{path}: {list}"))
                .iter()
                .map(|one| one["id"].as_i64().unwrap())
                .collect()
        };
        assert_eq!(ids(&format!("{own}/requests.json?per_page=1&page=2"), "requests"), [first]);
        assert_eq!(ids(&format!("{own}/tickets.json"), "tickets"), [0i64; 0]);
        assert_eq!(ids("/apiv2/users/1/tickets.json", "tickets"), [second]);
        assert_eq!(ids("/apiv2/organizations/1/requests.json?id=1", "requests"), [second, first]);
        assert_eq!(ids("/apiv2/users/ticketsByIndication.json?query=cleo@example.org", "tickets"), [second, first]);
        assert_eq!(ids("/apiv2/users/ticketsByIndication?query=138%200000%203818", "tickets"), [0i64; 0]);
        assert_eq!(ids("/apiv2/users/ticketsByIndication?query=%2B86+138+0000+3818", "tickets"), [second, first]);
        assert_eq!(client.get("/apiv2/users/ticketsByIndication.json").status, 400);
        assert_eq!(
            told(&client.get(&format!("{own}/posts.json"))),
            r#"200 {"posts":[],"count":0,"next_page":null,"previous_page":null}"#
        );
        assert_eq!(
            told(&client.get(&format!("{own}/questions"))),
            r#"200 {"questions":[],"count":0,"next_page":null,"previous_page":null}"#
        );
        for path in ["/apiv2/users/99/requests", "/apiv2/users/99/posts.json", "/apiv2/organizations/9/requests.json"] {
            assert_eq!(client.get(path).status, 404, "{path}");
        }
    });
}

#[test]
fn the_log_tells_who_did_what() {
    on_both(|house| {
        let (ada, client) = ada(house);
        let cleo = house.join("Cleo", Role::EndUser);
        house.sign_in(&ada);
        house.ticket("Where is it?", &cleo, None);
        house.wait(std::time::Duration::from_secs(60));
        client.send("DELETE", "/apiv2/users/2.json", None, b"");
        assert_snapshot!(plain(house, &told(&client.get("/apiv2/system_log.json?per_page=1"))), @r#"200 {"system_log":[{"id":6,"user_id":1,"user_name":"Ada","object_type":"user","object":"Cleo","action":"person.deleted","ip":"","created_at":"1795284060"}],"count":6,"next_page":"HOUSE/apiv2/system_log.json?per_page=1&page=2","previous_page":null}"#);
        let actions = |query: &str| -> Vec<String> {
            let list = json(&client.get(&format!("/apiv2/system_log.json?{query}")));
            list["system_log"].as_array().unwrap().iter().map(|one| one["action"].as_str().unwrap().into()).collect()
        };
        assert_eq!(actions("type=del"), ["person.deleted"]);
        assert_eq!(actions("type=login"), ["session.created"]);
        assert_eq!(actions("object=ticket"), ["ticket.created"]);
        assert_eq!(actions("type=edit&object=user&page=2&per_page=1").len(), 1);
        assert_eq!(actions("start=2026-11-22+02:01:00"), ["person.deleted"]);
        assert!(!actions("end=1795284030").contains(&"person.deleted".to_owned()));
        for wrong in ["type=all", "object=house", "start=then"] {
            assert_eq!(client.get(&format!("/apiv2/system_log.json?{wrong}")).status, 400, "{wrong}");
        }
        let agent = as_person(house, &ada, &house.join("Ben", Role::Agent));
        assert_eq!(agent.get("/apiv2/system_log.json").status, 403);
    });
}
