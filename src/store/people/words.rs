//! What people are found by, and the index that follows it.
use super::{Row, access, complete};
use crate::domain::custom::FieldKind;
use crate::domain::{Catalogue, Fields, Person, PersonId, Result, extra::Extra, person::Provider};
use crate::store::schema::{people, people_to_index};
use crate::store::written::{among, written};
use crate::store::{BATCH, Conn, each_backend, extras, fields, identities, search};
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use std::collections::HashMap;

/// So many people are indexed at once; more follow by and by.
const AT_ONCE: usize = 500;

/// What other tables hold that somebody is found by.
#[derive(Default)]
pub(super) struct Beside {
    /// E-mails, phones and usernames that were theirs before.
    former: Vec<String>,
    /// A land line and what WeChat calls them.
    reached: Vec<String>,
}

/// The text of somebody with these fields.
pub(super) fn of(fields: &Fields, catalogue: &Catalogue, beside: &Beside) -> String {
    let is_text = |name: &str| {
        let field = catalogue.named(name).filter(|field| !field.retired);
        field.is_some_and(|field| matches!(field.kind, FieldKind::Text | FieldKind::Pattern))
    };
    let custom = fields.custom.iter().filter(|(name, _)| is_text(name)).map(|(_, value)| value);
    let staff = [&fields.organisation].into_iter().chain(custom).chain(&beside.reached);
    search::text_of(fields, beside.former.iter().map(String::as_str), staff.map(String::as_str))
}

pub(super) fn beside(conn: &mut Conn, ids: &[PersonId]) -> Result<HashMap<PersonId, Beside>> {
    let mut all: HashMap<PersonId, Beside> = HashMap::new();
    for (id, former) in identities::aliases_of(conn, ids)? {
        all.entry(id).or_default().former = former;
    }
    for (id, called) in identities::by_providers(conn, ids, &Provider::WECHAT.map(Provider::provider))? {
        all.entry(id).or_default().reached = called;
    }
    for (id, mut kept) in extras::of(conn, ids)? {
        all.entry(id).or_default().reached.extend(kept.remove(&Extra::Landline));
    }
    Ok(all)
}

/// What they are found by follows what is known of them now: of a few at once, of many by and by. Unknown ones are left
/// out.
pub fn reindex(conn: &mut Conn, ids: &[PersonId]) -> Result<()> {
    if ids.len() <= AT_ONCE {
        return index(conn, ids, |before, now| before != now);
    }
    for part in ids.chunks(BATCH) {
        let rows: Vec<_> = part.iter().map(|id| people_to_index::person_id.eq(id.0)).collect();
        let table = people_to_index::table;
        each_backend!(conn, |c| diesel::insert_into(table).values(rows).on_conflict_do_nothing().execute(c))?;
    }
    Ok(())
}

/// The same for all who meet a condition on `people`.
pub fn reindex_those(conn: &mut Conn, condition: &str) -> Result<()> {
    let theirs = || written::<BigInt>(format!("SELECT people.id FROM people WHERE {condition}"));
    let few: Vec<i64> = theirs().sql(" LIMIT ").number(AT_ONCE as i64 + 1).load(conn)?;
    if few.len() <= AT_ONCE {
        return reindex(conn, &few.into_iter().map(PersonId).collect::<Vec<_>>());
    }
    let later = written::<BigInt>("INSERT INTO people_to_index (person_id) ").then(theirs());
    later.sql(" ON CONFLICT DO NOTHING").execute(conn)?;
    Ok(())
}

/// Somebody came back, and is in no index.
pub fn index_returned(conn: &mut Conn, id: PersonId) -> Result<()> {
    index(conn, &[id], |_, _| true)
}

/// Indexes some of those who wait, whatever they were found by.
pub fn catch_up(conn: &mut Conn) -> Result<()> {
    let waiting = people_to_index::table.order(people_to_index::person_id).limit(AT_ONCE as i64);
    let ids: Vec<i64> = waiting.select(people_to_index::person_id).load(conn)?;
    diesel::delete(people_to_index::table.filter(among(conn, "people_to_index.person_id", &ids))).execute(conn)?;
    index(conn, &ids.into_iter().map(PersonId).collect::<Vec<_>>(), |_, _| true)
}

/// Those whose text before and now tell that they must be.
fn index(conn: &mut Conn, ids: &[PersonId], is_due: fn(&str, &str) -> bool) -> Result<()> {
    let catalogue = fields::all(conn)?;
    let numbers: Vec<i64> = ids.iter().map(|id| id.0).collect();
    access::lock_all(conn, ids)?;
    let theirs = people::table.filter(among(conn, "people.id", &numbers)).order(people::id);
    let rows: Vec<(Row, String)> = theirs.select((Row::as_select(), people::search_text)).load(conn)?;
    let (rows, texts): (Vec<Row>, Vec<String>) = rows.into_iter().unzip();
    let mut beside = beside(conn, ids)?;
    let mut due: Vec<(PersonId, String)> = vec![];
    for (Person { id, fields, .. }, before) in complete(conn, rows)?.into_iter().zip(texts) {
        let text = of(&fields, &catalogue, &beside.remove(&id).unwrap_or_default());
        if before != text {
            diesel::update(people::table.find(id.0)).set(people::search_text.eq(&text)).execute(conn)?;
        }
        if is_due(&before, &text) {
            due.push((id, text));
        }
    }
    search::replace(conn, &due.iter().map(|(id, text)| (*id, text.as_str())).collect::<Vec<_>>())
}
