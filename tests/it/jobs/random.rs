//! Whatever a file says: what the trial tells comes about, and taking it back gives everybody back as they were.
use crate::house::{House, on_both};
use crate::panel::imports::{begin, figures, run, work};
use crate::undo::healthy;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use rollcall::domain::{Fields, PeopleFilter, Role, Scope, Sort, Status};
use rollcall::store;
use std::collections::BTreeMap;

const CASES: u32 = 12;

/// Cells out of few values, so that rows meet each other and who is there; some of them at fault.
fn row() -> impl Strategy<Value = String> {
    let email =
        prop_oneof![(0..12u8).prop_map(|n| format!("p{n}@fjord.example")), Just(String::new()), Just("no".into())];
    let username = prop_oneof![(0..8u8).prop_map(|n| format!("user{n}")), Just(String::new())];
    let name = prop::sample::select(vec!["Wang Fang", "王芳", "Ada Marsh", ""]);
    let tags = prop::sample::select(vec!["vip", "\"press; vip\"", ""]);
    let role = prop::sample::select(vec!["end_user", "agent", "", "emperor"]);
    let status = prop::sample::select(vec!["active", "suspended", ""]);
    let organisation = prop::sample::select(vec!["Kestrel", "Fjord", ""]);
    (email, username, name, tags, role, status, organisation).prop_map(
        |(email, username, name, tags, role, status, of)| {
            format!("{email},{username},{name},{tags},{role},{status},{of}\n")
        },
    )
}

type Known = BTreeMap<i64, (Fields, Role, Status)>;

fn everybody(house: &House) -> Known {
    let all = |act: &mut rollcall::actions::Act| {
        store::list::numbered(act.conn, Scope::Everyone, &PeopleFilter::default(), &Sort::default(), (0, 1_000))
    };
    house.act(all).unwrap().into_iter().map(|one| (one.id.0, (one.fields, one.role, one.status))).collect()
}

#[test]
fn what_is_tried_comes_about_and_what_is_taken_back_is_as_it_was() {
    on_both(|house| {
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        for n in 0..6 {
            let (name, email) = (format!("user{n}"), format!("p{}@fjord.example", n + 3));
            let given = [(rollcall::domain::Field::Username, name.as_str()), (rollcall::domain::Field::Email, &email)];
            house.join_without_password(&given, Role::EndUser);
        }
        let mut runner = TestRunner::new(Config { cases: CASES, failure_persistence: None, ..Config::default() });
        let file = prop::collection::vec(row(), 1..30);
        let told = runner.run(&file, |rows| {
            let before = everybody(house);
            let path =
                begin(&ada, format!("email,username,name,tags,role,status,company\n{}", rows.concat()).as_bytes());
            work(house);
            let tried = figures(&ada.get(&path));
            prop_assert_eq!(tried.iter().sum::<i64>(), rows.len() as i64);
            prop_assert_eq!(&everybody(house), &before);
            if tried[0] + tried[1] == 0 {
                return Ok(());
            }
            run(&ada, &path);
            work(house);
            prop_assert_eq!(&figures(&ada.get(&path)), &tried);
            prop_assert_eq!(everybody(house).len() as i64 - before.len() as i64, tried[0]);
            let version = ada.get(&format!("{path}/reversal")).value("version");
            ada.post(&format!("{path}/reversal"), &[("version", &version)]);
            work(house);
            prop_assert_eq!(&everybody(house), &before);
            Ok(())
        });
        told.unwrap();
        healthy(house);
    });
}
