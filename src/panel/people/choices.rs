//! What a form decides before somebody is deleted.
use crate::actions::Act;
use crate::actions::people::deletion::Facts;
use crate::actions::people::named::named;
use crate::domain::belonging::{Asked, Belonging, Choices, Hand, Owned};
use crate::domain::{FieldErrors, PersonId, Result};
use crate::panel::entered::Entered;
use std::collections::BTreeMap;

/// What the form decides; only what the plan asks for must be answered.
pub fn parse(act: &mut Act, plan: &Facts, entered: &Entered) -> Result<Choices> {
    let mut errors = FieldErrors::default();
    let mut person = |act: &mut Act, field: &'static str, needed: bool| -> Result<Option<PersonId>> {
        if !needed && entered.get(field).trim().is_empty() {
            return Ok(None);
        }
        Ok(errors.take(field, named(act, entered.get(field))?).map(|person| person.id))
    };
    let has = |what: Belonging| plan.count(what) > 0;
    let gives = |field: &str, what: Belonging| has(what) && !entered.is(field, "deleted");
    let owned = [
        ("workspaces", Belonging::OwnedWorkspaces),
        ("owned_groups", Belonging::OwnedGroups),
        ("rooms", Belonging::OwnedRooms),
    ];
    let open_to_person = has(Belonging::OpenTickets) && entered.is("open", "person");
    let needed = open_to_person || owned.iter().any(|(field, what)| gives(field, *what));
    let successor = person(act, "successor", needed)?;
    let asked = has(Belonging::RequestedTickets) && entered.is("requested", "given");
    let requested_to = person(act, "requested_to", asked)?;
    let mut open_of_group = BTreeMap::new();
    for (group, _) in plan.open.iter().filter_map(|(group, n)| Some((group.as_ref()?, n))) {
        let typed = entered.get(&format!("of_group.{}", group.id)).trim();
        if !typed.is_empty() {
            let found = errors.take("of_group", named(act, typed)?);
            open_of_group.extend(found.map(|person| (group.id, Hand::Person(person.id))));
        }
    }
    let open = match entered.get("open") {
        "person" => successor.map_or(Hand::Nobody, Hand::Person),
        "group" => match entered.get("open_group").parse() {
            Ok(id) => Hand::Group(id),
            Err(_) if has(Belonging::OpenTickets) => {
                errors.add("open_group", "deletion.which_group");
                Hand::Nobody
            }
            Err(_) => Hand::Nobody,
        },
        _ => Hand::Nobody,
    };
    let requested = match (entered.get("requested"), requested_to) {
        ("deleted", _) => Asked::Deleted,
        ("given", Some(heir)) => Asked::GivenTo(heir),
        _ => Asked::Anonymous,
    };
    let kept = |field: &str| match successor {
        Some(heir) if !entered.is(field, "deleted") => Owned::GivenTo(heir),
        _ => Owned::Deleted,
    };
    let choices = Choices {
        open,
        open_of_group,
        requested,
        workspaces: kept("workspaces"),
        groups: kept("owned_groups"),
        rooms: kept("rooms"),
    };
    errors.or(choices)
}
