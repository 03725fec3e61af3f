//! Finding one person by what somebody typed: the number that a completion wrote, an address, a name.
use super::Act;
use crate::domain::{
    Error, FieldErrors, Fields, PeopleFilter, Person, PersonId, Phone, Place, Result, Role, Scope, Sort, Turn, fold,
};
use crate::store;

/// A form offers so many.
const MOST: usize = 8;

/// How forms write somebody, so that nobody else is meant: `Ada Marsh #7`.
pub fn written(person: &Person) -> String {
    format!("{} #{}", person.label(), person.id.0)
}

/// Whom the text means, or why it means nobody or more than one.
pub fn named(act: &mut Act, raw: &str) -> Result<Result<Person, &'static str>> {
    let raw = raw.trim();
    let scope = act.actor.scope();
    if raw.is_empty() {
        return Ok(Err("person.say_who"));
    }
    if let Some(id) = raw.rsplit_once('#').and_then(|(_, id)| id.trim().parse().ok()) {
        let found = store::people::find_many(act.conn, scope, &[PersonId(id)])?.pop();
        return Ok(found.ok_or("person.unknown"));
    }
    let ids = store::people::by_login(act.conn, raw)?;
    if let Some(person) = store::people::find_many(act.conn, scope, &ids)?.into_iter().next() {
        return Ok(Ok(person));
    }
    by_name(act, scope, raw)
}

fn by_name(act: &mut Act, scope: Scope, raw: &str) -> Result<Result<Person, &'static str>> {
    let filter = PeopleFilter { q: raw.to_owned(), places: vec![Place::Contact], ..PeopleFilter::default() };
    let mut found = store::list::page(act.conn, scope, &filter, &Sort::default(), &Turn::First, 2)?.people;
    Ok(match (found.pop(), found.is_empty()) {
        (Some(person), true) => Ok(person),
        (Some(_), false) => Err("person.ambiguous"),
        (None, _) => Err("person.unknown"),
    })
}

/// The one in reach with this uid.
pub fn by_uid(act: &mut Act, uid: &str) -> Result<Person> {
    let uid = uuid::Uuid::try_parse(uid).map_err(|_| Error::NotFound)?.to_string();
    let id = store::people::holders(act.conn, store::people::Key::Uid, std::slice::from_ref(&uid))?.remove(&uid);
    super::show(act, id.ok_or(Error::NotFound)?)
}

/// Whoever in reach has this e-mail, phone or username.
pub fn by_login(act: &mut Act, login: &str) -> Result<Option<Person>> {
    let ids = store::people::by_login(act.conn, login)?;
    let found = store::people::find_many(act.conn, act.actor.scope(), &ids)?;
    Ok(ids.iter().find_map(|id| found.iter().find(|person| person.id == *id).cloned()))
}

/// For doors where any of the three finds somebody: nobody's username is another's e-mail or phone.
pub fn free_for(act: &mut Act, id: Option<PersonId>, fields: &Fields) -> Result<()> {
    let Some(username) = &fields.username else { return Ok(()) };
    let others = store::people::by_login(act.conn, username.as_str())?;
    if others.iter().any(|other| Some(*other) != id) {
        return Err(Error::Conflict(FieldErrors::one("username", "username.taken")));
    }
    Ok(())
}

/// The one in reach with this username.
pub fn by_username(act: &mut Act, username: &str) -> Result<Person> {
    let key = fold(username);
    let held = store::people::holders(act.conn, store::people::Key::Username, std::slice::from_ref(&key))?;
    super::show(act, *held.get(&key).ok_or(Error::NotFound)?)
}

/// Whether nobody else holds this number.
pub fn phone_is_free(act: &mut Act, id: Option<PersonId>, phone: &Phone) -> Result<bool> {
    let key = phone.key();
    let holder = store::people::holders(act.conn, store::people::Key::Phone, std::slice::from_ref(&key))?.remove(&key);
    Ok(holder.is_none_or(|holder| Some(holder) == id))
}

/// Up to eight people in scope whom the letters find, as [`written`].
pub fn completions(act: &mut Act, letters: &str, staff_only: bool) -> Result<Vec<String>> {
    act.actor.must(crate::domain::Verb::List, crate::domain::Target::House)?;
    let letters: String = letters.split('#').next().unwrap_or_default().trim().chars().take(200).collect();
    if letters.is_empty() {
        return Ok(vec![]);
    }
    let of = if staff_only { vec![vec![Role::Agent], vec![Role::Admin]] } else { vec![vec![]] };
    let mut found = vec![];
    for roles in of {
        let filter =
            PeopleFilter { q: letters.clone(), places: vec![Place::Contact], roles, ..PeopleFilter::default() };
        let page = store::list::page(act.conn, act.actor.scope(), &filter, &Sort::default(), &Turn::First, MOST)?;
        found.extend(page.people.iter().map(written));
    }
    found.truncate(MOST);
    Ok(found)
}
