//! Whom a row means, and whether it may be written.
use super::decision::Decision;
use super::keys::{claim, claim_of, contact_keys, keys, taken};
use super::row::{Fault, Row};
use super::rows::Earlier;
use crate::actions::Act;
use crate::actions::people::bounds::Bounds;
use crate::domain::person::fresh_uid;
use crate::domain::{
    Actor, Catalogue, Change, CustomField, Person, PersonId, Result, Role, Status, Target, Time, Verb, custom, fold,
};
use crate::store;
use crate::store::people::{Key, NewPerson};
use std::collections::{HashMap, HashSet};

/// Everything a chunk needs to know of the house, read at once, and of the file so far.
pub struct Resolver {
    actor: Actor,
    /// The rows that claimed values before this chunk, and those that do in it.
    claims: HashMap<String, i64>,
    fresh: HashMap<String, i64>,
    holders: HashMap<(Key, String), PersonId>,
    /// Those in the actor's scope.
    people: HashMap<PersonId, Person>,
    catalogue: Catalogue,
    groups: HashSet<String>,
    bounds: Bounds,
    now: Time,
}

/// Who has a value already.
#[derive(PartialEq)]
enum Holder {
    Nobody,
    EarlierRow,
    Person(PersonId),
}

/// A row that gave its values up is row 0.
const GIVEN_UP: i64 = 0;

impl Resolver {
    pub fn read<'r>(
        act: &mut Act,
        mut earlier: Earlier,
        catalogue: Catalogue,
        rows: impl Iterator<Item = &'r Row> + Clone,
    ) -> Result<Self> {
        let mut holders = HashMap::new();
        for key in [Key::Uid, Key::Email, Key::Phone, Key::Username] {
            let values: Vec<String> =
                rows.clone().flat_map(keys).filter(|(k, _)| *k == key).map(|(_, value)| value).collect();
            let found = store::people::holders(act.conn, key, &values)?;
            holders.extend(found.into_iter().map(|(value, id)| ((key, value), id)));
        }
        let mut ids: Vec<PersonId> = holders.values().copied().collect();
        ids.sort_unstable();
        ids.dedup();
        let scope = act.actor.scope();
        let people = store::people::find_many(act.conn, scope, &ids)?.into_iter().map(|p| (p.id, p)).collect();
        let groups = store::groups::all(act.conn, scope)?.iter().map(|group| fold(&group.name)).collect();
        let (bounds, actor) = (Bounds::read(act)?, act.actor.clone());
        let values = rows.flat_map(keys).map(|(key, value)| claim(key, &value)).collect();
        let claims = earlier.claims(act, values, &ids)?;
        Ok(Self { actor, claims, fresh: HashMap::new(), holders, people, catalogue, groups, bounds, now: act.now })
    }

    pub fn into_claims(self) -> HashMap<String, i64> {
        self.fresh
    }

    pub fn decide(&mut self, number: i64, row: Row) -> Decision {
        let keys = keys(&row);
        let meant = match self.meant(&keys) {
            Holder::EarlierRow => return Decision::Duplicate,
            Holder::Person(id) if self.claimed(&claim_of(id)).is_some() => return Decision::Duplicate,
            Holder::Person(id) => Some(id),
            Holder::Nobody => None,
        };
        for (key, value) in keys.iter().filter(|(key, _)| *key != Key::Uid) {
            let holder = self.holder(*key, value);
            if holder != Holder::Nobody && meant.is_none_or(|id| holder != Holder::Person(id)) {
                return Decision::Failed(taken(*key));
            }
        }
        let decision = match meant.map(|id| self.people.get(&id).cloned()) {
            Some(Some(person)) => self.change(person, row),
            // Somebody out of sight: as a form would, this only tells that the value is taken.
            Some(None) => Decision::Failed(taken(keys[0].0)),
            None => self.create(row),
        };
        if !matches!(decision, Decision::Failed(_)) {
            self.claim(number, meant, &keys, &decision);
        }
        decision
    }

    /// By uid if the house or the file knows it, else by the first of e-mail, phone and username given.
    fn meant(&self, keys: &[(Key, String)]) -> Holder {
        let holders = keys.iter().map(|(key, value)| (*key, self.holder(*key, value)));
        let mut telling = holders.filter(|(key, holder)| *key != Key::Uid || *holder != Holder::Nobody);
        telling.next().map_or(Holder::Nobody, |(_, holder)| holder)
    }

    fn holder(&self, key: Key, value: &str) -> Holder {
        match self.claimed(&claim(key, value)) {
            Some(GIVEN_UP) => Holder::Nobody,
            Some(_) => Holder::EarlierRow,
            None => self.holders.get(&(key, value.to_owned())).map_or(Holder::Nobody, |id| Holder::Person(*id)),
        }
    }

    fn claimed(&self, value: &str) -> Option<i64> {
        self.fresh.get(value).or_else(|| self.claims.get(value)).copied()
    }

    fn claim(&mut self, number: i64, meant: Option<PersonId>, keys: &[(Key, String)], decision: &Decision) {
        if let (Some(id), Decision::Update(now, _)) = (meant, decision) {
            let before = contact_keys(&self.people[&id]);
            let after = contact_keys(now);
            let given_up = before.into_iter().filter(|key| !after.contains(key));
            self.fresh.extend(given_up.map(|(key, value)| (claim(key, &value), GIVEN_UP)));
        }
        self.fresh.extend(meant.map(|id| (claim_of(id), number)));
        self.fresh.extend(keys.iter().map(|(key, value)| (claim(*key, value), number)));
    }

    fn create(&self, row: Row) -> Decision {
        let role = row.role.unwrap_or(Role::EndUser);
        let may_write =
            !touches_staff_fields(&self.catalogue, &row) || self.actor.can(Verb::EditStaffFields, Target::New(role));
        if !self.actor.can(Verb::Create, Target::New(role)) || !may_write {
            return Decision::Failed(Fault { column: Some("role".into()), key: "forbidden.role" });
        }
        if let Some(fault) = self.misfit(&row, role) {
            return Decision::Failed(fault);
        }
        let mut fields = row.fields;
        for field in self.catalogue.of(role).filter(|field| !field.initial.is_empty()) {
            fields.custom.entry(field.name.clone()).or_insert_with(|| field.initial.clone());
        }
        let missing = |field: &&CustomField| field.required && !fields.custom.contains_key(&field.name);
        if let Some(field) = self.catalogue.of(role).find(missing) {
            return Decision::Failed(Fault { column: Some(field.form_name().into()), key: "custom.required" });
        }
        self.bounds.settle(&mut fields);
        if let Some((field, key)) = self.bounds.fault(None, &fields) {
            return Decision::Failed(Fault { column: Some(field.into()), key });
        }
        Decision::Create(Box::new(NewPerson {
            uid: row.uid.unwrap_or_else(|| fresh_uid(self.now)),
            fields,
            role,
            status: row.status.unwrap_or(Status::Active),
            created_at: row.created_at,
            last_login_at: row.last_login_at,
        }))
    }

    /// What the row says goes over what the house knows; what it does not say stays.
    fn change(&self, before: Person, row: Row) -> Decision {
        // To compare what they may not see would tell whether a guess is right.
        if touches_staff_fields(&self.catalogue, &row) && !self.actor.can(Verb::SeeStaffFields, &before) {
            return Decision::Failed(Fault { column: None, key: "forbidden.role" });
        }
        let mut person = before.clone();
        for field in &row.given {
            if before.fields.differs(&row.fields, *field) {
                let written = person.fields.set(*field, &row.fields.get(*field));
                debug_assert_eq!(written, Ok(()), "a parsed value parses again");
            }
        }
        for name in &row.given_custom {
            let value = row.fields.get_custom(name).to_owned();
            person.fields.custom.insert(name.clone(), value);
        }
        let fault = self.misfit(&row, row.role.unwrap_or(before.role));
        if let Some(fault) = fault.or_else(|| self.out_of_bounds(&before, &person)) {
            return Decision::Failed(fault);
        }
        person.role = row.role.unwrap_or(before.role);
        person.status = row.status.unwrap_or(before.status);
        person.last_login_at = before.last_login_at.max(row.last_login_at);
        let mut changes = before.fields.changes_to(&person.fields);
        if person.last_login_at != before.last_login_at {
            let said = |seen: Option<Time>| seen.map(|time| time.to_string()).unwrap_or_default();
            changes.push(Change::new("last_login_at", said(before.last_login_at), said(person.last_login_at)));
        }
        if let Err(fault) = self.permit(&before, &person, !changes.is_empty()) {
            return Decision::Failed(fault);
        }
        if person.role != before.role {
            changes.push(Change::new("role", before.role.name(), person.role.name()));
        }
        if person.status != before.status {
            changes.push(Change::new("status", before.status.name(), person.status.name()));
        }
        if changes.is_empty() {
            return Decision::Unchanged(before.id);
        }
        Decision::Update(Box::new(person), changes)
    }

    /// A group that there is not, or a custom field that is not for people of this role.
    fn misfit(&self, row: &Row, role: Role) -> Option<Fault> {
        if row.fields.groups.iter().any(|name| !self.groups.contains(&fold(name))) {
            return Some(Fault { column: Some("groups".into()), key: "groups.unknown" });
        }
        let fits = |name: &&String| self.catalogue.of(role).any(|field| field.name == **name);
        let name = row.given_custom.iter().find(|name| !fits(name))?;
        Some(Fault { column: Some(custom::form_name(name).into()), key: "custom.audience" })
    }

    fn out_of_bounds(&self, before: &Person, after: &Person) -> Option<Fault> {
        let (field, key) = self.bounds.fault(Some(before.id), &after.fields)?;
        Some(Fault { column: Some(field.into()), key })
    }

    /// A file never takes power from an administrator: that is done one by one, where it is guarded.
    fn permit(&self, before: &Person, after: &Person, edited: bool) -> Result<(), Fault> {
        let refused = |column: Option<&'static str>| Fault { column: column.map(Into::into), key: "forbidden.role" };
        let demotes_admin = before.role == Role::Admin && (after.role, after.status) != (before.role, before.status);
        if after.role != before.role && (demotes_admin || !self.actor.can(Verb::ChangeRole, before)) {
            return Err(refused(Some("role")));
        }
        if after.status != before.status && (demotes_admin || !self.actor.can(Verb::Suspend, before)) {
            return Err(refused(Some("status")));
        }
        let may_edit = self.actor.can(Verb::Edit, before) && self.actor.can(Verb::EditStaffFields, before);
        if edited && !may_edit { Err(refused(None)) } else { Ok(()) }
    }
}

fn touches_staff_fields(catalogue: &Catalogue, row: &Row) -> bool {
    let hidden = |name: &String| catalogue.named(name).is_none_or(|field| field.staff_only);
    row.given.iter().any(|field| field.is_for_staff()) || row.given_custom.iter().any(hidden)
}
