//! No list, filter or search reads a whole table: what both databases say of every statement.
use crate::house::{House, command_line, on_both};
use diesel::connection::InstrumentationEvent;
use diesel::prelude::*;
use diesel::sql_types::Text;
use rollcall::domain::belonging::Belonging;
use rollcall::domain::custom::FieldKind;
use rollcall::domain::{Column, PeopleFilter, PersonId, Place, Role, Scope, Sort, Span, Status, Time, Turn, Within};
use rollcall::jobs::generate;
use rollcall::store::{Conn, belongings, list};
use std::sync::{Arc, Mutex};

/// Whoever walks these in order and stops early reads no more than a page of them.
const LARGE: [&str; 7] =
    ["people", "people_tags", "people_groups", "field_values", "people_grams", "organisations", "identities"];

#[derive(QueryableByName)]
struct Step {
    #[diesel(sql_type = Text)]
    detail: String,
}

/// The statements that `f` sends.
fn heard<T>(conn: &mut Conn, f: impl FnOnce(&mut Conn) -> T) -> Vec<String> {
    let statements = Arc::new(Mutex::new(vec![]));
    let kept = statements.clone();
    conn.set_instrumentation(move |event: InstrumentationEvent<'_>| {
        if let InstrumentationEvent::StartQuery { query, .. } = event {
            let text = query.to_string();
            kept.lock().unwrap().push(text.split(" -- binds:").next().unwrap().to_owned());
        }
    });
    f(conn);
    conn.set_instrumentation(|_: InstrumentationEvent<'_>| {});
    statements.lock().unwrap().iter().filter(|text| text.contains("SELECT")).cloned().collect()
}

fn explained(conn: &mut Conn, statement: &str) -> Vec<String> {
    let run = |conn: &mut Conn, sql: String| diesel::sql_query(sql).execute(conn).unwrap();
    let explain = match conn {
        Conn::Sqlite(_) => format!("EXPLAIN QUERY PLAN {statement}"),
        Conn::Postgres(_) => {
            let values = (1..).take_while(|n| statement.contains(&format!("${n}"))).map(|_| "NULL");
            let values = values.collect::<Vec<_>>().join(", ");
            run(conn, "SET plan_cache_mode = force_generic_plan".into());
            run(conn, "SET enable_seqscan = off".into());
            run(conn, format!("PREPARE asked AS {statement}"));
            format!("EXPLAIN EXECUTE asked{}", if values.is_empty() { values } else { format!("({values})") })
        }
    };
    let steps = match conn {
        Conn::Sqlite(c) => diesel::sql_query(explain).load::<Step>(c).unwrap().into_iter().map(|s| s.detail).collect(),
        Conn::Postgres(c) => diesel::sql_query(explain).load::<Line>(c).unwrap().into_iter().map(|l| l.plan).collect(),
    };
    if let Conn::Postgres(_) = conn {
        run(conn, "DEALLOCATE asked".into());
    }
    steps
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text, column_name = "QUERY PLAN")]
    plan: String,
}

/// What of a plan reads a whole table, if anything does.
fn whole(statement: &str, steps: &[String]) -> Option<String> {
    let walks = statement.contains("LIMIT") && !steps.iter().any(|step| step.contains("TEMP B-TREE FOR ORDER BY"));
    let of_large = |rest: &str| LARGE.contains(&rest.split([' ', '\n']).next().unwrap_or_default());
    let is_whole = |step: &&String| {
        let scan =
            step.strip_prefix("SCAN ").is_some_and(|rest| of_large(rest) && !rest.contains("VIRTUAL TABLE INDEX"));
        let seq = step.split_once("Seq Scan on ").is_some_and(|(_, rest)| of_large(rest));
        seq || (scan && !walks)
    };
    steps.iter().find(is_whole).cloned()
}

fn filters(field: i64, me: PersonId) -> Vec<(Scope, PeopleFilter)> {
    let day = |n: i64| Some(Time::from_micros(n * 86_400_000_000));
    let span = |from, until| Span { from, until };
    let named = |name: &str| Some(name.to_owned());
    let all = |q: &str| PeopleFilter { q: q.into(), ..PeopleFilter::default() };
    let placed = |place, q: &str| PeopleFilter { places: vec![place], ..all(q) };
    let plain = PeopleFilter::default;
    let mut filters = vec![
        plain(),
        PeopleFilter { roles: vec![Role::EndUser], ..plain() },
        PeopleFilter { roles: vec![Role::Agent, Role::Admin], ..plain() },
        PeopleFilter { status: Some(Status::Active), ..plain() },
        PeopleFilter { status: Some(Status::Suspended), roles: vec![Role::Agent], ..plain() },
        PeopleFilter { email: named("a@b.example"), ..plain() },
        PeopleFilter { organisation: named("Acme"), ..plain() },
        PeopleFilter { group: named("Billing"), ..plain() },
        PeopleFilter { in_groups: vec![1, 2], ..plain() },
        PeopleFilter { tag: named("vip"), ..plain() },
        PeopleFilter { unreachable: true, ..plain() },
        PeopleFilter { created: span(day(1), None), ..plain() },
        PeopleFilter { changed: span(None, day(90_000)), ..plain() },
        PeopleFilter { seen: span(day(1), day(90_000)), ..plain() },
        PeopleFilter { fields: vec![(field, Within::exactly("berlin".into()))], ..plain() },
        PeopleFilter { fields: vec![(field, Within::beginning("b".into()))], ..plain() },
    ];
    for q in ["a", "an", "example", "王", "王伟", "li mei", "zzqxj", "13800", "mei.marsh.7@fjord"] {
        filters.push(all(q));
        filters.push(PeopleFilter { status: Some(Status::Active), tag: named("vip"), ..all(q) });
    }
    filters.extend([Place::Known, Place::Name, Place::Email, Place::Phone].map(|place| placed(place, "an")));
    let everyone = filters.into_iter().map(|filter| (Scope::Everyone, filter));
    let narrow =
        [Scope::OrganisationOf(me), Scope::GroupsOf(me), Scope::Only(me)].into_iter().map(|scope| (scope, plain()));
    everyone.chain(narrow).collect()
}

#[test]
fn no_list_filter_or_search_reads_a_whole_table() {
    on_both(|house: &House| {
        generate::run(&house.app, &command_line(), 2_500, 3, |_| {}).unwrap();
        let field = house.field("city", FieldKind::Text, |_| {});

        let columns = Column::BUILT_IN.iter().filter(|column| column.is_sortable()).cloned();
        let columns = columns.chain([Column::Field { id: field, name: "city".into() }]);
        let sorts: Vec<Sort> = columns
            .flat_map(|column| [true, false].map(|descending| Sort { column: column.clone(), descending }))
            .collect();
        let looks = list::Looks { enough: 5, most: 500 };
        let mut faults = vec![];
        for (scope, filter) in filters(field, PersonId(7)) {
            house
                .app
                .db
                .read(|conn| {
                    let mut statements = heard(conn, |conn| {
                        list::count(conn, scope, &filter).unwrap();
                        list::count_shown(conn, scope, &filter, looks).unwrap();
                        for sort in &sorts {
                            list::first(conn, scope, &filter, sort, (5, looks)).unwrap();
                            let first = list::page(conn, scope, &filter, sort, &Turn::First, 5).unwrap();
                            if let Some(after) = first.after {
                                list::page(conn, scope, &filter, sort, &Turn::After(after.clone()), 5).unwrap();
                                list::page(conn, scope, &filter, sort, &Turn::Before(after), 5).unwrap();
                                list::numbered(conn, scope, &filter, sort, (1_500, 5)).unwrap();
                            }
                        }
                        list::facets::newest(conn, scope, &filter).unwrap();
                    });
                    statements.sort();
                    statements.dedup();
                    assert!(!statements.is_empty());
                    for statement in &statements {
                        let steps = explained(conn, statement);
                        faults.extend(
                            whole(statement, &steps)
                                .map(|step| format!("{filter:?} {scope:?}\n{statement}\n{step}\n{steps:#?}")),
                        );
                    }
                    Ok(())
                })
                .unwrap();
        }
        assert!(
            faults.is_empty(),
            "{} statements read a whole table, such as\n{}",
            faults.len(),
            faults.iter().take(6).cloned().collect::<Vec<_>>().join("\n\n")
        );
    });
}

#[test]
fn what_belongs_to_somebody_is_counted_without_reading_a_whole_table() {
    on_both(|house| {
        house
            .app
            .db
            .read(|conn| {
                let statements = heard(conn, |conn| belongings::counts(conn, PersonId(7)).unwrap());
                assert_eq!(statements.len(), 1);
                let steps = explained(conn, &statements[0]);
                let is_whole = |step: &&String| {
                    let scan = step.strip_prefix("SCAN ").is_some_and(|what| !["CONSTANT ROW", "me"].contains(&what));
                    scan || step.contains("Seq Scan on ")
                };
                let whole: Vec<_> = steps.iter().filter(is_whole).collect();
                assert!(whole.is_empty() && steps.len() > Belonging::ALL.len(), "{whole:?} of {steps:#?}");
                Ok(())
            })
            .unwrap();
    });
}

#[test]
fn a_plan_that_reads_a_whole_table_is_noticed() {
    on_both(|house| {
        house
            .app
            .db
            .read(|conn| {
                for (statement, is_whole) in [
                    ("SELECT id FROM people WHERE notes = 'x'", true),
                    ("SELECT id FROM people WHERE notes = 'x' ORDER BY title LIMIT 5", true),
                    ("SELECT id FROM people WHERE id = 7", false),
                ] {
                    let steps = explained(conn, statement);
                    assert_eq!(whole(statement, &steps).is_some(), is_whole, "{statement}: {steps:?}");
                }
                Ok(())
            })
            .unwrap();
    });
}
