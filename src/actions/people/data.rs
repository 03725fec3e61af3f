//! Everything that is held about one person, to take along.
use super::activity;
use crate::actions::Act;
use crate::domain::event::Kind;
use crate::domain::extra::Extra;
use crate::domain::undo::{Row, row};
use crate::domain::{Change, Entry, Event, Field, Person, PersonId, Result, Time, Turn, Verb, custom};
use crate::store;
use crate::store::avatars::Picture;
use crate::store::rows;
use serde_json::{Value, json};

/// The history is read so far back.
const ENTRIES: usize = 20_000;
const CHUNK: usize = 500;

/// Rows of one kind.
pub struct Sheet {
    pub name: &'static str,
    pub rows: Vec<Row>,
}

/// All of it.
pub struct Data {
    pub person: Person,
    /// Those with nothing in them are left out.
    pub sheets: Vec<Sheet>,
    pub picture: Option<Picture>,
}

/// Columns that are secrets, or only how the house finds things.
const INNER: [&str; 7] = ["hash", "key_hash", "access_hash", "refresh_hash", "state", "search_text", "version"];

/// Whoever may not see what staff write does not get that, nor who blocked them.
pub fn export(act: &mut Act, id: PersonId) -> Result<Data> {
    let person = super::show(act, id)?;
    act.actor.must(Verb::ExportData, &person)?;
    let whole = act.actor.can(Verb::SeeStaffFields, &person);
    let mut sheets = vec![Sheet { name: "person", rows: fields(act, &person, whole)? }];
    for (name, table, condition) in places(id, whole) {
        let mut found = rows::read(act.conn, table, &condition)?;
        found.sort_by_key(|row| row.get("id").and_then(Value::as_i64));
        sheets.push(Sheet { name, rows: found.into_iter().map(readable).collect() });
    }
    sheets.push(Sheet { name: "history", rows: history(act, id)? });
    sheets.retain(|sheet| !sheet.rows.is_empty());
    let picture = person.avatar.as_ref().map(|hash| store::avatars::find(act.conn, hash)).transpose()?;
    Ok(Data { person, sheets, picture })
}

/// That so many rows about somebody leave the house.
pub fn record(act: &mut Act, id: PersonId, count: usize) -> Result<()> {
    let person = super::show(act, id)?;
    act.actor.must(Verb::ExportData, &person)?;
    let changes = vec![Change::new("count", "", count.to_string())];
    act.record(Event::about(Kind::DataExported, &person, changes))
}

/// Name of the sheet, table and condition.
fn places(id: PersonId, whole: bool) -> Vec<(&'static str, &'static str, String)> {
    let me = id.0;
    let mine = format!("person_id = {me}");
    let talks = format!("SELECT id FROM conversations WHERE first_id = {me} OR second_id = {me}");
    let asked = format!("ticket_id IN (SELECT id FROM tickets WHERE requester_id = {me})");
    let followed = format!("id IN (SELECT ticket_id FROM ticket_collaborators WHERE {mine})");
    let (comments, blocks) = match whole {
        true => (format!("author_id = {me} OR {asked}"), format!("{mine} OR blocked_id = {me}")),
        false => (format!("is_public AND (author_id = {me} OR {asked})"), mine.clone()),
    };
    // What only staff know stays with them.
    let hidden = Extra::ALL.iter().filter(|extra| !whole && extra.is_for_staff());
    let hidden: String = hidden.map(|extra| format!(" AND name <> '{}'", extra.name())).collect();
    let extras = format!("{mine}{hidden}");
    let mut places = vec![
        ("identities", "identities", mine.clone()),
        ("tickets", "tickets", format!("requester_id = {me} OR assignee_id = {me} OR {followed}")),
        ("comments", "ticket_comments", comments),
        ("workspaces", "workspaces", format!("id IN (SELECT workspace_id FROM workspace_members WHERE {mine})")),
        ("workspace_roles", "workspace_members", mine.clone()),
        ("chats", "chats", format!("id IN (SELECT chat_id FROM chat_members WHERE {mine})")),
        ("messages", "messages", format!("sender_id = {me} OR conversation_id IN ({talks})")),
        ("contacts", "contacts", mine.clone()),
        ("blocks", "blocks", blocks),
        ("chat_attributes", "chat_attributes", mine.clone()),
        ("extras", "person_extras", extras),
        ("api_keys", "api_keys", mine.clone()),
        ("sessions", "sessions", mine.clone()),
        ("tokens", "tokens", mine.clone()),
        ("failed_sign_ins", "sign_in_failures", mine.clone()),
        ("password", "passwords", mine.clone()),
        ("preferences", "preferences", mine.clone()),
        ("profile", "agent_profiles", mine.clone()),
        ("saved_views", "saved_views", mine.clone()),
    ];
    if whole {
        places.push(("bulk_steps", "batch_changes", mine));
    }
    places
}

/// Moments as people read them; nothing of how the house keeps them.
fn readable(row: Row) -> Row {
    let shown = row.into_iter().filter(|(name, _)| !INNER.contains(&name.as_str()) && !name.ends_with("_key"));
    shown
        .map(|(name, value)| {
            let moment = value.as_i64().filter(|_| name.ends_with("_at") || name == "at");
            let value = match moment {
                Some(0) => Value::Null,
                Some(at) => Time::from_micros(at).to_string().into(),
                None => value,
            };
            (name, value)
        })
        .collect()
}

fn fields(act: &mut Act, person: &Person, whole: bool) -> Result<Vec<Row>> {
    let catalogue = store::fields::all(act.conn)?;
    let own = |name: &str| catalogue.remembered(name).is_some_and(|field| whole || !field.staff_only);
    let time = |at: Option<Time>| at.map(|at| at.to_string()).unwrap_or_default();
    let mut all: Vec<(String, String)> = vec![
        ("id".into(), person.id.0.to_string()),
        ("uid".into(), person.uid.to_string()),
        ("role".into(), person.role.name().into()),
        ("status".into(), person.status.name().into()),
        ("created_at".into(), time(Some(person.created_at))),
        ("updated_at".into(), time(Some(person.updated_at))),
        ("last_login_at".into(), time(person.last_login_at)),
    ];
    let built_in = Field::ALL.iter().filter(|field| whole || !field.is_for_staff());
    all.extend(built_in.map(|field| (field.name().to_owned(), person.fields.get(*field))));
    let custom = person.fields.custom.iter().filter(|(name, _)| own(name));
    all.extend(custom.map(|(name, value)| (custom::form_name(name), value.clone())));
    Ok(all.into_iter().map(|(field, value)| row(json!({ "field": field, "value": value }))).collect())
}

fn history(act: &mut Act, id: PersonId) -> Result<Vec<Row>> {
    let (mut turn, mut found) = (Turn::First, vec![]);
    while found.len() < ENTRIES {
        let (_, entries) = activity::index(act, id, &turn, CHUNK)?;
        found.extend(entries.list.iter().map(told));
        match entries.older {
            Some(older) => turn = Turn::After(older),
            None => break,
        }
    }
    Ok(found)
}

fn told(entry: &Entry) -> Row {
    let change = |change: &Change| format!("{}: {} → {}", change.field, change.before, change.after);
    let changes: Vec<String> = entry.changes.iter().map(change).collect();
    row(json!({
        "at": entry.at.to_string(), "what": entry.kind.name(), "by": entry.actor_label, "door": entry.door.name(),
        "changes": changes.join("; "),
    }))
}
