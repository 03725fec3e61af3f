//! Making, changing, merging and deleting users (contract, 7.7 to 7.10).
use super::{ada, plain};
use crate::api::{json, send, told};
use crate::house::{Client, Reply, command_line, on_both};
use insta::assert_snapshot;
use rollcall::actions::people;
use rollcall::domain::custom::FieldKind;
use rollcall::domain::{Field, PersonId, Role, Status};
use rollcall::jobs::generate;
use serde_json::{Value, json as object};

fn post(client: &Client, user: Value) -> Reply {
    send(client, "POST", "/apiv2/users.json", object!({ "user": user }))
}

fn put(client: &Client, id: i64, user: Value) -> Reply {
    send(client, "PUT", &format!("/apiv2/users/{id}.json"), object!({ "user": user }))
}

#[test]
fn a_user_is_created_by_e_mail_or_by_phone() {
    on_both(|house| {
        let (_, client) = ada(house);
        house.organisation("Northbank", &["northbank.example"]);
        let before = house.entries();
        let made = post(&client, object!({ "email": "Liu.Ming@northbank.example", "zip": 7 }));
        assert_eq!(made.status, 201);
        assert_eq!(plain(house, made.location()), "HOUSE/apiv2/users/2.json");
        assert_eq!(house.entries(), before + 1);
        let user = &json(&made)["user"];
        let told = ["name", "email", "role", "status", "organization_id", "phone"].map(|key| user[key].clone());
        assert_snapshot!(object!(told), @r#"["Liu.Ming","Liu.Ming@northbank.example","end_user","unverified",1,""]"#);
        let by_phone = json(&post(&client, object!({ "phone": "+86 138-0000-3818" })))["user"].clone();
        assert_snapshot!(object!([by_phone["name"], by_phone["email"], by_phone["phone"]]), @r#"["+8613800003818","","+8613800003818"]"#);
        let whole = object!({
            "email": "olga@example.org", "phone": "+8613900001111", "name": "Olga", "role": "agent", "status": "active",
            "password": "x", "tags": ["a", "b"], "remark_name": "R", "details": "D", "notes": "N", "language": "zh_cn",
            "manage_people": false, "ticket_restriction": "groups", "agent_display_name": "O", "signature": "S",
            "landline": "010-1", "mark_star": "1", "organization_id": "1",
        });
        let made = json(&post(&client, whole.clone()))["user"].clone();
        for (key, value) in whole.as_object().unwrap() {
            match key.as_str() {
                "password" => assert!(made.get(key).is_none()),
                "mark_star" | "organization_id" => assert_eq!(made[key], 1, "{key}"),
                _ => assert_eq!(made[key], *value, "{key}"),
            }
        }
        assert_eq!(super::basic(house, "olga@example.org", "x").get("/apiv2/users/me.json").status, 200);
        assert_eq!(house.person(made["id"].as_i64().unwrap()).fields.language, "zh-CN");
    });
}

#[test]
fn what_cannot_be_created_says_why_and_leaves_nothing() {
    on_both(|house| {
        let (_, client) = ada(house);
        house.join_with(&[(Field::Phone, "+8613800003818")], Role::EndUser, Status::Active);
        let before = house.entries();
        let refused = |user: Value| told(&post(&client, user));
        assert_snapshot!(refused(object!({ "name": "Nobody" })), @r#"422 {"details":{"email":["Give at least an e-mail, a phone number or a username."]},"error":"UnprocessableEntity","message":"Give at least an e-mail, a phone number or a username."}"#);
        assert_snapshot!(refused(object!({ "email": "no-at" })), @r#"422 {"details":{"email":["There is no @ in it. Write it like wang.fang@lanwan.example."]},"error":"UnprocessableEntity","message":"There is no @ in it. Write it like wang.fang@lanwan.example."}"#);
        assert_snapshot!(refused(object!({ "phone": "13" })), @r#"422 {"details":{"phone":["This is not a phone number. Write it with the country code, like +86 138 0000 0000."]},"error":"UnprocessableEntity","message":"This is not a phone number. Write it with the country code, like +86 138 0000 0000."}"#);
        assert_snapshot!(refused(object!({ "phone": "+86 138 0000 3818" })), @r#"422 {"details":{"phone":["Another person has this phone number."]},"error":"UnprocessableEntity","message":"Another person has this phone number."}"#);
        assert_snapshot!(refused(object!({ "email": "a@example.org", "organization_id": 9 })), @r#"422 {"details":{"organization_id":["must be the number of an organization"]},"error":"UnprocessableEntity","message":"organization_id must be the number of an organization"}"#);
        assert_snapshot!(refused(object!({ "email": "a@example.org", "role": "boss" })), @r#"422 {"details":{"role":["must be end_user, agent or admin"]},"error":"UnprocessableEntity","message":"role must be end_user, agent or admin"}"#);
        assert_snapshot!(refused(object!({ "email": "a@example.org", "status": "locked" })), @r#"422 {"details":{"status":["must be suspended, active or unverified"]},"error":"UnprocessableEntity","message":"status must be suspended, active or unverified"}"#);
        assert_snapshot!(refused(object!({ "email": "a@example.org", "signature": "S" })), @r#"422 {"details":{"signature":["Only agents and administrators have this."]},"error":"UnprocessableEntity","message":"Only agents and administrators have this."}"#);
        assert_snapshot!(refused(object!({ "email": "a@example.org", "role": "agent", "custom_role_id": 9 })), @r#"422 {"details":{"custom_role_id":["There is no such role any more. Choose another."]},"error":"UnprocessableEntity","message":"There is no such role any more. Choose another."}"#);
        assert_snapshot!(refused(object!({ "email": "a@example.org", "user_fields": [{ "name": "field_9", "value": "x" }] })), @r#"422 {"details":{"user_fields":["must be a list of {\"name\":\"field_{id}\",\"value\":…} of known fields"]},"error":"UnprocessableEntity","message":"user_fields must be a list of {\"name\":\"field_{id}\",\"value\":…} of known fields"}"#);
        assert_snapshot!(refused(object!({ "email": "a@example.org", "mark_star": 2 })), @r#"422 {"details":{"mark_star":["must be 0 or 1"]},"error":"UnprocessableEntity","message":"mark_star must be 0 or 1"}"#);
        assert_snapshot!(refused(object!({ "email": "a@example.org", "tags": [1] })), @r#"422 {"details":{"tags":["must be strings"]},"error":"UnprocessableEntity","message":"tags must be strings"}"#);
        assert_eq!(house.entries(), before);
    });
}

#[test]
fn an_update_writes_what_is_given_and_nothing_else() {
    on_both(|house| {
        let (_, client) = ada(house);
        house.field("size", FieldKind::Choice, |field| field.choices = vec!["S".into(), "L".into()]);
        house.field("shoe", FieldKind::Number, |_| ());
        let cleo = house.join("Cleo", Role::EndUser);
        let id = cleo.id.0;
        assert_eq!(
            put(&client, id, object!({ "user_fields": [{ "name": "field_2", "value": 43 }], "tags": ["x", "y"] }))
                .status,
            200
        );
        let changed = put(
            &client,
            id,
            object!({
                "name": "Cleo B", "id": 77, "url": "x", "created_at": "1970-01-01 00:00:00", "phone_bind": true,
                "user_fields": [{ "name": "field_1", "value": "l" }], "tags": ["z"], "unknown": {},
            }),
        );
        assert_eq!(changed.status, 200);
        let user = &json(&changed)["user"];
        assert_snapshot!(object!([user["id"], user["name"], user["email"], user["tags"], user["user_fields"], user["phone_bind"]]), @r#"[2,"Cleo B","cleo@example.org",["z"],[{"name":"field_1","value":"L"},{"name":"field_2","value":"43"}],false]"#);
        assert_snapshot!(told(&put(&client, id, object!({ "user_fields": [{ "name": "field_1", "value": "XL" }] }))), @r#"422 {"details":{"field_1":["This is none of the choices."]},"error":"UnprocessableEntity","message":"This is none of the choices."}"#);
        assert_eq!(put(&client, id, object!({ "status": "suspended" })).status, 200);
        assert_eq!(house.person(id).status, Status::Suspended);
        assert_eq!(
            put(&client, id, object!({ "status": "active", "email": "", "phone": "+8613800003818" })).status,
            200
        );
        let now = house.person(id);
        assert_eq!((now.status, now.fields.email), (Status::Active, None));
        assert_snapshot!(told(&put(&client, id, object!({ "phone": "" }))), @r#"422 {"details":{"email":["Give at least an e-mail, a phone number or a username."]},"error":"UnprocessableEntity","message":"Give at least an e-mail, a phone number or a username."}"#);
        assert_eq!(put(&client, 99, object!({ "name": "x" })).status, 404);
        assert_eq!(put(&client, id, object!({ "wechat_openid": "o-1" })).status, 200);
        let dan = house.join("Dan", Role::EndUser);
        assert_snapshot!(told(&put(&client, dan.id.0, object!({ "wechat_openid": "o-1" }))), @r#"422 {"details":{"wechat_openid":["Somebody else is known by this."]},"error":"UnprocessableEntity","message":"Somebody else is known by this."}"#);
        for (openid, told) in [("o-2", "o-2"), ("o-1", "o-1"), ("o-1", "o-1"), ("", "")] {
            let changed = json(&put(&client, id, object!({ "wechat_openid": openid })));
            assert_eq!(changed["user"]["wechat_openid"], told, "a former one comes back, and none is none");
        }
        assert_eq!(put(&client, dan.id.0, object!({ "wechat_openid": "o-1" })).status, 200);
    });
}

#[test]
fn a_new_role_and_its_fields_come_in_one_request() {
    on_both(|house| {
        let (_, client) = ada(house);
        house.field("desk", FieldKind::Choices, |field| {
            field.audience = rollcall::domain::custom::Audience::Agents;
            field.choices = vec!["East".into(), "2".into()];
        });
        let cleo = house.join("Cleo", Role::EndUser);
        let before = house.entries();
        let desk = |value: Value| object!([{ "name": "field_1", "value": value }]);
        let body = object!({ "role": "agent", "user_fields": desk(object!(["East", "2"])) });
        assert_eq!(put(&client, cleo.id.0, body).status, 200);
        assert_eq!(house.entries(), before + 2, "what is known, and what they may do");
        assert_eq!(house.person(cleo.id.0).fields.get_custom("desk"), "East; 2");
        assert_eq!(put(&client, cleo.id.0, object!({ "user_fields": desk(object!([2])) })).status, 422);
        let seen = object!({ "name": "Cleo B", "agent_display_name": "Cleo at your service", "landline": "1-2" });
        assert_eq!(put(&client, cleo.id.0, seen).status, 200);
        assert_eq!(house.entries(), before + 3, "one for all of it");
    });
}

/// Whatever KF5 cannot tell apart survives a client that reads somebody and writes back what it read.
#[test]
fn writing_back_what_was_read_changes_nothing() {
    on_both(|house| {
        let (_, client) = ada(house);
        house.organisation("Northbank", &[]);
        house.group("Billing");
        house.field("size", FieldKind::Choices, |field| field.choices = vec!["S".into(), "L".into()]);
        let given = [
            (Field::Email, "cleo@example.org"),
            (Field::Username, "cleo"),
            (Field::FirstName, "Cleo"),
            (Field::Language, "zh-Hans"),
            (Field::Organisation, "Northbank"),
            (Field::Groups, "Billing"),
            (Field::Tags, "a, b"),
            (Field::Tier, "7"),
            (Field::Kind, "2"),
        ];
        let people = [
            house.join_with(&given, Role::EndUser, Status::Locked),
            house.join_with_role("Ben", rollcall::domain::Reach::Everyone, &[], &[]),
            house.join("Eve", Role::Admin),
        ];
        for person in people {
            put(
                &client,
                person.id.0,
                object!({ "user_fields": [{ "name": "field_1", "value": "S; L" }], "landline": "1-2" }),
            );
            let before = (house.entries(), house.person(person.id.0));
            let read = json(&client.get(&format!("/apiv2/users/{}.json", person.id.0)));
            assert_eq!(read["user"]["user_fields"][0]["value"], "S; L");
            let written = send(&client, "PUT", &format!("/apiv2/users/{}.json", person.id.0), read.clone());
            assert_eq!((written.status, json(&written)), (200, read));
            assert_eq!((house.entries(), house.person(person.id.0)), before);
        }
    });
}

#[test]
fn one_user_is_merged_into_another() {
    on_both(|house| {
        let (_, client) = ada(house);
        let (cleo, dan) = (house.join("Cleo", Role::EndUser), house.join("Dan", Role::EndUser));
        let ticket = house.ticket("Where is it?", &cleo, None);
        let merge = |id: i64, body: Value| send(&client, "PUT", &format!("/apiv2/users/{id}/merge.json"), body);
        let ben = house.join("Ben", Role::Agent);
        assert_snapshot!(told(&merge(ben.id.0, object!({ "user": { "id": dan.id.0 } }))), @r#"422 {"details":{"id":["Only end users can be merged."]},"error":"UnprocessableEntity","message":"Only end users can be merged."}"#);
        assert_snapshot!(told(&merge(dan.id.0, object!({ "user": { "id": dan.id.0 } }))), @r#"422 {"details":{"id":["Nobody can be merged into themselves. Name another."]},"error":"UnprocessableEntity","message":"Nobody can be merged into themselves. Name another."}"#);
        assert_snapshot!(told(&merge(dan.id.0, object!({ "user": {} }))), @r#"422 {"details":{"id":["is required"]},"error":"UnprocessableEntity","message":"id is required"}"#);
        assert_eq!(merge(dan.id.0, object!({ "user": { "id": 99 } })).status, 404);
        assert_eq!(merge(99, object!({ "user": { "id": dan.id.0 } })).status, 404);
        let before = house.entries();
        let merged = merge(cleo.id.0, object!({ "user": { "id": dan.id.0 } }));
        assert_eq!(
            (merged.status, plain(house, merged.location())),
            (200, format!("HOUSE/apiv2/users/{}.json", dan.id.0))
        );
        assert_eq!(json(&merged)["user"]["id"], dan.id.0);
        assert_eq!(house.entries(), before + 1);
        assert_eq!(client.get(&format!("/apiv2/users/{}.json", cleo.id.0)).status, 404);
        let theirs = json(&client.get(&format!("/apiv2/users/{}/requests.json", dan.id.0)));
        assert_eq!(theirs["requests"][0]["id"], ticket);
    });
}

#[test]
fn a_deletion_answers_nothing_and_can_be_taken_back() {
    on_both(|house| {
        let (ada, client) = ada(house);
        let cleo = house.join("Cleo", Role::EndUser);
        let path = format!("/apiv2/users/{}.json", cleo.id.0);
        assert_eq!(told(&client.send("DELETE", &format!("{path}?"), None, b"")), "200 {}");
        assert_eq!(client.get(&path).status, 404);
        assert_eq!(client.send("DELETE", &path, None, b"").status, 404);
        assert_snapshot!(told(&client.send("DELETE", &format!("/apiv2/users/{}.json", ada.id.0), None, b"")), @r#"403 {"error":"Forbidden","message":"You cannot delete yourself. Ask another administrator."}"#);
        let kept =
            house.act(|act| rollcall::actions::trash::index(act, "", &rollcall::domain::Turn::First, 10)).unwrap().list;
        house.act(|act| rollcall::actions::trash::restore(act, kept[0].id, &Default::default())).unwrap();
        let back = house.act(|act| people::show(act, PersonId(cleo.id.0))).unwrap();
        assert_eq!(back.fields, cleo.fields);
        let eve = house.join("Eve", Role::Admin);
        let lent = super::as_person(house, &eve, &ada);
        let before = house.entries();
        assert_eq!(told(&lent.send("DELETE", &format!("/apiv2/users/{}.json", eve.id.0), None, b"")), "200 {}");
        assert_eq!(house.entries(), before + 1, "also whoever lent the key");
        house.act(|act| people::show(act, eve.id)).unwrap_err();
    });
}

/// The statuses that six at once are answered, each asking so many times: with who it is, and the how manieth time.
fn at_once(client: &Client, times: usize, ask: impl Fn(&Client, usize, usize) -> u16 + Sync) -> Vec<u16> {
    let clients: Vec<Client> = (0..6).map(|_| client.again()).collect();
    let ask = &ask;
    std::thread::scope(|scope| {
        let each = |(who, client): (usize, Client)| {
            scope.spawn(move || (0..times).map(|n| ask(&client, who, n)).collect::<Vec<_>>())
        };
        let spawned: Vec<_> = clients.into_iter().enumerate().map(each).collect();
        spawned.into_iter().flat_map(|one| one.join().unwrap()).collect()
    })
}

#[test]
fn two_who_change_one_user_at_the_same_moment_are_both_answered() {
    on_both(|house| {
        let (_, client) = ada(house);
        let id = house.join("Cleo", Role::EndUser).id.0;
        let statuses =
            at_once(&client, 8, |client, who, n| put(client, id, object!({ "notes": format!("{who} {n}") })).status);
        assert_eq!(statuses, [200; 48]);
    });
}

#[test]
fn many_who_delete_people_of_the_same_circle_are_all_answered() {
    on_both(|house| {
        generate::run(&house.app, &command_line(), 400, 5, |_| {}).unwrap();
        let (_, client) = ada(house);
        let statuses = at_once(&client, 12, |client, who, n| {
            client.form("DELETE", &format!("/apiv2/users/{}.json", 100 + 6 * n + who), &[]).status
        });
        assert_eq!(statuses, [200; 72]);
    });
}
