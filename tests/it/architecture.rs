//! What must never import what, and how large a file may grow, read from the sources themselves.
use std::{fs, path::Path};

const NEVER: &[(&str, &[&str])] = &[
    (
        "src/domain",
        &[
            "diesel",
            "actix_web",
            "askama",
            "crate::store",
            "crate::actions",
            "crate::panel",
            "crate::jobs",
            "crate::words",
        ],
    ),
    ("src/store", &["actix_web", "askama", "crate::actions", "crate::panel", "crate::jobs", "crate::words"]),
    ("src/actions", &["diesel", "actix_web", "askama", "crate::panel", "crate::jobs", "crate::words"]),
    ("src/panel", &["diesel", "crate::store", "store::", "crate::jobs", "Role::Admin", "Role::Agent", "Role::EndUser"]),
    ("src/api", &["diesel", "crate::store", "store::", "crate::panel", "askama", "crate::jobs", "crate::cli"]),
    ("src/jobs", &["diesel", "crate::panel", "actix_web"]),
    ("src/cli", &["diesel"]),
];

#[test]
fn nothing_points_back_up() {
    let mut broken = vec![];
    for (room, never) in NEVER {
        walk(Path::new(room), &mut |path, text| {
            for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
                let named = never.iter().filter(|word| line.contains(**word) && !line.contains("session_store::"));
                broken.extend(named.map(|word| format!("{}:{} names {word}", path.display(), number + 1)));
            }
        });
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn only_the_clock_asks_for_the_time() {
    let mut broken = vec![];
    walk(Path::new("src"), &mut |path, text| {
        if path != Path::new("src/lib.rs") && (text.contains("Timestamp::now") || text.contains("SystemTime::now")) {
            broken.push(path.display().to_string());
        }
    });
    assert!(broken.is_empty(), "{broken:?}");
}

#[test]
fn a_file_holds_one_thing() {
    let mut large = vec![];
    for (folder, most) in [("src", 250), ("templates", 90)] {
        walk(Path::new(folder), &mut |path, text| {
            let lines = text.lines().count();
            if lines > most && path.extension().is_some_and(|end| end == "rs" || end == "html") {
                large.push(format!("{} has {lines} lines", path.display()));
            }
        });
    }
    assert!(large.is_empty(), "\n{}", large.join("\n"));
}

#[test]
fn templates_trust_nobody() {
    walk(Path::new("templates"), &mut |path, text| {
        for forbidden in ["|safe", "| safe", " style=", " onclick=", "<style", "<script>", "hx-on", "js:"] {
            assert!(!text.contains(forbidden), "{} has {forbidden}", path.display());
        }
    });
}

pub fn walk(folder: &Path, see: &mut impl FnMut(&Path, &str)) {
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            walk(&entry, see);
        } else {
            see(&entry, &fs::read_to_string(&entry).unwrap());
        }
    }
}
