use crate::house::{PASSWORD, on_both};
use rollcall::domain::Role;

#[test]
fn preferences_are_one_form_and_one_entry() {
    on_both(|house| {
        let ben = house.join("Ben", Role::Agent);
        let client = house.sign_in(&ben);
        let before = house.entries();
        let form = [("language", "zh"), ("timezone", "Asia/Shanghai"), ("theme", "dark")];
        assert_eq!(client.post("/me", &form).location(), "/me");
        assert_eq!(house.entries() - before, 1);
        let page = client.get("/me");
        assert!(page.body.contains("lang=\"zh\"") && page.body.contains("data-theme=\"dark\""));
        assert!(page.body.contains("data-shortcuts=\"off\""), "the box was not ticked");
        assert!(page.text().contains("偏好设置"));
        client.post("/me", &form);
        assert_eq!(house.entries() - before, 1, "the same again is no change");
        let wrong = client.post("/me", &[("language", "zh"), ("timezone", "Mars"), ("theme", "")]);
        assert_eq!(wrong.status, 422);
        assert_eq!(wrong.value("timezone"), "Mars");
        assert_eq!(client.post("/me", &[("language", "en"), ("timezone", "UTC"), ("theme", "pink")]).status, 422);
    });
}

#[test]
fn sessions_are_listed_and_ended_one_by_one_or_all_others() {
    on_both(|house| {
        let ben = house.join("Ben", Role::Agent);
        let phone = house.stranger().with("user-agent", "Mozilla/5.0 (iPhone) Safari/605");
        phone.post("/login", &[("login", "ben@example.org"), ("password", PASSWORD)]);
        let (desk, tablet) = (house.sign_in(&ben), house.sign_in(&ben));
        let page = desk.get("/me");
        assert!(page.text().contains("Safari, iPhone 127.0.0.1"), "{}", page.text());
        assert_eq!(page.body.matches("/sessions/").count(), 2, "all but this one can be ended");
        assert_eq!(page.text().matches("This device").count(), 1);
        let at = page.body.find("Safari, iPhone").unwrap();
        let end = page.body[at..].split("action=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let before = house.entries();
        let desk = desk.with("referer", &format!("{}/me", house.url));
        assert_eq!(desk.post(&end, &[]).location(), "/me");
        assert_eq!(phone.get("/me").status, 303, "signed out at once");
        assert_eq!(tablet.get("/me").status, 200);
        assert_eq!(desk.form("DELETE", &format!("/people/{}/sessions", ben.id.0), &[]).status, 303);
        assert_eq!((tablet.get("/me").status, desk.get("/me").status), (303, 200));
        assert_eq!(house.entries() - before, 2);
        assert!(!desk.get("/me").body.contains("/sessions\""), "there is nothing left to end");
    });
}

#[test]
fn an_administrator_sees_sessions_and_failures_and_ends_them() {
    on_both(|house| {
        let (ada, ben) = (house.sign_in(&house.join("Ada", Role::Admin)), house.join("Ben", Role::Agent));
        let client = house.sign_in(&ben);
        let before = house.entries();
        for _ in 0..2 {
            house
                .stranger()
                .with("user-agent", "Firefox/120 Windows")
                .post("/login", &[("login", "ben@example.org"), ("password", "guess")]);
        }
        house.stranger().post("/login", &[("login", "nobody@example.org"), ("password", "guess")]);
        assert_eq!(house.entries(), before, "guesses are no writes of anybody");
        let mut text = String::new();
        for _ in 0..100 {
            text = ada.get(&format!("/people/{}/access", ben.id.0)).text();
            if text.matches("Firefox, Windows 127.0.0.1").count() == 2 {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        assert_eq!(text.matches("Firefox, Windows 127.0.0.1").count(), 2, "{text}");
        assert!(text.contains("Password Set"));
        assert_eq!(ada.form("DELETE", &format!("/people/{}/sessions", ben.id.0), &[]).status, 303);
        assert_eq!(client.get("/me").status, 303);
        assert!(ada.get(&format!("/people/{}/access", ben.id.0)).text().contains("Not signed in anywhere."));
        assert!(!client.get(&format!("/people/{}/access", ben.id.0)).body.contains("Firefox"));
    });
}

#[test]
fn what_somebody_may_do_stands_there_in_sentences() {
    on_both(|house| {
        use rollcall::domain::{Permission, Reach};
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        let can = |id: i64| ada.get(&format!("/people/{id}/permissions")).text();
        assert!(can(1).contains("May do everything in this house."));
        let looker = house.join_looker("Bea").id.0;
        assert!(can(looker).contains("Sees everyone.") && can(looker).contains("May not edit end users."));
        let permissions = [Permission::EditPeople, Permission::ManageTags];
        let scoped = house.join_with_role("Ben", Reach::Groups, &permissions, &[]).id.0;
        let text = can(scoped);
        assert!(text.contains("Sees only people in the same groups.") && text.contains("May edit end users."));
        assert!(text.contains("May not manage tags."), "tags touch people everywhere: {text}");
        assert!(can(house.join("Cleo", Role::EndUser).id.0).contains("Sees and edits only their own page."));
    });
}
