//! Seals: each stands for all entries before it, and goes on from the seal before.
use super::Row;
use crate::domain::vault::Vault;
use crate::domain::{Result, Time, hex};
use crate::store::Conn;
use crate::store::schema::{audit_entries, audit_seals};
use diesel::prelude::*;

/// On PostgreSQL entries get their numbers before they are there for others: whoever seals waits for them.
const GATE: i64 = 7_655_433;

/// A seal of the history.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = audit_seals)]
pub struct Seal {
    pub id: i64,
    /// Stands for the entries up to this one.
    pub until_id: i64,
    /// How many those are.
    pub entries: i64,
    pub hash: Vec<u8>,
    pub signature: Vec<u8>,
    pub at: i64,
}

/// A link of the chain: an entry's number, its mark, and whether the house made that mark for what it says.
pub struct Link {
    pub id: i64,
    pub mac: Vec<u8>,
    pub is_ours: bool,
}

/// For whoever is about to add entries: until they are there, nobody seals.
pub(super) fn hold_open(conn: &mut Conn) -> Result<()> {
    gate(conn, "pg_advisory_xact_lock_shared")
}

/// Waits until all entries that have numbers are there.
pub fn close(conn: &mut Conn) -> Result<()> {
    gate(conn, "pg_advisory_xact_lock")
}

fn gate(conn: &mut Conn, how: &str) -> Result<()> {
    if let Conn::Postgres(c) = conn {
        diesel::sql_query(format!("SELECT {how}({GATE})")).execute(c)?;
    }
    Ok(())
}

/// The latest seal.
pub fn last(conn: &mut Conn) -> Result<Option<Seal>> {
    Ok(audit_seals::table.order(audit_seals::id.desc()).select(Seal::as_select()).first(conn).optional()?)
}

/// Seals after this one, in their order; `most` at most.
pub fn after(conn: &mut Conn, id: i64, most: i64) -> Result<Vec<Seal>> {
    let later = audit_seals::table.filter(audit_seals::id.gt(id)).order(audit_seals::id);
    Ok(later.select(Seal::as_select()).limit(most).load(conn)?)
}

pub fn find(conn: &mut Conn, id: i64) -> Result<Option<Seal>> {
    Ok(audit_seals::table.find(id).select(Seal::as_select()).first(conn).optional()?)
}

/// Adds one; its number is made here, so that it can be signed.
pub fn insert(conn: &mut Conn, seal: &Seal) -> Result<()> {
    let row = (
        audit_seals::id.eq(seal.id),
        audit_seals::until_id.eq(seal.until_id),
        audit_seals::entries.eq(seal.entries),
        audit_seals::hash.eq(&seal.hash),
        audit_seals::signature.eq(&seal.signature),
        audit_seals::at.eq(seal.at),
    );
    diesel::insert_into(audit_seals::table).values(row).execute(conn)?;
    Ok(())
}

/// Entries after this number up to that, in their order; `most` at most.
pub fn links(conn: &mut Conn, vault: &Vault, after: i64, until: i64, most: i64) -> Result<Vec<Link>> {
    let within = audit_entries::id.gt(after).and(audit_entries::id.le(until));
    let rows: Vec<Row> =
        audit_entries::table.filter(within).order(audit_entries::id).limit(most).select(Row::as_select()).load(conn)?;
    let link = |row: Row| Link { id: row.id, is_ours: vault.made(&row.text(), &row.mac), mac: row.mac };
    Ok(rows.into_iter().map(link).collect())
}

/// The number of the latest entry; 0 when there is none.
pub fn latest_entry(conn: &mut Conn) -> Result<i64> {
    Ok(audit_entries::table.select(diesel::dsl::max(audit_entries::id)).first::<Option<i64>>(conn)?.unwrap_or(0))
}

impl Seal {
    /// What its signature says.
    pub fn text(&self) -> Vec<u8> {
        let hash = hex(&self.hash);
        let Self { id, until_id, entries, at, .. } = self;
        format!("rollcall seal {id}\nuntil {until_id}\nentries {entries}\nhash {hash}\nat {}", Time::from_micros(*at))
            .into_bytes()
    }
}
