//! Requests at random, most of them broken: none ends in a failure, and none changes anything without an entry.
use crate::house::{Client, House, on_both};
use crate::undo::{TABLES, healthy, rows_of};
use fastrand::Rng;
use rollcall::api::{datarc, freescout, kf5};
use rollcall::domain::key::Dialect;
use rollcall::domain::{Person, Role};
use serde_json::{Value, json};

/// So many requests of each API on each database.
const REQUESTS: usize = 300;

/// A query has some of these.
const ASKED: [&str; 20] = [
    "email",
    "page",
    "pageSize",
    "q",
    "offset",
    "limit",
    "byUserId",
    "assignTo[1]",
    "per_page",
    "role",
    "created_start",
    "updated_end",
    "created_order",
    "updated_order",
    "ids",
    "query",
    "query_fields",
    "type",
    "object",
    "userId",
];

const NAMES: [&str; 42] = [
    "email",
    "firstName",
    "lastName",
    "password",
    "jobTitle",
    "phone",
    "timezone",
    "photoUrl",
    "alternateEmails",
    "byUserId",
    "assignTo",
    "username",
    "nickname",
    "desc",
    "role",
    "tier",
    "type",
    "status",
    "uid",
    "metadata",
    "accounts",
    "accountUids",
    "offset",
    "limit",
    "count",
    "language",
    "user",
    "group",
    "organization",
    "id",
    "name",
    "remark_name",
    "agent_display_name",
    "mark_star",
    "landline",
    "organization_id",
    "custom_role_id",
    "wechat_openid",
    "tags",
    "user_fields",
    "agents",
    "domain",
];

fn text(rng: &mut Rng, people: &[Person]) -> String {
    let person = rng.choice(people).unwrap();
    match rng.u8(..14) {
        0 => String::new(),
        1 => person.fields.email.as_ref().map_or_else(String::new, |email| email.as_str().to_owned()),
        2 => person.uid.to_string(),
        3 => person.id.0.to_string(),
        4 => "\u{0}\u{7}\u{202e}nul".into(),
        5 => "😀".repeat(rng.usize(..400)),
        6 => "'; DROP TABLE people; --".into(),
        7 => "%_\\".into(),
        8 => i64::MAX.to_string(),
        9 => "-1".into(),
        10 => format!("p{}@example.org", rng.u32(..50)),
        11 => "<script>alert(1)</script>".into(),
        12 => "x".repeat(rng.usize(..20_000)),
        _ => format!("+4930{:07}", rng.u32(..9_999_999)),
    }
}

fn value(rng: &mut Rng, people: &[Person], depth: u8) -> Value {
    match rng.u8(..10) {
        0 => Value::Null,
        1 => rng.bool().into(),
        2 => rng.i64(-3..9).into(),
        3 => json!(f64::from(rng.i32(..)) * 1e300),
        4 if depth > 0 => (0..rng.usize(..4)).map(|_| value(rng, people, depth - 1)).collect::<Vec<_>>().into(),
        5 if depth > 0 => object(rng, people, depth - 1),
        _ => text(rng, people).into(),
    }
}

fn object(rng: &mut Rng, people: &[Person], depth: u8) -> Value {
    let mut object = serde_json::Map::new();
    for _ in 0..rng.usize(..8) {
        object.insert((*rng.choice(NAMES).unwrap()).to_owned(), value(rng, people, depth));
    }
    object.into()
}

/// A path of the table, or almost one.
fn path(rng: &mut Rng, people: &[Person], table: &[(&str, &str)]) -> (String, String) {
    let (method, pattern) = rng.choice(table).unwrap();
    let person = rng.choice(people).unwrap();
    let coded = |text: String| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let mut place =
        |known: String| if rng.u8(..4) == 0 { coded(text(rng, people).chars().take(200).collect()) } else { known };
    let (id, uid) = (place(person.id.0.to_string()), place(person.uid.to_string()));
    let path = pattern.replace("{id}", &id).replace("{uid}", &uid);
    let pairs: Vec<String> = (0..rng.usize(..3))
        .map(|_| {
            let name = rng.choice(ASKED).unwrap();
            format!("{}={}", coded(name.into()), coded(text(rng, people).chars().take(300).collect()))
        })
        .collect();
    let method = if rng.u8(..12) == 0 { "PATCH" } else { method };
    (method.to_uppercase(), format!("{path}?{}", pairs.join("&")))
}

fn body(rng: &mut Rng, people: &[Person]) -> Vec<u8> {
    let whole = object(rng, people, 3).to_string();
    match rng.u8(..8) {
        0 => vec![],
        1 => whole.as_bytes()[..rng.usize(..=whole.len())].to_vec(),
        2 => (0..rng.usize(..200)).map(|_| rng.u8(..)).collect(),
        _ => whole.into_bytes(),
    }
}

fn storm(house: &House, client: &Client, table: &[(&str, &str)], seed: u64) {
    let mut rng = Rng::with_seed(seed);
    // What lies in the trash is sealed, and has its entry anyhow.
    let tables: Vec<&str> = TABLES.iter().copied().filter(|table| *table != "trash").collect();
    let rows = |house: &House| rows_of(house, &tables);
    let mut before = (house.entries(), rows(house));
    let mut answers = std::collections::BTreeMap::<u16, usize>::new();
    for n in 0..REQUESTS {
        let people: Vec<Person> = house
            .act(|act| {
                let ids = rollcall::store::rows::ids(act.conn, "people", "1 = 1")?;
                let ids: Vec<_> = ids.into_iter().map(rollcall::domain::PersonId).collect();
                rollcall::store::people::find_many(act.conn, rollcall::domain::Scope::Everyone, &ids)
            })
            .unwrap();
        let (method, path) = path(&mut rng, &people, table);
        let reply = client.send(&method, &path, Some("application/json"), &body(&mut rng, &people));
        *answers.entry(reply.status).or_default() += 1;
        assert!(reply.status < 500, "{n}: {method} {path}: {} {}", reply.status, reply.body);
        if !reply.body.is_empty() {
            let said: Result<Value, _> = serde_json::from_str(&reply.body);
            assert!(said.is_ok(), "{n}: {method} {path}: {}", reply.body);
        }
        let now = (house.entries(), rows(house));
        if reply.status >= 400 {
            assert!(now == before, "{n}: {method} {path}: a refusal changed something");
        } else if now.0 == before.0 {
            assert!(now.1 == before.1, "{n}: {method} {path}: a change without an entry");
        }
        before = now;
    }
    healthy(house);
    assert!(answers.len() > 4 && answers.keys().any(|status| *status < 300), "{answers:?}");
}

#[test]
fn nothing_that_is_sent_breaks_the_house() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        house.join("Eve", Role::Admin);
        house.group("Billing");
        for n in 0..6 {
            let cleo = house.join(&format!("Cleo {n}"), if n % 2 == 0 { Role::EndUser } else { Role::Agent });
            house.ticket("Where is it?", &cleo, Some(1));
        }
        let (_, key) = house.key(Dialect::Freescout, &ada, false);
        storm(house, &house.stranger().with("x-freescout-api-key", &key), freescout::TABLE, 1);
        let (_, key) = house.key(Dialect::Datarc, &ada, false);
        storm(house, &house.stranger().with("authorization", &key), datarc::TABLE, 2);
        let (_, key) = house.key(Dialect::Kf5, &ada, false);
        storm(house, &house.stranger().with("authorization", &format!("Bearer {key}")), kf5::TABLE, 3);
    });
}
