//! `/people/{id}/chat`: whom somebody knows, their groups and rooms, what they said.
use super::show::Head;
use crate::actions::chats::{self, Shown};
use crate::domain::{Person, PersonId};
use crate::panel::refusal::Answer;
use crate::panel::view::View;
use crate::panel::visit::Visit;
use actix_web::web;
use askama::Template;

#[derive(Template)]
#[template(path = "people/chat.html")]
struct ChatPage<'a> {
    v: &'a View,
    person: &'a Person,
    head: Head<'a>,
    shown: &'a Shown,
}

pub async fn show(visit: Visit, id: web::Path<i64>) -> Answer {
    let id = PersonId(*id);
    let shown = visit.read(move |act| chats::show(act, id)).await?;
    let (v, person) = (&visit.view, &shown.person);
    visit.ok(ChatPage { v, person, head: Head { v, person, tab: "chat" }, shown: &shown }.render())
}

impl ChatPage<'_> {
    /// Name, how many there are, and the first that this reader may see.
    fn circles(&self) -> [(&'static str, i64, &[Person]); 2] {
        let Shown { contacts, blocks, .. } = self.shown;
        [("contacts", contacts.0, &contacts.1), ("blocks", blocks.0, &blocks.1)]
    }

    fn is_blank(&self) -> bool {
        let Shown { contacts, blocks, chats, messages, attributes, .. } = self.shown;
        contacts.0 + blocks.0 + messages.0 == 0 && chats.is_empty() && attributes.is_empty()
    }
}
