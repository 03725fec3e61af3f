use crate::house::on_both;
use rollcall::domain::Role;

#[test]
fn the_history_is_filtered_by_person_actor_kind_door_and_date() {
    on_both(|house| {
        let (ada, cleo) = (house.join("Ada", Role::Admin), house.join("Cleo", Role::EndUser));
        let client = house.sign_in(&ada);
        client.post(&format!("/people/{}", cleo.id.0), &[("version", "1"), ("title", "Buyer")]);
        let rows = |query: &str| client.get(&format!("/audit?{query}")).body.matches("<td class=\"when\">").count();
        assert_eq!(rows(""), 4);
        assert_eq!(rows("person=cleo%40example.org"), 2);
        assert_eq!(rows(&format!("person={}", cleo.id.0)), 2);
        assert_eq!(rows("person=nobody"), 0);
        assert_eq!(rows("actor=ADA%40example.org"), 2);
        assert_eq!(rows("kind=person.edited"), 1);
        assert_eq!(rows("door=command_line"), 2);
        assert_eq!(rows("door=panel&kind=session.created&person=ada%40example.org"), 1);
        assert_eq!((rows("from=2026-11-21"), rows("until=2026-11-21"), rows("until=2026-11-20")), (4, 4, 0));
        assert!(client.get("/audit?person=nobody").text().contains("No entry matches these filters"));
    });
}

#[test]
fn an_entry_tells_who_did_what_through_which_door() {
    on_both(|house| {
        let (ada, cleo) = (house.join("Ada", Role::Admin), house.join("Cleo", Role::EndUser));
        let client = house.sign_in(&ada);
        client.post(
            &format!("/people/{}", cleo.id.0),
            &[("version", "1"), ("title", "Buyer"), ("email", "cleo@new.example")],
        );
        let text = client.get("/audit?kind=person.edited").text();
        let row = text.split(" Change ").nth(1).unwrap();
        let row = row.split(" Request ").next().unwrap();
        insta::assert_snapshot!(row, @"21 Nov 2026 18:00 Ada changed the profile Cleo Panel Title now Buyer +1 Title now Buyer E-mail was cleo@example.org now cleo@new.example");
    });
}
