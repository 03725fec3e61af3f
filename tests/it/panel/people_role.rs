use crate::house::on_both;
use rollcall::domain::{Role, Status};

#[test]
fn the_last_administrator_stays() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        house.join_as("Gone", Role::Admin, Status::Suspended);
        let client = house.sign_in(&ada);
        let before = house.entries();
        let reply = client
            .post(&format!("/people/{}/role", ada.id.0), &[("role", "agent"), ("tickets", "all"), ("sure", "yes")]);
        assert_eq!(reply.status, 403);
        assert!(reply.text().contains("Make someone else administrator first."), "{}", reply.text());
        assert_eq!(house.entries(), before);
        house.join("Eve", Role::Admin);
        let step_down = |sure: &[(&str, &str)]| {
            let form = [&[("role", "agent"), ("tickets", "all")], sure].concat();
            client.post(&format!("/people/{}/role", ada.id.0), &form)
        };
        let reply = step_down(&[]);
        assert_eq!(reply.status, 422, "nobody steps down by a slip");
        assert!(reply.text().contains("Tick that you know it"), "{}", reply.text());
        assert_eq!(step_down(&[("sure", "yes")]).status, 303);
        assert!(client.get("/people").location().starts_with("/login"), "less power, no session");
    });
}

#[test]
fn no_two_administrators_leave_at_once() {
    on_both(|house| {
        for round in 0..5 {
            let admins =
                [house.join(&format!("Ada {round}"), Role::Admin), house.join(&format!("Eve {round}"), Role::Admin)];
            std::thread::scope(|scope| {
                for admin in &admins {
                    let client = house.sign_in(admin);
                    let path = format!("/people/{}/role", admin.id.0);
                    scope.spawn(move || client.post(&path, &[("role", "end_user"), ("sure", "yes")]));
                }
            });
            let left: Vec<_> = admins.iter().filter(|admin| house.person(admin.id.0).role == Role::Admin).collect();
            assert_eq!(left.len(), 1, "round {round}");
            let last = left[0].id;
            house
                .act(|act| {
                    let mut last = rollcall::actions::people::show(act, last)?;
                    last.role = Role::EndUser;
                    rollcall::store::people::update(act.conn, &last, act.now)
                })
                .unwrap();
        }
    });
}

#[test]
fn an_agents_rights_hold_at_once() {
    on_both(|house| {
        let (ada, marcus) = (house.join("Ada", Role::Admin), house.join("Marcus", Role::Agent));
        let cleo = house.join("Cleo", Role::EndUser);
        let (ada, agent) = (house.sign_in(&ada), house.sign_in(&marcus));
        let edit = format!("/people/{}/edit", cleo.id.0);
        assert_eq!(agent.get(&edit).status, 200, "a new agent manages people");
        let form = ada.get(&format!("/people/{}/role", marcus.id.0)).body;
        assert!(form.contains("name=\"manage_people\" value=\"yes\" checked"));
        assert!(form.contains("name=\"public_comments\" value=\"yes\" checked"));
        assert!(form.contains("name=\"moderator\" value=\"yes\">"));
        let before = house.entries();
        ada.post(
            &format!("/people/{}/role", marcus.id.0),
            &[("role", "agent"), ("public_comments", "yes"), ("tickets", "assigned")],
        );
        assert_eq!(house.entries() - before, 1);
        assert!(agent.get(&edit).location().starts_with("/login"), "less power, no session");
        let agent = house.sign_in(&marcus);
        assert_eq!(agent.get(&edit).status, 403);
        let told = ada.get(&format!("/people/{}/activity", marcus.id.0)).text();
        assert!(
            told.contains("May manage people was yes now no") && told.contains("now Tickets assigned to them"),
            "{told}"
        );
    });
}

#[test]
fn an_administrator_who_cannot_sign_in_does_not_count() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        let fields = [(rollcall::domain::Field::Email, "imported@example.org")];
        let imported = house.join_without_password(&fields, Role::Admin);
        let client = house.sign_in(&ada);
        let step_down =
            |id: i64| client.post(&format!("/people/{id}/role"), &[("role", "agent"), ("tickets", "all")]).status;
        assert_eq!(step_down(ada.id.0), 403);
        assert_eq!(step_down(imported.id.0), 303);
    });
}
