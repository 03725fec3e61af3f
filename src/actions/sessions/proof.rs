//! Proving a password.
use crate::actions::{Act, Caller};
use crate::domain::password::Hash;
use crate::domain::{NewPassword, PersonId, Phone, Result, fold};
use crate::{App, store};
use std::net::IpAddr;
use std::sync::Arc;

/// Whose password it was, the hash it was found right by, and a new one if that is outdated.
pub struct Proof {
    pub id: PersonId,
    pub hash: Hash,
    pub renewed: Option<Hash>,
}

/// Nothing for a wrong password, and for nobody. Busy once there were too many wrong ones.
pub async fn prove(
    app: &Arc<App>,
    visitor: &Caller,
    login: &str,
    password: &str,
    (address, device): (IpAddr, &str),
) -> Result<Option<Proof>> {
    let typed = login.to_owned();
    let guess = app.throttle.begin(&account(login), address, app.now())?;
    let candidates = app.read(visitor, move |act| candidates(act, &typed)).await?;
    let (attempt, known) = (password.to_owned(), candidates.first().map(|(id, _)| *id));
    let verified = app.hashing(move || verify(candidates, &attempt)).await??;
    match (&verified, known) {
        (Some(_), _) => app.throttle.succeeded(guess),
        (None, Some(id)) => remember_failure(app, visitor, id, address, device),
        (None, None) => {}
    }
    Ok(verified)
}

/// Beside the answer, which takes as long for accounts that there are not.
fn remember_failure(app: &Arc<App>, visitor: &Caller, id: PersonId, address: IpAddr, device: &str) {
    let (app, visitor, address, device) = (app.clone(), visitor.clone(), address.to_string(), device.to_owned());
    tokio::task::spawn_blocking(move || {
        let kept = app.write_here(&visitor, |act| store::failures::insert(act.conn, id, act.now, &address, &device));
        if let Err(e) = kept {
            tracing::error!(cause = %e, "a failed sign-in was not written down");
        }
    });
}

/// One account however it is spelled, known or not.
fn account(login: &str) -> String {
    let short: String = login.chars().take(400).collect();
    Phone::parse(&short).map_or_else(|_| fold(&short), |phone| phone.key())
}

fn candidates(act: &mut Act, login: &str) -> Result<Vec<(PersonId, Hash)>> {
    let mut found = vec![];
    for id in store::people::by_login(act.conn, login)? {
        // One that was used or is over is wrong.
        if store::passwords::temporary(act.conn, id)?
            .is_some_and(|(until, sealed)| sealed.is_empty() || until <= act.now)
        {
            continue;
        }
        found.extend(store::passwords::find(act.conn, id)?.map(|hash| (id, hash)));
    }
    Ok(found)
}

fn verify(candidates: Vec<(PersonId, Hash)>, attempt: &str) -> Result<Option<Proof>> {
    if candidates.is_empty() {
        Hash::of_nobody().matches(attempt);
    }
    let Some((id, hash)) = candidates.into_iter().find(|(_, hash)| hash.matches(attempt)) else { return Ok(None) };
    let renewed = hash.is_outdated().then(|| NewPassword::rehash(attempt)).transpose()?;
    Ok(Some(Proof { id, hash, renewed }))
}
