//! Organisations: making, changing, merging and dissolving them.
use super::{Act, trash};
use crate::domain::event::Kind;
use crate::domain::{
    Change, Cursor, Error, Event, FieldErrors, Organisation, Page, Person, PersonId, Result, Sort, Subject, Target,
    Turn, Verb, organisation, text,
};
use crate::store::organisations;
pub use crate::store::organisations::Wanted;
use std::collections::HashMap;

/// An organisation and how many people in scope belong to it.
#[derive(Debug, Clone)]
pub struct Counted {
    pub organisation: Organisation,
    pub members: i64,
}

/// A page of organisations, and where to go on from it.
pub struct Listing {
    pub list: Vec<Counted>,
    pub matching: i64,
    pub before: Option<Cursor>,
    pub after: Option<Cursor>,
}

fn permit(act: &mut Act) -> Result<()> {
    act.actor.must(Verb::List, Target::House)?;
    act.actor.must(Verb::SeeStaffFields, Target::House)
}

pub fn index(act: &mut Act, wanted: &Wanted, turn: &Turn, size: usize) -> Result<Listing> {
    permit(act)?;
    let scope = act.actor.scope();
    let list = organisations::list(act.conn, scope, wanted, turn, size as i64)?;
    let Page { list, before, after } = turn.page(list, size, organisations::cursor);
    let matching = organisations::count(act.conn, scope, wanted)?;
    Ok(Listing { list: counted(act, list)?, matching, before, after })
}

pub(super) fn counted(act: &mut Act, list: Vec<Organisation>) -> Result<Vec<Counted>> {
    let ids: Vec<i64> = list.iter().map(|one| one.id).collect();
    let members = organisations::members(act.conn, act.actor.scope(), &ids)?;
    let count = |organisation: Organisation| {
        let members = members.get(&organisation.id).copied().unwrap_or(0);
        Counted { organisation, members }
    };
    Ok(list.into_iter().map(count).collect())
}

/// The page of this number, from 1, and how many match on all pages.
pub fn numbered(
    act: &mut Act,
    wanted: &Wanted,
    sort: &Sort,
    (page, size): (i64, i64),
) -> Result<(Vec<Organisation>, i64)> {
    permit(act)?;
    let scope = act.actor.scope();
    let skip = (page - 1).saturating_mul(size);
    let list = organisations::numbered(act.conn, scope, wanted, sort, (skip, size))?;
    Ok((list, organisations::count(act.conn, scope, wanted)?))
}

/// The number of the one that each of these people belongs to, for whoever sees what staff wrote and for themselves;
/// whoever belongs to none is left out.
pub fn ids_of(act: &mut Act, people: &[Person]) -> Result<HashMap<PersonId, i64>> {
    let seen = |person: &&Person| act.actor.can(Verb::SeeStaffFields, *person) || act.actor.id() == Some(person.id);
    let within = people.iter().filter(|person| !person.fields.organisation.is_empty());
    let ids: Vec<PersonId> = within.filter(seen).map(|person| person.id).collect();
    organisations::ids_of(act.conn, &ids)
}

/// Reads a cursor of the list.
pub fn cursor(raw: &str) -> Option<Cursor> {
    Cursor::parse(raw, organisations::ORDER)
}

pub fn show(act: &mut Act, id: i64) -> Result<Counted> {
    permit(act)?;
    let found = organisations::find(act.conn, act.actor.scope(), id)?;
    counted(act, vec![found])?.pop().ok_or(Error::NotFound)
}

/// What it is called.
pub fn name(act: &mut Act, id: i64) -> Result<String> {
    permit(act)?;
    Ok(organisations::find(act.conn, act.actor.scope(), id)?.name)
}

/// One that this actor may change.
pub fn edit(act: &mut Act, id: i64) -> Result<Counted> {
    let found = show(act, id)?;
    act.actor.must(Verb::ManageOrganisations, Target::House)?;
    Ok(found)
}

/// What a form says of an organisation.
#[derive(Debug, Clone)]
pub struct Draft {
    pub name: String,
    pub description: String,
    pub domains: Vec<String>,
}

impl Draft {
    pub fn parse(name: &str, domains: &str, description: &str) -> Result<Self> {
        let mut errors = FieldErrors::default();
        let name = text::line(name, 200).and_then(|name| if name.is_empty() { Err("name.blank") } else { Ok(name) });
        let name = errors.take("name", name);
        let domains = errors.take("domains", organisation::domains(domains));
        let description = errors.take("description", text::lines(description, 2_000));
        match (name, domains, description) {
            (Some(name), Some(domains), Some(description)) => Ok(Self { name, description, domains }),
            _ => Err(Error::Invalid(errors)),
        }
    }

    fn changes(&self, old: Option<&Organisation>) -> Vec<Change> {
        let was = |read: fn(&Organisation) -> String| old.map(read).unwrap_or_default();
        let pairs = [
            ("name", was(|one| one.name.clone()), self.name.clone()),
            ("description", was(|one| one.description.clone()), self.description.clone()),
            ("domains", was(|one| one.domains.join(", ")), self.domains.join(", ")),
        ];
        pairs.into_iter().filter(|(_, old, new)| old != new).map(|(f, old, new)| Change::new(f, old, new)).collect()
    }
}

pub fn create(act: &mut Act, draft: Draft) -> Result<i64> {
    act.actor.must(Verb::ManageOrganisations, Target::House)?;
    let changes = draft.changes(None);
    let Draft { name, description, domains } = draft;
    let new = Organisation { id: 0, name, description, domains, created_at: act.now, updated_at: act.now, version: 1 };
    let id = organisations::insert(act.conn, &new)?;
    act.record(Event::on(Kind::OrganisationCreated, Subject::Organisation(id), new.name, changes))?;
    Ok(id)
}

/// Nothing changed, nothing written.
pub fn update(act: &mut Act, id: i64, version: i64, draft: Draft) -> Result<()> {
    let mut organisation = edit(act, id)?.organisation;
    if organisation.version != version {
        return Err(Error::Stale);
    }
    let changes = draft.changes(Some(&organisation));
    if changes.is_empty() {
        return Ok(());
    }
    (organisation.name, organisation.description, organisation.domains) =
        (draft.name, draft.description, draft.domains);
    organisations::update(act.conn, &organisation, act.now)?;
    act.record(Event::on(Kind::OrganisationEdited, Subject::Organisation(id), organisation.name, changes))
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
    let found = organisations::named(act.conn, scope, into).map_err(|e| match e {
        Error::NotFound => Error::invalid("into", "organisations.unknown"),
        other => other,
    })?;
    if found.id == id {
        return Err(Error::invalid("into", "merge.itself"));
    }
    let survivor = counted(act, vec![found])?.pop().ok_or(Error::NotFound)?;
    Ok(Merge { absorbed, survivor })
}

/// Moves members, tickets and domains over; refuses when there are not as many as were shown. Answers the one that
/// stays, and the entry of the trash, if any is kept.
pub fn merge(act: &mut Act, id: i64, into: &str, shown: i64) -> Result<(i64, Option<i64>)> {
    let Merge { absorbed, survivor } = plan_merge(act, id, into)?;
    let freed = trash::freed(act, &format!("organisation_id = {id}"), absorbed.members)?;
    if freed.people != shown {
        return Err(Error::Stale);
    }
    let (gone, mut kept) = (absorbed.organisation, survivor.organisation);
    if gone.domains.len() + kept.domains.len() > organisation::MOST_DOMAINS {
        return Err(Error::invalid("into", "domains.too_many"));
    }
    let steps = organisations::merge(act.conn, &gone, &kept)?;
    let entry = trash::keep_thing(act, ("organisation", id), &gone.name, freed, &kept.name, steps)?;
    let mut changes = vec![Change::new("merged", gone.name, ""), Change::new("members", "", shown.to_string())];
    changes.extend((freed.tickets > 0).then(|| Change::new("tickets", "", freed.tickets.to_string())));
    if !gone.domains.is_empty() {
        let before = kept.domains.join(", ");
        kept.domains.extend(gone.domains);
        kept.domains.sort_unstable();
        changes.push(Change::new("domains", before, kept.domains.join(", ")));
    }
    if kept.description.is_empty() && !gone.description.is_empty() {
        changes.push(Change::new("description", "", gone.description));
    }
    act.record(Event::on(Kind::OrganisationMerged, Subject::Organisation(kept.id), kept.name, changes))?;
    Ok((kept.id, entry))
}

/// What its deletion leaves without one.
pub fn plan_deletion(act: &mut Act, id: i64) -> Result<(Counted, trash::Freed)> {
    let counted = edit(act, id)?;
    let freed = trash::freed(act, &format!("organisation_id = {id}"), counted.members)?;
    Ok((counted, freed))
}

/// Its people and tickets belong to none from now on; refuses when there are not as many as were shown.
pub fn destroy(act: &mut Act, id: i64, shown: trash::Freed) -> Result<Option<i64>> {
    let (Counted { organisation, members }, freed) = plan_deletion(act, id)?;
    if freed != shown {
        return Err(Error::Stale);
    }
    let steps = organisations::delete(act.conn, &organisation)?;
    let kept = trash::keep_thing(act, ("organisation", id), &organisation.name, freed, "", steps)?;
    let mut changes = vec![Change::new("members", members.to_string(), "")];
    changes.extend((freed.tickets > 0).then(|| Change::new("tickets", freed.tickets.to_string(), "")));
    changes.extend(
        Draft { name: String::new(), description: String::new(), domains: vec![] }.changes(Some(&organisation)),
    );
    act.record(Event::on(Kind::OrganisationDeleted, Subject::Organisation(id), organisation.name, changes))?;
    Ok(kept)
}
