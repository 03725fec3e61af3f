//! Whatever is in a name is found by any part of it, the same on both databases.
use crate::house::{Database, House, Reply, command_line, on_both};
use proptest::prelude::*;
use rollcall::actions;
use rollcall::domain::person::Provider;
use rollcall::domain::{
    Catalogue, Column, Count, Field, PeopleFilter, Person, PersonId, Role, Scope, Sort, Status, Time, Turn, fold,
    fold_for_search,
};
use rollcall::jobs::generate;
use rollcall::store::{identities, list, people, search};

fn ids(house: &House, q: &str) -> Vec<i64> {
    let filter = PeopleFilter { q: q.into(), ..PeopleFilter::default() };
    let page = house
        .app
        .db
        .read(|conn| list::page(conn, Scope::Everyone, &filter, &Sort::default(), &Turn::First, 500))
        .unwrap();
    let count = house.app.db.read(|conn| list::count(conn, Scope::Everyone, &filter)).unwrap();
    assert_eq!(count.min(500), page.people.len() as i64, "{q:?}: the count is of what is listed");
    page.people.iter().map(|person| person.id.0).collect()
}

#[test]
fn any_part_of_any_name_finds_its_person() {
    let houses = [House::open(Database::Sqlite), House::open(Database::Postgres)];
    let script = "[a-zA-Z王李芳ñßİǅẞｱＡ한がप्ิ👩é\u{301}'%_\"\\\\*(&|!:<>-]{1,12}";
    let strategy = (proptest::collection::vec(script, 1..4), 0usize..30, 1usize..8);
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 150,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let number = std::cell::Cell::new(0);
    runner
        .run(&strategy, |(words, start, length)| {
            let name = words.join(" ");
            number.set(number.get() + 1);
            let username = format!("u{}", number.get());
            let mut answers = vec![];
            for house in &houses {
                let given = [(Field::Name, name.as_str()), (Field::Username, username.as_str())];
                let id = house.join_with(&given, Role::EndUser, Status::Active).id.0;
                let whole: Vec<char> = fold_for_search(&name).chars().collect();
                let part: String =
                    whole.iter().cycle().skip(start % whole.len().max(1)).take(length.min(whole.len())).collect();
                // What runs over the end is no part of the name; the first piece of it is.
                let q = if fold_for_search(&name).contains(&part) { part } else { fold_for_search(&name) };
                let found = ids(house, &q);
                prop_assert!(q.is_empty() || found.contains(&id), "{name:?} by {q:?}");
                answers.push(found);
            }
            prop_assert_eq!(&answers[0], &answers[1], "{:?}", name);
            Ok(())
        })
        .unwrap();
}

const QUERIES: usize = 1_000;
const PAGE: usize = 25;

/// Enough that some words are held by many and others by few: the two are answered in different ways.
#[test]
fn a_thousand_searches_find_the_same_people_in_the_same_order_on_both_databases() {
    let houses = [House::open(Database::Sqlite), House::open(Database::Postgres)];
    for house in &houses {
        generate::run(&house.app, &command_line(), 3_000, 11, |_| {}).unwrap();
    }
    let everybody = everybody(&houses[0]);
    let mut rng = fastrand::Rng::with_seed(5);
    for _ in 0..QUERIES {
        let (filter, sort) =
            (drawn(&mut rng, &everybody), Sort::parse(rng.choice(ORDERS).unwrap(), &NO_FIELDS).unwrap());
        let words = search::words(&filter.q);
        let mut expected: Vec<&Known> = everybody.iter().filter(|one| is_meant(&filter, &words, one)).collect();
        expected.sort_by_key(|one| place(&sort, one));
        if sort.descending {
            expected.reverse();
        }
        let expected: Vec<i64> = expected.into_iter().map(|one| one.person.id.0).collect();
        for house in &houses {
            let (first, second, count) = two_pages(house, &filter, &sort);
            assert_eq!(count, expected.len() as i64, "{filter:?}");
            assert_eq!(first, expected.iter().take(PAGE).copied().collect::<Vec<_>>(), "{filter:?} {sort:?}");
            let next = expected.iter().skip(PAGE).take(PAGE).copied().collect::<Vec<_>>();
            assert_eq!(second, next, "{filter:?} {sort:?}, second page");
        }
    }
}

static NO_FIELDS: Catalogue = Catalogue(vec![]);
const ORDERS: [&str; 6] = ["-added", "-added", "added", "name", "-name", "-seen"];

/// Somebody with what they are found and sorted by.
struct Known {
    person: Person,
    text: String,
    name: String,
}

fn everybody(house: &House) -> Vec<Known> {
    let filter = PeopleFilter::default();
    let page = |conn: &mut _| list::page(conn, Scope::Everyone, &filter, &Sort::default(), &Turn::First, 10_000);
    let people = house.app.db.read(page).unwrap().people;
    let ids: Vec<PersonId> = people.iter().map(|person| person.id).collect();
    let wechat = Provider::WECHAT.map(Provider::provider);
    let called = house.app.db.read(|conn| identities::by_providers(conn, &ids, &wechat)).unwrap();
    let known = |person: Person| {
        let also = called.get(&person.id).into_iter().flatten();
        let also = [&person.fields.organisation].into_iter().chain(also).map(String::as_str);
        let text = search::text_of(&person.fields, std::iter::empty(), also);
        Known { text, name: fold(&person.label()), person }
    };
    people.into_iter().map(known).collect()
}

/// One to three pieces of what somebody is found by, now and then among suspended agents only.
fn drawn(rng: &mut fastrand::Rng, everybody: &[Known]) -> PeopleFilter {
    let mut words = vec![];
    let text = &rng.choice(everybody).unwrap().text;
    for _ in 0..rng.usize(1..=3) {
        let word: Vec<char> = rng.choice(text.split_whitespace().collect::<Vec<_>>()).unwrap().chars().collect();
        let from = rng.usize(..word.len());
        let most = if rng.u8(..4) == 0 { 30 } else { 8 };
        words.push(word[from..].iter().take(rng.usize(1..most)).collect::<String>());
    }
    let mut filter = PeopleFilter { q: words.join(" "), ..PeopleFilter::default() };
    match rng.u8(..10) {
        0 => filter.roles = vec![Role::Agent],
        1 => filter.status = Some(Status::Active),
        2 => filter.q.push_str(" zzqxj"),
        _ => {}
    }
    filter
}

fn is_meant(filter: &PeopleFilter, words: &[String], Known { person, text, .. }: &Known) -> bool {
    let found = words.iter().all(|word| text.contains(word.as_str()));
    let role = filter.roles.is_empty() || filter.roles.contains(&person.role);
    found && role && filter.status.is_none_or(|status| status == person.status)
}

fn place<'a>(sort: &Sort, Known { person, name, .. }: &'a Known) -> (&'a str, Option<Time>, i64) {
    match sort.column {
        Column::Name => (name, None, person.id.0),
        Column::Seen => ("", person.last_login_at, person.id.0),
        _ => ("", None, person.id.0),
    }
}

fn two_pages(house: &House, filter: &PeopleFilter, sort: &Sort) -> (Vec<i64>, Vec<i64>, i64) {
    let ids = |page: &list::Page| page.people.iter().map(|person| person.id.0).collect::<Vec<_>>();
    let read = |conn: &mut _| {
        let first = list::page(conn, Scope::Everyone, filter, sort, &Turn::First, PAGE)?;
        let second = match first.after.clone() {
            Some(after) => ids(&list::page(conn, Scope::Everyone, filter, sort, &Turn::After(after), PAGE)?),
            None => vec![],
        };
        let count = list::count(conn, Scope::Everyone, filter)?;
        match list::count_shown(conn, Scope::Everyone, filter, list::Looks { enough: PAGE, most: 500 })? {
            Count::Exactly(shown) => assert_eq!(shown, count, "{filter:?}"),
            Count::MoreThan(shown) => assert!(shown < count, "{filter:?}: {shown} of {count}"),
        }
        Ok((ids(&first), second, count))
    };
    house.app.db.read(read).unwrap()
}

#[test]
fn a_long_address_is_found_in_an_index_from_before_such_pieces() {
    on_both(|house| {
        let (address, piece) = ("mei.marsh.7-123456@fjord.example", "7-123456@");
        let id = house.join_with(&[(Field::Email, address)], Role::EndUser, Status::Active).id.0;
        let chars: Vec<char> = address.chars().collect();
        let grams = chars.windows(3).map(|gram| gram.iter().collect::<String>()).collect::<Vec<_>>().join(" ");
        let forgotten = if house.database_url.starts_with("sqlite:") {
            format!(
                "DELETE FROM people_grams WHERE rowid = {id};
                 INSERT INTO people_grams (rowid, grams) VALUES ({id}, '{grams}');"
            )
        } else {
            format!("UPDATE people_grams SET grams = ts_delete(grams, '{piece}') WHERE person_id = {id};")
        };
        house.sql(&forgotten);
        assert_eq!(ids(house, address), [0; 0], "the piece is gone");
        house.sql(&format!("INSERT INTO people_to_index (person_id) VALUES ({id})"));
        assert_eq!(ids(house, address), [id], "whoever waits is found by other pieces");
        house.app.db.write(people::catch_up).unwrap();
        assert!(!house.app.db.read(search::is_behind).unwrap());
        assert_eq!(ids(house, address), [id]);
    });
}

#[test]
fn who_has_a_piece_of_each_word_but_not_the_words_hides_nobody() {
    on_both(|house| {
        let admin = house.sign_in(&house.join("Ada", Role::Admin));
        let join = |name: &str| {
            let username = name.replace(' ', ".");
            house.join_without_password(&[(Field::Name, name), (Field::Username, &username)], Role::EndUser)
        };
        join("Webb Marsh");
        // More than a page looks at, and all before the one who is meant.
        (0..=actions::people::list::LOOKS.most).for_each(|n| {
            join(&format!("Marina Webster {n}"));
        });
        for (asked, found) in [("marsh webb", vec!["Webb Marsh"]), ("marsh webster", vec![])] {
            let page = admin.get(&format!("/people?q={}", asked.replace(' ', "+")));
            assert_eq!(page.status, 200);
            assert_eq!(page.names(), found, "{asked}");
        }
    });
}

#[test]
fn whoever_was_added_long_ago_is_found_with_the_new_ones() {
    on_both(|house| {
        let admin = house.sign_in(&house.join("Ada", Role::Admin));
        let join = |many: std::ops::Range<i64>| {
            many.for_each(|n| {
                house.join_without_password(&[(Field::Username, &format!("marsh.webb.{n}"))], Role::EndUser);
            });
        };
        let found = || {
            let told =
                |page: &Reply| page.text().split(" found").next().unwrap().rsplit(' ').next().unwrap().to_owned();
            let page = admin.get("/people?q=webb+marsh");
            let next = page.link("rel=\"next\"").map(|next| admin.get(&next));
            (told(&page), page.names().len(), next.map(|next| (told(&next), next.names().len())))
        };
        join(0..30);
        // As if a million others had come meanwhile.
        house.sql(match house.database_url.starts_with("sqlite") {
            true => "UPDATE sqlite_sequence SET seq = 1000000 WHERE name = 'people'",
            false => "SELECT setval(pg_get_serial_sequence('people', 'id'), 1000000)",
        });
        join(30..55);
        assert_eq!(found(), ("55".into(), 50, Some(("55".into(), 5))));
        join(55..90);
        // No further is looked than a page needs where the way is long; the exact figure follows by itself.
        assert_eq!(found(), ("50+".into(), 50, Some(("50+".into(), 40))));
        assert!(admin.part("/people/count?q=webb+marsh").text().contains("90 found"));
    });
}

#[test]
fn an_index_of_many_parts_becomes_one_and_finds_the_same() {
    on_both(|house| {
        for n in 0..12 {
            generate::run(&house.app, &command_line(), 30, n, |_| {}).unwrap();
        }
        let found = |word: &str| {
            let filter = PeopleFilter { q: word.into(), ..PeopleFilter::default() };
            two_pages(house, &filter, &Sort::default())
        };
        let words = ["an", "example", "smith", "王", "13800"];
        let before: Vec<_> = words.iter().map(|word| found(word)).collect();
        let parts = || house.app.db.read(search::parts).unwrap();
        assert!(parts() >= 1);
        let mut steps = 0;
        while house.app.db.write(search::unite).unwrap() {
            steps += 1;
            assert!(steps < 1_000, "it comes to an end");
        }
        assert_eq!(parts(), 1);
        assert_eq!(words.iter().map(|word| found(word)).collect::<Vec<_>>(), before);
    });
}
