//! The narrow door to the two databases; nobody else names diesel.
mod checkpoints;
mod migrations;
mod moment;
mod pool;
mod schema;
mod scope;
mod writer;
mod written;

pub mod audit;
pub mod avatars;
pub mod batches;
pub mod belongings;
pub mod chats;
pub mod contacts;
pub mod counts;
pub mod doctor;
pub mod duplicates;
pub mod erasures;
pub mod extras;
pub mod failures;
pub mod fields;
pub mod grants;
pub mod groups;
pub mod identities;
pub mod imports;
pub mod jobs;
pub mod keys;
pub mod list;
pub mod organisations;
pub mod passwords;
pub mod people;
pub mod preferences;
pub mod roles;
pub mod rows;
pub mod scratch;
pub mod search;
pub mod selection;
pub mod sessions;
pub mod settings;
pub mod tags;
pub mod tickets;
pub mod tokens;
pub mod trash;
pub mod values;
pub mod views;
pub mod workspaces;

pub use moment::Moment;

use crate::domain::{Error, FieldErrors, Result};
use diesel::connection::{AnsiTransactionManager as Tx, TransactionManager};
use diesel::prelude::*;
use diesel::r2d2::{Pool, PooledConnection};
use moment::Watch;
use std::sync::Arc;
use writer::Writer;

/// One connection to whichever of the two databases the house lives in.
#[derive(diesel::MultiConnection)]
pub enum Conn {
    Postgres(PgConnection),
    Sqlite(SqliteConnection),
}

/// Writes a statement once and has it checked for each backend: batch inserts, `ON CONFLICT`, row locks.
macro_rules! each_backend {
    ($conn:expr, |$c:ident| $body:expr) => {
        match $conn {
            $crate::store::Conn::Postgres($c) => $body,
            $crate::store::Conn::Sqlite($c) => $body,
        }
    };
}
pub(crate) use each_backend;

/// Binds in one statement stay far below SQLite's 32,766.
const BATCH: usize = 500;

/// The database: many readers, which on PostgreSQL also write; on SQLite a single writer.
#[derive(Clone)]
pub struct Db {
    pool: Pool<pool::Opener>,
    writer: Option<Arc<Writer>>,
    watch: Arc<Watch>,
}

/// Begins a part of a transaction that may come to nothing by itself.
pub fn begin(conn: &mut Conn) -> Result<()> {
    Ok(each_backend!(conn, |c| Tx::begin_transaction(c))?)
}

/// Keeps what [`begin`] began.
pub fn commit(conn: &mut Conn) -> Result<()> {
    Ok(each_backend!(conn, |c| Tx::commit_transaction(c))?)
}

/// Drops it.
pub fn roll_back(conn: &mut Conn) -> Result<()> {
    Ok(each_backend!(conn, |c| Tx::rollback_transaction(c))?)
}

impl Db {
    /// Opens, and brings the tables up to date. The URL is `sqlite://PATH` or `postgres://…`.
    pub fn open(url: &str) -> anyhow::Result<Self> {
        // A pool retries a bad URL for thirty seconds; one plain connection says so at once.
        migrations::run(&mut pool::open(url, pool::Access::Write)?)?;
        let (pool, writer) = pool::build(url)?;
        let watch = Arc::new(Watch::new(pool::Opener::new(url, pool::Access::Read)));
        Ok(Self { pool, writer: writer.map(|opener| Arc::new(Writer::new(opener))), watch })
    }

    /// How many may ask at a time.
    pub fn connections(&self) -> usize {
        self.pool.max_size() as usize
    }

    /// Which moment of the database this is.
    pub fn moment(&self) -> Result<Moment> {
        self.watch.moment()
    }

    /// The database is part of this program: to ask it a trifle takes no longer than to hand that to another thread.
    pub fn is_embedded(&self) -> bool {
        self.writer.is_some()
    }

    /// Reads only: on SQLite the connection refuses to write, and all that is read is of one moment.
    pub fn read<T>(&self, f: impl FnOnce(&mut Conn) -> Result<T>) -> Result<T> {
        let conn = &mut *taken_from(&self.pool)?;
        if let Conn::Sqlite(c) = conn {
            Tx::begin_transaction(c)?;
        }
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| f(conn)));
        if let Conn::Sqlite(c) = conn {
            Tx::rollback_transaction(c)?;
        }
        outcome.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }

    /// One transaction: all of `f` or nothing, durable when this returns.
    pub fn write<T>(&self, f: impl FnOnce(&mut Conn) -> Result<T>) -> Result<T> {
        if let Some(writer) = &self.writer {
            return writer.write(f);
        }
        let conn = &mut *taken_from(&self.pool)?;
        each_backend!(conn, |c| Tx::begin_transaction(c))?;
        // A panic must not hand an open transaction to the next writer.
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| f(conn)));
        match outcome {
            Ok(Ok(done)) => each_backend!(conn, |c| Tx::commit_transaction(c)).map_err(Error::from).map(|()| done),
            Ok(Err(refused)) => {
                each_backend!(conn, |c| Tx::rollback_transaction(c)).map_err(Error::from).and(Err(refused))
            }
            Err(panic) => {
                let rolled_back = each_backend!(conn, |c| Tx::rollback_transaction(c));
                tracing::error!(ok = rolled_back.is_ok(), "a write panicked and was rolled back");
                std::panic::resume_unwind(panic)
            }
        }
    }
}

/// Busy when others held every connection for too long, rather than that none could be opened.
fn taken_from(pool: &Pool<pool::Opener>) -> Result<PooledConnection<pool::Opener>> {
    pool.get().map_err(|e| {
        tracing::warn!(cause = %e, "no connection was free");
        if pool.state().connections > 0 { Error::Busy { retry_after: 5 } } else { Error::broken(e) }
    })
}

impl From<diesel::result::Error> for Error {
    fn from(e: diesel::result::Error) -> Self {
        use diesel::result::DatabaseErrorKind::{ForeignKeyViolation, SerializationFailure, UniqueViolation};
        use diesel::result::Error as E;
        match &e {
            E::NotFound => Self::NotFound,
            E::DatabaseError(UniqueViolation, info) => match taken(info.constraint_name().unwrap_or(info.message())) {
                Some((field, key)) => Self::Conflict(FieldErrors::one(field, key)),
                None => Self::broken(e),
            },
            // Somebody else deleted or changed what this was about.
            E::DatabaseError(ForeignKeyViolation | SerializationFailure, _) => Self::Stale,
            // Two waited for each other; the other one goes on.
            E::DatabaseError(_, info) if info.message() == "deadlock detected" => Self::Stale,
            // Another program, such as an import, wrote for too long.
            E::DatabaseError(_, info) if info.message() == "database is locked" => Self::Busy { retry_after: 5 },
            _ => Self::broken(e),
        }
    }
}

/// SQLite names the table and the column, PostgreSQL the constraint: `table_column_key` or `table_pkey`.
fn taken(said: &str) -> Option<(&'static str, &'static str)> {
    let fields = [
        ("people.uid", "people_uid_key", "uid", "uid.taken"),
        ("people.email_key", "people_email_key_key", "email", "email.taken"),
        ("people.phone_key", "people_phone_key_key", "phone", "phone.taken"),
        ("people.username_key", "people_username_key_key", "username", "username.taken"),
        ("organisations.name_key", "organisations_name_key_key", "name", "name.taken"),
        ("organisation_domains.domain", "organisation_domains_pkey", "domains", "domains.taken"),
        ("groups.name_key", "groups_name_key_key", "name", "name.taken"),
        ("tags.name_key", "tags_name_key_key", "name", "name.taken"),
        ("custom_roles.name_key", "custom_roles_name_key_key", "name", "name.taken"),
        ("custom_fields.name", "custom_fields_name_key", "name", "name.taken"),
        ("saved_views.name_key", "saved_views_person_id_name_key_key", "name", "name.taken"),
        ("api_keys.app", "api_keys_by_app", "app", "chat_app.taken"),
    ];
    let found = fields.into_iter().find(|(lite, pg, ..)| said == *pg || said.ends_with(lite));
    found.map(|(_, _, field, key)| (field, key))
}
