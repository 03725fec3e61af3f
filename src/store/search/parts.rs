//! SQLite keeps its index in parts, one for what was written together; this makes one of them.
use crate::domain::Result;
use crate::store::Conn;
use crate::store::written::written;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

/// In how many parts the index is held; each is asked by every search. PostgreSQL holds it in one.
pub fn parts(conn: &mut Conn) -> Result<i64> {
    match conn {
        Conn::Sqlite(_) => {
            let parts = written::<BigInt>("SELECT COUNT(DISTINCT segid) FROM people_grams_idx");
            Ok(parts.get_result(conn)?)
        }
        Conn::Postgres(_) => Ok(1),
    }
}

/// So many pages are written at once.
const STEP: i64 = 500;

/// Goes on making one of all parts; false when there is nothing left to do.
pub fn unite(conn: &mut Conn) -> Result<bool> {
    if let Conn::Postgres(_) = conn {
        return Ok(false);
    }
    let changes = || written::<BigInt>("SELECT total_changes()");
    let before: i64 = changes().get_result(conn)?;
    let merge = written::<BigInt>("INSERT INTO people_grams (people_grams, rank) VALUES ('merge', ");
    // Below zero it means all parts, rather than those of one size.
    merge.number(-STEP).sql(")").execute(conn)?;
    let after: i64 = changes().get_result(conn)?;
    // One change is the statement itself.
    Ok(after - before > 1)
}
