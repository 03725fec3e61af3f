use crate::house::{PASSWORD, on_both};
use rollcall::domain::{Role, Status};

#[test]
fn a_suspension_ends_every_session_at_once_and_can_be_undone() {
    on_both(|house| {
        let (ada, cleo) = (house.join("Ada", Role::Admin), house.join("Cleo", Role::EndUser));
        let (phone, laptop) = (house.sign_in(&cleo), house.sign_in(&cleo));
        let ada = house.sign_in(&ada);
        let path = format!("/people/{}/suspension", cleo.id.0);
        assert!(ada.get(&path).text().contains("Sessions that end now 2"), "{}", ada.get(&path).text());
        assert_eq!(ada.post(&path, &[("reason", "request 2214")]).status, 303);
        let home = format!("/people/{}", cleo.id.0);
        assert!(
            phone.get(&home).location().starts_with("/login") && laptop.get(&home).location().starts_with("/login")
        );
        let page = ada.get(&home).text();
        assert!(page.contains("Cleo is suspended and cannot sign in.") && page.contains("Undo"), "{page}");
        assert!(page.contains("Reason now request 2214"), "{page}");
        assert_eq!(ada.post(&format!("{path}?_method=delete"), &[]).status, 303);
        assert_eq!(house.person(cleo.id.0).status, Status::Active);
        assert!(phone.get(&home).location().starts_with("/login"), "old sessions stay ended");
        house.sign_in(&cleo);
    });
}

#[test]
fn suspending_twice_changes_nothing() {
    on_both(|house| {
        let (ada, cleo) = (house.join("Ada", Role::Admin), house.join("Cleo", Role::EndUser));
        let ada = house.sign_in(&ada);
        let path = format!("/people/{}/suspension", cleo.id.0);
        let before = house.entries();
        ada.post(&path, &[]);
        ada.post(&path, &[]);
        assert_eq!(house.entries() - before, 1);
    });
}

#[test]
fn an_agent_may_not_suspend_an_agent() {
    on_both(|house| {
        let (priya, marcus) = (house.join("Priya", Role::Agent), house.join("Marcus", Role::Agent));
        let reply = house.sign_in(&priya).post(&format!("/people/{}/suspension", marcus.id.0), &[]);
        assert_eq!(reply.status, 403);
        assert!(reply.text().contains("Ask an administrator"));
        assert_eq!(house.person(marcus.id.0).status, Status::Active);
    });
}

#[test]
fn two_administrators_cannot_suspend_each_other() {
    on_both(|house| {
        let (ada, eve) = (house.join("Ada", Role::Admin), house.join("Eve", Role::Admin));
        let (from_ada, from_eve) = (house.sign_in(&ada), house.sign_in(&eve));
        let statuses: Vec<u16> = std::thread::scope(|scope| {
            let one = scope.spawn(move || from_ada.post(&format!("/people/{}/suspension", eve.id.0), &[]).status);
            let two = scope.spawn(move || from_eve.post(&format!("/people/{}/suspension", ada.id.0), &[]).status);
            [one, two].into_iter().map(|one| one.join().unwrap()).collect()
        });
        let active = [1, 2].into_iter().filter(|id| house.person(*id).status == Status::Active).count();
        assert_eq!(active, 1, "{statuses:?}");
    });
}

#[test]
fn a_too_long_reason_is_refused_and_kept() {
    on_both(|house| {
        let (ada, cleo) = (house.join("Ada", Role::Admin), house.join("Cleo", Role::EndUser));
        let long = "x".repeat(501);
        let reply = house.sign_in(&ada).post(&format!("/people/{}/suspension", cleo.id.0), &[("reason", &long)]);
        assert_eq!(reply.status, 422);
        assert_eq!(reply.value("reason"), long);
        assert!(
            house.stranger().post("/login", &[("login", "cleo@example.org"), ("password", PASSWORD)]).status == 303
        );
    });
}

#[test]
fn undoing_brings_back_what_was() {
    on_both(|house| {
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        for status in [Status::Unverified, Status::Locked, Status::Active] {
            let id = house.join_as(status.name(), Role::EndUser, status).id.0;
            let path = format!("/people/{id}/suspension");
            let before = house.entries();
            assert_eq!(ada.form("DELETE", &path, &[]).status, 303);
            assert_eq!((house.person(id).status, house.entries()), (status, before), "nothing to undo");
            ada.post(&path, &[]);
            assert_eq!(house.person(id).status, Status::Suspended);
            ada.form("DELETE", &path, &[]);
            assert_eq!(house.person(id).status, status);
        }
    });
}
