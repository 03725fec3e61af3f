//! Belongings made up for trying and measuring, many at once.
use super::Act;
use crate::domain::chat::{Chat, Message, Recipient};
use crate::domain::ticket::Comment;
use crate::domain::workspace::MemberRole;
use crate::domain::{PersonId, Result, Target, Ticket, Verb, Workspace};
use crate::store;
use std::collections::BTreeMap;

/// What [`generate`] writes.
#[derive(Debug, Default)]
pub struct Drawn {
    /// Each with its comments and with who follows it.
    pub tickets: Vec<(Ticket, Vec<Comment>, Vec<PersonId>)>,
    pub workspaces: Vec<(Workspace, Vec<(PersonId, MemberRole)>)>,
    pub chats: Vec<(Chat, Vec<PersonId>)>,
    pub contacts: Vec<(PersonId, PersonId)>,
    pub blocks: Vec<(PersonId, PersonId)>,
    /// Between two contacts, oldest first.
    pub messages: Vec<(PersonId, PersonId, Vec<String>)>,
    pub attributes: Vec<(PersonId, BTreeMap<String, String>)>,
    /// Person, provider and subject.
    pub identities: Vec<(PersonId, &'static str, String)>,
}

/// Records nothing: it belongs to the write that made the people, and that has its entry.
pub fn generate(act: &mut Act, drawn: &Drawn) -> Result<()> {
    act.actor.must(Verb::Generate, Target::House)?;
    let asking: Vec<PersonId> = drawn.tickets.iter().filter_map(|(ticket, ..)| ticket.requester).collect();
    let theirs = store::organisations::ids_of(act.conn, &asking)?;
    let of = |ticket: &Ticket| ticket.requester.and_then(|id| theirs.get(&id).copied());
    let whole = |ticket: &Ticket| Ticket { organisation: of(ticket), ..ticket.clone() };
    let tickets: Vec<Ticket> = drawn.tickets.iter().map(|(ticket, ..)| whole(ticket)).collect();
    let ids = store::tickets::insert(act.conn, &tickets)?;
    let (mut said, mut following) = (vec![], vec![]);
    for (id, (_, comments, followers)) in ids.into_iter().zip(&drawn.tickets) {
        said.extend(comments.iter().map(|comment| (id, comment.clone())));
        following.extend(followers.iter().map(|person| (id, *person)));
    }
    store::tickets::add_comment(act.conn, &said)?;
    store::tickets::add_collaborators(act.conn, &following)?;
    for (workspace, members) in &drawn.workspaces {
        let id = store::workspaces::insert(act.conn, workspace)?;
        store::workspaces::set_members(act.conn, id, members)?;
    }
    store::identities::add(act.conn, &drawn.identities, act.now)?;
    let called: Vec<PersonId> = drawn.identities.iter().map(|(person, ..)| *person).collect();
    called.chunks(100).try_for_each(|some| store::people::reindex(act.conn, some))?;
    chat(act, drawn)
}

fn chat(act: &mut Act, drawn: &Drawn) -> Result<()> {
    store::contacts::add(act.conn, &drawn.contacts)?;
    for (one, two) in &drawn.blocks {
        store::contacts::block(act.conn, *one, *two)?;
    }
    for (person, attributes) in &drawn.attributes {
        store::contacts::set_attributes(act.conn, *person, attributes)?;
    }
    for (chat, members) in &drawn.chats {
        let id = store::chats::insert(act.conn, chat)?;
        store::chats::add_members(act.conn, id, members)?;
        let conversation = store::chats::conversation(act.conn, chat.owner, Recipient::Chat(id))?;
        let hello =
            Message { id: 0, conversation, sender: chat.owner, body: chat.description.clone(), sent_at: act.now };
        store::chats::send(act.conn, &[hello])?;
    }
    for (one, two, bodies) in &drawn.messages {
        let conversation = store::chats::conversation(act.conn, *one, Recipient::Person(*two))?;
        let turns = bodies.iter().zip([*one, *two].into_iter().cycle());
        let said =
            turns.map(|(body, sender)| Message { id: 0, conversation, sender, body: body.clone(), sent_at: act.now });
        store::chats::send(act.conn, &said.collect::<Vec<_>>())?;
    }
    Ok(())
}
