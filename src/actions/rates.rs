//! How often programs come in, second by second, in memory.
use crate::domain::{Error, Result, Time};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

const SECOND: i64 = 1_000_000;

/// A key, and what it comes in for.
type What = (i64, &'static str);

/// Requests of the current second.
#[derive(Default)]
pub struct Rates(Mutex<HashMap<What, (i64, i32)>>);

impl Rates {
    /// Busy for a second when there were as many already.
    pub fn take(&self, key: i64, what: &'static str, most: i32, now: Time) -> Result<()> {
        let second = now.micros() / SECOND;
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry((key, what)).or_insert((second, 0));
        if count.0 != second {
            *count = (second, 0);
        }
        if count.1 >= most {
            return Err(Error::Busy { retry_after: 1 });
        }
        count.1 += 1;
        Ok(())
    }
}
