use crate::house::on_both;
use rollcall::domain::Role;
use std::time::Duration;

#[test]
fn the_history_is_told_by_day_and_pages_both_ways() {
    on_both(|house| {
        let (ada, cleo) = (house.join("Ada", Role::Admin), house.join("Cleo", Role::EndUser));
        let client = house.sign_in(&ada);
        for version in 1..=60 {
            house.wait(Duration::from_secs(3_600));
            let title = format!("Title {version}");
            let reply =
                client.post(&format!("/people/{}", cleo.id.0), &[("version", &version.to_string()), ("title", &title)]);
            assert_eq!(reply.status, 303);
        }
        let first = client.get(&format!("/people/{}/activity", cleo.id.0));
        assert_eq!(first.body.matches("changed the profile").count(), 50);
        assert!(first.text().contains("24 Nov 2026") && first.text().contains("22 Nov 2026"));
        let older = client.get(&first.link("rel=\"next\"").unwrap());
        assert_eq!(older.body.matches("changed the profile").count(), 10);
        assert!(older.text().contains("added this person"));
        let newer = client.get(&older.link("rel=\"prev\"").unwrap());
        assert_eq!(newer.body.matches("changed the profile").count(), 50);
        assert_eq!(newer.link("rel=\"prev\""), None);
    });
}
