use crate::house::on_both;
use crate::undo::healthy;
use rollcall::domain::{Field, Role, Status};
use rollcall::store;
use std::time::Duration;

const DAY: i64 = 86_400_000_000;

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
fn new_people_are_counted_by_the_day_whatever_becomes_of_them() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        let people: Vec<i64> = (0..12).map(|n| house.join(&format!("Person {n}"), Role::EndUser).id.0).collect();
        let admin = house.sign_in(&ada);
        let charted = || {
            let page = admin.get("/");
            let table = page.body.split("<details").nth(1).unwrap().split("</details>").next().unwrap().to_owned();
            let cell = |row: &str| row.rsplit("</td>").nth(1)?.rsplit('>').next()?.trim().parse().ok();
            table.split("<tr>").filter_map(cell).collect::<Vec<i64>>()
        };
        let rows = || -> Vec<i64> {
            let end = (house.app.now().micros() / DAY + 1) * DAY;
            let week = |ago: i64| {
                let (from, until) = (end - (ago + 1) * 7 * DAY, end - ago * 7 * DAY);
                let condition = format!("created_at >= {from} AND created_at < {until}");
                house.act(|act| store::rows::count(act.conn, "people", &condition)).unwrap()
            };
            (0..26).rev().map(week).collect()
        };
        for (n, id) in people.iter().enumerate() {
            house.sql(&format!(
                "UPDATE people SET created_at = created_at - {} WHERE id = {id}",
                n as i64 * 5 * DAY / 2
            ));
        }
        assert_eq!(charted(), rows());
        assert!(rows().iter().filter(|n| **n > 0).count() > 3, "{:?}", rows());
        house.sql(&format!("UPDATE people SET status = 2 WHERE id IN ({}, {})", people[3], people[7]));
        house.sql(&format!("UPDATE people SET status = 0 WHERE id IN ({}, {})", people[2], people[11]));
        admin.post(&format!("/people/{}/deletion", people[5]), &[("typed", "")]);
        house.sql(&format!("DELETE FROM people WHERE id = {}", people[6]));
        assert_eq!(charted(), rows());
        actix_web::rt::System::new().block_on(rollcall::jobs::tally::once(&house.app)).unwrap();
        assert_eq!(charted(), rows());
        house.wait(Duration::from_secs(20 * 86_400));
        let text = house.sign_in(&ada).get("/").text();
        assert!(text.contains("1 person was invited over 30 days ago"), "who came 27 and a half days before: {text}");
        healthy(house);
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
