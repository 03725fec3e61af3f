//! Pages by their number.
use crate::house::{House, command_line, on_both};
use rollcall::domain::{Catalogue, PeopleFilter, Person, Scope, Sort, Turn};
use rollcall::jobs::generate;
use rollcall::store::list;

fn ids(people: &[Person]) -> Vec<i64> {
    people.iter().map(|person| person.id.0).collect()
}

/// The next person is of this number.
fn go_on_at(house: &House, number: i64) {
    house.sql(&match house.database_url.starts_with("sqlite:") {
        true => format!("UPDATE sqlite_sequence SET seq = {} WHERE name = 'people'", number - 1),
        false => format!("ALTER SEQUENCE people_id_seq RESTART WITH {number}"),
    });
}

#[test]
fn every_page_by_its_number_holds_who_comes_after_the_pages_before() {
    on_both(|house| {
        // Some blocks of numbers stay empty, and some end with one person.
        for (n, number) in [2, 500, 4_000, 7_892, 8_192, 12_288, 50_000, 70_001].into_iter().enumerate() {
            go_on_at(house, number);
            generate::run(&house.app, &command_line(), 300, n as u64, |_| {}).unwrap();
        }
        for order in ["added", "-added"] {
            let sort = Sort::parse(order, &Catalogue(vec![])).unwrap();
            let filter = PeopleFilter::default();
            let all = |conn: &mut _| list::page(conn, Scope::Everyone, &filter, &sort, &Turn::First, 10_000);
            let all = ids(&house.app.db.read(all).unwrap().people);
            assert!(all.len() >= 2_400);
            for skip in (0..all.len() + 200).step_by(77) {
                let read = |conn: &mut _| list::numbered(conn, Scope::Everyone, &filter, &sort, (skip as i64, 40));
                let expected: Vec<i64> = all.iter().skip(skip).take(40).copied().collect();
                assert_eq!(ids(&house.app.db.read(read).unwrap()), expected, "{order} after {skip}");
            }
        }
    });
}
