//! Both databases have the same tables, and starting is safe.
use crate::house::{Database, fresh_database};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use rollcall::store::Db;

#[derive(QueryableByName, PartialEq, Debug)]
struct Column {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    column_name: String,
    #[diesel(sql_type = Text)]
    required: String,
}

#[test]
fn both_databases_have_the_same_columns() {
    let (sqlite, _folder) = fresh_database(Database::Sqlite);
    let (postgres, _other) = fresh_database(Database::Postgres);
    Db::open(&sqlite).unwrap();
    Db::open(&postgres).unwrap();
    let mut lite = SqliteConnection::establish(sqlite.strip_prefix("sqlite://").unwrap()).unwrap();
    let in_sqlite: Vec<Column> = diesel::sql_query(
        "SELECT m.name AS table_name, c.name AS column_name, CASE WHEN c.\"notnull\" THEN 'NO' ELSE 'YES' END AS required
         FROM sqlite_master m, pragma_table_info(m.name) c
         WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE '\\_\\_%' ESCAPE '\\' AND m.name NOT LIKE 'people_grams%'
         ORDER BY 1, 2",
    )
    .load(&mut lite)
    .unwrap();
    let mut pg = PgConnection::establish(&postgres).unwrap();
    let in_postgres: Vec<Column> = diesel::sql_query(
        "SELECT table_name::text, column_name::text, is_nullable::text AS required FROM information_schema.columns
         WHERE table_schema = 'public' AND table_name NOT LIKE '\\_\\_%' AND table_name <> 'people_grams'
         ORDER BY table_name COLLATE \"C\", column_name COLLATE \"C\"",
    )
    .load(&mut pg)
    .unwrap();
    assert!(in_sqlite.len() > 60, "{}", in_sqlite.len());
    assert_eq!(in_sqlite, in_postgres);
}

#[test]
fn a_database_newer_than_the_program_is_refused() {
    for database in [Database::Sqlite, Database::Postgres] {
        let (url, _folder) = fresh_database(database);
        Db::open(&url).unwrap();
        let sql = "INSERT INTO __diesel_schema_migrations (version, run_on) VALUES ('9999', CURRENT_TIMESTAMP)";
        match database {
            Database::Sqlite => {
                SqliteConnection::establish(url.strip_prefix("sqlite://").unwrap())
                    .unwrap()
                    // The pool may still be closing its connections.
                    .batch_execute(&format!("PRAGMA busy_timeout = 5000; {sql}"))
                    .unwrap();
            }
            Database::Postgres => PgConnection::establish(&url).unwrap().batch_execute(sql).unwrap(),
        }
        let refused = Db::open(&url).err().expect("a newer database is refused");
        assert!(refused.to_string().contains("newer Rollcall"), "{refused}");
    }
}

#[test]
fn two_instances_may_start_together() {
    for database in [Database::Sqlite, Database::Postgres] {
        let (url, _folder) = fresh_database(database);
        std::thread::scope(|scope| {
            let starts: Vec<_> = (0..4).map(|_| scope.spawn(|| Db::open(&url).map(drop))).collect();
            for start in starts {
                start.join().unwrap().unwrap();
            }
        });
    }
}

#[test]
fn a_mistyped_url_opens_nothing() {
    for url in ["prod_db", "mysql://localhost/x", "postgres://127.0.0.1:1/nothing"] {
        assert!(Db::open(url).is_err(), "{url}");
    }
    assert!(!std::path::Path::new("prod_db").exists());
}
