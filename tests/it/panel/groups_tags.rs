use crate::house::on_both;
use rollcall::domain::{Field, Role, Status};

#[test]
fn a_group_has_a_team_and_people_in_its_care() {
    on_both(|house| {
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        let made = ada.post("/groups", &[("name", "Billing"), ("description", "Invoices")]);
        let id: i64 = made.location().rsplit('/').next().unwrap().parse().unwrap();
        let (ben, cleo) = (house.join("Ben", Role::Agent), house.join("Cleo", Role::EndUser));
        for person in [&ben, &cleo] {
            let form = [("version", "1"), ("groups", ""), ("groups", "billing")];
            assert_eq!(ada.post(&format!("/people/{}", person.id.0), &form).status, 303);
        }
        assert_eq!(house.person(cleo.id.0).fields.groups, ["Billing"]);
        let page = ada.get(&format!("/groups/{id}"));
        assert!(page.text().contains("Team 1 In its care 1"), "{}", page.text());
        assert_eq!(ada.get(&format!("/groups/{id}?sort=name")).names(), ["Ben", "Cleo"]);
        assert_eq!(ada.get("/people?group=Billing&role=end_user").names(), ["Cleo"]);
        let unknown = ada.post(&format!("/people/{}", cleo.id.0), &[("version", "2"), ("groups", "Nowhere")]);
        assert_eq!(unknown.status, 422);
        assert!(unknown.text().contains("There is no such group."), "{}", unknown.text());
        assert_eq!(ada.post("/groups", &[("name", "a, b")]).status, 422);
        assert_eq!(ada.post("/groups", &[("name", "BILLING")]).status, 422);
        assert!(ada.get(&format!("/groups/{id}/deletion")).text().contains("Delete, and take 2 people out of it"));
        assert_eq!(
            ada.post(&format!("/groups/{id}/deletion"), &[("members", "2"), ("tickets", "0")]).location(),
            "/groups"
        );
        assert!(house.person(cleo.id.0).fields.groups.is_empty());
    });
}

#[test]
fn an_agent_puts_customers_into_groups_but_not_colleagues() {
    on_both(|house| {
        house.group("Billing");
        let ben = house.join("Ben", Role::Agent);
        let client = house.sign_in(&ben);
        let cleo = house.join("Cleo", Role::EndUser);
        assert_eq!(
            client.post(&format!("/people/{}", cleo.id.0), &[("version", "1"), ("groups", "Billing")]).status,
            303
        );
        let own = client.post(&format!("/people/{}", ben.id.0), &[("version", "1"), ("groups", "Billing")]);
        assert_eq!(own.status, 403, "nobody widens their own reach");
    });
}

#[test]
fn tags_are_renamed_coloured_merged_and_dropped() {
    on_both(|house| {
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        let wearing = |name: &str, tags: &str| {
            house.join_with(&[(Field::Username, name), (Field::Tags, tags)], Role::EndUser, Status::Active).id.0
        };
        let (one, two) = (wearing("one", "vip"), wearing("two", "vip;V.I.P."));
        let tags = ada.get("/tags");
        assert!(tags.text().contains("2 tags"), "{}", tags.text());
        let id = |name: &str| -> i64 {
            let page = ada.get("/tags");
            let row = page.body.split("<tr>").find(|row| row.contains(&format!(">{name}</a>"))).unwrap().to_owned();
            row.split("/tags/").nth(1).unwrap().split('/').next().unwrap().parse().unwrap()
        };
        let (vip, dotted) = (id("vip"), id("V.I.P."));
        assert_eq!(ada.post(&format!("/tags/{vip}"), &[("version", "1"), ("name", "VIP"), ("hue", "3")]).status, 303);
        assert!(ada.get("/people").body.contains("data-hue=\"3\""));
        assert_eq!(ada.post(&format!("/tags/{vip}"), &[("version", "2"), ("name", "VIP"), ("hue", "9")]).status, 422);
        let plan = ada.get(&format!("/tags/{dotted}/merge?into=vip"));
        assert!(plan.text().contains("People who move over 1 People who are there already 2"), "{}", plan.text());
        assert_eq!(ada.post(&format!("/tags/{dotted}/merge"), &[("into", "VIP"), ("members", "1")]).status, 303);
        assert_eq!(
            (house.person(one).fields.tags.as_slice(), house.person(two).fields.tags.len()),
            (&["VIP".to_owned()][..], 1)
        );
        assert_eq!(
            ada.post(&format!("/tags/{vip}/deletion"), &[("members", "1"), ("tickets", "0")]).location(),
            format!("/tags/{vip}/deletion")
        );
        assert_eq!(
            ada.post(&format!("/tags/{vip}/deletion"), &[("members", "2"), ("tickets", "0")]).location(),
            "/tags"
        );
        assert!(house.person(one).fields.tags.is_empty());
    });
}
