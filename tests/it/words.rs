//! Everything is said in both languages, and nothing is said that nobody wrote.
use crate::architecture::walk;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// `message.attribute` to its text.
fn dictionary(language: &str) -> BTreeMap<String, String> {
    texts(&format!("src/words/{language}/rollcall.ftl"))
}

fn texts(file: &str) -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(file).unwrap();
    let (mut keys, mut message, mut last) = (BTreeMap::new(), String::new(), String::new());
    for line in text.lines() {
        if let Some((name, value)) = line.strip_prefix("    .").and_then(|rest| rest.split_once(" =")) {
            last = format!("{message}.{name}");
            let doubled = keys.insert(last.clone(), value.trim().to_owned());
            assert_eq!(doubled, None, "{last} stands twice in {file}");
        } else if let Some(name) = line.strip_suffix(" =") {
            message = name.to_owned();
        } else if let Some(said) = keys.get_mut(&last) {
            said.push_str(line.trim());
        }
    }
    keys
}

#[test]
fn every_key_is_said_in_english_and_in_chinese() {
    let (english, chinese) = (dictionary("en"), dictionary("zh"));
    assert!(english.len() > 200, "{}", english.len());
    assert_eq!(english.keys().collect::<Vec<_>>(), chinese.keys().collect::<Vec<_>>());
    for (key, text) in english.iter().chain(&chinese) {
        assert!(!text.is_empty(), "{key} says nothing");
    }
}

#[test]
fn every_key_that_the_program_uses_is_said() {
    let known = dictionary("en");
    let rooms: Vec<&str> = known.keys().filter_map(|key| key.split('.').next()).collect();
    let mut missing = vec![];
    for folder in ["src", "templates"] {
        walk(Path::new(folder), &mut |path, text| {
            for quoted in text.split('"').skip(1).step_by(1) {
                let shaped = quoted.split_once('.').is_some_and(|(room, word)| {
                    rooms.contains(&room)
                        && !word.is_empty()
                        && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
                });
                let file = [".html", ".svg", ".css", ".js", ".toml", ".db"].iter().any(|end| quoted.ends_with(end));
                // Names of kinds and of columns are shaped alike.
                let event = path.ends_with("domain/event.rs") || path.starts_with("src/store");
                if shaped && !file && !event && !known.contains_key(quoted) {
                    missing.push(format!("{}: {quoted}", path.display()));
                }
            }
        });
    }
    assert!(missing.is_empty(), "\n{}", missing.join("\n"));
}

/// English is written where the routes are.
#[test]
fn every_sentence_of_the_manuals_is_said_in_chinese() {
    use rollcall::domain::manual::{Body, key_of};
    let mut wanted = BTreeSet::new();
    for route in rollcall::api::manuals().iter().flat_map(|manual| &manual.routes) {
        let form = if let Body::Form(form) = route.doc.takes { form } else { &[] };
        wanted.insert(key_of(route.doc.says));
        wanted.extend(route.doc.asks.iter().chain(form).map(|param| key_of(param.about)));
    }
    let known = texts("src/words/zh/manual.ftl");
    assert_eq!(wanted.iter().collect::<Vec<_>>(), known.keys().collect::<Vec<_>>());
    assert!(known.values().all(|text| !text.is_empty()));
}

#[test]
fn every_composed_key_is_said() {
    use rollcall::domain::chat::ChatKind;
    use rollcall::domain::custom::{Audience, FieldKind};
    use rollcall::domain::event::Kind;
    use rollcall::domain::ticket::{Priority, TicketStatus};
    use rollcall::domain::workspace::MemberRole;
    use rollcall::domain::{Column, Door, Field, Permission, Reach, Role, Status, TicketRestriction};
    let known = dictionary("en");
    let mut wanted: Vec<String> = vec![];
    wanted.extend(Kind::ALL.iter().map(|kind| format!("event.{}", kind.name().replace('.', "_"))));
    wanted.extend(Door::ALL.iter().map(|door| format!("door.{}", door.name())));
    wanted.extend(Field::ALL.iter().flat_map(|field| ["field", "hint"].map(|room| format!("{room}.{}", field.name()))));
    wanted.extend(
        Role::ALL.iter().flat_map(|role| ["role", "role_hint", "people"].map(|room| format!("{room}.{}", role.name()))),
    );
    wanted.extend(Status::ALL.iter().map(|status| format!("status.{}", status.name())));
    wanted.extend(["active", "invited", "quiet", "suspended", "locked"].map(|one| format!("standing.{one}")));
    wanted.extend(TicketRestriction::ALL.iter().map(|one| format!("ticket_restriction.{}", one.name())));
    let columns = Column::BUILT_IN.iter().filter(|column| **column != Column::Added);
    wanted.extend(columns.map(|column| format!("column.{}", column.name())));
    let rooms = ["permission", "permission_hint", "can", "cannot"];
    let every = |name: &'static str| rooms.map(|room| format!("{room}.{name}"));
    wanted.extend(Permission::ALL.iter().flat_map(|one| every(one.name())));
    wanted.extend(
        Reach::ALL
            .iter()
            .flat_map(|one| ["reach", "reach_hint", "can_see"].map(|room| format!("{room}.{}", one.name()))),
    );
    wanted.extend(TicketRestriction::ALL.iter().map(|one| format!("can_tickets.{}", one.name())));
    wanted.extend(TicketStatus::ALL.iter().map(|one| format!("ticket_status.{}", one.name())));
    wanted.extend(Priority::ALL.iter().map(|one| format!("priority.{}", one.name())));
    wanted.extend(ChatKind::ALL.iter().map(|one| format!("chat_kind.{}", one.name())));
    wanted.extend(MemberRole::ALL.iter().map(|one| format!("member_role.{}", one.name())));
    wanted.extend(["live", "mine", "unassigned", "any"].map(|one| format!("ticket_tab.{one}")));
    wanted.extend(
        FieldKind::ALL
            .iter()
            .flat_map(|one| ["kind_of_field", "kind_hint"].map(|room| format!("{room}.{}", one.name()))),
    );
    wanted.extend(Audience::ALL.iter().map(|one| format!("audience.{}", one.name())));
    wanted.extend(["start", "middle", "end"].map(|one| format!("crop.{one}")));
    wanted.extend((0..=rollcall::actions::tags::HUES).map(|hue| format!("hue.of_{hue}")));
    let missing: Vec<_> = wanted.iter().filter(|key| !known.contains_key(*key)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
