//! Bringing the tables up to date, once, whoever starts first.
use super::Conn;
use anyhow::{anyhow, bail};
use diesel::connection::SimpleConnection;
use diesel::migration::{Migration, MigrationSource};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// Under a lock, so that two instances may start together. Refuses a database newer than this program.
pub fn run(conn: &mut Conn) -> anyhow::Result<()> {
    match conn {
        Conn::Postgres(c) => {
            c.batch_execute("SELECT pg_advisory_lock(7655432)")?;
            let outcome = pending(c, POSTGRES);
            c.batch_execute("SELECT pg_advisory_unlock(7655432)")?;
            outcome
        }
        Conn::Sqlite(c) => {
            // What undoes a statement that rewrites everybody may be larger than memory should be.
            c.batch_execute("PRAGMA busy_timeout = 60000; PRAGMA temp_store = FILE;")?;
            let mut outcome = Ok(());
            c.exclusive_transaction(|c| {
                outcome = pending(c, SQLITE);
                if outcome.is_ok() { Ok(()) } else { Err(diesel::result::Error::RollbackTransaction) }
            })
            .or_else(|e| if e == diesel::result::Error::RollbackTransaction { Ok(()) } else { Err(e) })?;
            outcome
        }
    }
}

fn pending<DB, C>(conn: &mut C, known: EmbeddedMigrations) -> anyhow::Result<()>
where
    DB: diesel::backend::Backend,
    C: MigrationHarness<DB>,
    EmbeddedMigrations: MigrationSource<DB>,
{
    let migrations: Vec<Box<dyn Migration<DB>>> = known.migrations().map_err(|e| anyhow!(e))?;
    let newest = migrations.iter().map(|m| m.name().version().to_string()).max().unwrap_or_default();
    let applied = conn.applied_migrations().map_err(|e| anyhow!(e))?;
    if let Some(newer) = applied.iter().map(ToString::to_string).find(|version| *version > newest) {
        bail!(
            "the database was written by a newer Rollcall (its migration {newer} is unknown here); start that version, or restore a backup"
        );
    }
    conn.run_pending_migrations(known).map_err(|e| anyhow!(e))?;
    Ok(())
}
