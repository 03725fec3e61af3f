//! One person through all six APIs and the panel: what one writes, the others tell, and nobody clears what they do not
//! know.
use super::{audience, easemob, json, kf5, scim, send};
use crate::house::{Client, House, on_both};
use fastrand::Rng;
use rollcall::domain::custom::FieldKind;
use rollcall::domain::key::Dialect;
use rollcall::domain::{Field, Fields, Person, Role, Status};
use serde_json::{Value, json as object};

struct Clients {
    kf5: Client,
    freescout: Client,
    datarc: Client,
    audience: Client,
    scim: Client,
    easemob: Client,
    panel: Client,
}

impl Clients {
    fn of(house: &House, ada: &Person) -> Self {
        let secret = |dialect| house.key(dialect, ada, false).1;
        let app = easemob::app(house, ada, "desk", |app| app.rates = easemob::rates(10_000, 10_000, 10_000));
        Self {
            kf5: kf5::basic(house, &format!("{}/token", kf5::email(ada)), &secret(Dialect::Kf5)),
            freescout: house.stranger().with("x-freescout-api-key", &secret(Dialect::Freescout)),
            datarc: house.stranger().with("authorization", &secret(Dialect::Datarc)),
            audience: audience::of(house, ada, false),
            scim: scim::of(house, ada, false),
            easemob: easemob::bearer(house, &easemob::token(house, &app)),
            panel: house.sign_in(ada),
        }
    }
}

/// What an API tells of somebody, in words that all share; nothing where it has none.
#[derive(Debug, Default, PartialEq)]
struct Told {
    whole_name: Option<String>,
    parts: Option<(String, String)>,
    email: Option<String>,
    phone: Option<String>,
    may_sign_in: Option<bool>,
    role: Option<String>,
    tags: Option<Vec<String>>,
    groups: Option<Vec<String>>,
}

fn text(value: &Value) -> Option<String> {
    Some(value.as_str().unwrap_or_default().to_owned())
}

fn names(list: &Value, name: &str) -> Option<Vec<String>> {
    let names = list.as_array().into_iter().flatten().filter_map(|one| one[name].as_str().map(str::to_owned));
    let mut names: Vec<String> = names.collect();
    names.sort();
    Some(names)
}

fn read(clients: &Clients, person: &Person, groups: &[(i64, &str)]) -> Vec<(&'static str, Told)> {
    let (id, uid) = (person.id.0, person.uid);
    let ok = |client: &Client, path: String| {
        let reply = client.get(&path);
        assert_eq!(reply.status, 200, "{path}: {}", reply.body);
        json(&reply)
    };
    let user = &ok(&clients.kf5, format!("/apiv2/users/{id}"))["user"];
    let kf5 = Told {
        whole_name: text(&user["name"]),
        email: text(&user["email"]),
        phone: text(&user["phone"]),
        may_sign_in: Some(user["status"] != "suspended"),
        role: text(&user["role"]),
        tags: user["tags"]
            .as_array()
            .map(|tags| tags.iter().filter_map(|tag| tag.as_str().map(str::to_owned)).collect()),
        groups: names(&ok(&clients.kf5, format!("/apiv2/users/{id}/groups"))["groups"], "name"),
        ..Told::default()
    };
    let account = &ok(&clients.datarc, format!("/openapi/v1/accounts/{uid}"))["data"];
    let datarc = Told {
        whole_name: text(&account["nickname"]),
        email: text(&account["email"]),
        phone: text(&account["phone"]),
        may_sign_in: account["status"].as_i64().map(|status| status <= 2),
        role: account["role"].as_i64().map(|role| ["end_user", "agent", "admin"][role as usize - 1].to_owned()),
        ..Told::default()
    };
    let user = ok(&clients.audience, format!("/v1/users/{id}"));
    let called = |id: i64| groups.iter().find(|(one, _)| *one == id).map(|(_, name)| (*name).to_owned());
    let audience = Told {
        parts: Some((text(&user["firstName"]).unwrap(), text(&user["lastName"]).unwrap())),
        email: text(&user["email"]),
        phone: text(&user["phoneNumber"]),
        may_sign_in: Some(user["status"] == "ACTIVE"),
        groups: user["groups"].as_array().map(|all| {
            let mut names: Vec<String> = all.iter().filter_map(|id| called(id.as_i64()?)).collect();
            names.sort();
            names
        }),
        ..Told::default()
    };
    let user = ok(&clients.scim, format!("/scim/v2/Users/{id}"));
    let main = |list: &str| user[list][0]["value"].as_str().unwrap_or_default().to_owned();
    let house_role = user["roles"].as_array().into_iter().flatten().find(|role| role["type"] == "rollcall");
    let scim = Told {
        whole_name: text(&user["displayName"]),
        email: Some(main("emails")),
        // As it was sent; the others tell it in E.164.
        phone: Some(main("phoneNumbers").chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()),
        may_sign_in: user["active"].as_bool(),
        role: Some(house_role.and_then(|role| role["value"].as_str()).unwrap_or("end_user").to_owned()),
        groups: names(&user["groups"], "display"),
        ..Told::default()
    };
    let page = clients.panel.get(&format!("/people/{id}")).text();
    for told in [kf5.whole_name.as_ref(), kf5.email.as_ref()].into_iter().flatten() {
        assert!(page.contains(told.as_str()), "the panel tells {told:?}");
    }
    let mut all = vec![("KF5", kf5), ("datarc", datarc), ("Audience Manager", audience), ("SCIM", scim)];
    if person.role == Role::EndUser {
        let user = ok(&clients.easemob, format!("/acme/desk/users/{uid}"))["entities"][0].clone();
        let (whole_name, may_sign_in) = (text(&user["nickname"]), user["activated"].as_bool());
        all.push(("Easemob", Told { whole_name, may_sign_in, ..Told::default() }));
        assert_eq!(clients.freescout.get(&format!("/api/users/{id}")).status, 404, "FreeScout's users are staff");
    } else {
        assert_eq!(
            clients.easemob.get(&format!("/acme/desk/users/{uid}")).status,
            404,
            "Easemob's users are end users"
        );
        let user = ok(&clients.freescout, format!("/api/users/{id}"));
        let role = if user["role"] == "admin" { "admin" } else { "agent" };
        let parts = Some((text(&user["firstName"]).unwrap(), text(&user["lastName"]).unwrap()));
        let (email, phone, role) = (text(&user["email"]), text(&user["phone"]), Some(role.to_owned()));
        all.push(("FreeScout", Told { parts, email, phone, role, ..Told::default() }));
    }
    all
}

/// Whoever tells something tells the same.
fn agree(all: &[(&'static str, Told)], after: &str) {
    fn same<T: PartialEq + std::fmt::Debug>(
        all: &[(&'static str, Told)],
        what: &str,
        pick: fn(&Told) -> &Option<T>,
        after: &str,
    ) {
        let told: Vec<(&str, &T)> = all.iter().filter_map(|(name, told)| Some((*name, pick(told).as_ref()?))).collect();
        assert!(told.windows(2).all(|two| two[0].1 == two[1].1), "{what} after {after}: {told:?}");
    }
    same(all, "the whole name", |told| &told.whole_name, after);
    same(all, "first and last name", |told| &told.parts, after);
    same(all, "the e-mail", |told| &told.email, after);
    same(all, "the phone", |told| &told.phone, after);
    same(all, "whether they may sign in", |told| &told.may_sign_in, after);
    same(all, "the role", |told| &told.role, after);
    same(all, "the tags", |told| &told.tags, after);
    same(all, "the groups", |told| &told.groups, after);
}

/// Changes something of somebody through one of the APIs; says through which, and which fields may be others now.
fn change(rng: &mut Rng, clients: &Clients, person: &Person, n: usize) -> (String, Vec<Field>) {
    let (id, uid) = (person.id.0, person.uid);
    let name = format!("Name {n}");
    let phone = format!("+4930{:07}", 1_000_000 + n);
    let (first, last) = (format!("First{n}"), format!("Last{n}"));
    use Field::{FirstName, Groups, LastName, Name, Phone, Tags};
    let scim = |operation: Value| scim::patch(&clients.scim, &format!("/scim/v2/Users/{id}"), object!([operation]));
    let kf5 = |user: Value| send(&clients.kf5, "PUT", &format!("/apiv2/users/{id}"), object!({ "user": user }));
    let datarc = |body: Value| send(&clients.datarc, "PUT", &format!("/openapi/v1/accounts/{uid}"), body);
    let audience = |body: Value| send(&clients.audience, "PUT", &format!("/v1/users/{id}"), body);
    let all_names = vec![Name, FirstName, LastName];
    let suspended = person.status == Status::Suspended;
    let (what, reply, fields) = match rng.u8(..16) {
        0 => ("KF5's name", kf5(object!({ "name": name })), all_names),
        1 => ("KF5's phone", kf5(object!({ "phone": phone })), vec![Phone]),
        2 => ("KF5's status", kf5(object!({ "status": if suspended { "active" } else { "suspended" } })), vec![]),
        3 => ("KF5's tags", kf5(object!({ "tags": [format!("tag{n}"), "vip"] })), vec![Tags]),
        4 => ("KF5's role", kf5(object!({ "role": *rng.choice(&["end_user", "agent", "admin"]).unwrap() })), vec![]),
        5 => ("datarc's nickname", datarc(object!({ "nickname": name })), all_names),
        6 => ("datarc's phone and status", datarc(object!({ "phone": phone, "status": 1 })), vec![Phone]),
        7 => ("Audience Manager's names", audience(object!({ "firstName": first, "lastName": last })), all_names),
        8 => (
            "Audience Manager's status",
            audience(object!({ "status": if suspended { "ACTIVE" } else { "INACTIVE" } })),
            vec![],
        ),
        9 => ("Audience Manager's groups", audience(object!({ "groups": [1 + rng.i64(0..2)] })), vec![Groups]),
        10 => {
            ("SCIM's displayName", scim(object!({ "op": "replace", "path": "displayName", "value": name })), all_names)
        }
        11 => (
            "SCIM's phone",
            scim(object!({ "op": "replace", "path": "phoneNumbers", "value": [{ "value": phone }] })),
            vec![Phone],
        ),
        12 => ("SCIM's active", scim(object!({ "op": "replace", "value": { "active": suspended } })), vec![]),
        13 => {
            let role = *rng.choice(&["agent", "admin"]).unwrap();
            (
                "SCIM's roles",
                scim(object!({ "op": "replace", "path": "roles", "value": [{ "value": role, "type": "rollcall" }] })),
                vec![],
            )
        }
        14 if person.role == Role::EndUser => {
            let path = format!("/acme/desk/users/{uid}");
            ("Easemob's nickname", send(&clients.easemob, "PUT", &path, object!({ "nickname": name })), all_names)
        }
        14 => (
            "FreeScout's phone",
            send(&clients.freescout, "PUT", &format!("/api/users/{id}"), object!({ "phone": phone })),
            vec![Phone],
        ),
        _ => {
            let whole = clients.scim.get(&format!("/scim/v2/Users/{id}")).body;
            ("SCIM's whole", clients.scim.send("PUT", &format!("/scim/v2/Users/{id}"), None, whole.as_bytes()), vec![])
        }
    };
    assert!(reply.status < 300, "{what}: {} {}", reply.status, reply.body);
    (what.to_owned(), fields)
}

fn make(rng: &mut Rng, clients: &Clients, n: usize) -> (&'static str, i64) {
    let (email, name, phone) =
        (format!("p{n}@example.org"), format!("Person {n}"), format!("+4940{:07}", 1_000_000 + n));
    let id = |reply: crate::house::Reply, at: &str| {
        assert!(reply.status < 300, "{} {}", reply.status, reply.body);
        json(&reply).pointer(at).and_then(|id| id.as_i64().or_else(|| id.as_str()?.parse().ok())).unwrap_or(0)
    };
    match rng.u8(..6) {
        0 => (
            "KF5",
            id(
                send(
                    &clients.kf5,
                    "POST",
                    "/apiv2/users",
                    object!({ "user": { "name": name, "email": email, "phone": phone } }),
                ),
                "/user/id",
            ),
        ),
        1 => {
            send(
                &clients.datarc,
                "POST",
                "/openapi/v1/accounts/",
                object!({ "nickname": name, "email": email, "phone": phone }),
            );
            ("datarc", 0)
        }
        2 => {
            let body = object!({ "username": format!("p{n}"), "firstName": "Person", "lastName": n.to_string(), "email": email, "phoneNumber": phone });
            ("Audience Manager", id(send(&clients.audience, "POST", "/v1/users", body), "/userId"))
        }
        3 => {
            let body = object!({ "schemas": [scim::USER], "userName": email, "displayName": name,
                "emails": [{ "value": email }], "phoneNumbers": [{ "value": phone }] });
            ("SCIM", id(send(&clients.scim, "POST", "/scim/v2/Users", body), "/id"))
        }
        4 => {
            let body = object!({ "username": format!("p{n}"), "password": "1", "nickname": name });
            send(&clients.easemob, "POST", "/acme/desk/users", body);
            ("Easemob", 0)
        }
        _ => {
            let body = object!({ "firstName": "Person", "lastName": n.to_string(), "email": email, "phone": phone });
            ("FreeScout", id(send(&clients.freescout, "POST", "/api/users", body), "/id"))
        }
    }
}

/// What no API but the panel wrote.
fn furnish(house: &House, fields: &mut Fields) {
    fields.notes = "Calls at night.".into();
    fields.remark = "Patient".into();
    fields.bio = "From Lund".into();
    fields.details = "Line 3".into();
    fields.organisation = "Acme".into();
    fields.tags = vec!["vip".into()];
    fields.custom = [("city".to_owned(), "Lund".to_owned())].into();
    assert!(house.entries() > 0);
}

#[test]
fn what_one_api_writes_the_others_tell_and_nothing_unknown_is_cleared() {
    on_both(|house| {
        let mut rng = Rng::with_seed(20_261_122);
        let ada = house.join("Ada", Role::Admin);
        house.join("Eve", Role::Admin);
        let groups = [(house.group("Billing"), "Billing"), (house.group("Care"), "Care")];
        house.field("city", FieldKind::Text, |_| {});
        let clients = Clients::of(house, &ada);
        for n in 0..8 {
            let (door, id) = make(&mut rng, &clients, n);
            let newest = house
                .act(|act| rollcall::store::rows::ids(act.conn, "people", "1 = 1"))
                .unwrap()
                .into_iter()
                .max()
                .unwrap();
            let id = if id == 0 { newest } else { id };
            agree(&read(&clients, &house.person(id), &groups), &format!("it was made through {door}"));
            let made = house.person(id);
            let mut fields = made.fields.clone();
            furnish(house, &mut fields);
            house.act(|act| rollcall::actions::people::edit(act, made.id, made.version, fields)).unwrap();
            for step in 0..6 {
                let before = house.person(id);
                let (what, changed) = change(&mut rng, &clients, &before, n * 10 + step);
                let after = house.person(id);
                agree(&read(&clients, &after, &groups), &what);
                for field in Field::ALL.iter().filter(|field| !changed.contains(field)) {
                    assert_eq!(after.fields.get(*field), before.fields.get(*field), "{what} changed {}", field.name());
                }
                assert_eq!(after.fields.custom, before.fields.custom, "{what} changed custom fields");
            }
        }
    });
}
