//! Chat groups and rooms, conversations and what was said in them.
use super::schema::{chat_members, chats, conversations, messages};
use super::{BATCH, Conn, each_backend, scope};
use crate::domain::chat::{Chat, ChatKind, Message, Recipient};
use crate::domain::{PersonId, Result, Scope, Time};
use diesel::prelude::*;
use std::collections::HashMap;

#[derive(Queryable, Selectable)]
#[diesel(table_name = chats)]
struct Row {
    id: i64,
    kind: i16,
    name: String,
    description: String,
    owner_id: i64,
    created_at: i64,
}

impl From<Row> for Chat {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            kind: ChatKind::ALL[row.kind.clamp(0, 1) as usize],
            name: row.name,
            description: row.description,
            owner: PersonId(row.owner_id),
            created_at: Time::from_micros(row.created_at),
        }
    }
}

pub fn find(conn: &mut Conn, id: i64) -> Result<Chat> {
    Ok(chats::table.find(id).select(Row::as_select()).first::<Row>(conn)?.into())
}

/// The groups and rooms somebody is in, latest first; `most` at most.
pub fn of(conn: &mut Conn, person: PersonId, most: i64) -> Result<Vec<Chat>> {
    let rows: Vec<Row> = chat_members::table
        .inner_join(chats::table)
        .filter(chat_members::person_id.eq(person.0))
        .order(chats::id.desc())
        .limit(most)
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Chat::from).collect())
}

/// How many people in scope are in each of these.
pub fn members(conn: &mut Conn, scope: Scope, ids: &[i64]) -> Result<HashMap<i64, i64>> {
    let mut query = chat_members::table
        .filter(chat_members::chat_id.eq_any(ids.to_vec()))
        .group_by(chat_members::chat_id)
        .select((chat_members::chat_id, diesel::dsl::count_star()))
        .into_boxed();
    if let Some(seen) = scope::condition_on("chat_members.person_id", scope) {
        query = query.filter(seen);
    }
    Ok(query.load::<(i64, i64)>(conn)?.into_iter().collect())
}

/// Makes it with its owner as its first member.
pub fn insert(conn: &mut Conn, new: &Chat) -> Result<i64> {
    let row = (
        chats::kind.eq(new.kind as i16),
        chats::name.eq(&new.name),
        chats::description.eq(&new.description),
        chats::owner_id.eq(new.owner.0),
        chats::created_at.eq(new.created_at.micros()),
    );
    let id: i64 = diesel::insert_into(chats::table).values(row).returning(chats::id).get_result(conn)?;
    add_members(conn, id, &[new.owner])?;
    Ok(id)
}

/// Whoever is in it stays; answers how many are new.
pub fn add_members(conn: &mut Conn, id: i64, people: &[PersonId]) -> Result<usize> {
    use chat_members::{chat_id, person_id, table};
    let rows: Vec<_> = people.iter().map(|person| (chat_id.eq(id), person_id.eq(person.0))).collect();
    let mut made = 0;
    for part in rows.chunks(BATCH) {
        made +=
            each_backend!(conn, |c| { diesel::insert_into(table).values(part).on_conflict_do_nothing().execute(c) })?;
    }
    Ok(made)
}

/// The conversation with somebody or in a chat; made when there was none.
pub fn conversation(conn: &mut Conn, sender: PersonId, to: Recipient) -> Result<i64> {
    use conversations as c;
    let (chat, first, second) = match to {
        Recipient::Chat(id) => (Some(id), None, None),
        Recipient::Person(other) => (None, Some(sender.0.min(other.0)), Some(sender.0.max(other.0))),
    };
    let found = match chat {
        Some(id) => c::table.filter(c::chat_id.eq(id)).select(c::id).first(conn).optional()?,
        None => {
            let pair = c::table.filter(c::first_id.eq(first).and(c::second_id.eq(second)));
            pair.select(c::id).first(conn).optional()?
        }
    };
    match found {
        Some(id) => Ok(id),
        None => {
            let row = (c::chat_id.eq(chat), c::first_id.eq(first), c::second_id.eq(second));
            Ok(diesel::insert_into(c::table).values(row).returning(c::id).get_result(conn)?)
        }
    }
}

/// Adds messages; their ids are made here.
pub fn send(conn: &mut Conn, new: &[Message]) -> Result<()> {
    use messages as m;
    let rows: Vec<_> = new
        .iter()
        .map(|one| {
            (
                m::conversation_id.eq(one.conversation),
                m::sender_id.eq(one.sender.0),
                m::body.eq(&one.body),
                m::sent_at.eq(one.sent_at.micros()),
            )
        })
        .collect();
    for part in rows.chunks(BATCH) {
        each_backend!(conn, |c| diesel::insert_into(m::table).values(part).execute(c))?;
    }
    Ok(())
}

/// The latest messages somebody sent, newest first, and how many there are.
pub fn sent_by(conn: &mut Conn, person: PersonId, most: i64) -> Result<(i64, Vec<Message>)> {
    let mine = || messages::table.filter(messages::sender_id.eq(person.0));
    let rows: Vec<(i64, i64, i64, String, i64)> =
        mine().order(messages::id.desc()).limit(most).select(messages::all_columns).load(conn)?;
    let read = |(id, conversation, sender, body, at)| Message {
        id,
        conversation,
        sender: PersonId(sender),
        body,
        sent_at: Time::from_micros(at),
    };
    Ok((mine().count().get_result(conn)?, rows.into_iter().map(read).collect()))
}

/// Unless they are in it, they do not speak in it.
pub fn is_member(conn: &mut Conn, id: i64, person: PersonId) -> Result<bool> {
    let row = chat_members::table.find((id, person.0));
    Ok(diesel::select(diesel::dsl::exists(row)).get_result(conn)?)
}
