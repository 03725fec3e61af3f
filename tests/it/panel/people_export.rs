use crate::house::{command_line, on_both};
use rollcall::actions::people::export;
use rollcall::actions::{Caller, sessions};
use rollcall::domain::{Error, PeopleFilter, Role, Sort, Turn};
use rollcall::jobs::generate;
use std::collections::HashSet;

#[test]
fn a_list_of_several_pages_leaves_whole_and_in_its_order() {
    on_both(|house| {
        generate::run(&house.app, &command_line(), 4_100, 7, |_| {}).unwrap();
        let client = house.sign_in(&house.join("Ada", Role::Admin));
        let before = house.entries();
        for (query, column, rows) in [
            ("sort=-created", "created_at", Some(4_101)),
            ("sort=seen&role=end_user", "last_login_at", None),
            ("q=example", "uid", Some(4_101)),
        ] {
            let file = client.get(&format!("/people.csv?{query}"));
            let mut reader = csv::Reader::from_reader(file.body.trim_start_matches('\u{feff}').as_bytes());
            let names = reader.headers().unwrap().clone();
            let at = |name: &str| names.iter().position(|one| one == name).unwrap();
            let records: Vec<csv::StringRecord> = reader.records().map(|row| row.unwrap()).collect();
            let uids: HashSet<&str> = records.iter().map(|row| &row[at("uid")]).collect();
            assert_eq!(uids.len(), records.len(), "{query}: each once");
            let mut values: Vec<&str> = records.iter().map(|row| &row[at(column)]).collect();
            if query.contains("sort=-") {
                values.reverse();
            }
            assert!(column == "uid" || values.is_sorted(), "{query}: in the order asked for");
            match rows {
                Some(rows) => assert_eq!(records.len(), rows, "{query}"),
                None => {
                    let told = client.part(&format!("/people/count?{query}")).text().replace(',', "");
                    assert!(told.contains(&records.len().to_string()), "{query}: {told}");
                }
            }
        }
        assert_eq!(house.entries(), before + 3, "each is in the history once, whatever its length");
    });
}

#[test]
fn nothing_more_leaves_once_somebody_lost_their_rights() {
    on_both(|house| {
        let ben = house.join("Ben", Role::Agent);
        let email = ben.fields.email.as_ref().unwrap().as_str().to_owned();
        let actor = house.act(|act| sessions::acting_as(act, &email)).unwrap();
        let caller = Caller { actor, ..command_line() };
        let begun = house.app.read_here(&caller, |act| export::show(act, PeopleFilter::default(), Sort::default()));
        let (export, count) = begun.unwrap();
        let next = || house.app.read_here(&caller, |act| export.page(act, &Turn::First));
        assert_eq!(next().unwrap().people.len() as i64, count);
        for change in ["role = 0", "role = 1, status = 2"] {
            house.sql(&format!("UPDATE people SET {change} WHERE id = {}", ben.id.0));
            assert!(matches!(next(), Err(Error::Forbidden("forbidden.role"))), "{change}");
        }
    });
}
