//! Views that people save for themselves.
use super::Act;
use super::people::list::LOOKS;
use crate::domain::event::Kind;
use crate::domain::{Change, Count, Error, Event, PeopleFilter, PersonId, Result, Sort, Subject, Target, Verb};
use crate::store;
pub use crate::store::views::View as SavedView;

/// Somebody saves at most so many: each is counted whenever the list is shown.
pub const MOST: usize = 20;

fn me(act: &Act) -> Result<PersonId> {
    act.actor.must(Verb::List, Target::House)?;
    act.actor.id().ok_or(Error::NotFound)
}

/// One's own.
pub fn index(act: &mut Act) -> Result<Vec<SavedView>> {
    match me(act) {
        Ok(me) => store::views::of(act.conn, me),
        Err(_) => Ok(vec![]),
    }
}

/// How many people this filter finds; nothing when this actor may no longer use it.
pub fn count(act: &mut Act, filter: &PeopleFilter) -> Result<Option<Count>> {
    match super::people::list::permitted(act, filter, &Sort::default()) {
        Ok(filter) => store::list::count_shown(act.conn, act.actor.scope(), &filter, LOOKS).map(Some),
        Err(Error::Forbidden(_)) => Ok(None),
        Err(e) => Err(e),
    }
}

pub fn edit(act: &mut Act, id: i64) -> Result<SavedView> {
    let me = me(act)?;
    store::views::find(act.conn, me, id)
}

pub fn create(act: &mut Act, name: &str, query: &str) -> Result<i64> {
    let me = me(act)?;
    if store::views::of(act.conn, me)?.len() >= MOST {
        return Err(Error::invalid("name", "views.too_many"));
    }
    let id = store::views::insert(act.conn, me, name, query, act.now)?;
    let changes = vec![Change::new("name", "", name), Change::new("filter", "", query)];
    act.record(Event::on(Kind::ViewCreated, Subject::View(id), name, changes).of(act.actor.id()))?;
    Ok(id)
}

/// Nothing changed, nothing written.
pub fn update(act: &mut Act, id: i64, name: &str, query: Option<&str>) -> Result<SavedView> {
    let mut view = edit(act, id)?;
    let query = query.unwrap_or(&view.query).to_owned();
    let pairs = [("name", view.name.as_str(), name), ("filter", view.query.as_str(), query.as_str())];
    let differing = pairs.into_iter().filter(|(_, old, new)| old != new);
    let changes: Vec<Change> = differing.map(|(field, old, new)| Change::new(field, old, new)).collect();
    if changes.is_empty() {
        return Ok(view);
    }
    (view.name, view.query) = (name.to_owned(), query);
    store::views::update(act.conn, &view)?;
    act.record(Event::on(Kind::ViewEdited, Subject::View(id), name, changes).of(act.actor.id()))?;
    Ok(view)
}

pub fn destroy(act: &mut Act, id: i64) -> Result<()> {
    let view = edit(act, id)?;
    store::views::delete(act.conn, id)?;
    let changes = vec![Change::new("name", &view.name, ""), Change::new("filter", &view.query, "")];
    act.record(Event::on(Kind::ViewDeleted, Subject::View(id), view.name, changes).of(act.actor.id()))
}
