//! Keys with which programs come in: making, listing and revoking them, and counting what they do.
use super::Act;
use crate::App;
use crate::domain::chat_app::ChatApp;
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
    /// For Easemob's API, and only for that.
    pub chat_app: Option<ChatApp>,
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
    if (draft.dialect == Dialect::Easemob) != draft.chat_app.is_some() {
        return Err(Error::invalid("org", "chat_app.names"));
    }
    let owner = owner(act, &draft.owner)?;
    if draft.chat_app.is_some() && !owner.role.is_staff() {
        return Err(Error::invalid("owner", "chat_app.staff"));
    }
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
        chat_app: draft.chat_app,
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

/// What the app of a key allows from now on. The same again changes nothing.
pub fn update_app(act: &mut Act, id: i64, wanted: &ChatApp) -> Result<()> {
    let Owned { key, .. } = edit(act, id)?;
    let now = key.chat_app.ok_or(Error::NotFound)?;
    let owner = store::people::find(act.conn, act.actor.scope(), key.owner)?;
    let yes_no = |yes: bool| (if yes { "yes" } else { "no" }).to_owned();
    let rate = |rate: i32| rate.to_string();
    let mut changes = Change::among([
        ("open_registration", yes_no(now.open_registration), yes_no(wanted.open_registration)),
        ("batch_delete", yes_no(now.batch_delete), yes_no(wanted.batch_delete)),
        ("rate_users", rate(now.rates.users), rate(wanted.rates.users)),
        ("rate_tokens", rate(now.rates.tokens), rate(wanted.rates.tokens)),
        ("rate_deletions", rate(now.rates.deletions), rate(wanted.rates.deletions)),
    ]);
    if changes.is_empty() {
        return Ok(());
    }
    store::keys::set_app(act.conn, id, wanted)?;
    changes.push(Change::new("key", "", id.to_string()));
    act.record(Event::about(Kind::KeyEdited, &owner, changes))
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
    let app = key.chat_app.as_ref().map(|app| told("chat_app", &format!("{}#{}", app.org, app.app)));
    [told("key", &number), told("name", &key.name), told("dialect", key.dialect.title())]
        .into_iter()
        .chain(reads)
        .chain(app)
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
    pub fn add(&self, key: i64, now: Time) {
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
