//! Whatever a file says: what the trial tells comes about, and taking it back gives everybody back as they were.
use crate::house::{House, on_both};
use crate::panel::imports::{begin, figures, run, work};
use crate::undo::healthy;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use rollcall::domain::{Fields, PeopleFilter, Role, Scope, Sort, Status};
use rollcall::store;
use std::collections::{BTreeMap, BTreeSet};

const CASES: u32 = 24;

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

/// Whoever was made and touched by others stays; and so does whoever cannot have back what somebody who stays has by now.
fn who_stay(before: &Known, after: &Known, touched: &BTreeSet<i64>) -> BTreeSet<i64> {
    let mut stay: BTreeSet<i64> = touched.iter().filter(|id| !before.contains_key(id)).copied().collect();
    loop {
        let cannot = |(id, was): &(&i64, &(Fields, Role, Status))| {
            let has_it = |other: &i64| {
                let now = &after[other].0;
                (was.0.email.is_some() && now.email == was.0.email)
                    || (was.0.username.is_some() && now.username == was.0.username)
            };
            !stay.contains(*id) && after.get(*id) != Some(*was) && stay.iter().any(has_it)
        };
        let Some((id, _)) = before.iter().find(cannot) else { return stay };
        stay.insert(*id);
    }
}

#[test]
fn what_is_tried_comes_about_and_what_is_taken_back_is_as_it_was_but_for_what_others_did() {
    on_both(|house| {
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        for n in 0..6 {
            let (name, email) = (format!("user{n}"), format!("p{}@fjord.example", n + 3));
            let given = [(rollcall::domain::Field::Username, name.as_str()), (rollcall::domain::Field::Email, &email)];
            house.join_without_password(&given, Role::EndUser);
        }
        let mut runner = TestRunner::new(Config { cases: CASES, failure_persistence: None, ..Config::default() });
        // Of those who were written, some are changed by somebody else before it is taken back.
        let case = (prop::collection::vec(row(), 1..30), prop::collection::vec(any::<bool>(), 30));
        let told = runner.run(&case, |(rows, touched)| {
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
            let after = everybody(house);
            prop_assert_eq!(after.len() as i64 - before.len() as i64, tried[0]);
            let written = after.iter().filter(|(id, now)| before.get(id) != Some(now));
            let touched = written.zip(&touched).filter(|(_, touched)| **touched).map(|((id, _), _)| *id);
            let touched: BTreeSet<i64> = touched.collect();
            for id in &touched {
                let version = house.person(*id).version.to_string();
                let edited =
                    ada.post(&format!("/people/{id}"), &[("version", version.as_str()), ("bio", "Calls back.")]);
                prop_assert_eq!(edited.status, 303);
            }
            let after = everybody(house);
            let stay = who_stay(&before, &after, &touched);
            let mut expected = before.clone();
            for id in stay.iter().chain(&touched) {
                let now = &after[id];
                expected.entry(*id).or_insert_with(|| now.clone()).0.bio = now.0.bio.clone();
                if stay.contains(id) {
                    expected.insert(*id, now.clone());
                }
            }
            let version = ada.get(&format!("{path}/reversal")).value("version");
            let begun = ada.post(&format!("{path}/reversal"), &[("version", &version)]);
            work(house);
            prop_assert_eq!(&everybody(house), &expected);
            let report = ada.get(begun.location()).text();
            prop_assert!(report.contains(&format!("Left alone {}", stay.len())), "{stay:?} stay: {report}");
            Ok(())
        });
        told.unwrap();
        healthy(house);
    });
}
