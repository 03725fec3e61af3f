//! Lists of people, with whatever somebody may ask of them.
use crate::actions::Act;
use crate::domain::{Catalogue, Column, Count, Error, PeopleFilter, Person, Result, Sort, Target, Turn, Verb};
use crate::store;
use crate::store::list::{Looks, Page};
use std::borrow::Cow;

/// A page looks so far for how many match; the exact figure follows.
pub const LOOKS: Looks = Looks { enough: 50, most: 500 };

/// A page of people and how many there are.
#[derive(Debug)]
pub struct Listing {
    pub page: Page,
    pub matching: Count,
    pub total: Count,
}

pub fn index(act: &mut Act, filter: &PeopleFilter, sort: &Sort, turn: &Turn, size: usize) -> Result<Listing> {
    let filter = &*permitted(act, filter, sort)?;
    let scope = act.actor.scope();
    let (page, counted) = counted(act, filter, sort, turn, size)?;
    let total = store::list::count_shown(act.conn, scope, &PeopleFilter::default(), LOOKS)?;
    let here = page.people.len() as i64;
    let matching = match (&page.before, &page.after) {
        _ if *filter == PeopleFilter::default() => total,
        (None, None) if matches!(turn, Turn::First) => Count::Exactly(here),
        (_, more) => {
            let met = Count::beyond(here + i64::from(more.is_some()));
            let counted = match counted {
                Some(counted) => counted,
                None => store::list::count_shown(act.conn, scope, filter, LOOKS)?,
            };
            if counted.is_exact() || counted.at_least() > met.at_least() { counted } else { met }
        }
    };
    Ok(Listing { page, matching, total })
}

/// A page, and how many match where that came along.
fn counted(
    act: &mut Act,
    filter: &PeopleFilter,
    sort: &Sort,
    turn: &Turn,
    size: usize,
) -> Result<(Page, Option<Count>)> {
    if matches!(turn, Turn::First) {
        let first = store::list::first(act.conn, act.actor.scope(), filter, sort, (size, LOOKS))?;
        if let Some((page, count)) = first {
            return Ok((page, Some(count)));
        }
    }
    Ok((around(act, filter, sort, turn, size)?, None))
}

/// Where nobody is left behind a place in the order, those up to it; where nobody is before it, the first ones.
fn around(act: &mut Act, filter: &PeopleFilter, sort: &Sort, turn: &Turn, size: usize) -> Result<Page> {
    let scope = act.actor.scope();
    let mut page = |turn: &Turn| store::list::page(act.conn, scope, filter, sort, turn, size);
    let asked = page(turn)?;
    match turn {
        Turn::After(place) if asked.people.is_empty() => {
            Ok(Page { after: None, ..page(&Turn::Before(place.clone()))? })
        }
        Turn::Before(_) if asked.people.is_empty() => page(&Turn::First),
        _ => Ok(asked),
    }
}

/// A list that nothing is asked of.
pub fn nobody(act: &mut Act) -> Result<Listing> {
    act.actor.must(Verb::List, Target::House)?;
    let page = Page { people: vec![], before: None, after: None };
    Ok(Listing { page, matching: Count::Exactly(0), total: Count::Exactly(0) })
}

/// Exactly how many, however long that takes.
pub fn count(act: &mut Act, filter: &PeopleFilter) -> Result<i64> {
    let filter = &*permitted(act, filter, &Sort::default())?;
    store::list::count(act.conn, act.actor.scope(), filter)
}

/// One page, uncounted.
pub fn page(act: &mut Act, filter: &PeopleFilter, sort: &Sort, turn: &Turn, size: usize) -> Result<Page> {
    let filter = &*permitted(act, filter, sort)?;
    store::list::page(act.conn, act.actor.scope(), filter, sort, turn, size)
}

/// People after the first `skip`, as many as `most`.
pub fn some(act: &mut Act, filter: &PeopleFilter, sort: &Sort, (skip, most): (i64, i64)) -> Result<Vec<Person>> {
    let filter = &*permitted(act, filter, sort)?;
    store::list::numbered(act.conn, act.actor.scope(), filter, sort, (skip, most))
}

/// The page of this number, from 1, and how many people match on all pages. It is looked for from the nearer end.
pub fn numbered(
    act: &mut Act,
    filter: &PeopleFilter,
    sort: &Sort,
    (page, size): (i64, i64),
) -> Result<(Vec<Person>, i64)> {
    let filter = &*permitted(act, filter, sort)?;
    let scope = act.actor.scope();
    let count = store::list::count(act.conn, scope, filter)?;
    let skip = (page - 1).saturating_mul(size).min(count);
    let behind = count - skip - size;
    if behind >= skip {
        return Ok((store::list::numbered(act.conn, scope, filter, sort, (skip, size))?, count));
    }
    let (turned, bounds) = (sort.clone().turned(), (behind.max(0), size + behind.min(0)));
    let mut people = store::list::numbered(act.conn, scope, filter, &turned, bounds)?;
    people.reverse();
    Ok((people, count))
}

/// The filter as this reader may ask it: neither it nor an order tells what they may not see.
pub(in crate::actions) fn permitted<'f>(
    act: &mut Act,
    filter: &'f PeopleFilter,
    sort: &Sort,
) -> Result<Cow<'f, PeopleFilter>> {
    act.actor.must(Verb::List, Target::House)?;
    if act.actor.can(Verb::SeeStaffFields, Target::House) {
        return Ok(Cow::Borrowed(filter));
    }
    let mut hidden = filter.asks_for_staff_fields() || sort.column.is_for_staff();
    let sorted = if let Column::Field { id, .. } = sort.column { Some(id) } else { None };
    let asked: Vec<i64> = filter.fields.iter().map(|(id, _)| *id).chain(sorted).collect();
    if !asked.is_empty() {
        let shown = store::fields::all(act.conn)?.for_customers();
        hidden |= asked.iter().any(|id| shown.active().all(|field| field.id != *id));
    }
    if hidden {
        return Err(Error::Forbidden("forbidden.staff_fields"));
    }
    Ok(if filter.q.is_empty() { Cow::Borrowed(filter) } else { Cow::Owned(filter.for_customers()) })
}

/// The custom fields that this actor may see.
pub fn catalogue(act: &mut Act) -> Result<Catalogue> {
    let all = store::fields::all(act.conn)?;
    Ok(if act.actor.can(Verb::SeeStaffFields, Target::House) { all } else { all.for_customers() })
}
