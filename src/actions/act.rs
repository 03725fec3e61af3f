//! What an action works with, and the history that it writes.
use super::Caller;
use crate::domain::{Actor, Change, Door, Event, PersonId, Result, Scope, Time, vault::Vault};
use crate::store;
use std::path::Path;

/// One transaction on behalf of one actor.
pub struct Act<'a> {
    pub conn: &'a mut store::Conn,
    pub actor: &'a Actor,
    pub now: Time,
    pub vault: &'a Vault,
    /// Where files lie that are not in the database.
    pub folder: &'a Path,
    /// For whom a program says that it acts, and what they are called.
    pub on_behalf_of: Option<(PersonId, String)>,
    /// Recorded, and open for what else this write does to the same person.
    open: Option<Event>,
    door: Door,
    request: &'a str,
}

impl<'a> Act<'a> {
    /// As this actor, who may be read more lately than the caller.
    pub(super) fn new(
        conn: &'a mut store::Conn,
        actor: &'a Actor,
        caller: &'a Caller,
        (now, vault, folder): (Time, &'a Vault, &'a Path),
    ) -> Self {
        let Caller { door, request, .. } = caller;
        Self { conn, actor, now, vault, folder, on_behalf_of: None, open: None, door: *door, request }
    }

    /// Adds an entry of somebody who only becomes the actor by it: whoever signs in.
    pub(super) fn record_as(&mut self, actor: &Actor, event: Event) -> Result<()> {
        self.close()?;
        let Self { now: at, door, request, vault, .. } = *self;
        store::audit::insert(self.conn, &store::audit::Stamp { actor, at, door, request, vault }, &[event])
    }

    /// Adds the one entry of this write to the history.
    pub fn record(&mut self, event: Event) -> Result<()> {
        match &mut self.open {
            Some(open) if open.subject == event.subject && open.parts().contains(&event.kind) => open.take_in(event),
            _ => {
                self.close()?;
                self.open = Some(event);
            }
        }
        // What has no more parts stands at once: others may look for it in the same write.
        if self.open.as_ref().is_some_and(|open| open.parts().is_empty()) { self.close() } else { Ok(()) }
    }

    /// Adds an entry for each of several rows that one transaction wrote.
    pub fn record_all(&mut self, events: &[Event]) -> Result<()> {
        self.close()?;
        let Self { actor, now: at, door, request, vault, .. } = *self;
        store::audit::insert(self.conn, &store::audit::Stamp { actor, at, door, request, vault }, events)
    }

    /// All of `f` or nothing, and this write goes on either way.
    pub fn attempt<T>(&mut self, f: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        self.close()?;
        store::begin(self.conn)?;
        match f(self).and_then(|done| self.close().map(|()| done)) {
            Ok(done) => store::commit(self.conn).map(|()| done),
            Err(refused) => {
                self.open = None;
                store::roll_back(self.conn).and(Err(refused))
            }
        }
    }

    /// Writes down what is still open, with whoever stands behind the actor.
    pub(super) fn close(&mut self) -> Result<()> {
        let Some(mut event) = self.open.take() else { return Ok(()) };
        let said = self.on_behalf_of.clone().map(|(id, name)| ("on_behalf_of", id, name));
        for (field, id, name) in said.into_iter().chain(self.lender()?) {
            event.changes.push(Change::new(field, "", name).naming([id]));
        }
        self.record_all(&[event])
    }

    /// Whose key it is, when it is not the actor's own.
    fn lender(&mut self) -> Result<Option<(&'static str, PersonId, String)>> {
        let owner = self.actor.key().map(|grant| grant.owner).filter(|owner| Some(*owner) != self.actor.id());
        let Some(owner) = owner else { return Ok(None) };
        // They may just have been deleted with their own key.
        let known = store::people::find_many(self.conn, Scope::Everyone, &[owner])?.pop();
        let label = known.map_or_else(|| format!("#{}", owner.0), |person| person.label());
        Ok(Some(("key_owner", owner, label)))
    }
}
