//! The keys under which the history keeps what it says of people, one for each.
use crate::domain::shared::each;
use crate::domain::vault::{Lock, Vault};
use crate::domain::{Change, Error, PersonId, Result};
use crate::store::schema::person_keys;
use crate::store::written::among;
use crate::store::{BATCH, Conn, each_backend};
use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD as BASE64};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};

/// The keys of those who were not erased.
pub struct Locks(HashMap<PersonId, Lock>);

fn label(person: PersonId) -> String {
    format!("key of person {}", person.0)
}

/// The keys there are.
pub fn of(conn: &mut Conn, vault: &Vault, people: &BTreeSet<PersonId>) -> Result<Locks> {
    let ids: Vec<i64> = people.iter().map(|person| person.0).collect();
    let mut locks = HashMap::new();
    let known = person_keys::table.filter(among(conn, "person_keys.person_id", &ids));
    for (id, sealed) in known.load::<(i64, Vec<u8>)>(conn)? {
        let key = vault.open(&label(PersonId(id)), &sealed)?;
        let key: [u8; 32] = key.try_into().map_err(|_| Error::broken("a person's key is no key"))?;
        locks.insert(PersonId(id), Lock::new(&key));
    }
    Ok(Locks(locks))
}

/// The same, made for whoever has none yet.
pub fn ensure(conn: &mut Conn, vault: &Vault, people: &BTreeSet<PersonId>) -> Result<Locks> {
    let mut known = of(conn, vault, people)?;
    let missing: Vec<PersonId> = people.iter().copied().filter(|person| !known.0.contains_key(person)).collect();
    let (mut rows, mut made) = (vec![], vec![]);
    for one in each(&missing, |person| made_for(*person, vault)) {
        let (person, sealed, lock) = one?;
        rows.push((person_keys::person_id.eq(person.0), person_keys::sealed.eq(sealed)));
        made.push((person, lock));
    }
    let mut inserted = 0;
    for part in rows.chunks(BATCH) {
        inserted += each_backend!(conn, |c| {
            diesel::insert_into(person_keys::table).values(part).on_conflict_do_nothing().execute(c)
        })?;
    }
    // Somebody else may have made some of them at the same moment: those count.
    if inserted < made.len() {
        return of(conn, vault, people);
    }
    known.0.extend(made);
    Ok(known)
}

/// A new key, sealed and as a lock.
fn made_for(person: PersonId, vault: &Vault) -> Result<(PersonId, Vec<u8>, Lock)> {
    let mut key = [0u8; 32];
    getrandom::fill(&mut key).map_err(|e| Error::broken(format!("no random bytes: {e}")))?;
    Ok((person, vault.seal(&label(person), &key)?, Lock::new(&key)))
}

/// What the history says of them is unreadable from now on.
pub fn destroy(conn: &mut Conn, person: PersonId) -> Result<()> {
    diesel::delete(person_keys::table.find(person.0)).execute(conn)?;
    Ok(())
}

/// Values that the same people lock; those that nobody locks are plain.
#[derive(Serialize, Deserialize)]
pub struct Part {
    by: Vec<i64>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    plain: Vec<Change>,
    #[serde(skip_serializing_if = "String::is_empty", default)]
    locked: String,
}

impl Part {
    /// Whose keys it takes.
    pub fn by(&self) -> impl Iterator<Item = PersonId> {
        self.by.iter().copied().map(PersonId)
    }
}

impl From<Vec<Change>> for Part {
    fn from(plain: Vec<Change>) -> Self {
        Self { by: vec![], plain, locked: String::new() }
    }
}

const CHANGES: &str = "changes";
const NAME: &str = "name";

impl Locks {
    /// The name behind `=`, or locked, behind `@` and whose key it takes.
    pub fn lock_name(&self, whose: Option<PersonId>, name: &str) -> Result<String> {
        match whose.filter(|_| !name.is_empty()) {
            Some(person) => Ok(format!("@{} {}", person.0, self.lock(&[person.0], NAME, name.as_bytes())?)),
            None => Ok(format!("={name}")),
        }
    }

    /// Nothing when nobody reads it any more.
    pub fn open_name(&self, kept: &str) -> Option<String> {
        match kept.strip_prefix('@').and_then(|rest| rest.split_once(' ')) {
            Some((id, locked)) => String::from_utf8(self.open(&[id.parse().ok()?], NAME, locked)?).ok(),
            // Entries from before there were keys have neither mark.
            None => Some(kept.strip_prefix('=').unwrap_or(kept).to_owned()),
        }
    }

    pub fn lock_changes(&self, whose: Option<PersonId>, changes: &[Change]) -> Result<String> {
        let mut parts: Vec<(Vec<i64>, Vec<Change>)> = vec![];
        for change in changes {
            let by: BTreeSet<i64> = change.names.iter().copied().chain(whose).map(|person| person.0).collect();
            let by: Vec<i64> = by.into_iter().collect();
            match parts.iter_mut().find(|(one, _)| *one == by) {
                Some((_, same)) => same.push(change.clone()),
                None => parts.push((by, vec![change.clone()])),
            }
        }
        let locked = |(by, changes): (Vec<i64>, Vec<Change>)| {
            if by.is_empty() {
                return Ok(Part { by, plain: changes, locked: String::new() });
            }
            let text = serde_json::to_vec(&changes).map_err(Error::broken)?;
            Ok(Part { locked: self.lock(&by, CHANGES, &text)?, plain: vec![], by })
        };
        let parts: Vec<Part> = parts.into_iter().map(locked).collect::<Result<_>>()?;
        serde_json::to_string(&parts).map_err(Error::broken)
    }

    /// The changes that can be read, and whether there are others.
    pub fn open_changes(&self, parts: Vec<Part>) -> (Vec<Change>, bool) {
        let (mut changes, mut erased) = (vec![], false);
        for part in parts {
            if part.by.is_empty() {
                changes.extend(part.plain);
                continue;
            }
            let opened = self.open(&part.by, CHANGES, &part.locked);
            match opened.and_then(|text| serde_json::from_slice::<Vec<Change>>(&text).ok()) {
                Some(known) => changes.extend(known),
                None => erased = true,
            }
        }
        (changes, erased)
    }

    /// One lock within the other, so that each key is needed.
    fn lock(&self, by: &[i64], label: &str, plain: &[u8]) -> Result<String> {
        let mut text = plain.to_vec();
        for id in by {
            let lock = self.0.get(&PersonId(*id)).ok_or_else(|| Error::broken(format!("person {id} has no key")))?;
            text = lock.seal(label, &text)?;
        }
        Ok(BASE64.encode(text))
    }

    fn open(&self, by: &[i64], label: &str, locked: &str) -> Option<Vec<u8>> {
        let mut text = BASE64.decode(locked).ok()?;
        for id in by.iter().rev() {
            text = self.0.get(&PersonId(*id))?.open(label, &text).ok()?;
        }
        Some(text)
    }
}
