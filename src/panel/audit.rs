//! `/audit`: the history of the whole house.
use super::ends::between;
use super::entries::{Line, deed, door, lines};
use super::erasures::json_file;
use super::query::{Query, pairs};
use super::refusal::Answer;
use super::view::View;
use super::visit::Visit;
use crate::actions::audit::{self, Asked};
use crate::domain::event::Kind;
use crate::domain::{Door, Error, Result, Subject, Verb};
use askama::Template;

const SIZE: usize = 50;
const NAMES: [&str; 7] = ["person", "actor", "thing", "kind", "door", "from", "until"];

#[derive(Template)]
#[template(path = "audit/index.html")]
struct AuditPage<'a> {
    v: &'a View,
    query: &'a Query,
    lines: Vec<Line>,
    narrowed: bool,
    newer: Option<String>,
    older: Option<String>,
}

pub async fn index(visit: Visit) -> Answer {
    let query = Query::parse(&visit.query);
    let (asked, turn) = (asked(&query, &visit.view)?, query.turn(audit::cursor)?);
    let entries = visit.read(move |act| audit::index(act, &asked, &turn, SIZE)).await?;
    let link = |name: &str, cursor: &crate::domain::Cursor| {
        let at = cursor.to_string();
        let mut all: Vec<_> = NAMES.iter().map(|name| (*name, query.get(name).unwrap_or_default())).collect();
        all.push((name, &at));
        format!("/audit?{}", pairs(&all))
    };
    let page = AuditPage {
        v: &visit.view,
        query: &query,
        lines: lines(&visit.view, &entries.list),
        narrowed: NAMES.iter().any(|name| query.get(name).is_some()),
        newer: entries.newer.as_ref().map(|cursor| link("before", cursor)),
        older: entries.older.as_ref().map(|cursor| link("after", cursor)),
    };
    visit.ok(page.render())
}

/// The latest seal, as a file to keep somewhere else.
pub async fn checkpoint(visit: Visit) -> Answer {
    let checkpoint = visit.read(audit::checkpoint).await?;
    json_file(&format!("rollcall-checkpoint-{}.json", checkpoint.seal), &checkpoint)
}

fn asked(query: &Query, view: &View) -> Result<Asked> {
    let text = |name: &str| query.get(name).map(str::to_owned);
    let kind = query.get("kind").map(|raw| Kind::named(raw).ok_or(Error::Malformed("filter.kind"))).transpose()?;
    let door = query.get("door").map(|raw| Door::named(raw).ok_or(Error::Malformed("filter.door"))).transpose()?;
    let at = between(query.get("from").unwrap_or_default(), query.get("until").unwrap_or_default(), &view.dates)?;
    let thing = query.get("thing").map(|raw| thing(raw).ok_or(Error::Malformed("filter.thing"))).transpose()?;
    Ok(Asked { person: text("person"), actor: text("actor"), thing, kind, door, at })
}

/// Such as `organisation-7`.
fn thing(raw: &str) -> Option<Subject> {
    let (name, id) = raw.split_once('-')?;
    Subject::of_thing(name, id.parse().ok()?)
}

impl AuditPage<'_> {
    fn value(&self, name: &str) -> &str {
        self.query.get(name).unwrap_or_default()
    }

    fn is(&self, name: &str, value: &str) -> bool {
        self.value(name) == value
    }

    fn kinds(&self) -> Vec<(&'static str, String)> {
        Kind::ALL.iter().map(|kind| (kind.name(), deed(self.v, *kind))).collect()
    }

    fn doors(&self) -> Vec<(&'static str, String)> {
        Door::ALL.iter().map(|one| (one.name(), door(self.v, *one))).collect()
    }
}
