//! What a client writes of somebody's role, status, rights and appearance (contract, 3 and 5.1).
use crate::actions::Act;
use crate::actions::people::{profile, role};
use crate::api::{Fault, Given};
use crate::domain::{Error, Person, Result, Rights, Role, Status, TicketRestriction};

pub fn role(given: &Given) -> Result<Option<Role>, Fault> {
    let Some(name) = given.text("role")?.filter(|name| !name.is_empty()) else { return Ok(None) };
    let found = Role::ALL.into_iter().find(|role| role.name() == name);
    found.map(Some).ok_or_else(|| Fault::value("role", "must be end_user, agent or admin"))
}

pub fn status(given: &Given) -> Result<Option<Status>, Fault> {
    let Some(name) = given.text("status")?.filter(|name| !name.is_empty()) else { return Ok(None) };
    let known = [Status::Suspended, Status::Active, Status::Unverified];
    let found = known.into_iter().find(|status| status.name() == name);
    found.map(Some).ok_or_else(|| Fault::value("status", "must be suspended, active or unverified"))
}

/// Nothing when neither role nor rights are given, or only rights of somebody who is no agent: they mean nothing then.
pub fn choice(act: &mut Act, person: &Person, given: &Given) -> Result<Option<role::Choice>, Fault> {
    let wanted = role(given)?.unwrap_or(person.role);
    let kept = profile::of(act, std::slice::from_ref(person))?.remove(&person.id).unwrap_or_default();
    let mut rights: Rights = kept.rights;
    let flags = [
        ("manage_people", &mut rights.manage_people),
        ("public_comments", &mut rights.public_comments),
        ("moderator", &mut rights.moderator),
    ];
    for (name, right) in flags {
        *right = given.flag(name)?.unwrap_or(*right);
    }
    if let Some(name) = given.text("ticket_restriction")?.filter(|name| !name.is_empty()) {
        let tickets = TicketRestriction::parse(&name);
        rights.tickets =
            tickets.ok_or_else(|| Fault::value("ticket_restriction", "must be all, groups or assigned"))?;
    }
    let custom_role = match given.has("custom_role_id") {
        true => given.number("custom_role_id")?.filter(|id| *id != 0),
        false => kept.custom_role,
    };
    let changes = wanted == Role::Agent && (rights != kept.rights || custom_role != kept.custom_role);
    Ok((wanted != person.role || changes).then_some(role::Choice { role: wanted, rights, custom_role, sure: true }))
}

pub fn appearance(act: &mut Act, person: &Person, given: &Given) -> Result<(), Fault> {
    let (name, signature) = (given.text("agent_display_name")?, given.text("signature")?);
    if !person.role.is_staff() {
        let is_written = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.is_empty());
        let written =
            [("display_name", &name), ("signature", &signature)].into_iter().find(|(_, text)| is_written(text));
        return written.map_or(Ok(()), |(key, _)| Err(Error::invalid(key, "profile.staff_only").into()));
    }
    if name.is_none() && signature.is_none() {
        return Ok(());
    }
    let (_, kept) = profile::edit(act, person.id)?;
    let name = name.unwrap_or(kept.display_name);
    let draft = profile::Draft::parse(&name, &signature.unwrap_or(kept.signature))?;
    profile::update(act, person.id, draft)?;
    Ok(())
}
