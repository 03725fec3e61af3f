//! Whatever a deletion does, a restore takes back, row by row; and the plan says it in exact numbers.
use crate::house::{Database, House, command_line, fresh_database, on_both};
use diesel::prelude::*;
use diesel::sql_types::Text;
use fastrand::Rng;
use rollcall::actions::people::deletion::{self, Consent};
use rollcall::actions::{chats, doctor, groups, keys, organisations, people, tags, tickets, trash, workspaces};
use rollcall::domain::belonging::{Asked, Belonging, Choices, Hand, Owned};
use rollcall::domain::chat::Recipient;
use rollcall::domain::custom::FieldKind;
use rollcall::domain::extra::Extra;
use rollcall::domain::key::Dialect;
use rollcall::domain::ticket::{Priority, TicketStatus};
use rollcall::domain::undo::Row;
use rollcall::domain::{Field, Person, PersonId, Role};
use rollcall::jobs::generate;
use rollcall::store::rows::{self, REFERENCES};
use rollcall::store::{self, belongings};
use std::collections::{BTreeMap, BTreeSet};

const PEOPLE: i64 = 60;

#[derive(QueryableByName, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Reference {
    #[diesel(sql_type = Text)]
    child: String,
    #[diesel(sql_type = Text)]
    child_column: String,
    #[diesel(sql_type = Text)]
    parent: String,
    #[diesel(sql_type = Text)]
    optional: String,
}

#[test]
fn every_reference_of_both_databases_is_known() {
    let known: BTreeSet<Reference> = REFERENCES
        .iter()
        .map(|(child, column, parent, optional)| Reference {
            child: (*child).into(),
            child_column: (*column).into(),
            parent: (*parent).into(),
            optional: if *optional { "YES" } else { "NO" }.into(),
        })
        .collect();
    let (url, _folder) = fresh_database(Database::Sqlite);
    store::Db::open(&url).unwrap();
    let mut lite = SqliteConnection::establish(url.strip_prefix("sqlite://").unwrap()).unwrap();
    let found: Vec<Reference> = diesel::sql_query(
        "SELECT m.name AS child, f.\"from\" AS child_column, f.\"table\" AS parent,
           (SELECT CASE WHEN c.\"notnull\" THEN 'NO' ELSE 'YES' END FROM pragma_table_info(m.name) c WHERE c.name = f.\"from\") AS optional
         FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table'",
    )
    .load(&mut lite)
    .unwrap();
    assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), known);
    let (url, _folder) = fresh_database(Database::Postgres);
    store::Db::open(&url).unwrap();
    let mut pg = PgConnection::establish(&url).unwrap();
    let found: Vec<Reference> = diesel::sql_query(
        "SELECT k.conrelid::regclass::text AS child, a.attname::text AS child_column, k.confrelid::regclass::text AS parent,
           CASE WHEN a.attnotnull THEN 'NO' ELSE 'YES' END AS optional
         FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
         WHERE k.contype = 'f' AND k.conrelid::regclass::text <> 'people_grams'",
    )
    .load(&mut pg)
    .unwrap();
    assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), known);
}

#[test]
fn what_belongs_to_somebody_stands_in_one_line_of_the_plan() {
    let listed: BTreeSet<&str> = Belonging::ALL.iter().map(|what| belongings::place(*what, PersonId(1)).0).collect();
    let own = ["agent_profiles", "passwords", "preferences"];
    for (child, column, ..) in REFERENCES.iter().filter(|(.., parent, _)| *parent == "people") {
        assert!(listed.contains(child) || own.contains(child), "nothing says what becomes of {child}.{column}");
    }
}

/// Made up people with belongings of every kind.
pub fn furnish(house: &House, seed: u64) {
    for name in ["Billing", "Freight", "Care"] {
        house.group(name);
    }
    house.field("plan", FieldKind::Text, |_| {});
    generate::run(&house.app, &command_line(), PEOPLE as u64, seed, |_| {}).unwrap();
    let mut rng = Rng::with_seed(seed);
    let mut anyone = || PersonId(rng.i64(1..=PEOPLE));
    let all: Vec<_> = (0..PEOPLE as usize * 2).map(|_| (anyone(), anyone())).collect();
    let staff = |person: &Person| person.role.is_staff() && person.status.may_sign_in();
    let staff: Vec<PersonId> = (1..=PEOPLE).map(|id| house.person(id)).filter(staff).map(|person| person.id).collect();
    house
        .act(|act| {
            for (n, (one, two)) in all.iter().enumerate() {
                let mut person = people::show(act, *one)?;
                person.fields.groups = vec![["Billing", "Freight", "Care"][n % 3].into()];
                person.fields.custom.insert("plan".into(), format!("plan {n}"));
                store::people::update(act.conn, &person, act.now)?;
                let work = tickets::Work {
                    status: TicketStatus::ALL[n % 4],
                    priority: Priority::Normal,
                    assignee: staff.get(n % staff.len().max(1)).copied(),
                    group: Some((n % 3) as i64 + 1).filter(|_| n % 5 > 0),
                };
                let asked = format!("Question {n}");
                let collaborators = if one == two { vec![] } else { vec![*two] };
                let draft =
                    tickets::Draft { subject: asked.clone(), body: asked, requester: *one, work, collaborators };
                tickets::create(act, draft)?;
                let known = [(Extra::Landline, format!("028-{n}")), (Extra::Star, "1".into())];
                people::extras::update(act, *one, &known[..1 + n % 2].iter().cloned().collect())?;
                if n % 4 == 0 && people::show(act, *two)?.status.may_sign_in() {
                    let (owner, dialect) = (format!("#{}", two.0), Dialect::Datarc);
                    keys::create(
                        act,
                        keys::Draft {
                            dialect,
                            owner,
                            name: format!("Key {n}"),
                            read_only: n % 8 == 0,
                            expires_at: None,
                            chat_app: None,
                        },
                    )?;
                }
                if one != two {
                    chats::add_contact(act, *one, *two)?;
                    chats::block(act, *two, *one)?;
                    let to = rollcall::domain::chat::Recipient::Person(*two);
                    chats::send(act, *one, to, "Hello")?;
                }
            }
            Ok(())
        })
        .unwrap();
}

pub const TABLES: [&str; 34] = [
    "organisations",
    "organisation_domains",
    "groups",
    "tags",
    "custom_fields",
    "people",
    "agent_profiles",
    "people_tags",
    "people_groups",
    "passwords",
    "preferences",
    "field_values",
    "saved_views",
    "batches",
    "batch_changes",
    "sign_in_failures",
    "identities",
    "tickets",
    "ticket_collaborators",
    "ticket_comments",
    "workspaces",
    "workspace_members",
    "contacts",
    "blocks",
    "chats",
    "chat_members",
    "conversations",
    "messages",
    "chat_attributes",
    "person_extras",
    "api_keys",
    "custom_roles",
    "settings",
    "trash",
];

/// Tables and their rows as text.
pub type Rows = BTreeMap<&'static str, BTreeSet<String>>;

/// Every row of every table but sessions and the history, without the locks of forms.
pub fn everything(house: &House) -> Rows {
    rows_of(house, &TABLES)
}

/// Every row of these tables, as [`everything`] tells them.
pub fn rows_of(house: &House, tables: &[&'static str]) -> Rows {
    let text = |mut row: Row, table: &str| {
        if ["organisations", "people", "tickets", "workspaces"].contains(&table) {
            row.remove("version");
        }
        if table == "groups" {
            // When who is in it changed last only goes forward.
            row.remove("updated_at");
        }
        serde_json::to_string(&row).unwrap()
    };
    let read = |table| {
        // How far the search for duplicates came is nobody's.
        let condition = if table == "settings" { "name <> 'likenesses_seen'" } else { "1 = 1" };
        let found = house.act(|act| rows::read(act.conn, table, condition)).unwrap();
        (table, found.into_iter().map(|row| text(row, table)).collect())
    };
    tables.iter().copied().map(read).collect()
}

/// The rows that are only in one of two, marked `-` and `+`.
pub fn differences(before: &Rows, after: &Rows) -> Vec<String> {
    let marked = |mark: &'static str, one: &Rows, other: &Rows| {
        let only = one.iter().flat_map(|(table, rows)| {
            let known = other.get(table).cloned().unwrap_or_default();
            rows.iter().filter(move |row| !known.contains(*row)).map(move |row| format!("{mark} {table} {row}"))
        });
        only.collect::<Vec<_>>()
    };
    [marked("-", before, after), marked("+", after, before)].concat()
}

pub fn healthy(house: &House) {
    let findings = house.act(doctor::examine).unwrap();
    assert!(findings.len() > 40);
    let broken: Vec<_> = findings.into_iter().filter(|one| one.broken > 0).collect();
    assert_eq!(broken, []);
}

fn choices(rng: &mut Rng, heir: PersonId, agent: PersonId) -> Choices {
    let mut owned = || if rng.bool() { Owned::GivenTo(heir) } else { Owned::Deleted };
    let (workspaces, groups, rooms) = (owned(), owned(), owned());
    let mut hand = || match rng.u32(..3) {
        0 => Hand::Nobody,
        1 => Hand::Person(agent),
        _ => Hand::Group(2),
    };
    let open = hand();
    let open_of_group = if rng.bool() { [(1, Hand::Person(agent)), (3, Hand::Nobody)].into() } else { BTreeMap::new() };
    let requested = match rng.u32(..3) {
        0 => Asked::Anonymous,
        1 => Asked::GivenTo(heir),
        _ => Asked::Deleted,
    };
    Choices { open, open_of_group, requested, workspaces, groups, rooms }
}

#[test]
fn a_restore_gives_every_row_back_and_the_plan_told_them_all() {
    on_both(|house| {
        furnish(house, 11);
        let agent = house.join("Heir", Role::Agent).id;
        let mut rng = Rng::with_seed(5);
        for round in 0..25 {
            let id = PersonId(rng.i64(1..=PEOPLE));
            let heir = PersonId(rng.i64(1..=PEOPLE));
            let heir = if heir == id { agent } else { heir };
            let choices = choices(&mut rng, heir, agent);
            let before = everything(house);
            let plan = house.act(|act| deletion::plan(act, id)).unwrap();
            for what in Belonging::ALL {
                let (table, condition) = belongings::place(*what, id);
                let there = house.act(|act| rows::count(act.conn, table, &condition)).unwrap();
                assert_eq!(plan.count(*what), there, "{what:?} in round {round}");
            }
            let consent = Consent { seen: plan.seen.clone(), choices, typed: plan.word() };
            let entries = house.entries();
            let kept = house.act(|act| deletion::create(act, id, &consent)).unwrap().unwrap();
            assert_eq!(house.entries(), entries + 1);
            healthy(house);
            for (child, column, ..) in REFERENCES.iter().filter(|(.., parent, _)| *parent == "people") {
                let condition = format!("{column} = {}", id.0);
                let left = house.act(|act| rows::count(act.conn, child, &condition)).unwrap();
                assert_eq!(left, 0, "{child}.{column} still names them in round {round}");
            }
            let restored = house.act(|act| trash::restore(act, kept, &BTreeMap::new())).unwrap();
            assert_eq!(restored.losses, [], "round {round}");
            healthy(house);
            assert_eq!(house.entries(), entries + 2);
            let spent = consent.choices;
            assert_eq!(differences(&before, &everything(house)), [""; 0], "round {round} of {id:?} with {spent:?}");
        }
        let found = house.act(|act| {
            let q = people::show(act, PersonId(1))?.fields.get(Field::Email);
            let filter = rollcall::domain::PeopleFilter { q, ..Default::default() };
            store::list::count(act.conn, rollcall::domain::Scope::Everyone, &filter)
        });
        assert_eq!(found.unwrap(), 1, "they are found again");
    });
}

#[test]
fn groups_organisations_and_tags_come_back_whole() {
    on_both(|house| {
        furnish(house, 23);
        let spare = everything(house);
        let organisation =
            house.act(|act| rows::ids(act.conn, "organisations", "id IN (SELECT organisation_id FROM people)"));
        let first = organisation.unwrap()[0];
        let gone = [
            house.act(|act| {
                let (_, freed) = groups::plan_deletion(act, 1)?;
                assert!(freed.people > 0 && freed.tickets > 0, "{freed:?}");
                groups::destroy(act, 1, freed)
            }),
            house.act(|act| {
                let (_, freed) = organisations::plan_deletion(act, first)?;
                assert!(freed.people > 0, "{freed:?}");
                organisations::destroy(act, first, freed)
            }),
            house.act(|act| {
                let worn = tags::index(act, "")?.into_iter().find(|one| one.people > 0).unwrap();
                tags::destroy(act, worn.tag.id, worn.people)
            }),
        ];
        for kept in gone {
            let kept = kept.unwrap().unwrap();
            assert_eq!(house.act(|act| trash::restore(act, kept, &BTreeMap::new())).unwrap().losses, []);
        }
        assert_eq!(differences(&spare, &everything(house)), [""; 0]);
        let lone = house.tag("lone");
        let kept = house.act(|act| tags::destroy(act, lone, 0)).unwrap().unwrap();
        house.tag("LONE");
        let asked = house.act(|act| trash::restore(act, kept, &BTreeMap::new())).unwrap_err();
        assert_eq!(asked.fields().unwrap().on("name"), Some("name.taken"));
        let instead = [("name".to_owned(), "lonely".to_owned())].into();
        assert_eq!(house.act(|act| trash::restore(act, kept, &instead)).unwrap().label, "lonely");
        assert_eq!(house.act(|act| tags::index(act, "lone")).unwrap().len(), 2);
    });
}

#[test]
fn what_happened_to_others_meanwhile_stays() {
    on_both(|house| {
        let (ada, ben, cleo) =
            (house.join("Ada", Role::Admin), house.join("Ben", Role::Agent), house.join("Cleo", Role::EndUser));
        let (billing, other) = (house.group("Billing"), house.join("Olga", Role::Agent));
        let tag = house.tag("vip");
        let mut fields = ben.fields.clone();
        (fields.groups, fields.tags) = (vec!["Billing".into()], vec!["vip".into()]);
        let ben = house.act(|act| people::edit(act, ben.id, ben.version, fields)).unwrap();
        let assign = |id: i64, version: i64, to: PersonId, group: Option<i64>| {
            let work = tickets::Work { status: TicketStatus::Open, priority: Priority::Low, assignee: Some(to), group };
            house.act(|act| tickets::update(act, id, version, work)).unwrap();
        };
        for n in 1..=3 {
            house.ticket(&format!("Ticket {n}"), &cleo, Some(billing));
            assign(n, 1, ben.id, Some(billing));
        }
        let space = house.workspace("Pilots", &ben);
        let plan = house.act(|act| deletion::plan(act, ben.id)).unwrap();
        assert_eq!((plan.count(Belonging::OpenTickets), plan.count(Belonging::OwnedWorkspaces)), (3, 1));
        let given = Owned::GivenTo(other.id);
        let choices = Choices {
            open: Hand::Person(other.id),
            open_of_group: BTreeMap::new(),
            requested: Asked::Anonymous,
            workspaces: given,
            groups: given,
            rooms: given,
        };
        let consent = Consent { seen: plan.seen.clone(), choices, typed: "ben".into() };
        let kept = house.act(|act| deletion::create(act, ben.id, &consent)).unwrap().unwrap();
        assert_eq!(house.act(|act| workspaces::show(act, space)).unwrap().0.owner, "Olga");
        assign(2, 3, ada.id, Some(billing));
        let tag = house.act(|act| tags::destroy(act, tag, 0)).unwrap().unwrap();
        let restored = house.act(|act| trash::restore(act, kept, &BTreeMap::new())).unwrap();
        let losses: Vec<_> =
            restored.losses.iter().map(|one| (one.table.as_str(), one.count, one.why.name())).collect();
        assert_eq!(losses, [("tickets", 1, "changed"), ("people_tags", 1, "waiting")]);
        let assignee = |id: i64| house.act(|act| tickets::show(act, id)).unwrap().shown.assignee;
        assert_eq!([assignee(1), assignee(2), assignee(3)], ["Ben", "Ada", "Ben"]);
        assert_eq!(house.act(|act| workspaces::show(act, space)).unwrap().0.owner, "Ben");
        assert_eq!(house.person(ben.id.0).fields.groups, ["Billing"]);
        assert_eq!(house.person(ben.id.0).fields.tags, [""; 0]);
        let restored = house.act(|act| trash::restore(act, tag, &BTreeMap::new())).unwrap();
        assert_eq!(restored.losses, [], "the tag brings what waited for it");
        assert_eq!(house.person(ben.id.0).fields.tags, ["vip"]);
        healthy(house);
    });
}

#[test]
fn merged_organisations_and_tags_are_parted_again() {
    on_both(|house| {
        furnish(house, 61);
        let (one, two) = (house.organisation("One", &["one.example"]), house.organisation("Two", &["two.example"]));
        let of = |act: &mut rollcall::actions::Act, id: i64| Ok((organisations::show(act, id)?.organisation, ()));
        let described = organisations::Draft {
            name: "One".into(),
            description: "The first".into(),
            domains: vec!["one.example".into()],
        };
        let version = house.act(|act| of(act, one)).unwrap().0.version;
        house.act(|act| organisations::update(act, one, version, described)).unwrap();
        let held = |act: &mut rollcall::actions::Act| rows::count(act.conn, "people", "organisation_id IS NOT NULL");
        assert!(house.act(held).unwrap() > 0);
        for id in 1..=12 {
            let person = house.person(id);
            let mut fields = person.fields.clone();
            fields.organisation = if id % 2 == 0 { "One".into() } else { "Two".into() };
            fields.tags = if id % 3 == 0 { vec!["vip".into(), "lead".into()] } else { vec!["vip".into()] };
            house.act(|act| people::edit(act, person.id, person.version, fields)).unwrap();
        }
        let before = everything(house);
        let (kept, entry) = house.act(|act| organisations::merge(act, one, "Two", 6)).unwrap();
        assert_eq!(kept, two);
        let merged = house.act(|act| of(act, two)).unwrap().0;
        assert_eq!((merged.description.as_str(), merged.domains.len()), ("The first", 2));
        healthy(house);
        let tag = house.act(|act| tags::index(act, "vip")).unwrap().remove(0);
        let parted = house.act(|act| tags::merge(act, tag.tag.id, "lead", tag.people)).unwrap().unwrap();
        healthy(house);
        for entry in [parted, entry.unwrap()] {
            assert_eq!(house.act(|act| trash::restore(act, entry, &BTreeMap::new())).unwrap().losses, []);
        }
        healthy(house);
        assert_eq!(differences(&before, &everything(house)), [""; 0]);
    });
}

#[test]
fn an_organisation_that_was_renamed_after_a_merge_keeps_its_new_name() {
    on_both(|house| {
        let (one, two) = (house.organisation("One", &["one.example"]), house.organisation("Two", &[]));
        let entry = house.act(|act| organisations::merge(act, one, "Two", 0)).unwrap().1.unwrap();
        let shown = house.act(|act| organisations::show(act, two)).unwrap().organisation;
        let renamed = organisations::Draft { name: "Deux".into(), description: "New".into(), domains: shown.domains };
        house.act(|act| organisations::update(act, two, shown.version, renamed)).unwrap();
        house.act(|act| trash::restore(act, entry, &BTreeMap::new())).unwrap();
        let [one, two] = [one, two].map(|id| house.act(|act| organisations::show(act, id)).unwrap().organisation);
        assert_eq!((one.name.as_str(), one.domains), ("One", vec!["one.example".to_owned()]));
        assert_eq!((two.name.as_str(), two.description.as_str(), two.domains.len()), ("Deux", "New", 0));
        healthy(house);
    });
}

#[test]
fn a_conversation_of_two_who_are_gone_returns_with_the_second() {
    on_both(|house| {
        let (ben, cleo) = (house.join("Ben", Role::EndUser), house.join("Cleo", Role::EndUser));
        house.act(|act| chats::send(act, ben.id, Recipient::Person(cleo.id), "Is that you?")).unwrap();
        house.act(|act| chats::send(act, cleo.id, Recipient::Person(ben.id), "It is me.")).unwrap();
        let before = everything(house);
        let delete = |id: PersonId| {
            let plan = house.act(|act| deletion::plan(act, id)).unwrap();
            let consent = Consent { seen: plan.seen.clone(), choices: Choices::without_heirs(), typed: plan.word() };
            house.act(|act| deletion::create(act, id, &consent)).unwrap().unwrap()
        };
        for swapped in [false, true] {
            let (first, second) = (delete(ben.id), delete(cleo.id));
            let order = if swapped { [first, second] } else { [second, first] };
            for entry in order {
                house.act(|act| trash::restore(act, entry, &BTreeMap::new())).unwrap();
                healthy(house);
            }
            assert_eq!(differences(&before, &everything(house)), [""; 0], "swapped: {swapped}");
        }
    });
}

#[test]
fn what_belongs_to_two_that_are_gone_returns_with_the_second() {
    on_both(|house| {
        let billing = house.group("Billing");
        let ben = house.join("Ben", Role::Agent);
        let mut fields = ben.fields.clone();
        fields.groups = vec!["Billing".into()];
        let ben = house.act(|act| people::edit(act, ben.id, ben.version, fields)).unwrap();
        let delete = || {
            let plan = house.act(|act| deletion::plan(act, ben.id)).unwrap();
            let consent = Consent {
                seen: plan.seen.clone(),
                choices: choices(&mut Rng::with_seed(1), ben.id, ben.id),
                typed: plan.word(),
            };
            house.act(|act| deletion::create(act, ben.id, &consent)).unwrap().unwrap()
        };
        let destroy = || {
            let (_, freed) = house.act(|act| groups::plan_deletion(act, billing)).unwrap();
            house.act(|act| groups::destroy(act, billing, freed)).unwrap().unwrap()
        };
        let restore = |entry: i64| house.act(|act| trash::restore(act, entry, &BTreeMap::new())).unwrap().losses;
        let waiting =
            |losses: Vec<rollcall::domain::undo::Loss>| losses.iter().map(|loss| loss.why.name()).collect::<Vec<_>>();
        let before = everything(house);
        let (group, person) = (destroy(), delete());
        assert_eq!(waiting(restore(group)), ["waiting"]);
        assert_eq!(waiting(restore(person)), [""; 0]);
        assert_eq!(differences(&before, &everything(house)), [""; 0]);
        let (person, group) = (delete(), destroy());
        assert_eq!(waiting(restore(person)), ["waiting"]);
        assert_eq!(waiting(restore(group)), [""; 0]);
        assert_eq!(differences(&before, &everything(house)), [""; 0]);
    });
}
