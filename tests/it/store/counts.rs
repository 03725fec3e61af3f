//! What the house counts of people who change.
use crate::house::{House, command_line, on_both};
use crate::undo::healthy;
use rollcall::actions::{Act, counts};
use rollcall::domain::{Field, PersonId, Role, Scope, Status, Turn};
use rollcall::jobs::generate;
use rollcall::store::organisations::{self, Wanted};
use std::time::Duration;

#[test]
fn people_who_come_in_by_the_thousand_are_noticed_until_some_seconds_after() {
    on_both(|house| {
        let bring = |people, seed| generate::run(&house.app, &command_line(), people, seed, |_| {}).unwrap();
        bring(600, 1);
        assert!(!house.act(counts::is_flooded).unwrap(), "some hundred hinder nobody");
        house.wait(Duration::from_secs(10));
        bring(600, 2);
        assert!(!house.act(counts::is_flooded).unwrap(), "those before are long here");
        bring(600, 3);
        assert!(house.act(counts::is_flooded).unwrap());
        house.wait(Duration::from_secs(10));
        assert!(!house.act(counts::is_flooded).unwrap());
    });
}

#[test]
fn an_organisation_is_without_people_until_somebody_joins_and_again_when_the_last_one_leaves() {
    on_both(|house| {
        let empty = |house: &House| -> Vec<String> {
            let asked = Wanted { empty: true, ..Wanted::default() };
            let list = |act: &mut Act| organisations::list(act.conn, Scope::Everyone, &asked, &Turn::First, 10);
            let found = house.act(list).unwrap();
            let counted = house.act(|act| organisations::count(act.conn, Scope::Everyone, &asked)).unwrap();
            assert_eq!(counted, found.len() as i64);
            found.into_iter().map(|one| one.name).collect()
        };
        let tally = || house.act(counts::sum_up).unwrap();
        let of = |name: &str, organisation: &str| -> PersonId {
            let given = [(Field::Username, name), (Field::Organisation, organisation)];
            house.join_with(&given, Role::EndUser, Status::Active).id
        };
        house.organisation("Fjord", &[]);
        assert_eq!(empty(house), ["Fjord"]);
        let (bo, cleo, dov) = (of("Bo", "Fjord"), of("Cleo", "Acme"), of("Dov", "Acme"));
        assert!(empty(house).is_empty());
        tally();
        house.sql(&format!("DELETE FROM people WHERE id = {}", cleo.0));
        assert!(empty(house).is_empty(), "Dov is left");
        tally();
        house.sql(&format!("UPDATE people SET organisation_id = NULL, organisation_key = '' WHERE id = {}", dov.0));
        assert_eq!(empty(house), ["Acme"]);
        tally();
        assert_eq!(empty(house), ["Acme"], "nobody came");
        let acme = "(SELECT id FROM organisations WHERE name = 'Acme'), organisation_key = 'acme'";
        house.sql(&format!("UPDATE people SET organisation_id = {acme} WHERE id = {}", bo.0));
        assert_eq!(empty(house), ["Fjord"]);
        tally();
        healthy(house);
        house.sql("DELETE FROM organisations WHERE name = 'Acme'");
        assert_eq!(empty(house), ["Fjord"]);
    });
}
