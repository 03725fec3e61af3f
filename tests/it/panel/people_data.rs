//! Everything about one person leaves as a file, and nothing else.
use crate::house::{Client, on_both};
use rollcall::actions::{chats, people, tickets};
use rollcall::domain::chat::Recipient;
use rollcall::domain::extra::Extra;
use rollcall::domain::key::Dialect;
use rollcall::domain::{Field, Role, Status};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

/// The files in the archive by name.
fn unpacked(client: &Client, path: &str) -> BTreeMap<String, String> {
    let (headers, bytes) = client.bytes(path);
    assert_eq!(headers["content-type"], "application/zip");
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut files = BTreeMap::new();
    for at in 0..zip.len() {
        let mut file = zip.by_index(at).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        files.insert(name, text);
    }
    files
}

#[test]
fn a_person_leaves_as_json_and_csv() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        let given = [
            (Field::Name, "Cleo"),
            (Field::Email, "cleo@example.org"),
            (Field::Notes, "=HYPERLINK(1)"),
            (Field::Tags, "vip"),
        ];
        let cleo = house.join_with(&given, Role::EndUser, Status::Active);
        let ben = house.join("Ben", Role::EndUser);
        let ticket = house.ticket("Where is it?", &cleo, None);
        house.act_as(&ada, |act| tickets::comment(act, ticket, false, "A difficult one.")).unwrap();
        house.act(|act| chats::send(act, ben.id, Recipient::Person(cleo.id), "Hello Cleo")).unwrap();
        house.act(|act| chats::block(act, ben.id, cleo.id)).unwrap();
        let extras = [(Extra::Landline, "028-1234567".to_owned()), (Extra::Metadata, r#"{"rank":"gold"}"#.into())];
        house.act(|act| people::extras::update(act, cleo.id, &extras.into())).unwrap();
        let (_, secret) = house.key(Dialect::Datarc, &cleo, true);
        let (admin, own) = (house.sign_in(&ada), house.sign_in(&cleo));
        let path = format!("/people/{}/data.zip", cleo.id.0);
        let entries = house.entries();
        let files = unpacked(&admin, &path);
        assert_eq!(house.entries(), entries + 1);
        let names: Vec<&str> = files.keys().filter_map(|name| name.strip_suffix(".json")).collect();
        let rest = ["blocks", "comments", "extras", "history", "messages", "password", "person", "sessions", "tickets"];
        assert_eq!((names[0], &names[1..]), ("api_keys", &rest[..]));
        assert!(files["extras.json"].contains("028-1234567") && files["extras.json"].contains("gold"));
        assert!(files["person.csv"].contains("notes,'=HYPERLINK(1)"), "{}", files["person.csv"]);
        let person: Vec<BTreeMap<String, String>> = serde_json::from_str(&files["person.json"]).unwrap();
        assert!(person.iter().any(|row| row["field"] == "tags" && row["value"] == "vip"));
        assert!(files["comments.json"].contains("A difficult one.") && files["messages.csv"].contains("Hello Cleo"));
        assert!(files["tickets.json"].contains("2026-11-21T18:00:00Z"), "{}", files["tickets.json"]);
        assert!(files["history.csv"].contains("person.created"));
        let whole = files.values().cloned().collect::<String>();
        assert!(!whole.contains("argon2") && !whole.contains("key_hash") && !whole.contains(&secret), "no secrets");
        assert!(!files["api_keys.json"].contains("hash"));
        let files = unpacked(&own, &path);
        let whole = files.values().cloned().collect::<String>();
        assert!(whole.contains("cleo@example.org") && whole.contains("Where is it?") && whole.contains("Hello Cleo"));
        assert!(whole.contains("028-1234567"));
        for hidden in ["HYPERLINK", "A difficult one.", "vip", "gold"] {
            assert!(!whole.contains(hidden), "{hidden} is for staff");
        }
        assert!(!files.contains_key("blocks.json"), "who blocked them is not theirs to know");
        assert_eq!(house.sign_in(&ben).get(&path).status, 404);
        let agent = house.join("Mei", Role::Agent);
        assert_eq!(house.sign_in(&agent).get(&path).status, 403);
        assert!(own.get("/me").body.contains("Export my data"));
    });
}
