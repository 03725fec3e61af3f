//! Entries of the history as people read them.
use super::view::View;
use crate::domain::event::Kind;
use crate::domain::{Door, Entry};

/// One line of the history and the values it changed.
pub struct Line {
    pub icon: &'static str,
    pub actor: String,
    pub actor_id: Option<i64>,
    /// What was done, without by whom.
    pub deed: String,
    pub person: String,
    pub person_id: Option<i64>,
    pub door: String,
    pub at: crate::domain::Time,
    pub request: String,
    pub values: Vec<Changed>,
}

pub struct Changed {
    pub field: String,
    pub before: String,
    pub after: String,
}

pub fn lines(view: &View, entries: &[Entry]) -> Vec<Line> {
    entries.iter().map(|entry| line(view, entry)).collect()
}

fn line(view: &View, entry: &Entry) -> Line {
    Line {
        icon: icon(entry.kind),
        actor: actor(view, entry),
        actor_id: entry.actor.map(|id| id.0),
        deed: deed(view, entry.kind),
        person: entry.person_label.clone(),
        person_id: entry.person.map(|id| id.0),
        door: door(view, entry.door),
        at: entry.at,
        request: entry.request.clone(),
        values: entry
            .changes
            .iter()
            .map(|change| changed(view, &change.field, &change.before, &change.after))
            .collect(),
    }
}

pub fn deed(view: &View, kind: Kind) -> String {
    view.t(&format!("event.{}", kind.name().replace('.', "_")))
}

pub fn door(view: &View, door: Door) -> String {
    view.t(&format!("door.{}", door.name()))
}

fn actor(view: &View, entry: &Entry) -> String {
    match (entry.actor_label.as_str(), entry.door) {
        ("", Door::CommandLine) => view.t("door.command_line"),
        ("", Door::Panel) => view.t("event.visitor"),
        (label, _) => label.to_owned(),
    }
}

fn changed(view: &View, field: &str, before: &str, after: &str) -> Changed {
    let said = |value: &str| match field {
        _ if value.is_empty() => String::new(),
        "role" | "status" | "ticket_restriction" => view.t(&format!("{field}.{value}")),
        "manage_people" | "public_comments" | "moderator" => view.t(&format!("answer.{value}")),
        "theme" => view.t(&format!("theme.{value}")),
        _ => value.to_owned(),
    };
    Changed { field: view.t(&format!("field.{field}")), before: said(before), after: said(after) }
}

fn icon(kind: Kind) -> &'static str {
    match kind {
        Kind::PersonCreated | Kind::PeopleGenerated => "plus",
        Kind::PersonEdited => "pencil",
        Kind::PersonSuspended => "ban",
        Kind::PersonReactivated => "refresh",
        Kind::RoleChanged => "user-cog",
        Kind::PasswordChanged => "lock",
        Kind::PreferencesEdited | Kind::HouseSetUp => "settings",
        Kind::SignedIn => "login-2",
        Kind::SignedOut => "logout",
    }
}
