//! Who takes over what somebody leaves.
use super::{Act, Plan};
use crate::domain::belonging::{Asked, Belonging, Choices, Hand, Owned, Touched};
use crate::domain::{Change, Error, PersonId, Result};
use crate::store;
use std::collections::BTreeMap;

/// Who takes over what, and what they are called; refuses those who cannot.
pub type Heirs = BTreeMap<Belonging, Vec<(Option<PersonId>, String)>>;

pub fn heirs(act: &mut Act, plan: &Plan, choices: &Choices) -> Result<Heirs> {
    use Belonging as B;
    let mut heirs = Heirs::new();
    if plan.count(B::OpenTickets) > 0 {
        for hand in [&choices.open].into_iter().chain(choices.open_of_group.values()) {
            let name = heir_of_tickets(act, plan, *hand)?;
            let who = if let Hand::Person(heir) = hand { Some(*heir) } else { None };
            heirs.entry(B::OpenTickets).or_default().extend((!name.is_empty()).then_some((who, name)));
        }
    }
    if let (Asked::GivenTo(heir), true) = (choices.requested, plan.count(B::RequestedTickets) > 0) {
        let name = heir_named(act, plan, heir, "requested_to")?;
        heirs.insert(B::RequestedTickets, vec![(Some(heir), name)]);
    }
    for (what, owned) in
        [(B::OwnedWorkspaces, choices.workspaces), (B::OwnedGroups, choices.groups), (B::OwnedRooms, choices.rooms)]
    {
        if let (Owned::GivenTo(heir), true) = (owned, plan.count(what) > 0) {
            let name = heir_named(act, plan, heir, "successor")?;
            heirs.insert(what, vec![(Some(heir), name)]);
        }
    }
    Ok(heirs)
}

/// How many there were of each kind, and who has them now.
pub fn told(plan: &Plan, heirs: &Heirs) -> Vec<Change> {
    let change = |line: &Touched| {
        let heirs = heirs.get(&line.what).map_or(&[] as &[_], Vec::as_slice);
        let names: Vec<&str> = heirs.iter().map(|(_, name)| name.as_str()).collect();
        let change = Change::new(line.what.name(), line.count.to_string(), names.join(", "));
        change.naming(heirs.iter().filter_map(|(who, _)| *who))
    };
    plan.lines.iter().map(change).collect()
}

fn heir_of_tickets(act: &mut Act, plan: &Plan, hand: Hand) -> Result<String> {
    match hand {
        Hand::Nobody => Ok(String::new()),
        Hand::Person(heir) if heir == plan.person.id => Err(Error::invalid("successor", "deletion.heir_is_gone")),
        Hand::Person(heir) => {
            let named = crate::actions::tickets::assignable(act, Some(heir));
            named.map_err(|e| match e.fields().and_then(|fields| fields.on("assignee")) {
                Some(key) => Error::invalid("successor", key),
                None => e,
            })
        }
        Hand::Group(id) => match store::groups::find(act.conn, act.actor.scope(), id) {
            Ok(group) => Ok(group.name),
            Err(Error::NotFound) => Err(Error::invalid("open_group", "groups.unknown")),
            Err(e) => Err(e),
        },
    }
}

fn heir_named(act: &mut Act, plan: &Plan, heir: PersonId, field: &'static str) -> Result<String> {
    if heir == plan.person.id {
        return Err(Error::invalid(field, "deletion.heir_is_gone"));
    }
    let found = store::people::labels(act.conn, act.actor.scope(), &[heir])?.remove(&heir);
    found.ok_or(Error::invalid(field, "person.unknown"))
}
