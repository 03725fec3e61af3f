//! The house's people as KF5's users (contract, 5). What a reader may not see is told as if it were not there.
mod given;
mod standing;

pub use given::{create, update};

use super::wire::{GroupInfo, Named, User, url};
use super::{dates, wire};
use crate::actions::people::extras::{self, Extras};
use crate::actions::people::{identities, list, profile};
use crate::actions::{Act, groups, organisations};
use crate::domain::extra::Extra;
use crate::domain::person::Provider;
use crate::domain::{
    Catalogue, CustomField, Error, Field, Fields, Group, Person, PersonId, Profile, Result, Rights, Role, Status,
    Target, TicketRestriction, Verb,
};
use serde_json::Value;
use std::collections::HashMap;

/// What is told of people beyond their own rows.
struct Around {
    origin: String,
    extras: HashMap<PersonId, Extras>,
    profiles: HashMap<PersonId, Profile>,
    organisations: HashMap<PersonId, i64>,
    open_ids: HashMap<(PersonId, Provider), String>,
    groups: Vec<Group>,
    catalogue: Catalogue,
    /// Whether what staff wrote is for this reader.
    sees_all: bool,
}

/// In their order, in full, as this actor may see them.
pub fn users(act: &mut Act, people: &[Person], origin: &str) -> Result<Vec<User>> {
    let sees_all = act.actor.can(Verb::SeeStaffFields, Target::House);
    let around = Around {
        origin: origin.to_owned(),
        extras: extras::of(act, people)?,
        profiles: profile::of(act, people)?,
        organisations: organisations::ids_of(act, people)?,
        open_ids: identities::latest(act, people, &Provider::WECHAT)?,
        groups: if sees_all && people.iter().any(|one| one.role.is_staff()) { groups::known(act)? } else { vec![] },
        catalogue: list::catalogue(act)?,
        sees_all,
    };
    Ok(people.iter().map(|person| around.user(person)).collect())
}

pub fn user(act: &mut Act, person: &Person, origin: &str) -> Result<User> {
    users(act, std::slice::from_ref(person), origin)?.pop().ok_or(Error::NotFound)
}

/// Somebody who is no staff, as they see themselves.
pub fn oneself(act: &mut Act, person: &Person, origin: &str) -> Result<Value> {
    let around = Around {
        origin: origin.to_owned(),
        extras: extras::of(act, std::slice::from_ref(person))?,
        profiles: HashMap::new(),
        organisations: organisations::ids_of(act, std::slice::from_ref(person))?,
        open_ids: HashMap::new(),
        groups: vec![],
        catalogue: Catalogue::default(),
        sees_all: false,
    };
    Ok(wire::short(&serde_json::to_value(around.user(person)).map_err(Error::broken)?))
}

impl Around {
    fn user(&self, person: &Person) -> User {
        let (id, fields) = (person.id, &person.fields);
        let told =
            |field: Field| if self.sees_all || !field.is_for_staff() { fields.get(field) } else { String::new() };
        let extra = |extra: Extra| self.extra(id, extra);
        let profile = self.profiles.get(&id).cloned().unwrap_or_default();
        let rights = rights_of(person.role, profile.rights);
        let photo = person.avatar.as_ref().map(|hash| format!("{}/avatars/{hash}", self.origin));
        User {
            id: id.0,
            url: url(&self.origin, "users", id.0),
            email: told(Field::Email),
            name: told(Field::Name),
            remark_name: told(Field::Remark),
            agent_display_name: profile.display_name,
            mark_star: (extra(Extra::Star) == "1").into(),
            role: person.role.name(),
            phone: told(Field::Phone),
            phone_bind: false,
            landline: extra(Extra::Landline),
            signature: profile.signature,
            details: told(Field::Details),
            notes: told(Field::Notes),
            organization_id: self.organisations.get(&id).copied(),
            language: told(Field::Language).to_lowercase().replace('-', "_"),
            created_at: dates::written(person.created_at),
            updated_at: dates::written(person.updated_at),
            last_login_at: person.last_login_at.map(dates::written),
            status: status(person.status),
            groups_info: if person.role.is_staff() { self.groups_of(fields) } else { vec![] },
            photo: photo.unwrap_or_else(|| extra(Extra::PhotoUrl)),
            moderator: rights.moderator,
            public_comments: rights.public_comments,
            manage_people: rights.manage_people,
            ticket_restriction: rights.tickets.name(),
            custom_role_id: profile.custom_role.filter(|_| person.role == Role::Agent),
            wechat_appid: extra(Extra::WechatApp),
            wechat_openid: self.open_id(id, Provider::Wechat),
            wechat_miniprogram_appid: extra(Extra::MiniprogramApp),
            wechat_miniprogram_openid: self.open_id(id, Provider::Miniprogram),
            tags: if self.sees_all { fields.tags.clone() } else { vec![] },
            user_fields: self.catalogue.of(person.role).map(|field| named(field, fields)).collect(),
        }
    }

    fn extra(&self, id: PersonId, extra: Extra) -> String {
        self.extras.get(&id).and_then(|known| known.get(&extra).cloned()).unwrap_or_default()
    }

    fn open_id(&self, id: PersonId, kind: Provider) -> String {
        self.open_ids.get(&(id, kind)).cloned().unwrap_or_default()
    }

    fn groups_of(&self, fields: &Fields) -> Vec<GroupInfo> {
        let theirs = self.groups.iter().filter(|group| fields.groups.contains(&group.name));
        let info = |one: &Group| GroupInfo { id: one.id, name: one.name.clone(), display_name: one.name.clone() };
        theirs.map(info).collect()
    }
}

/// KF5 knows a custom field by its number.
fn named(field: &CustomField, fields: &Fields) -> Named {
    Named { name: field_name(field.id), value: fields.get_custom(&field.name).to_owned() }
}

pub fn field_name(id: i64) -> String {
    format!("field_{id}")
}

/// The four rights are an agent's; administrators have them all, and end users none that is staff's.
fn rights_of(role: Role, kept: Rights) -> Rights {
    let all = Rights { manage_people: true, public_comments: true, moderator: true, tickets: TicketRestriction::All };
    match role {
        Role::Agent => kept,
        Role::Admin => all,
        Role::EndUser => Rights { manage_people: false, moderator: false, ..all },
    }
}

/// Whoever is locked is out like somebody who was suspended.
fn status(status: Status) -> &'static str {
    match status {
        Status::Locked => Status::Suspended.name(),
        other => other.name(),
    }
}
