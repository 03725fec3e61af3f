//! `/apiv2/system_log` (contract, 8.6): the house's history.
use super::paging::{Paging, span, unreadable};
use super::wire::Logged;
use crate::actions::audit;
use crate::api::{Answer, Call};
use crate::domain::entry::Among;
use crate::domain::event::Kind;
use crate::domain::{Entry, EntryFilter, Subject};

const LOGINS: [Kind; 3] = [Kind::SignedIn, Kind::SignedOut, Kind::SessionRevoked];

/// What the log calls a kind: `login`, `edit`, `del`, or nothing for what only took something along.
fn class(kind: Kind) -> &'static str {
    let deed = kind.name().rsplit('.').next().unwrap_or_default();
    match deed {
        _ if LOGINS.contains(&kind) => "login",
        "deleted" | "erased" | "purged" | "revoked" => "del",
        "exported" | "data_exported" => "",
        _ => "edit",
    }
}

pub async fn index(call: Call) -> Answer {
    let paging = Paging::of(&call)?;
    let kinds = match call.asked("type") {
        None => vec![],
        Some(asked @ ("login" | "edit" | "del")) => {
            Kind::ALL.iter().copied().filter(|kind| class(*kind) == asked).collect()
        }
        Some(_) => return Err(unreadable("type", "must be login, edit or del")),
    };
    let among = match call.asked("object") {
        None => Among::All,
        Some("user") => Among::People,
        Some("ticket") => Among::Tickets,
        Some(_) => return Err(unreadable("object", "must be user or ticket")),
    };
    let filter = EntryFilter { kinds, among, at: span(&call, "start", "end")?, ..EntryFilter::default() };
    let (entries, count) = call.read(move |act| Ok(audit::numbered(act, filter, paging.bounds())?)).await?;
    Ok(paging.answer(&call, "system_log", entries.into_iter().map(told).collect(), count))
}

/// The house keeps no address of whoever made a change.
fn told(entry: Entry) -> Logged {
    Logged {
        id: entry.id,
        user_id: entry.actor.map(|id| id.0),
        user_name: entry.actor_label,
        object_type: match entry.subject {
            Subject::Person(_) => "user",
            Subject::House => "house",
            thing => thing.thing().map_or("", |(name, _)| name),
        },
        object: entry.label,
        action: entry.kind.name(),
        ip: String::new(),
        created_at: entry.at.micros().div_euclid(1_000_000).to_string(),
    }
}
