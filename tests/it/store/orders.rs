//! Few who match among many, in every order.
use crate::house::{House, command_line, on_both};
use rollcall::domain::custom::FieldKind;
use rollcall::domain::{Column, Cursor, PeopleFilter, Person, Role, Scope, Sort, Span, Status, Time, Turn, Within};
use rollcall::jobs::generate;
use rollcall::store::list::{self, Page};

const DAY: i64 = 86_400_000_000;
const SIZE: usize = 12;

fn page(house: &House, filter: &PeopleFilter, sort: &Sort, turn: &Turn, size: usize) -> Page {
    house.app.db.read(|conn| list::page(conn, Scope::Everyone, filter, sort, turn, size)).unwrap()
}

fn numbers(people: &[Person]) -> Vec<i64> {
    people.iter().map(|person| person.id.0).collect()
}

/// Page after page, or back from the end of them.
fn leafed(house: &House, filter: &PeopleFilter, sort: &Sort) -> (Vec<i64>, Vec<i64>) {
    let (mut there, mut turn) = (vec![], Turn::First);
    let mut last: Option<Cursor> = None;
    loop {
        let page = page(house, filter, sort, &turn, SIZE);
        there.extend(numbers(&page.people));
        last = page.before.clone().or(last);
        match page.after {
            Some(after) => turn = Turn::After(after),
            None => break,
        }
    }
    let mut back: Vec<i64> = vec![];
    while let Some(before) = last {
        let page = page(house, filter, sort, &Turn::Before(before), SIZE);
        back.splice(0..0, numbers(&page.people));
        last = page.before;
    }
    (there, back)
}

/// Agents, suspended people and whoever wears a tag, has a city, was made or seen of late are more than half of all
/// each; all of it together few are.
fn filled(house: &House, city: i64) {
    generate::run(&house.app, &command_line(), 2_600, 3, |_| {}).unwrap();
    let tag = house.tag("crowd");
    for sql in [
        "UPDATE people SET role = 0, status = 1".to_owned(),
        "UPDATE people SET role = 1 WHERE id % 2 = 0 OR id % 31 = 0".to_owned(),
        "UPDATE people SET status = 2 WHERE id % 2 = 1 OR id % 22 = 0".to_owned(),
        format!(
            "UPDATE people SET created_at = {DAY} * (20000 - id), last_login_at = {DAY} * (15000 + (id * 7) % 2600)"
        ),
        format!("DELETE FROM people_tags WHERE tag_id = {tag}"),
        format!("INSERT INTO people_tags (tag_id, person_id) SELECT {tag}, id FROM people WHERE id % 5 <> 1"),
        format!(
            "INSERT INTO field_values (person_id, field_id, place, value, value_key)
             SELECT id, {city}, 0, 'c', CASE WHEN id % 3 = 0 THEN 'aalen' ELSE 'bonn' END FROM people WHERE id % 4 <> 3"
        ),
    ] {
        house.sql(&sql);
    }
}

#[test]
fn a_few_among_many_are_found_in_every_order_both_ways() {
    on_both(|house| {
        let city = house.field("city", FieldKind::Text, |_| {});
        filled(house, city);
        let everybody = numbers(&page(house, &PeopleFilter::default(), &Sort::default(), &Turn::First, 10_000).people);
        let day = |n: i64| Some(Time::from_micros(n * DAY));
        let plain = PeopleFilter::default;
        let both = PeopleFilter { roles: vec![Role::Agent], status: Some(Status::Suspended), ..plain() };
        let old = PeopleFilter { created: Span { from: None, until: day(19_200) }, ..plain() };
        let tagged = PeopleFilter { tag: Some("crowd".into()), ..both.clone() };
        let seen = PeopleFilter { seen: Span { from: day(15_100), until: None }, ..tagged.clone() };
        let citizens = PeopleFilter { fields: vec![(city, Within::exactly("bonn".into()))], ..both.clone() };
        let staff = PeopleFilter { roles: vec![Role::Agent, Role::Admin], ..both.clone() };
        let columns = Column::BUILT_IN.iter().filter(|column| column.is_sortable()).cloned();
        let columns: Vec<_> = columns.chain([Column::Field { id: city, name: "city".into() }]).collect();
        let overlap = |n: i64| n % 22 == 0 || n % 62 == 31;
        let cases: [(PeopleFilter, &dyn Fn(i64) -> bool); 6] = [
            (both, &overlap),
            (old, &|n| 20_000 - n < 19_200),
            (tagged, &|n| overlap(n) && n % 5 != 1),
            (seen, &|n| overlap(n) && n % 5 != 1 && (n * 7) % 2600 >= 100),
            (citizens, &|n| overlap(n) && n % 4 != 3 && n % 3 != 0),
            (staff, &overlap),
        ];
        let sorts = columns
            .iter()
            .flat_map(|column| [true, false].map(|descending| Sort { column: column.clone(), descending }));
        for sort in sorts {
            let order = numbers(&page(house, &plain(), &sort, &Turn::First, 10_000).people);
            for (filter, is_met) in &cases {
                let expected: Vec<i64> = order.iter().copied().filter(|id| is_met(*id)).collect();
                assert!(expected.len() > 20, "{filter:?}");
                let whole = numbers(&page(house, filter, &sort, &Turn::First, 10_000).people);
                assert_eq!(whole, expected, "{filter:?} by {sort}");
                if !matches!(sort.column, Column::Field { .. }) {
                    let some = house.app.db.read(|conn| list::numbered(conn, Scope::Everyone, filter, &sort, (5, 3)));
                    assert_eq!(numbers(&some.unwrap()), expected[5..8], "{filter:?} by {sort}, after the first five");
                }
                if expected.len() < 300 {
                    let (there, back) = leafed(house, filter, &sort);
                    assert_eq!(there, expected, "{filter:?} by {sort}, page after page");
                    let missing = expected.len() - back.len();
                    assert!(expected.starts_with(&back) && missing <= SIZE, "{filter:?} by {sort}: {missing}");
                }
            }
        }
        for (filter, is_met) in &cases {
            let count = house.app.db.read(|conn| list::count(conn, Scope::Everyone, filter)).unwrap();
            let met = everybody.iter().filter(|id| is_met(**id)).count();
            assert_eq!(count, met as i64, "{filter:?}");
        }
    });
}
