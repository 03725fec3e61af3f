//! What the house counts of people who change.
use crate::house::{command_line, on_both};
use rollcall::actions::counts;
use rollcall::jobs::generate;
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
