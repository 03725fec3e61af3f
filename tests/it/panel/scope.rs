//! Nobody sees, counts, sorts by or exports a person or a field outside their scope, whatever they ask.
use crate::house::{Client, House, on_both};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use rollcall::domain::custom::FieldKind;
use rollcall::domain::{Field, Permission, Person, Reach, Role, Status};

const ORGANISATIONS: [&str; 3] = ["", "Acme", "Lanwan"];
const GROUPS: [&str; 3] = ["", "Billing", "Freight"];
const TAGS: [&str; 3] = ["", "vip", "press"];
const CITIES: [&str; 3] = ["", "Berlin", "王城"];
const RISKS: [&str; 2] = ["", "high"];

/// What one customer is, by places in the lists above.
type Traits = (usize, usize, usize, usize, usize);

/// What a reader asks of a list.
#[derive(Debug, Clone)]
struct Asked {
    reach: Reach,
    staff_fields: bool,
    filters: Vec<(&'static str, &'static str)>,
    sort: &'static str,
}

fn asked() -> impl Strategy<Value = Asked> {
    let filter = prop::sample::select(vec![
        ("q", "c"),
        ("q", "1"),
        ("status", "active"),
        ("role", "end_user"),
        ("organisation", "Acme"),
        ("group", "Freight"),
        ("tag", "vip"),
        ("contact", "none"),
        ("field.city", "ber"),
        ("field.risk", "high"),
        ("created_from", "2020-01-01"),
    ]);
    let sorts =
        vec!["-added", "name", "-organisation", "role", "status", "seen", "field.city", "-field.risk", "changed"];
    let reach = prop::sample::select(Reach::ALL.to_vec());
    (reach, any::<bool>(), prop::collection::vec(filter, 0..3), prop::sample::select(sorts))
        .prop_map(|(reach, staff_fields, filters, sort)| Asked { reach, staff_fields, filters, sort })
}

struct Cast {
    customers: Vec<Person>,
    /// By reach, and whether they see staff fields.
    readers: Vec<(Reach, bool, Client, Person)>,
}

fn cast(house: &House, traits: &[Traits]) -> Cast {
    for group in &GROUPS[1..] {
        house.group(group);
    }
    house.field("city", FieldKind::Text, |_| {});
    house.field("risk", FieldKind::Text, |field| field.staff_only = true);
    let admin = house.sign_in(&house.join("Ada", Role::Admin));
    let customers = traits.iter().enumerate().map(|(n, traits)| customer(house, &admin, n, *traits)).collect();
    let own = [(Field::Organisation, "Acme"), (Field::Groups, "Billing")];
    let mut readers = vec![];
    for reach in Reach::ALL {
        for staff in [true, false] {
            let mut permissions = vec![Permission::ExportPeople, Permission::SeeAudit];
            permissions.extend(staff.then_some(Permission::SeeStaffFields));
            let person = house.join_with_role(&format!("R {} {staff}", reach.name()), reach, &permissions, &own);
            readers.push((reach, staff, house.sign_in(&person), person));
        }
    }
    Cast { customers, readers }
}

fn customer(house: &House, admin: &Client, n: usize, (o, g, t, c, r): Traits) -> Person {
    let name = format!("Customer {n}");
    let given = [
        (Field::Name, name.as_str()),
        (Field::Username, &format!("c{n}")),
        (Field::Organisation, ORGANISATIONS[o]),
        (Field::Groups, GROUPS[g]),
        (Field::Tags, TAGS[t]),
    ];
    let person = house.join_with(&given, Role::EndUser, Status::Active);
    let form = [("version", "1"), ("field.city", CITIES[c]), ("field.risk", RISKS[r])];
    assert_eq!(admin.post(&format!("/people/{}", person.id.0), &form).status, 303);
    house.person(person.id.0)
}

/// The rule, in other words than the program's.
fn may_see(reach: Reach, me: &Person, other: &Person) -> bool {
    let shares = |mine: &[String], theirs: &[String]| mine.iter().any(|one| theirs.contains(one));
    me.id == other.id
        || match reach {
            Reach::Everyone => true,
            Reach::Organisation => other.fields.organisation == me.fields.organisation,
            Reach::Groups => shares(&me.fields.groups, &other.fields.groups),
        }
}

fn asks_for_staff_fields(asked: &Asked) -> bool {
    let staff = ["organisation", "group", "tag", "field.risk"];
    asked.filters.iter().any(|(name, _)| staff.contains(name)) || staff.iter().any(|name| asked.sort.ends_with(name))
}

fn check(cast: &Cast, asked: &Asked) {
    let (reach, staff, client, me) =
        cast.readers.iter().find(|(reach, staff, ..)| (*reach, *staff) == (asked.reach, asked.staff_fields)).unwrap();
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(&asked.filters).append_pair("sort", asked.sort).append_pair("per", "25");
    let query = query.finish();
    let first = client.get(&format!("/people?{query}"));
    if asks_for_staff_fields(asked) && !staff {
        // A field that somebody may not see is unknown to them, a built-in one forbidden; neither tells anything.
        assert!([400, 403].contains(&first.status) || !query.contains("organisation="), "{query}: {}", first.status);
        assert!(first.status != 200 || query.contains("field.risk="), "{query}");
        if first.status != 200 {
            return;
        }
    }
    assert_eq!(first.status, 200, "{query}: {}", first.text());
    let mut seen = first.names();
    let mut page = first;
    while let Some(next) = page.link("rel=\"next\"").filter(|_| page.body.contains("rel=\"next\"")) {
        page = client.get(&next);
        seen.extend(page.names());
    }
    let allowed = |name: &String| {
        let customer = cast.customers.iter().find(|one| one.fields.name == *name);
        let reader = cast.readers.iter().map(|(.., person)| person).find(|one| one.fields.name == *name);
        match customer.or(reader) {
            Some(person) => may_see(*reach, me, person),
            None => *reach == Reach::Everyone,
        }
    };
    assert!(seen.iter().all(allowed), "{reach:?} {query}: {seen:?}");
    let told = client.get(&format!("/people?{query}")).text();
    let (count, total) = counts(&told);
    assert_eq!(count, seen.len(), "{query}: the count is of what is seen");
    assert_eq!(total.unwrap_or(count), everybody(cast, *reach, me), "{query}: and so is the whole");
    let file = client.get(&format!("/people.csv?{query}"));
    assert_eq!(file.status, 200);
    assert_eq!(csv::Reader::from_reader(file.body.as_bytes()).records().count(), seen.len(), "{query}");
    for hidden in ["organisation", "tags", "field.risk"] {
        assert_eq!(file.body.lines().next().unwrap().split(',').any(|name| name == hidden), *staff, "{hidden}");
    }
    if !staff {
        let whole = client.get("/people").body + &client.get("/audit").body;
        assert!(!whole.contains("Lanwan") && !whole.contains("risk") && !whole.contains(">high<"));
    }
}

/// `3 found of 9`, or `9 people`.
fn counts(text: &str) -> (usize, Option<usize>) {
    let words: Vec<&str> = text.split_whitespace().take(12).collect();
    let number = |at: usize| words[at].replace(',', "").parse().unwrap();
    match words.iter().position(|word| word.starts_with("found")) {
        Some(at) => (number(at - 1), Some(number(at + 2))),
        None if !words.iter().any(|word| ["person", "people"].contains(word)) => panic!("no count in {text}"),
        None => (number(words.iter().position(|word| ["person", "people"].contains(word)).unwrap() - 1), None),
    }
}

fn everybody(cast: &Cast, reach: Reach, me: &Person) -> usize {
    let readers = cast.readers.iter().map(|(.., person)| person);
    let known = cast.customers.iter().chain(readers).filter(|person| may_see(reach, me, person)).count();
    // The administrator is in no organisation and no group.
    known + usize::from(reach == Reach::Everyone)
}

#[test]
fn no_question_finds_anybody_outside_the_scope() {
    on_both(|house| {
        let traits: Vec<Traits> = (0..36).map(|n| (n % 3, n / 3 % 3, n / 2 % 3, n / 5 % 3, n % 2)).collect();
        let cast = cast(house, &traits);
        let mut runner = TestRunner::new_with_rng(
            Config { cases: 60, failure_persistence: None, ..Config::default() },
            proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
        );
        runner
            .run(&asked(), |asked| {
                check(&cast, &asked);
                Ok(())
            })
            .unwrap();
    });
}

#[test]
fn pages_searches_counts_and_histories_keep_to_the_scope() {
    on_both(|house| {
        let traits = [(1, 0, 1, 1, 0), (2, 0, 2, 0, 1), (0, 1, 1, 1, 0), (0, 2, 0, 2, 0)];
        let cast = cast(house, &traits);
        for (reach, staff, client, me) in &cast.readers {
            for person in &cast.customers {
                let visible = may_see(*reach, me, person);
                for rest in ["", "/activity"] {
                    let status = client.get(&format!("/people/{}{rest}", person.id.0)).status;
                    assert_eq!(status, if visible { 200 } else { 404 }, "{reach:?} {}", person.fields.name);
                }
                let found = client.get(&format!("/search?q={}", person.fields.get(Field::Username)));
                assert_eq!(found.body.contains(&person.fields.name), visible);
                let audit = client.get(&format!("/audit?person={}", person.id.0));
                assert_eq!(audit.body.contains("<td class=\"deed\">changed the profile"), visible);
            }
            let expected = everybody(&cast, *reach, me);
            let overview = client.get("/").text();
            assert!(overview.contains(&format!("People by role and status {expected} ")), "{reach:?}: {overview}");
            for (path, all) in [("/organisations", ["Acme", "Lanwan"]), ("/groups", ["Billing", "Freight"])] {
                let page = client.get(path);
                assert_eq!(page.status, if *staff { 200 } else { 403 });
                let shown = all.map(|name| page.body.contains(&format!(">{name}</a>")));
                let wanted = match (staff, reach, path) {
                    (false, ..) => [false, false],
                    (_, Reach::Everyone, _) => [true, true],
                    // Whoever shares the group may belong to any organisation, and the other way round.
                    _ => [true, false],
                };
                assert_eq!(shown, wanted, "{reach:?} {path}");
            }
        }
    });
}

#[test]
fn whoever_is_bound_to_a_scope_makes_and_moves_nobody_out_of_it() {
    on_both(|house| {
        house.group("Billing");
        house.group("Freight");
        let all = Permission::ALL;
        let own = [(Field::Organisation, "Acme"), (Field::Groups, "Billing")];
        let (org, grp) = (
            house.join_with_role("Org", Reach::Organisation, all, &own),
            house.join_with_role("Grp", Reach::Groups, all, &own),
        );
        let (org, grp) = (house.sign_in(&org), house.sign_in(&grp));
        let base = [("role", "end_user"), ("status", "active")];
        let make = |client: &Client, more: &[(&str, &str)]| client.post("/people", &[&base, more].concat());
        let id = |reply: &crate::house::Reply| -> i64 { reply.location().rsplit('/').next().unwrap().parse().unwrap() };
        let one = id(&make(&org, &[("username", "one")]));
        assert_eq!(house.person(one).fields.organisation, "Acme", "new people join the maker's organisation");
        let two = id(&make(&grp, &[("username", "two")]));
        assert_eq!(house.person(two).fields.groups, ["Billing"]);
        let before = house.entries();
        assert!(
            make(&org, &[("username", "x"), ("organisation", "Lanwan")]).text().contains("your own organisation only")
        );
        let unseen = make(&grp, &[("username", "x"), ("groups", "Freight")]);
        assert!(unseen.text().contains("There is no such group."), "a group out of sight is none");
        let moved = org.post(&format!("/people/{one}"), &[("version", "1"), ("organisation", "Lanwan")]);
        assert_eq!(moved.status, 422);
        let left = grp.post(&format!("/people/{two}"), &[("version", "1"), ("groups", "")]);
        assert_eq!(left.status, 422);
        let ids = two.to_string();
        grp.post("/batches", &[("deed", "ungroup"), ("group", "Billing"), ("id", &ids)]);
        assert_eq!(grp.get(&format!("/people/{one}")).status, 404);
        grp.post("/batches", &[("deed", "suspend"), ("id", &one.to_string())]);
        assert_eq!(house.entries(), before, "nothing of this was done");
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "username,title,groups\none,Mine,\nthree,,\nfour,,Freight\ntwo,Ours,\n").unwrap();
        let act_as = |act: &mut rollcall::actions::Act| rollcall::actions::sessions::acting_as(act, "grp@example.org");
        let caller = rollcall::actions::Caller { actor: house.act(act_as).unwrap(), ..crate::house::command_line() };
        let mut source = rollcall::actions::imports::Source::open(file.path(), &Default::default()).unwrap();
        let report = rollcall::jobs::import::run(&house.app, &caller, &mut source, false).unwrap();
        let faults: Vec<_> = report.errors.iter().map(|(row, fault)| (*row, fault.key)).collect();
        assert_eq!((report.created, report.updated), (1, 1));
        assert_eq!(faults, [(2, "username.taken"), (4, "groups.unknown")], "who is out of sight is only taken");
    });
}

#[test]
fn a_role_that_is_narrowed_ends_the_sessions_of_its_holders() {
    on_both(|house| {
        let ben =
            house.join_with_role("Ben", Reach::Everyone, &[Permission::EditPeople, Permission::SeeStaffFields], &[]);
        let client = house.sign_in(&ben);
        assert_eq!(client.get("/people").status, 200);
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        let role = [
            ("version", "1"),
            ("name", "Role of Ben"),
            ("reach", "everyone"),
            ("permissions", "edit_people"),
            ("permissions", "see_staff_fields"),
            ("permissions", "suspend_people"),
        ];
        assert_eq!(ada.post("/roles/1", &role).status, 303);
        assert_eq!(client.get("/people").status, 200, "more ends nothing");
        let role = [("version", "2"), ("name", "Role of Ben"), ("reach", "groups"), ("permissions", "edit_people")];
        assert_eq!(ada.post("/roles/1", &role).status, 303);
        assert_eq!(client.get("/people").status, 303, "less signs out");
        assert!(ada.get("/roles/1").text().contains("1 agent holds it"));
        assert_eq!(ada.form("DELETE", "/roles/1", &[]).status, 403);
        assert!(ada.form("DELETE", "/roles/1", &[]).text().contains("Agents still hold this role."));
    });
}

#[test]
fn a_guess_at_what_staff_wrote_is_never_confirmed() {
    on_both(|house| {
        let cleo = house.join_with(
            &[(Field::Email, "cleo@example.org"), (Field::Tags, "vip"), (Field::Notes, "slow payer")],
            Role::EndUser,
            Status::Active,
        );
        let client = house.sign_in(&cleo);
        for guess in [("tags", "vip"), ("tags", "other"), ("notes", "slow payer"), ("organisation", "")] {
            let reply = client.post(&format!("/people/{}", cleo.id.0), &[("version", "1"), guess]);
            assert_eq!(reply.status, 403, "{guess:?}");
        }
        house.group("Hidden");
        house.group("Own");
        let own = [(Field::Groups, "Own")];
        let ben = house.sign_in(&house.join_with_role("Ben", Reach::Groups, Permission::ALL, &own));
        for group in ["Hidden", "Nowhere"] {
            let new =
                [("username", "x"), ("role", "end_user"), ("status", "active"), ("groups", "Own"), ("groups", group)];
            let reply = ben.post("/people", &new);
            assert!(reply.status == 422 && reply.text().contains("There is no such group."), "{group}");
            let me = house.act(|act| rollcall::store::people::by_login(act.conn, "ben@example.org")).unwrap()[0].0;
            let step = [("deed", "group"), ("group", group), ("id", &me.to_string())];
            assert_eq!(ben.post("/batches", &step).status, 303, "{group}");
            assert!(ben.get("/people").text().contains("nothing of this name is there"), "{group}");
        }
    });
}

#[test]
fn a_role_that_is_gone_locks_nobody_out() {
    on_both(|house| {
        let ben = house.join_with_role("Ben", Reach::Everyone, &[], &[]);
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        assert_eq!(ada.post(&format!("/people/{}/role", ben.id.0), &[("role", "admin")]).status, 303);
        assert_eq!(ada.form("DELETE", "/roles/1", &[]).status, 303);
        assert_eq!(house.sign_in(&ben).get("/fields").status, 200, "an administrator needs no role");
        assert_eq!(
            ada.post(&format!("/people/{}/role", ben.id.0), &[("role", "agent"), ("manage_people", "yes")]).status,
            303
        );
        assert_eq!(house.sign_in(&ben).get("/people").status, 200);
    });
}
