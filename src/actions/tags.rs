//! Tags: naming, colouring, merging and dropping them.
use super::{Act, trash};
use crate::domain::event::Kind;
use crate::domain::{Change, Error, Event, Result, Subject, Tag, Target, Verb};
use crate::store::tags;
use std::collections::HashMap;

/// A page shows so many; a search finds the rest.
pub const MOST: i64 = 500;
/// Colours are numbered from 1; 0 is none.
pub const HUES: i16 = 8;

/// A tag and how many people in scope wear it.
#[derive(Debug, Clone)]
pub struct Counted {
    pub tag: Tag,
    pub people: i64,
}

fn permit(act: &mut Act) -> Result<()> {
    act.actor.must(Verb::List, Target::House)?;
    act.actor.must(Verb::SeeStaffFields, Target::House)
}

pub fn index(act: &mut Act, q: &str) -> Result<Vec<Counted>> {
    permit(act)?;
    let q: String = q.chars().take(200).collect();
    let list = tags::list(act.conn, act.actor.scope(), &q, MOST)?;
    counted(act, list)
}

pub(super) fn counted(act: &mut Act, list: Vec<Tag>) -> Result<Vec<Counted>> {
    let ids: Vec<i64> = list.iter().map(|tag| tag.id).collect();
    let people = tags::counts(act.conn, act.actor.scope(), &ids)?;
    Ok(list.into_iter().map(|tag| Counted { people: people.get(&tag.id).copied().unwrap_or(0), tag }).collect())
}

/// The colours of tags by folded name; those without one are left out.
pub fn hues(act: &mut Act, names: &[String]) -> Result<HashMap<String, i16>> {
    tags::hues(act.conn, names)
}

/// One that this actor may change.
pub fn edit(act: &mut Act, id: i64) -> Result<Counted> {
    permit(act)?;
    let found = tags::find(act.conn, act.actor.scope(), id)?;
    act.actor.must(Verb::ManageTags, Target::House)?;
    counted(act, vec![found])?.pop().ok_or(Error::NotFound)
}

pub fn create(act: &mut Act, name: &str, hue: i16) -> Result<i64> {
    act.actor.must(Verb::ManageTags, Target::House)?;
    let id = tags::insert(act.conn, name, hue)?;
    let mut changes = vec![Change::new("name", "", name)];
    changes.extend((hue > 0).then(|| Change::new("hue", "", hue.to_string())));
    act.record(Event::on(Kind::TagCreated, Subject::Tag(id), name, changes))?;
    Ok(id)
}

/// Nothing changed, nothing written.
pub fn update(act: &mut Act, id: i64, version: i64, name: String, hue: i16) -> Result<()> {
    let mut tag = edit(act, id)?.tag;
    if tag.version != version {
        return Err(Error::Stale);
    }
    let said = |hue: i16| if hue == 0 { String::new() } else { hue.to_string() };
    let pairs = [("name", tag.name.clone(), name.clone()), ("hue", said(tag.hue), said(hue))];
    let differing = pairs.into_iter().filter(|(_, old, new)| old != new);
    let changes: Vec<Change> = differing.map(|(field, old, new)| Change::new(field, old, new)).collect();
    if changes.is_empty() {
        return Ok(());
    }
    (tag.name, tag.hue) = (name, hue);
    tags::update(act.conn, &tag)?;
    act.record(Event::on(Kind::TagEdited, Subject::Tag(id), tag.name, changes))
}

/// What a merge would do: the one that goes, the one that stays.
#[derive(Debug)]
pub struct Merge {
    pub absorbed: Counted,
    pub survivor: Counted,
}

/// The survivor is meant by its name.
pub fn plan_merge(act: &mut Act, id: i64, into: &str) -> Result<Merge> {
    let absorbed = edit(act, id)?;
    let scope = act.actor.scope();
    let found = tags::named(act.conn, scope, into).map_err(|e| match e {
        Error::NotFound => Error::invalid("into", "tags.unknown"),
        other => other,
    })?;
    if found.id == id {
        return Err(Error::invalid("into", "merge.itself"));
    }
    let survivor = counted(act, vec![found])?.pop().ok_or(Error::NotFound)?;
    Ok(Merge { absorbed, survivor })
}

/// Whoever wears the one wears the other; refuses when there are not as many as were shown. Answers the entry of the
/// trash, if any is kept.
pub fn merge(act: &mut Act, id: i64, into: &str, shown: i64) -> Result<Option<i64>> {
    let Merge { absorbed, survivor } = plan_merge(act, id, into)?;
    if absorbed.people != shown {
        return Err(Error::Stale);
    }
    let (gone, kept) = (absorbed.tag, survivor.tag);
    let steps = tags::merge(act.conn, id, kept.id)?;
    let freed = trash::Freed { people: shown, tickets: 0 };
    let entry = trash::keep_thing(act, ("tag", id), &gone.name, freed, &kept.name, steps)?;
    let changes = vec![Change::new("merged", gone.name, ""), Change::new("members", "", shown.to_string())];
    act.record(Event::on(Kind::TagMerged, Subject::Tag(kept.id), kept.name, changes))?;
    Ok(entry)
}

/// Nobody wears it any more; refuses when there are not as many as were shown.
pub fn destroy(act: &mut Act, id: i64, shown: i64) -> Result<Option<i64>> {
    let Counted { tag, people } = edit(act, id)?;
    if people != shown {
        return Err(Error::Stale);
    }
    let steps = tags::delete(act.conn, id)?;
    let kept = trash::keep_thing(act, ("tag", id), &tag.name, trash::Freed { people, tickets: 0 }, "", steps)?;
    let changes = vec![Change::new("name", &tag.name, ""), Change::new("members", people.to_string(), "")];
    act.record(Event::on(Kind::TagDeleted, Subject::Tag(id), tag.name, changes))?;
    Ok(kept)
}
