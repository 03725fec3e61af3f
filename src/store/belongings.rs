//! Where in the database what belongs to somebody stands.
use super::written::written;
use super::{Conn, rows};
use crate::domain::belonging::{Belonging, Touched};
use crate::domain::ticket::TicketStatus;
use crate::domain::{Error, PersonId, Result};
use diesel::prelude::*;
use diesel::sql_types::Text;
use std::collections::BTreeMap;

/// So many names stand for all.
const SAMPLES: usize = 3;

/// The table, and the condition that its rows of this kind meet.
pub fn place(what: Belonging, person: PersonId) -> (&'static str, String) {
    place_of(what, &person.0.to_string())
}

/// The same for whoever has the number that this SQL tells.
fn place_of(what: Belonging, me: &str) -> (&'static str, String) {
    use Belonging as B;
    let live = TicketStatus::Pending as i16;
    match what {
        B::OpenTickets => ("tickets", format!("assignee_id = {me} AND status <= {live}")),
        B::SettledTickets => ("tickets", format!("assignee_id = {me} AND status > {live}")),
        B::Comments => ("ticket_comments", format!("author_id = {me}")),
        B::Following => ("ticket_collaborators", format!("person_id = {me}")),
        B::Groups => ("people_groups", format!("person_id = {me}")),
        B::Tags => ("people_tags", format!("person_id = {me}")),
        B::Fields => ("field_values", format!("person_id = {me}")),
        B::Extras => ("person_extras", format!("person_id = {me}")),
        B::Workspaces => ("workspace_members", format!("person_id = {me}")),
        B::Chats => ("chat_members", format!("person_id = {me}")),
        B::Contacts => ("contacts", format!("(person_id = {me} OR contact_id = {me})")),
        B::Blocks => ("blocks", format!("(person_id = {me} OR blocked_id = {me})")),
        B::Messages => ("messages", format!("sender_id = {me}")),
        B::Conversations => ("conversations", format!("(first_id = {me} OR second_id = {me})")),
        B::Attributes => ("chat_attributes", format!("person_id = {me}")),
        B::Identities => ("identities", format!("person_id = {me}")),
        B::Sessions => ("sessions", format!("person_id = {me}")),
        B::Tokens => ("tokens", format!("person_id = {me}")),
        B::Keys => ("api_keys", format!("person_id = {me}")),
        B::Failures => ("sign_in_failures", format!("person_id = {me}")),
        B::Views => ("saved_views", format!("person_id = {me}")),
        B::Batches => ("batches", format!("person_id = {me}")),
        B::Steps => ("batch_changes", format!("person_id = {me}")),
        B::RequestedTickets => ("tickets", format!("requester_id = {me}")),
        B::OwnedWorkspaces => ("workspaces", format!("owner_id = {me}")),
        B::OwnedGroups => ("chats", format!("owner_id = {me} AND kind = 0")),
        B::OwnedRooms => ("chats", format!("owner_id = {me} AND kind = 1")),
    }
}

/// What goes along with rows of this kind when they are deleted and is somebody else's: table and condition,
/// last first.
pub fn along(what: Belonging, person: PersonId) -> Vec<(&'static str, String)> {
    use Belonging as B;
    let (table, condition) = place(what, person);
    let of = |column: &str| format!("{column} IN (SELECT id FROM {table} WHERE {condition})");
    let talk = format!("conversation_id IN (SELECT id FROM conversations WHERE {})", of("chat_id"));
    match what {
        B::Conversations => vec![("messages", of("conversation_id"))],
        B::Batches => vec![("batch_changes", of("batch_id"))],
        B::RequestedTickets => vec![("ticket_comments", of("ticket_id")), ("ticket_collaborators", of("ticket_id"))],
        B::OwnedWorkspaces => vec![("workspace_members", of("workspace_id"))],
        B::OwnedGroups | B::OwnedRooms => {
            vec![("messages", talk), ("conversations", of("chat_id")), ("chat_members", of("chat_id"))]
        }
        _ => vec![],
    }
}

/// What those other rows have that is not the person's own: whose it is.
fn others(what: Belonging, person: PersonId) -> Option<(&'static str, String)> {
    use Belonging as B;
    let me = person.0;
    let (owner, table) = match what {
        B::Conversations => ("sender_id", "messages"),
        B::RequestedTickets => ("COALESCE(author_id, 0)", "ticket_comments"),
        B::OwnedWorkspaces => ("person_id", "workspace_members"),
        B::OwnedGroups | B::OwnedRooms => ("person_id", "chat_members"),
        _ => return None,
    };
    let (_, condition) = along(what, person).into_iter().find(|(one, _)| *one == table)?;
    Some((table, format!("{condition} AND {owner} <> {me}")))
}

/// What the rows of a kind are called; nothing for those without a name.
fn name(what: Belonging) -> Option<(&'static str, &'static str)> {
    use Belonging as B;
    Some(match what {
        B::OpenTickets | B::SettledTickets | B::RequestedTickets => ("tickets.subject", "tickets"),
        B::Groups => ("groups.name", "people_groups JOIN groups ON groups.id = people_groups.group_id"),
        B::Tags => ("tags.name", "people_tags JOIN tags ON tags.id = people_tags.tag_id"),
        B::OwnedWorkspaces => ("workspaces.name", "workspaces"),
        B::OwnedGroups | B::OwnedRooms => ("chats.name", "chats"),
        B::Identities => ("identities.provider", "identities"),
        B::Keys => ("api_keys.name", "api_keys"),
        B::Views => ("saved_views.name", "saved_views"),
        _ => return None,
    })
}

/// How many rows somebody has of each kind; kinds without any are left out. By one statement: there are many kinds, and
/// most people have few.
pub fn counts(conn: &mut Conn, person: PersonId) -> Result<BTreeMap<Belonging, i64>> {
    let count = |what: &Belonging| {
        let (table, condition) = place_of(*what, "me.number");
        format!("(SELECT COUNT(*) FROM {table} WHERE {condition})")
    };
    let all = Belonging::ALL.iter().map(count).collect::<Vec<_>>().join(", ");
    let array = if let Conn::Sqlite(_) = conn { "json_array" } else { "json_build_array" };
    let told = written::<Text>(format!("SELECT CAST({array}({all}) AS TEXT) FROM (SELECT CAST("));
    let told: String = told.number(person.0).sql(" AS BIGINT) AS number) AS me").get_result(conn)?;
    let counts: Vec<i64> = serde_json::from_str(&told).map_err(Error::broken)?;
    Ok(Belonging::ALL.iter().copied().zip(counts).filter(|(_, count)| *count > 0).collect())
}

/// What there is of a kind of which somebody has so many; with names only if `named`.
pub fn touched(conn: &mut Conn, (what, count): (Belonging, i64), person: PersonId, named: bool) -> Result<Touched> {
    let others = match others(what, person) {
        Some((table, condition)) => rows::count(conn, table, &condition)?,
        None => 0,
    };
    let samples = match name(what).filter(|_| named) {
        Some((expression, from)) => rows::samples(conn, expression, from, &place(what, person).1, SAMPLES)?,
        None => vec![],
    };
    Ok(Touched { what, count, others, samples })
}

/// How many open tickets the person has in each group; 0 stands for none.
pub fn open_by_group(conn: &mut Conn, person: PersonId) -> Result<Vec<(i64, i64)>> {
    use super::schema::tickets as t;
    let rows: Vec<(Option<i64>, i64)> = t::table
        .filter(t::assignee_id.eq(person.0).and(t::status.le(TicketStatus::Pending as i16)))
        .group_by(t::group_id)
        .select((t::group_id, diesel::dsl::count_star()))
        .order(t::group_id)
        .load(conn)?;
    Ok(rows.into_iter().map(|(group, n)| (group.unwrap_or(0), n)).collect())
}
