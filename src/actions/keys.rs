//! Keys with which programs come in: making, listing and revoking them, and counting what they do.
use super::Act;
use crate::App;
use crate::domain::event::Kind;
use crate::domain::key::{Dialect, Key, PREFIX_LENGTH, SECRET_LENGTH, Uses};
use crate::domain::{Change, Error, Event, Person, PersonId, Result, Target, Time, Verb, hex, text};
use crate::store;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// A house has so many at most.
pub const MOST: i64 = 500;
const LONGEST_NAME: usize = 100;

/// A key and whose it is.
#[derive(Debug, Clone)]
pub struct Owned {
    pub key: Key,
    pub owner: String,
}

/// Newest first.
pub fn index(act: &mut Act) -> Result<Vec<Owned>> {
    act.actor.must(Verb::ManageKeys, Target::House)?;
    let keys = store::keys::list(act.conn, MOST)?;
    let mut owners: Vec<PersonId> = keys.iter().map(|key| key.owner).collect();
    owners.sort_unstable();
    owners.dedup();
    let labels = store::people::labels(act.conn, act.actor.scope(), &owners)?;
    let owned = |key: Key| Owned { owner: labels.get(&key.owner).cloned().unwrap_or_default(), key };
    Ok(keys.into_iter().map(owned).collect())
}

/// What is asked for; the owner by e-mail, username, phone or number.
#[derive(Debug, Clone)]
pub struct Draft {
    pub dialect: Dialect,
    pub owner: String,
    pub name: String,
    pub read_only: bool,
    pub expires_at: Option<Time>,
}

/// Answers the key and its secret, which nobody can learn again.
pub fn create(act: &mut Act, draft: Draft) -> Result<(Key, String)> {
    act.actor.must(Verb::ManageKeys, Target::House)?;
    let name = text::line(&draft.name, LONGEST_NAME).map_err(|key| Error::invalid("name", key))?;
    if draft.expires_at.is_some_and(|at| at <= act.now) {
        return Err(Error::invalid("expires", "key.expired"));
    }
    if store::keys::count(act.conn)? >= MOST {
        return Err(Error::invalid("name", "key.too_many"));
    }
    let owner = owner(act, &draft.owner)?;
    let secret = secret()?;
    let mut key = Key {
        id: 0,
        dialect: draft.dialect,
        name: if name.is_empty() { draft.dialect.title().to_owned() } else { name },
        owner: owner.id,
        prefix: secret[..PREFIX_LENGTH].to_owned(),
        read_only: draft.read_only,
        created_at: act.now,
        expires_at: draft.expires_at,
        last_used_at: None,
        uses: Uses::default(),
    };
    key.id = store::keys::insert(act.conn, &key, &hash_of(&secret))?;
    let mut changes = told(&key);
    changes.extend(draft.expires_at.map(|at| Change::new("expires", "", at.to_string())));
    act.record(Event::about(Kind::KeyCreated, &owner, changes))?;
    Ok((key, secret))
}

/// One key, for whoever may revoke it.
pub fn edit(act: &mut Act, id: i64) -> Result<Owned> {
    act.actor.must(Verb::ManageKeys, Target::House)?;
    let key = store::keys::find(act.conn, id)?;
    let owner = store::people::find(act.conn, act.actor.scope(), key.owner)?.label();
    Ok(Owned { key, owner })
}

/// Nobody comes in with it from now on.
pub fn destroy(act: &mut Act, id: i64) -> Result<()> {
    act.actor.must(Verb::ManageKeys, Target::House)?;
    let key = store::keys::find(act.conn, id)?;
    let owner = store::people::find(act.conn, act.actor.scope(), key.owner)?;
    store::keys::delete(act.conn, id)?;
    let changes = told(&key).into_iter().map(|change| Change::new(&change.field, change.after, "")).collect();
    act.record(Event::about(Kind::KeyRevoked, &owner, changes))
}

fn told(key: &Key) -> Vec<Change> {
    let told = |field, value: &str| Change::new(field, "", value);
    let reads = key.read_only.then(|| told("read_only", "yes"));
    let number = key.id.to_string();
    [told("key", &number), told("name", &key.name), told("dialect", key.dialect.title())]
        .into_iter()
        .chain(reads)
        .collect()
}

fn owner(act: &mut Act, typed: &str) -> Result<Person> {
    let owner = super::people::named::named(act, typed)?.map_err(|key| Error::invalid("owner", key))?;
    if owner.status.may_sign_in() { Ok(owner) } else { Err(Error::invalid("owner", "key.owner_out")) }
}

fn secret() -> Result<String> {
    let mut bytes = [0u8; SECRET_LENGTH / 2];
    getrandom::fill(&mut bytes).map_err(|e| Error::broken(format!("no random bytes: {e}")))?;
    Ok(hex(&bytes))
}

/// What is kept of a secret.
pub(super) fn hash_of(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

/// Requests by key that are not written down yet.
#[derive(Default)]
pub struct Tally(Mutex<HashMap<i64, (i64, Time)>>);

impl Tally {
    pub(super) fn add(&self, key: i64, now: Time) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(key).or_insert((0, now));
        *count = (count.0 + 1, now);
    }

    fn take(&self) -> HashMap<i64, (i64, Time)> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Writes down what keys did since the last time. Nobody's change, so nothing is recorded.
pub async fn note(app: &std::sync::Arc<App>, house: &super::Caller) -> Result<()> {
    let counts = app.tally.take();
    if counts.is_empty() {
        return Ok(());
    }
    app.write(house, move |act| {
        act.actor.must(Verb::Examine, Target::House)?;
        for (id, (requests, last)) in counts {
            let Some(mut key) = store::keys::known(act.conn, id)? else { continue };
            key.uses.add(last, requests);
            store::keys::note(act.conn, id, last, &key.uses)?;
        }
        Ok(())
    })
    .await
}
