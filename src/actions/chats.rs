//! Chat: whom people know and shut out, their groups and rooms, what they say. The dialects write it; the panel
//! shows it.
use super::Act;
use crate::domain::chat::{Chat, ChatKind, LONGEST_MESSAGE, MOST_ATTRIBUTE_BYTES, Message, Recipient};
use crate::domain::event::Kind;
use crate::domain::{Change, Error, Event, Person, PersonId, Result, Scope, Subject, Target, Verb, text};
use crate::store;
use std::collections::BTreeMap;

/// A page shows so many of each kind.
const SHOWN: i64 = 50;

/// One person's chat, as far as this actor sees whom it is with: figures, and the first of each kind.
pub struct Shown {
    pub person: Person,
    pub contacts: (i64, Vec<Person>),
    pub blocks: (i64, Vec<Person>),
    /// With how many people are in each.
    pub chats: Vec<(Chat, i64)>,
    pub messages: (i64, Vec<Message>),
    pub attributes: BTreeMap<String, String>,
}

pub fn show(act: &mut Act, id: PersonId) -> Result<Shown> {
    let person = super::people::show(act, id)?;
    act.actor.must(Verb::SeeChat, &person)?;
    let scope = act.actor.scope();
    let (known, contacts) = store::contacts::of(act.conn, scope, id, SHOWN)?;
    let (shut_out, blocks) = store::contacts::blocked_by(act.conn, scope, id, SHOWN)?;
    let chats = store::chats::of(act.conn, id, SHOWN)?;
    let members = store::chats::members(act.conn, scope, &chats.iter().map(|chat| chat.id).collect::<Vec<_>>())?;
    let counted = |chat: Chat| {
        let count = members.get(&chat.id).copied().unwrap_or(0);
        (chat, count)
    };
    Ok(Shown {
        contacts: (known, store::people::find_many(act.conn, scope, &contacts)?),
        blocks: (shut_out, store::people::find_many(act.conn, scope, &blocks)?),
        chats: chats.into_iter().map(counted).collect(),
        messages: store::chats::sent_by(act.conn, id, SHOWN)?,
        attributes: store::contacts::attributes(act.conn, id)?,
        person,
    })
}

/// Somebody whose chat this actor may change.
fn changeable(act: &mut Act, id: PersonId) -> Result<Person> {
    let person = super::people::show(act, id)?;
    act.actor.must(Verb::ChangeChat, &person)?;
    Ok(person)
}

/// Lists that programs ask for have so many at most.
const LISTED: i64 = 3_000;

/// Whom somebody knows, as far as this actor sees them.
pub fn contacts(act: &mut Act, id: PersonId) -> Result<Vec<Person>> {
    let scope = seen(act, id)?;
    let (_, ids) = store::contacts::of(act.conn, scope, id, LISTED)?;
    super::people::several(act, &ids)
}

/// Whom somebody shuts out, as far as this actor sees them.
pub fn blocked(act: &mut Act, id: PersonId) -> Result<Vec<Person>> {
    let scope = seen(act, id)?;
    let (_, ids) = store::contacts::blocked_by(act.conn, scope, id, LISTED)?;
    super::people::several(act, &ids)
}

/// The groups and rooms that somebody is in, latest first.
pub fn joined(act: &mut Act, id: PersonId) -> Result<Vec<Chat>> {
    seen(act, id)?;
    store::chats::of(act.conn, id, LISTED)
}

/// What somebody says of themselves to a chat client.
pub fn attributes(act: &mut Act, id: PersonId) -> Result<BTreeMap<String, String>> {
    seen(act, id)?;
    store::contacts::attributes(act.conn, id)
}

/// How many bytes of that there are of everybody in scope.
pub fn attribute_bytes(act: &mut Act) -> Result<i64> {
    act.actor.must(Verb::List, Target::House)?;
    store::contacts::attribute_bytes(act.conn, act.actor.scope())
}

fn seen(act: &mut Act, id: PersonId) -> Result<Scope> {
    let person = super::people::show(act, id)?;
    act.actor.must(Verb::SeeChat, &person)?;
    Ok(act.actor.scope())
}

/// Two different people of whom the first may be changed and the second seen.
fn pair(act: &mut Act, id: PersonId, other: PersonId) -> Result<(Person, Person)> {
    let pair = (changeable(act, id)?, super::people::show(act, other)?);
    if id == other { Err(Error::invalid("contact", "contacts.oneself")) } else { Ok(pair) }
}

fn tell(act: &mut Act, kind: Kind, person: &Person, change: Change) -> Result<()> {
    act.record(Event::about(kind, person, vec![change]))
}

/// Either knows the other from now on. Who knew each other, still does.
pub fn add_contact(act: &mut Act, id: PersonId, other: PersonId) -> Result<()> {
    let (person, other) = pair(act, id, other)?;
    if store::contacts::add(act.conn, &[(person.id, other.id)])? == 0 {
        return Ok(());
    }
    tell(act, Kind::ContactAdded, &person, Change::new("contact", "", other.label()).naming([other.id]))
}

pub fn remove_contact(act: &mut Act, id: PersonId, other: PersonId) -> Result<()> {
    let (person, other) = pair(act, id, other)?;
    if !store::contacts::remove(act.conn, person.id, other.id)? {
        return Ok(());
    }
    tell(act, Kind::ContactRemoved, &person, Change::new("contact", other.label(), "").naming([other.id]))
}

pub fn block(act: &mut Act, id: PersonId, other: PersonId) -> Result<()> {
    let (person, other) = pair(act, id, other)?;
    if !store::contacts::block(act.conn, person.id, other.id)? {
        return Ok(());
    }
    tell(act, Kind::BlockAdded, &person, Change::new("blocked", "", other.label()).naming([other.id]))
}

pub fn unblock(act: &mut Act, id: PersonId, other: PersonId) -> Result<()> {
    let (person, other) = pair(act, id, other)?;
    if !store::contacts::unblock(act.conn, person.id, other.id)? {
        return Ok(());
    }
    tell(act, Kind::BlockRemoved, &person, Change::new("blocked", other.label(), "").naming([other.id]))
}

/// A new group or room; its owner is its first member.
pub fn create(act: &mut Act, kind: ChatKind, owner: PersonId, name: &str, description: &str) -> Result<i64> {
    let owner = changeable(act, owner)?;
    let name = text::line(name, 128).map_err(|key| Error::invalid("name", key))?;
    let description = text::lines(description, 512).map_err(|key| Error::invalid("description", key))?;
    let new = Chat { id: 0, kind, name, description, owner: owner.id, created_at: act.now };
    let id = store::chats::insert(act.conn, &new)?;
    let changes = vec![
        Change::new("name", "", &new.name),
        Change::new("chat_kind", "", kind.name()),
        Change::new("owner", "", owner.label()).naming([owner.id]),
    ];
    act.record(Event::on(Kind::ChatCreated, Subject::Chat(id), new.name, changes))?;
    Ok(id)
}

/// Whoever is in it stays.
pub fn join(act: &mut Act, id: i64, people: &[PersonId]) -> Result<()> {
    let chat = store::chats::find(act.conn, id)?;
    changeable(act, chat.owner)?;
    let found = store::people::find_many(act.conn, act.actor.scope(), people)?;
    if found.len() != people.len() {
        return Err(Error::invalid("members", "person.unknown"));
    }
    let joined = store::chats::add_members(act.conn, id, people)?;
    if joined == 0 {
        return Ok(());
    }
    let changes = vec![Change::new("members", "", joined.to_string())];
    act.record(Event::on(Kind::ChatJoined, Subject::Chat(id), chat.name, changes))
}

/// Into a conversation of two, or into a chat that the sender is in.
pub fn send(act: &mut Act, sender: PersonId, to: Recipient, body: &str) -> Result<()> {
    let person = changeable(act, sender)?;
    let body = text::lines(body, LONGEST_MESSAGE).map_err(|key| Error::invalid("body", key))?;
    if body.is_empty() {
        return Err(Error::invalid("body", "message.blank"));
    }
    let told = match to {
        Recipient::Person(other) => Change::new("to", "", pair(act, sender, other)?.1.label()).naming([other]),
        Recipient::Chat(id) if store::chats::is_member(act.conn, id, sender)? => {
            Change::new("to", "", store::chats::find(act.conn, id)?.name)
        }
        Recipient::Chat(_) => return Err(Error::NotFound),
    };
    let conversation = store::chats::conversation(act.conn, sender, to)?;
    store::chats::send(act.conn, &[Message { id: 0, conversation, sender, body, sent_at: act.now }])?;
    tell(act, Kind::MessageSent, &person, told)
}

/// What somebody says of themselves to a chat client; these and no others.
pub fn set_attributes(act: &mut Act, id: PersonId, wanted: &BTreeMap<String, String>) -> Result<()> {
    let person = changeable(act, id)?;
    let bytes: usize = wanted.iter().map(|(name, value)| name.len() + value.len()).sum();
    if bytes > MOST_ATTRIBUTE_BYTES {
        return Err(Error::invalid("attributes", "attributes.too_long"));
    }
    let before = store::contacts::attributes(act.conn, id)?;
    if before == *wanted {
        return Ok(());
    }
    store::contacts::set_attributes(act.conn, id, wanted)?;
    let listed = |all: &BTreeMap<String, String>| {
        all.iter().map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>().join("; ")
    };
    tell(act, Kind::AttributesChanged, &person, Change::new("attributes", listed(&before), listed(wanted)))
}
