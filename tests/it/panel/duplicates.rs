//! Records that look like one person are suggested with their reasons, merged or dismissed.
use crate::house::{House, on_both};
use rollcall::actions::duplicates;
use rollcall::actions::people::merge;
use rollcall::domain::merge::Sides;
use rollcall::domain::{Field, Permission, Person, Reach, Role, Status};
use std::time::Duration;

fn join(house: &House, name: &str, email: &str, phone: &str, organisation: &str) -> Person {
    let known =
        [(Field::Name, name), (Field::Email, email), (Field::Phone, phone), (Field::Organisation, organisation)];
    house.join_with(&known, Role::EndUser, Status::Active)
}

/// As the house does by the clock.
fn look(house: &House) {
    house.wait(Duration::from_secs(10));
    while house.act(duplicates::look_on).unwrap() {}
}

#[test]
fn who_looks_alike_is_suggested_with_the_reasons() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        join(house, "Wang Fang", "wang.fang@gmail.com", "", "");
        join(house, "王芳", "wangfang+shop@googlemail.com", "", "");
        join(house, "Omar", "omar@one.example", "+8613816004471", "");
        join(house, "Omar Weiss", "o.weiss@two.example", "0138-1600-4471", "");
        join(house, "Liu Wei", "liu@three.example", "", "Acme");
        join(house, "LIU  wei", "wei@four.example", "", "acme");
        join(house, "Jon Smith", "jon@five.example", "", "Acme");
        join(house, "Smith, John", "john@six.example", "", "Acme");
        join(house, "Jon Smith", "jon@seven.example", "", "Other");
        house.join_as("Liu Wei", Role::Agent, Status::Active);
        let entries = house.entries();
        look(house);
        assert_eq!(house.entries(), entries, "looking changes nobody");
        let admin = house.sign_in(&ada);
        let page = admin.get("/duplicates");
        insta::assert_snapshot!(page.text(), @"Duplicates 4 pairs Known first Known later Why More actions LW Liu Wei liu@three.example LW LIU wei wei@four.example Likely Same name, Same organisation Compare Not the same person WF Wang Fang wang.fang@gmail.com 王 王芳 wangfang+shop@googlemail.com Likely Same e-mail Compare Not the same person JS Jon Smith jon@five.example SJ Smith, John john@six.example Likely Similar name, Same organisation Compare Not the same person O Omar omar@one.example OW Omar Weiss o.weiss@two.example Possible Same phone Compare Not the same person");
        assert!(page.body.contains("/people/3/merge?into=Wang+Fang+%232"));
        let target = admin.get("/people/3/merge?into=Wang+Fang+%232");
        insta::assert_snapshot!(target.text().split(" Name ").next().unwrap(), @"People 王芳 Merge two people Same e-mail Likely Not the same person Swap sides Choose another Choose a value for each field Field WF Wang Fang #2, stays 王 王芳 #3, folds in Result");
        let choosing = admin.get("/people/3/merge").text();
        assert!(choosing.contains("May be the same person WF Wang Fang"), "{choosing}");
    });
}

#[test]
fn a_dismissed_pair_stays_dismissed_until_that_is_taken_back() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        let one = join(house, "Liu Wei", "liu@three.example", "", "Acme");
        join(house, "Liu Wei", "wei@four.example", "", "Acme");
        look(house);
        let admin = house.sign_in(&ada);
        assert!(admin.get("/duplicates").text().contains("1 pair"));
        let entries = house.entries();
        let gone = admin.post("/duplicates/1/dismissal", &[]);
        assert_eq!((gone.status, gone.location()), (303, "/duplicates"));
        assert_eq!(house.entries(), entries + 1);
        let said = admin.get("/duplicates");
        assert!(said.text().contains("Nobody seems to be here twice"), "{}", said.text());
        assert!(said.body.contains("/duplicates/1/dismissal?_method=delete"), "the toast takes it back");
        admin.post("/duplicates/1/dismissal", &[]);
        assert_eq!(house.entries(), entries + 1, "the same again changes nothing");
        let mut fields = one.fields.clone();
        fields.notes = "Changed".into();
        house.act(|act| rollcall::actions::people::edit(act, one.id, one.version, fields)).unwrap();
        look(house);
        assert!(admin.get("/duplicates").text().contains("Nobody seems"), "for good");
        admin.post("/duplicates/1/dismissal?_method=delete", &[("back", "/duplicates")]);
        assert!(admin.get("/duplicates").text().contains("1 pair"));
        assert_eq!(house.entries(), entries + 3);
    });
}

#[test]
fn suggestions_follow_changes_merges_and_reach() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        let one = join(house, "Liu Wei", "liu@three.example", "", "Acme");
        let two = join(house, "Liu Wei", "wei@four.example", "", "Acme");
        let merging = [Permission::EditPeople, Permission::DeletePeople, Permission::SeeStaffFields];
        let mei = house.join_with_role("Mei", Reach::Organisation, &merging, &[(Field::Organisation, "Other")]);
        look(house);
        let (admin, agent) = (house.sign_in(&ada), house.sign_in(&mei));
        assert!(admin.get("/duplicates").text().contains("1 pair"));
        assert!(agent.get("/duplicates").text().contains("0 pairs"), "out of reach, out of sight");
        assert_eq!(agent.post("/duplicates/1/dismissal", &[]).status, 404);
        let plan = house.act(|act| merge::plan(act, one.id, two.id)).unwrap();
        house.act(|act| merge::create(act, one.id, two.id, &plan.seen, &Sides::new())).unwrap();
        look(house);
        assert!(admin.get("/duplicates").text().contains("0 pairs"));
        join(house, "L. Wei", "liu@three.example", "", "");
        look(house);
        let again = admin.get("/duplicates").text();
        assert!(again.contains("1 pair") && again.contains("Same e-mail"), "a former address tells: {again}");
    });
}
