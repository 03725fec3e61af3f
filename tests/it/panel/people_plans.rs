//! More people than one page looks at are deleted by a plan that a job makes and another carries out.
use crate::house::{House, command_line, on_both};
use crate::panel::imports::work;
use crate::undo::healthy;
use rollcall::domain::{Person, Role};
use rollcall::jobs::generate;
use rollcall::store;

fn count(house: &House, condition: &str) -> i64 {
    house.act(|act| store::rows::count(act.conn, "people", condition)).unwrap()
}

/// Nobody takes anything over.
fn form_of(typed: &str) -> Vec<(&str, &str)> {
    let owned = ["workspaces", "owned_groups", "rooms"].map(|name| (name, "deleted"));
    [("typed", typed), ("open", "nobody"), ("requested", "anonymous")].into_iter().chain(owned).collect()
}

#[test]
fn everybody_who_matches_is_deleted_by_a_plan() {
    on_both(|house| {
        generate::run(&house.app, &command_line(), 300, 7, |_| {}).unwrap();
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        let (customers, all) = (count(house, "role = 0"), count(house, "1 = 1"));
        assert!(customers > 200, "{customers}");
        let sent = ada.get("/people/deletion?all=1&filter=role%3Dend_user&back=%2Fpeople");
        assert_eq!(sent.location(), "/people/plans/new?filter=role%3Dend_user");
        let page = ada.get(sent.location());
        assert!(page.text().contains(&format!("Plan for {customers} people")), "{}", page.text());
        let before = house.entries();
        let (count_shown, once) = (page.value("count"), page.value("once"));
        let form = [("filter", "role=end_user"), ("count", count_shown.as_str()), ("once", once.as_str())];
        let stale = ada.post("/people/plans", &[("filter", "role=end_user"), ("count", "7"), ("once", "x")]);
        assert_eq!(stale.status, 409, "{}", stale.text());
        let begun = ada.post("/people/plans", &form);
        let job = begun.location();
        assert!(begun.status == 303 && job.starts_with("/jobs/"), "{}", begun.text());
        assert_eq!(ada.post("/people/plans", &form).location(), job, "a second time it starts nothing");
        assert_eq!(house.entries(), before + 1);
        let path = job.replace("/jobs/", "/people/plans/");
        assert_eq!(ada.get(&path).status, 404, "it is not made yet");
        work(house);
        assert_eq!((house.entries(), count(house, "1 = 1")), (before + 1, all), "a plan deletes nobody");
        let made = ada.get(job);
        assert!(made.text().contains(&format!("Planned {customers}")), "{}", made.text());
        assert!(made.body.contains(&format!("href=\"{path}\"")));
        let plan = ada.get(&path);
        assert!(plan.text().contains(&format!("Delete {customers} people?")), "{}", plan.text());
        assert!(plan.text().contains(&format!("Type {customers}")) && plan.text().contains("Tags"), "{}", plan.text());
        let typed = customers.to_string();
        let consent = |typed: &str| ada.post(&path, &form_of(typed));
        assert_eq!(consent("7").status, 422);
        assert_eq!(count(house, "1 = 1"), all);
        let ben = house.sign_in(&house.join("Ben", Role::Admin));
        assert_eq!(ben.get(&path).status, 404, "it is whose who made it");
        let begun = consent(&typed);
        assert!(begun.status == 303 && begun.location() != job, "{}", begun.text());
        assert_eq!(consent(&typed).location(), begun.location(), "once");
        while work(house) > 0 {}
        assert_eq!(count(house, "role = 0"), 0);
        assert!(
            ada.get(begun.location()).text().contains(&format!("Done {customers} / {customers} Deleted {customers}"))
        );
        healthy(house);
    });
}

#[test]
fn a_plan_about_somebody_who_changed_since_is_refused() {
    on_both(|house| {
        generate::run(&house.app, &command_line(), 20, 7, |_| {}).unwrap();
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        let page = ada.get("/people/plans/new?filter=");
        let (count_shown, once) = (page.value("count"), page.value("once"));
        ada.post("/people/plans", &[("filter", ""), ("count", &count_shown), ("once", &once)]);
        work(house);
        let plan = ada.get("/people/plans/1");
        assert!(plan.text().contains("Why people were left alone"), "the last administrator stays: {}", plan.text());
        house.sql("UPDATE people SET version = version + 1 WHERE role = 0");
        let refused = ada.post("/people/plans/1", &form_of("20"));
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains("Some of them were changed or deleted since"), "{}", refused.text());
        assert_eq!(count(house, "1 = 1"), 21);
    });
}

#[test]
fn whoever_has_more_to_decide_about_than_the_plan_found_stays() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        let people: Vec<Person> = ["Ben", "Cleo", "Dan"].map(|name| house.join(name, Role::EndUser)).into();
        for person in &people[1..] {
            house.ticket("No signal", person, None);
        }
        let ada = house.sign_in(&ada);
        let page = ada.get("/people/plans/new?filter=role%3Dend_user");
        let (shown, once) = (page.value("count"), page.value("once"));
        ada.post("/people/plans", &[("filter", "role=end_user"), ("count", &shown), ("once", &once)]);
        work(house);
        assert!(ada.get("/people/plans/1").text().contains("No signal"), "{}", ada.get("/people/plans/1").text());
        let begun = ada.post("/people/plans/1", &form_of("3"));
        assert_eq!(begun.status, 303, "{}", begun.text());
        house.ticket("No picture", &people[2], None);
        work(house);
        let done = ada.get(begun.location()).text();
        assert!(done.contains("Done 3 / 3 Deleted 2") && done.contains("Dan"), "{done}");
        assert_eq!(count(house, "role = 0"), 1);
        assert!(!ada.get("/people/plans/1").body.contains("No signal"), "the trash names it, and nothing else");
        healthy(house);
    });
}
