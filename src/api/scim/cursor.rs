//! Cursors (RFC 9865; contract, 6): where a list goes on, sealed, so that nobody reads or makes one.
use crate::actions::Act;
use crate::api::Fault;
use crate::domain::Time;
use crate::domain::condition::Mark;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use std::time::Duration;

/// A cursor works for so long.
pub const LIFETIME: Duration = Duration::from_secs(3_600);
const LABEL: &str = "scim cursor";

pub fn write(act: &mut Act, mark: &Mark, asked: &str, size: i64) -> Result<String, Fault> {
    let plain = serde_json::json!([act.now.micros(), asked, size, mark.key, mark.id]).to_string();
    Ok(URL_SAFE_NO_PAD.encode(act.vault.seal(LABEL, plain.as_bytes())?))
}

/// Only for the question that it was made for; who asks is permitted anew with each page.
pub fn read(act: &mut Act, raw: &str, asked: &str, size: i64) -> Result<Mark, Fault> {
    let invalid = || Fault::Coded("invalidCursor", "The cursor is not one of this list.".into());
    let sealed = URL_SAFE_NO_PAD.decode(raw).map_err(|_| invalid())?;
    let plain = act.vault.open(LABEL, &sealed).map_err(|_| invalid())?;
    let read = serde_json::from_slice::<(i64, String, i64, String, i64)>(&plain);
    let (made, of, count, key, id) = read.map_err(|_| invalid())?;
    if of != asked {
        return Err(invalid());
    }
    if count != size {
        return Err(Fault::Coded("invalidCount", format!("count must be {count}, as for the first page.")));
    }
    if act.now.since(Time::from_micros(made)) > LIFETIME {
        return Err(Fault::Coded("expiredCursor", "The cursor is too old. Begin again with the first page.".into()));
    }
    Ok(Mark { key, id })
}
