use crate::house::on_both;
use rollcall::domain::{Field, Role, Status};
use std::time::Duration;

#[test]
fn the_overview_counts_charts_and_points_at_what_needs_a_look() {
    on_both(|house| {
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        house.join_as("Ida", Role::EndUser, Status::Unverified);
        house.join_without_password(&[(Field::Username, "unreachable")], Role::EndUser);
        house.join_as("Suse", Role::EndUser, Status::Suspended);
        house.organisation("Empty", &[]);
        let text = ada.get("/").text();
        assert!(text.contains("People by role and status 4 people"), "{text}");
        assert!(text.contains("End users 1 1 1 3"), "{text}");
        assert!(text.contains("4 new people in 26 weeks"));
        assert!(
            text.contains("1 person has neither e-mail nor phone") && text.contains("1 organisation is without people")
        );
        assert!(!text.contains("invited over 30 days ago"));
        house.wait(Duration::from_secs(40 * 86_400));
        let ada = house.sign_in(&house.person(1));
        let page = ada.get("/");
        assert!(page.text().contains("1 person was invited over 30 days ago"));
        for (words, found) in [("neither e-mail", "unreachable"), ("was invited over", "Ida"), ("is suspended", "Suse")]
        {
            let at = page.body.find(words).unwrap();
            let to = page.body[at..]
                .split("href=\"")
                .nth(1)
                .unwrap()
                .split('"')
                .next()
                .unwrap()
                .replace("&#38;", "&")
                .replace("&amp;", "&");
            assert_eq!(ada.get(&to).names(), [found], "{to}");
        }
        assert_eq!(page.body.matches("<rect class=\"bar\"").count(), 26);
        assert_eq!(page.body.split("<details").nth(1).unwrap().matches("<tr>").count(), 27, "the same as a table");
        let cleo = house.join("Cleo", Role::EndUser);
        assert_eq!(house.sign_in(&cleo).get("/").location(), format!("/people/{}", cleo.id.0));
    });
}

#[test]
fn one_search_finds_people_organisations_groups_and_tags() {
    on_both(|house| {
        let ben = house.sign_in(&house.join("Ben", Role::Agent));
        let given = [
            (Field::Name, "Lan Wei"),
            (Field::Username, "w"),
            (Field::Tags, "lanwan-2026"),
            (Field::Organisation, "蓝湾 Lanwan"),
        ];
        house.join_with(&given, Role::EndUser, Status::Active);
        house.group("Lantern");
        let text = ben.get("/search?q=lan").text();
        for found in [
            "People",
            "Lan Wei",
            "Organisations 蓝湾 Lanwan 1 person",
            "Groups Lantern 0 people",
            "Tags lanwan-2026 1 person",
        ] {
            assert!(text.contains(found), "{found}: {text}");
        }
        assert!(ben.get("/search?q=zzz").text().contains("Nothing matches “zzz”"));
        assert!(ben.get("/search").text().contains("Type a part of a name"));
        assert!(ben.part("/search?q=lan").body.trim_start().starts_with("<div"));
        assert_eq!(ben.get(&format!("/search?q={}", "%25_%5C%27%22".repeat(100))).status, 200);
    });
}
