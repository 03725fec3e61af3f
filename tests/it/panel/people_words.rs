//! What people are found by besides their names, and who may find them so.
use crate::house::{Client, House, on_both};
use rollcall::actions::search;
use rollcall::domain::custom::FieldKind;
use rollcall::domain::powers::Reach;
use rollcall::domain::{Field, Role, Status};

fn found(client: &Client, words: &str) -> Vec<String> {
    let q = url::form_urlencoded::byte_serialize(words.as_bytes()).collect::<String>();
    client.get(&format!("/people?q={q}&sort=added")).names()
}

/// Cleo of Kestrel Freight, whose city is Reykjavík.
fn cleo(house: &House) -> String {
    house.field("city", FieldKind::Text, |_| {});
    house.field("seats", FieldKind::Number, |_| {});
    let given = [(Field::Name, "Cleo"), (Field::Username, "cleo"), (Field::Organisation, "Kestrel Freight")];
    let id = house.join_with(&given, Role::EndUser, Status::Active).id.0;
    format!("/people/{id}")
}

fn lives_in_oslo(ada: &Client, path: &str) {
    assert_eq!(ada.post(path, &[("field.city", "Oslo"), ("version", "1")]).status, 303);
}

#[test]
fn people_are_found_by_their_organisation_and_their_text_fields() {
    on_both(|house| {
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        let path = cleo(house);
        let form = [("field.city", "Reykjavík"), ("field.seats", "7431"), ("version", "1")];
        assert_eq!(ada.post(&path, &form).status, 303);
        for words in ["kestrel", "cleo freight", "REYKJA", "javik estre", "k"] {
            assert_eq!(found(&ada, words), ["Cleo"], "{words}");
        }
        assert_eq!(found(&ada, "7431"), [""; 0], "a number is no text");
        assert_eq!(ada.post(&path, &[("field.city", "Oslo"), ("version", "2")]).status, 303);
        assert_eq!((found(&ada, "reykja"), found(&ada, "osl")), (vec![], vec!["Cleo".to_owned()]));
    });
}

#[test]
fn the_words_follow_organisations_and_fields() {
    on_both(|house| {
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        lives_in_oslo(&ada, &cleo(house));
        let is_found = |words: &str| found(&ada, words) == ["Cleo"];
        let renamed = ada.post("/organisations/1", &[("version", "1"), ("name", "Heron Lines")]);
        assert_eq!(renamed.status, 303, "{}", renamed.text());
        assert!(is_found("heron") && !is_found("kestrel"), "renamed");
        house.organisation("Egret", &[]);
        let merged = ada.post("/organisations/1/merge", &[("into", "Egret"), ("members", "1")]);
        assert_eq!(merged.status, 303, "{}", merged.text());
        assert!(is_found("egret") && !is_found("heron"), "merged");
        assert_eq!(ada.post("/trash/1/restoration", &[]).status, 303);
        assert!(is_found("heron") && !is_found("egret"), "merged no more");
        let deleted = ada.post("/organisations/1/deletion", &[("members", "1"), ("tickets", "0")]);
        assert_eq!(deleted.location(), "/organisations");
        assert!(!is_found("heron"), "deleted");
        assert_eq!(ada.post("/trash/2/restoration", &[]).status, 303);
        assert!(is_found("heron"), "restored");
        assert_eq!(ada.post("/fields/1/retirement", &[]).status, 303);
        assert!(!is_found("oslo"), "retired");
        assert_eq!(ada.form("DELETE", "/fields/1/retirement", &[]).status, 303);
        assert!(is_found("oslo"), "in use again");
    });
}

#[test]
fn whoever_may_not_see_what_staff_wrote_does_not_find_by_it() {
    on_both(|house| {
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        lives_in_oslo(&ada, &cleo(house));
        let ben = house.sign_in(&house.join_with_role("Ben", Reach::Everyone, &[], &[]));
        for words in ["kestrel", "osl", "cleo freight", "o kestr", "fr"] {
            assert_eq!(found(&ada, words), ["Cleo"], "{words}");
            assert_eq!(found(&ben, words), [""; 0], "{words}");
            let counted = |who: &Client| who.part(&format!("/people/count?q={}", words.replace(' ', "+"))).text();
            assert!(counted(&ada).contains("1 found") && counted(&ben).contains("0 found"), "{}", counted(&ben));
            let palette = ben.get(&format!("/search?q={}", words.replace(' ', "+"))).text();
            assert!(!palette.contains("Cleo"), "{words}: {palette}");
        }
        assert_eq!(found(&ben, "cle"), ["Cleo"]);
        assert_eq!(found(&ben, "c"), ["Cleo"], "one letter of what anybody sees");
    });
}

#[test]
fn the_words_of_many_follow_by_and_by() {
    on_both(|house| {
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        house.organisation("Kestrel", &[]);
        let rows: String = (0..620).map(|n| format!("member{n}@fjord.example,Kestrel\n")).collect();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("members.csv");
        std::fs::write(&file, format!("email,organisation\n{rows}")).unwrap();
        let caller = crate::house::command_line();
        let mut source = rollcall::actions::imports::Source::open(&file, &Default::default()).unwrap();
        rollcall::jobs::import::run(&house.app, &caller, &mut source, false).unwrap();
        assert_eq!(ada.post("/organisations/1", &[("version", "1"), ("name", "Heron")]).status, 303);
        let mut chunks = 0;
        while house.act(search::is_behind).unwrap() {
            house.act(search::catch_up).unwrap();
            chunks += 1;
            assert!(chunks < 10, "it comes to an end");
        }
        assert!(chunks > 0, "too many at once");
        let counted = ada.part("/people/count?q=heron").text();
        assert!(counted.contains("620"), "{counted}");
        assert_eq!(found(&ada, "kestrel"), [""; 0]);
    });
}
