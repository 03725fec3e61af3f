use crate::house::{House, on_both};
use rollcall::domain::{Field, Role};

const STRONG: &str = "seven green umbrellas sing";

fn form<'a>(house: &'a House, email: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("code", &house.app.setup_code),
        ("house", "Northbank Support"),
        ("language", "en"),
        ("name", "Ada Okafor"),
        ("email", email),
        ("password", STRONG),
    ]
}

#[test]
fn whoever_reads_the_terminal_becomes_the_first_administrator() {
    on_both(|house| {
        let ada = house.stranger();
        assert_eq!(ada.get("/login").location(), "/setup");
        let page = ada.get(&format!("/setup?code={}", house.app.setup_code));
        assert_eq!((page.status, page.value("code")), (200, house.app.setup_code.clone()));
        let done = ada.post("/setup", &form(house, "ada@example.org"));
        assert_eq!((done.status, done.location()), (303, "/people"));
        let people = ada.get("/people");
        assert_eq!(people.names(), ["Ada Okafor"]);
        assert!(people.body.contains("Northbank Support"));
        assert_eq!(house.entries(), 1);
    });
}

#[test]
fn set_up_closes_for_ever() {
    on_both(|house| {
        assert_eq!(house.stranger().post("/setup", &form(house, "ada@example.org")).status, 303);
        assert_eq!(house.stranger().get("/setup").status, 404);
        assert_eq!(house.stranger().post("/setup", &form(house, "eve@example.org")).status, 404);
        assert_eq!(house.entries(), 1);
    });
}

#[test]
fn of_two_who_set_up_at_once_one_is_refused() {
    on_both(|house| {
        let statuses: Vec<u16> = std::thread::scope(|scope| {
            let tries = ["ada@example.org", "eve@example.org"]
                .map(|email| scope.spawn(move || house.stranger().post("/setup", &form(house, email)).status));
            tries.into_iter().map(|one| one.join().unwrap()).collect()
        });
        let done = statuses.iter().filter(|status| **status == 303).count();
        assert_eq!(done, 1, "{statuses:?}");
        assert_eq!(house.entries(), 1);
    });
}

#[test]
fn a_house_made_by_command_needs_no_set_up() {
    on_both(|house| {
        house.join_without_password(&[(Field::Email, "imported@example.org")], Role::Admin);
        assert_eq!(house.stranger().get("/setup").status, 200, "an administrator without a password cannot come in");
        house.join("Ada", Role::Admin);
        assert_eq!(house.stranger().get("/setup").status, 404);
    });
}

#[test]
fn a_wrong_code_or_a_weak_password_changes_nothing() {
    on_both(|house| {
        let mut guessed = form(house, "eve@example.org");
        guessed[0].1 = "plum-otter-4417";
        let reply = house.stranger().post("/setup", &guessed);
        assert_eq!(reply.status, 422);
        assert!(reply.text().contains("This is not the code in the terminal"), "{}", reply.text());
        for (password, why) in
            [("short", "at least 10"), ("adaokafor1", "easy to guess"), ("password123", "easy to guess")]
        {
            let mut weak = form(house, "ada@example.org");
            weak[5].1 = password;
            let reply = house.stranger().post("/setup", &weak);
            assert_eq!(reply.status, 422);
            assert!(reply.text().contains(why), "{password}: {}", reply.text());
            assert_eq!(reply.value("email"), "ada@example.org");
            assert!(!reply.body.contains(password), "a password is never sent back");
        }
        assert_eq!(house.entries(), 0);
    });
}
