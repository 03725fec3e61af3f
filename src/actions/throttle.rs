//! Counting failed guesses. An attempt counts as failed from its start, so that guesses made at once
//! count too; a success takes it back.
use crate::domain::{Error, Result, Time};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

const WINDOW: Duration = Duration::from_secs(15 * 60);
const PER_ACCOUNT: u32 = 10;
const PER_ADDRESS: u32 = 60;
/// Counts of the past are swept out whenever there are twice as many as after the last sweep, or this many.
const FEW: usize = 1_000;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    /// The digest of what was typed, so that nothing typed is kept.
    Account([u8; 32]),
    Address(IpAddr),
}

struct Count {
    since: Time,
    failures: u32,
}

/// Failures of the last quarter of an hour, in memory.
#[derive(Default)]
pub struct Throttle(Mutex<Counts>);

#[derive(Default)]
struct Counts {
    by_key: HashMap<Key, Count>,
    sweep_at: usize,
}

impl Counts {
    fn sweep(&mut self, now: Time) {
        if self.by_key.len() >= self.sweep_at.max(FEW) {
            self.by_key.retain(|_, count| now.since(count.since) < WINDOW);
            self.sweep_at = self.by_key.len() * 2;
        }
    }
}

/// A guess under way.
#[must_use]
pub struct Attempt([Key; 2]);

impl Throttle {
    /// Refuses with the seconds to wait once the account or the address has failed too often.
    pub fn begin(&self, account: &str, address: IpAddr, now: Time) -> Result<Attempt> {
        let keys = [Key::Account(Sha256::digest(account.as_bytes()).into()), Key::Address(network(address))];
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counts.sweep(now);
        for (key, most) in keys.iter().zip([PER_ACCOUNT, PER_ADDRESS]) {
            let Some(count) = counts.by_key.get(key) else { continue };
            let age = now.since(count.since);
            if age < WINDOW && count.failures >= most {
                return Err(Error::Busy { retry_after: (WINDOW - age).as_secs().max(1) });
            }
        }
        for key in &keys {
            let count = counts.by_key.entry(key.clone()).or_insert(Count { since: now, failures: 0 });
            if now.since(count.since) >= WINDOW {
                *count = Count { since: now, failures: 0 };
            }
            count.failures += 1;
        }
        Ok(Attempt(keys))
    }

    /// The guess was right: the account starts afresh, the address loses one failure.
    pub fn succeeded(&self, Attempt(keys): Attempt) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let [account, address] = keys;
        counts.by_key.remove(&account);
        if let Some(count) = counts.by_key.get_mut(&address) {
            count.failures = count.failures.saturating_sub(1);
        }
    }
}

/// A home or an office: one IPv4 address, or the 64 bits that one IPv6 customer holds.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6((v6.to_bits() & !u128::from(u64::MAX)).into()),
        v4 => v4,
    }
}
