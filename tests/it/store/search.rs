//! Whatever is in a name is found by any part of it, the same on both databases.
use crate::house::{Database, House, command_line};
use proptest::prelude::*;
use rollcall::domain::{Field, PeopleFilter, Role, Scope, Sort, Status, Turn, fold_for_search};
use rollcall::jobs::generate;
use rollcall::store::list;

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

#[test]
fn both_databases_give_the_same_people_in_the_same_order() {
    let houses = [House::open(Database::Sqlite), House::open(Database::Postgres)];
    for house in &houses {
        generate::run(&house.app, &command_line(), 1_000, 11, |_| {}).unwrap();
    }
    let names: Vec<String> = (1..60).map(|id| houses[0].person(id).label()).collect();
    let parts = names.iter().flat_map(|name| {
        let chars: Vec<char> = name.chars().collect();
        [1, 2, 3, 5].map(|length| chars[..length.min(chars.len())].iter().collect::<String>())
    });
    for q in parts {
        assert_eq!(ids(&houses[0], &q), ids(&houses[1], &q), "{q:?}");
    }
}
