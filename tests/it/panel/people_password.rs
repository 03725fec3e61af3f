use crate::house::{PASSWORD, on_both};
use rollcall::domain::Role;

const NEW: &str = "seven green umbrellas sing";

#[test]
fn ones_own_password_needs_the_old_one_and_ends_other_sessions() {
    on_both(|house| {
        let cleo = house.join("Cleo", Role::EndUser);
        let (here, elsewhere) = (house.sign_in(&cleo), house.sign_in(&cleo));
        let path = format!("/people/{}/password", cleo.id.0);
        let wrong = here.post(&path, &[("current", "wrong"), ("password", NEW)]);
        assert_eq!(wrong.status, 422);
        assert!(wrong.text().contains("This is not your current password."));
        let old = here.again();
        assert_eq!(here.post(&path, &[("current", PASSWORD), ("password", NEW)]).status, 303);
        let home = format!("/people/{}", cleo.id.0);
        assert_eq!(here.get(&home).status, 200, "goes on in a new session");
        assert!(old.get(&home).location().starts_with("/login"), "the old key is dead");
        assert!(elsewhere.get(&home).location().starts_with("/login"));
        let login = |password: &str| {
            house.stranger().post("/login", &[("login", "cleo@example.org"), ("password", password)]).status
        };
        assert_eq!((login(PASSWORD), login(NEW)), (422, 303));
    });
}

#[test]
fn an_administrator_sets_it_without_the_old_one() {
    on_both(|house| {
        let (ada, cleo) = (house.join("Ada", Role::Admin), house.join("Cleo", Role::EndUser));
        let session = house.sign_in(&cleo);
        let ada = house.sign_in(&ada);
        let path = format!("/people/{}/password", cleo.id.0);
        assert!(!ada.get(&path).body.contains("name=\"current\""));
        for (weak, why) in
            [("short", "at least 10"), ("cleo@example.org", "easy to guess"), ("1234567890", "easy to guess")]
        {
            let reply = ada.post(&path, &[("password", weak)]);
            assert_eq!(reply.status, 422);
            assert!(reply.text().contains(why), "{weak}: {}", reply.text());
        }
        assert_eq!(ada.post(&path, &[("password", NEW)]).status, 303);
        assert!(session.get("/").location().starts_with("/login"));
        assert_eq!(ada.get("/people").status, 200);
    });
}

#[test]
fn guessing_the_old_password_is_throttled() {
    on_both(|house| {
        let cleo = house.join("Cleo", Role::EndUser);
        let client = house.sign_in(&cleo);
        let path = format!("/people/{}/password", cleo.id.0);
        let statuses: Vec<u16> =
            (0..12).map(|_| client.post(&path, &[("current", "wrong"), ("password", NEW)]).status).collect();
        assert_eq!((statuses[9], statuses[10]), (422, 429), "{statuses:?}");
    });
}
