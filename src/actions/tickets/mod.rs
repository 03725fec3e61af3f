//! Tickets: listing, reading, making and working on them.
mod list;

pub use list::{COUNTED, Followed, Listing, Load, Shown, by_assignee, cursor, index, numbered};

use super::Act;
use crate::domain::event::Kind;
use crate::domain::ticket::{Comment, Priority, TicketStatus};
use crate::domain::{Change, Error, Event, Person, PersonId, Result, Role, Scope, Subject, Target, Ticket, Verb, text};
use crate::store;
use std::collections::BTreeSet;

/// The longest subject, in characters.
pub const LONGEST_SUBJECT: usize = 300;
/// The longest comment, in characters.
pub const LONGEST_COMMENT: usize = 50_000;
/// A page shows so many of the latest comments.
const SHOWN: i64 = 500;
/// So many people follow one ticket.
pub const MOST_COLLABORATORS: usize = 100;

/// A ticket with everybody on it whom this actor may see, and what was said.
pub struct Opened {
    pub shown: Shown,
    pub requester: Option<Person>,
    pub assignee: Option<Person>,
    pub collaborators: Vec<Person>,
    pub comments: Vec<Said>,
}

/// A comment and whoever wrote it, when this actor may see them.
pub struct Said {
    pub comment: Comment,
    pub author: Option<Person>,
    /// The author's name, as far as this actor may know it; customers know staff by their display names.
    pub called: String,
}

/// Staff read notes, too; others what is public.
pub fn show(act: &mut Act, id: i64) -> Result<Opened> {
    let ticket = store::tickets::find(act.conn, act.actor.tickets(), id)?;
    let with_notes = act.actor.can(Verb::WorkOnTickets, Target::House);
    let comments = store::tickets::comments(act.conn, id, with_notes, SHOWN)?;
    let following = store::tickets::collaborators(act.conn, id)?;
    let mut ids: Vec<PersonId> = comments.iter().filter_map(|one| one.author).chain(following.clone()).collect();
    ids.extend(ticket.requester.into_iter().chain(ticket.assignee));
    ids.sort_unstable();
    ids.dedup();
    let people = store::people::find_many(act.conn, act.actor.scope(), &ids)?;
    let who = |id: PersonId| people.iter().find(|person| person.id == id).cloned();
    let (requester, assignee) = (ticket.requester.and_then(who), ticket.assignee.and_then(who));
    let shown = list::shown(act, vec![ticket])?.pop().ok_or(Error::NotFound)?;
    let mut said = vec![];
    for comment in comments {
        let author = comment.author.and_then(who);
        let called = called(act, &comment, author.as_ref())?;
        said.push(Said { comment, author, called });
    }
    Ok(Opened {
        shown,
        requester,
        assignee,
        collaborators: following.into_iter().filter_map(who).collect(),
        comments: said,
    })
}

/// The name an author has for this actor: their own, the one they had before they went, or, of staff who wrote to
/// a customer, the one that customers know.
fn called(act: &mut Act, comment: &Comment, author: Option<&Person>) -> Result<String> {
    let Some(id) = comment.author else { return Ok(comment.author_label.clone()) };
    if let Some(person) = author {
        return Ok(person.label());
    }
    if !comment.is_public || act.actor.can(Verb::WorkOnTickets, Target::House) {
        return Ok(String::new());
    }
    let person = store::people::find(act.conn, Scope::Everyone, id)?;
    if person.role == Role::EndUser {
        return Ok(String::new());
    }
    let known = store::people::profile(act.conn, id)?.display_name;
    Ok(if known.is_empty() { person.label() } else { known })
}

/// One that this actor may work on.
pub fn edit(act: &mut Act, id: i64) -> Result<Ticket> {
    let ticket = store::tickets::find(act.conn, act.actor.tickets(), id)?;
    act.actor.must(Verb::WorkOnTickets, Target::House)?;
    Ok(ticket)
}

/// A ticket about to be made.
#[derive(Debug, Clone)]
pub struct Draft {
    pub subject: String,
    pub body: String,
    pub requester: PersonId,
    pub work: Work,
    pub collaborators: Vec<PersonId>,
}

/// What staff decide about a ticket.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Work {
    pub status: TicketStatus,
    pub priority: Priority,
    pub assignee: Option<PersonId>,
    pub group: Option<i64>,
}

/// The first comment is public: it is what was asked.
pub fn create(act: &mut Act, draft: Draft) -> Result<i64> {
    act.actor.must(Verb::WorkOnTickets, Target::House)?;
    let followers: BTreeSet<PersonId> = draft.collaborators.iter().copied().collect();
    if followers.len() > MOST_COLLABORATORS {
        return Err(Error::invalid("collaborators", "tickets.too_many_collaborators"));
    }
    let followers: Vec<PersonId> = followers.into_iter().collect();
    if store::people::find_many(act.conn, act.actor.scope(), &followers)?.len() != followers.len() {
        return Err(Error::invalid("collaborators", "person.unknown"));
    }
    let asked = store::people::find_many(act.conn, act.actor.scope(), &[draft.requester])?;
    let requester = asked.into_iter().next().ok_or(Error::invalid("requester", "person.unknown"))?;
    assignable(act, draft.work.assignee)?;
    known_group(act, draft.work.group)?;
    let Work { status, priority, assignee, group } = draft.work;
    let new = Ticket {
        id: 0,
        subject: draft.subject,
        status,
        priority,
        requester: Some(requester.id),
        assignee,
        assignee_label: String::new(),
        group,
        organisation: store::organisations::ids_of(act.conn, &[requester.id])?.remove(&requester.id),
        created_at: act.now,
        updated_at: act.now,
        version: 1,
    };
    let id = store::tickets::insert(act.conn, std::slice::from_ref(&new))?.pop().unwrap_or_default();
    let following: Vec<_> = followers.into_iter().map(|person| (id, person)).collect();
    store::tickets::add_collaborators(act.conn, &following)?;
    if !draft.body.is_empty() {
        say(act, id, Some(requester.id), true, draft.body)?;
    }
    let changes = vec![Change::new("subject", "", &new.subject), Change::new("requester", "", requester.label())];
    act.record(Event::on(Kind::TicketCreated, Subject::Ticket(id), new.subject, changes).of(new.requester))?;
    Ok(id)
}

/// Nothing changed, nothing written.
pub fn update(act: &mut Act, id: i64, version: i64, work: Work) -> Result<()> {
    let mut ticket = edit(act, id)?;
    if ticket.version != version {
        return Err(Error::Stale);
    }
    let assignee = match work.assignee == ticket.assignee {
        true => None,
        false => Some(assignable(act, work.assignee)?),
    };
    if work.group != ticket.group {
        known_group(act, work.group)?;
    }
    let changes = changes(act, &ticket, work, assignee.as_ref())?;
    if changes.is_empty() {
        return Ok(());
    }
    if assignee.is_some() {
        ticket.assignee_label = String::new();
    }
    (ticket.status, ticket.priority) = (work.status, work.priority);
    (ticket.assignee, ticket.group, ticket.updated_at) = (work.assignee, work.group, act.now);
    store::tickets::update(act.conn, &ticket)?;
    act.record(Event::on(Kind::TicketEdited, Subject::Ticket(id), ticket.subject, changes).of(ticket.requester))
}

/// `to` is the new assignee's name when there is a new one.
fn changes(act: &mut Act, old: &Ticket, new: Work, to: Option<&String>) -> Result<Vec<Change>> {
    let names: std::collections::HashMap<i64, String> =
        store::groups::all(act.conn, act.actor.scope())?.into_iter().map(|group| (group.id, group.name)).collect();
    let called = |group: Option<i64>| group.and_then(|id| names.get(&id).cloned()).unwrap_or_default();
    let mut changes = Change::among([
        ("ticket_status", old.status.name().into(), new.status.name().into()),
        ("priority", old.priority.name().into(), new.priority.name().into()),
        ("group", called(old.group), called(new.group)),
    ]);
    if let Some(name) = to {
        let before = old.assignee.into_iter().collect::<Vec<_>>();
        let before = store::people::find_many(act.conn, act.actor.scope(), &before)?;
        let before = before.first().map_or_else(|| old.assignee_label.clone(), Person::label);
        changes.push(Change::new("assignee", before, name).naming(old.assignee.into_iter().chain(new.assignee)));
    }
    Ok(changes)
}

/// The name of somebody who can be given tickets; empty for nobody.
pub(super) fn assignable(act: &mut Act, id: Option<PersonId>) -> Result<String> {
    let Some(id) = id else { return Ok(String::new()) };
    let found = store::people::find_many(act.conn, act.actor.scope(), &[id])?;
    match found.first() {
        None => Err(Error::invalid("assignee", "person.unknown")),
        Some(person) if person.role == Role::EndUser => Err(Error::invalid("assignee", "assignee.no_staff")),
        Some(person) if !person.status.may_sign_in() => Err(Error::invalid("assignee", "assignee.away")),
        Some(person) => Ok(person.label()),
    }
}

fn known_group(act: &mut Act, id: Option<i64>) -> Result<()> {
    match id.map(|id| store::groups::find(act.conn, act.actor.scope(), id)) {
        None | Some(Ok(_)) => Ok(()),
        Some(Err(Error::NotFound)) => Err(Error::invalid("group", "groups.unknown")),
        Some(Err(e)) => Err(e),
    }
}

/// Says something about a ticket: to whoever asked, or a note among staff.
pub fn comment(act: &mut Act, id: i64, is_public: bool, body: &str) -> Result<()> {
    let ticket = store::tickets::find(act.conn, act.actor.tickets(), id)?;
    let verb = if is_public { Verb::CommentPublicly } else { Verb::WorkOnTickets };
    act.actor.must(verb, Target::House)?;
    let body = text::lines(body, LONGEST_COMMENT).map_err(|key| Error::invalid("body", key))?;
    if body.is_empty() {
        return Err(Error::invalid("body", "comment.blank"));
    }
    say(act, id, act.actor.id(), is_public, body)?;
    store::tickets::touch(act.conn, id, act.now)?;
    let kind = if is_public { "public" } else { "note" };
    let changes = vec![Change::new("comment", "", kind)];
    act.record(Event::on(Kind::TicketCommented, Subject::Ticket(id), ticket.subject, changes).of(ticket.requester))
}

fn say(act: &mut Act, ticket: i64, author: Option<PersonId>, is_public: bool, body: String) -> Result<()> {
    let label = if author.is_some() { String::new() } else { act.actor.label().to_owned() };
    let said = Comment { id: 0, author, author_label: label, is_public, body, created_at: act.now };
    store::tickets::add_comment(act.conn, &[(ticket, said)])
}
