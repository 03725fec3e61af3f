//! Requests at random, most of them broken: none ends in a failure, and none changes anything without an entry.
use crate::house::{Client, House, on_both};
use crate::undo::{TABLES, healthy, rows_of};
use fastrand::Rng;
use rollcall::domain::key::Dialect;
use rollcall::domain::{Person, Role};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
use std::sync::{Mutex, Once};
use tracing_subscriber::filter::dynamic_filter_fn;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

/// So many requests of each API on each database, unless TEST_RANDOM_REQUESTS says another number.
const REQUESTS: u64 = 60;

/// What the environment says, for longer storms and for others.
fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).map_or(otherwise, |raw| raw.parse().unwrap_or_else(|_| panic!("{name} is a number")))
}

/// What every password that is sent has in it.
const PASSWORD: &str = "seven-green-umbrellas";

/// What must stand in no line of the log, and what of it did.
static SECRETS: Mutex<(Vec<String>, Vec<String>)> = Mutex::new((vec![], vec![]));

/// Reads every line that is logged, and keeps none.
#[derive(Clone, Copy)]
struct Listener;

impl std::io::Write for Listener {
    fn write(&mut self, line: &[u8]) -> std::io::Result<usize> {
        HEARD.fetch_add(1, Relaxed);
        let mut secrets = SECRETS.lock().unwrap();
        let text = String::from_utf8_lossy(line).into_owned();
        if secrets.0.iter().any(|secret| text.contains(secret)) {
            secrets.1.push(text);
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Whether lines are made at all: they cost the other tests time.
static LISTENING: AtomicBool = AtomicBool::new(false);
static HEARD: AtomicUsize = AtomicUsize::new(0);

/// All but what the client of the test itself says.
fn heard<S>(of: &tracing::Metadata<'_>, _: &Context<'_, S>) -> bool {
    LISTENING.load(Relaxed) && !of.target().starts_with("ureq")
}

/// All that is logged at any level from now on is read; what is secret must not be in it.
fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let lines = tracing_subscriber::fmt::layer().with_writer(|| Listener);
        tracing_subscriber::registry().with(lines.with_filter(dynamic_filter_fn(heard))).init();
    });
    LISTENING.store(true, Relaxed);
}

/// What clients send beside what the documents name.
const NAMES: [&str; 6] = ["id", "name", "email", "password", "metadata", "custom"];

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
    for _ in 0..rng.usize(..4) {
        let name: &str = rng.choice(NAMES).unwrap();
        let value = if name == "password" && rng.bool() {
            json!(format!("{PASSWORD}{}", rng.u8(..)))
        } else {
            value(rng, people, depth)
        };
        object.insert(name.to_owned(), value);
    }
    object.into()
}

/// What a document says of one route.
struct Operation {
    method: String,
    path: String,
    asks: Vec<String>,
    example: Option<Value>,
    form: Vec<String>,
}

fn operations(document: &Value) -> Vec<Operation> {
    let mut all = vec![];
    for (path, told) in document["paths"].as_object().unwrap() {
        for (method, told) in told.as_object().unwrap().iter().filter(|(key, _)| *key != "parameters") {
            let content = &told["requestBody"]["content"];
            let name = |param: &Value| param["name"].as_str().unwrap().to_owned();
            let form = content["application/x-www-form-urlencoded"]["schema"]["properties"].as_object();
            all.push(Operation {
                method: method.to_uppercase(),
                path: path.clone(),
                asks: told["parameters"].as_array().unwrap().iter().map(name).collect(),
                example: content["application/json"].get("example").cloned(),
                form: form.map(|form| form.keys().cloned().collect()).unwrap_or_default(),
            });
        }
    }
    all
}

fn coded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// A path of the document, or almost one, with some of what it may be asked.
fn path(rng: &mut Rng, people: &[Person], of: &Operation) -> (String, String) {
    let person = rng.choice(people).unwrap();
    let mut place = |known: String| {
        if rng.u8(..4) == 0 { coded(&text(rng, people).chars().take(200).collect::<String>()) } else { known }
    };
    let (id, uid) = (place(person.id.0.to_string()), place(person.uid.to_string()));
    let path = of.path.replace("{org}/{app}", "acme/desk").replace("{id}", &id).replace("{uid}", &uid);
    let path =
        path.replace("{user}", &uid).replace("{other}", &id).replace("{resource}", "web_1").replace("{type}", "TAGS");
    let path = path.replace("{kind}", "Group").replace("{urn}", "urn:ietf:params:scim:schemas:core:2.0:Group");
    let pairs: Vec<String> = (0..rng.usize(..3))
        .filter_map(|_| {
            let name = rng.choice(&of.asks)?.clone();
            Some(format!("{}={}", coded(&name), coded(&text(rng, people).chars().take(300).collect::<String>())))
        })
        .collect();
    let method = if rng.u8(..12) == 0 { "PATCH" } else { &of.method };
    (method.to_owned(), format!("{path}?{}", pairs.join("&")))
}

/// The example with some of it made different.
fn mutated(rng: &mut Rng, people: &[Person], example: &Value) -> Value {
    match example {
        _ if rng.u8(..10) == 0 => value(rng, people, 2),
        Value::Object(map) => {
            let kept: Vec<(&String, &Value)> = map.iter().filter(|_| rng.u8(..8) > 0).collect();
            let mut object: serde_json::Map<String, Value> =
                kept.into_iter().map(|(name, one)| (name.clone(), mutated(rng, people, one))).collect();
            if rng.u8(..6) == 0 {
                object.insert((*rng.choice(NAMES).unwrap()).to_owned(), value(rng, people, 2));
            }
            object.into()
        }
        Value::Array(list) => {
            let mut list: Vec<Value> = list.iter().map(|one| mutated(rng, people, one)).collect();
            if rng.u8(..4) == 0 {
                list.extend(list.clone());
            }
            list.into()
        }
        Value::String(_) if rng.bool() => text(rng, people).into(),
        Value::Number(_) if rng.bool() => rng.i64(-3..9).into(),
        other => other.clone(),
    }
}

fn body(rng: &mut Rng, people: &[Person], of: &Operation) -> Vec<u8> {
    let whole = match &of.example {
        Some(example) if rng.u8(..6) > 0 => mutated(rng, people, example).to_string(),
        _ if !of.form.is_empty() => {
            let pairs = of.form.iter().map(|name| format!("{name}={}", coded(&text(rng, people)))).collect::<Vec<_>>();
            pairs.join("&")
        }
        _ => object(rng, people, 3).to_string(),
    };
    match rng.u8(..10) {
        0 => vec![],
        1 => whole.as_bytes()[..rng.usize(..=whole.len())].to_vec(),
        2 => (0..rng.usize(..200)).map(|_| rng.u8(..)).collect(),
        _ => whole.into_bytes(),
    }
}

fn storm(house: &House, client: &Client, dialect: Dialect, seed: u64) {
    let operations = operations(&super::manual::document(house, dialect));
    let mut rng = Rng::with_seed(number("TEST_RANDOM_SEED", 0) * 10 + seed);
    // What lies in the trash is sealed, and has its entry anyhow.
    let tables: Vec<&str> = TABLES.iter().copied().filter(|table| *table != "trash").collect();
    let rows = |house: &House| rows_of(house, &tables);
    let mut before = (house.entries(), rows(house));
    let mut answers = std::collections::BTreeMap::<u16, usize>::new();
    for n in 0..number("TEST_RANDOM_REQUESTS", REQUESTS) {
        let people: Vec<Person> = house
            .act(|act| {
                let ids = rollcall::store::rows::ids(act.conn, "people", "1 = 1")?;
                let ids: Vec<_> = ids.into_iter().map(rollcall::domain::PersonId).collect();
                rollcall::store::people::find_many(act.conn, rollcall::domain::Scope::Everyone, &ids)
            })
            .unwrap();
        let of = rng.choice(&operations).unwrap();
        let (method, path) = path(&mut rng, &people, of);
        let reply = client.send(&method, &path, Some("application/json"), &body(&mut rng, &people, of));
        *answers.entry(reply.status).or_default() += 1;
        let is_absent = reply.status == 501 && ["/scim/v2/?", "/scim/v2/Me?"].iter().any(|one| path.starts_with(one));
        assert!(reply.status < 500 || is_absent, "{n}: {method} {path}: {} {}", reply.status, reply.body);
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
    // One of the APIs tells every fault of a body as 400.
    assert!(answers.len() > 3 && answers.keys().any(|status| *status < 300), "{answers:?}");
    let leaks = &SECRETS.lock().unwrap().1;
    assert!(leaks.is_empty(), "the log tells secrets: {leaks:#?}");
    println!("{answers:?}");
}

/// Somebody's key, which nothing may log.
fn secret_key(house: &House, dialect: Dialect, owner: &Person) -> String {
    let (_, secret) = house.key(dialect, owner, false);
    SECRETS.lock().unwrap().0.extend([secret.clone(), PASSWORD.to_owned()]);
    secret
}

#[test]
fn nothing_that_is_sent_breaks_the_house() {
    listen();
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        house.join("Eve", Role::Admin);
        house.group("Billing");
        for n in 0..6 {
            let cleo = house.join(&format!("Cleo {n}"), if n % 2 == 0 { Role::EndUser } else { Role::Agent });
            house.ticket("Where is it?", &cleo, Some(1));
        }
        let key = secret_key(house, Dialect::Freescout, &ada);
        storm(house, &house.stranger().with("x-freescout-api-key", &key), Dialect::Freescout, 1);
        assert_eq!(house.stranger().get(&format!("/api/users?api_key={key}")).status, 200);
        let key = secret_key(house, Dialect::Datarc, &ada);
        storm(house, &house.stranger().with("authorization", &key), Dialect::Datarc, 2);
        let key = secret_key(house, Dialect::Kf5, &ada);
        storm(house, &house.stranger().with("authorization", &format!("Bearer {key}")), Dialect::Kf5, 3);
        storm(house, &super::audience::of(house, &ada, false), Dialect::Audience, 4);
        let key = secret_key(house, Dialect::Scim, &ada);
        storm(house, &house.stranger().with("authorization", &format!("Bearer {key}")), Dialect::Scim, 5);
        use super::easemob::{app, bearer, rates, token};
        let desk = app(house, &ada, "desk", |app| app.rates = rates(10_000, 10_000, 10_000));
        storm(house, &bearer(house, &token(house, &desk)), Dialect::Easemob, 6);
    });
    LISTENING.store(false, Relaxed);
    assert!(HEARD.load(Relaxed) > 1_000, "the log was read");
}
