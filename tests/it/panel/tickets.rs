use crate::house::{Client, House, on_both};
use rollcall::domain::{Field, Permission, Person, Reach, Role, Status};

/// What a list shows, in its order.
fn subjects(client: &Client, path: &str) -> Vec<String> {
    let body = client.get(path).body;
    let rows = body.split("class=\"row\" href=\"/tickets/").skip(1);
    rows.map(|row| row.split('>').nth(1).unwrap().split('<').next().unwrap().to_owned()).collect()
}

fn restricted(house: &House, name: &str, to: &str) -> Person {
    let person = house.join_with(
        &[(Field::Name, name), (Field::Email, &format!("{name}@example.org")), (Field::Groups, "Billing")],
        Role::Agent,
        Status::Active,
    );
    let ada = house.sign_in(&house.person(1));
    let form = [("role", "agent"), ("manage_people", "yes"), ("tickets", to)];
    assert_eq!(ada.post(&format!("/people/{}/role", person.id.0), &form).status, 303);
    person
}

fn assign(client: &Client, ticket: i64, assignee: &str) -> u16 {
    let version = client.get(&format!("/tickets/{ticket}")).value("version");
    let group = if ticket == 1 { "1" } else { "" };
    let form =
        [("version", &*version), ("status", "open"), ("priority", "normal"), ("group", group), ("assignee", assignee)];
    client.post(&format!("/tickets/{ticket}"), &form).status
}

#[test]
fn an_agent_sees_and_works_on_the_tickets_they_are_restricted_to() {
    on_both(|house| {
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        let billing = house.group("Billing");
        let (all, groups, assigned) =
            (restricted(house, "Alf", "all"), restricted(house, "Gus", "groups"), restricted(house, "Sid", "assigned"));
        let cleo = house.join("Cleo", Role::EndUser);
        for (subject, group) in
            [("Of billing", Some(billing)), ("Of nobody", None), ("For Sid", None), ("For Gus", None)]
        {
            house.ticket(subject, &cleo, group);
        }
        assert_eq!(assign(&ada, 3, "sid@example.org"), 303);
        assert_eq!(assign(&ada, 4, "gus@example.org"), 303);
        let seen = |person: &Person| {
            let mut found = subjects(&house.sign_in(person), "/tickets");
            found.sort();
            found
        };
        assert_eq!(seen(&all), ["For Gus", "For Sid", "Of billing", "Of nobody"]);
        assert_eq!(seen(&groups), ["For Gus", "Of billing"]);
        assert_eq!(seen(&assigned), ["For Sid"]);
        let sid = house.sign_in(&assigned);
        assert!(sid.get("/tickets").text().contains("Tickets 1 ticket To do"), "counts keep to it, too");
        assert_eq!(subjects(&sid, &format!("/people/{}/tickets", cleo.id.0)), ["For Sid"]);
        assert!(sid.get("/groups/1").text().contains("Tickets to do 0"), "{}", sid.get("/groups/1").text());
        for (path, form) in [("/tickets/1", &[("version", "1")][..]), ("/tickets/1/comments", &[("body", "Hm")])] {
            assert_eq!(sid.get("/tickets/1").status, 404);
            assert_eq!(sid.post(path, form).status, 404);
        }
        let gus = house.sign_in(&groups);
        assert_eq!(assign(&gus, 4, "sid@example.org"), 303);
        assert_eq!(gus.get("/tickets/4").status, 404, "handed on and out of sight");
    });
}

#[test]
fn the_history_of_tickets_is_for_whoever_may_see_them() {
    on_both(|house| {
        house.join("Ada", Role::Admin);
        let cleo = house.join("Cleo", Role::EndUser);
        house.ticket("Secret refund", &cleo, None);
        let everything =
            house.join_with_role("Eve", Reach::Everyone, &[Permission::SeeAudit, Permission::SeeStaffFields], &[]);
        assert!(house.sign_in(&everything).get("/audit").body.contains("Secret refund"));
        house
            .act(|act| {
                let mut role = rollcall::store::roles::all(act.conn)?.remove(0);
                role.powers.tickets = rollcall::domain::TicketRestriction::Assigned;
                rollcall::actions::roles::update(act, &role)
            })
            .unwrap();
        assert!(!house.sign_in(&everything).get("/audit").body.contains("Secret refund"));
    });
}

#[test]
fn notes_are_for_staff_and_replies_for_whoever_may_reply() {
    on_both(|house| {
        let cleo = house.join("Cleo", Role::EndUser);
        let other = house.join("Dora", Role::EndUser);
        let quiet = house.join_with_role("Quin", Reach::Everyone, &[Permission::SeeStaffFields], &[]);
        let ben = house.sign_in(&house.join("Ben", Role::Agent));
        let quin = house.sign_in(&quiet);
        house.ticket("Lost parcel", &cleo, None);
        let say = |client: &Client, body: &str, public: &str| {
            client.post("/tickets/1/comments", &[("body", body), ("is_public", public)]).status
        };
        assert_eq!(say(&quin, "Dear Cleo", "yes"), 403);
        assert_eq!(say(&quin, "She called twice.", "no"), 303);
        assert_eq!(say(&ben, "We found it.", "yes"), 303);
        assert_eq!(say(&ben, " \n ", "yes"), 422);
        assert!(!quin.get("/tickets/1").text().contains("Reply"));
        let cleo = house.sign_in(&cleo);
        assert_eq!(subjects(&cleo, "/tickets"), ["Lost parcel"]);
        let text = cleo.get("/tickets/1").text();
        assert!(text.contains("Ben Now We found it.") && !text.contains("She called twice."), "{text}");
        let form = [("display_name", "Your support team"), ("signature", "")];
        assert_eq!(ben.post(&format!("/people/{}/profile", house.person(4).id.0), &form).status, 303);
        assert!(cleo.get("/tickets/1").text().contains("Your support team Now We found it."));
        assert_eq!(say(&cleo, "Thank you!", "yes"), 303);
        assert_eq!(say(&cleo, "A note?", "no"), 403);
        let form = [("version", "1"), ("status", "closed"), ("priority", "low")];
        assert_eq!(cleo.post("/tickets/1", &form).status, 403);
        let dora = house.sign_in(&other);
        assert_eq!(subjects(&dora, "/tickets").len(), 0);
        assert_eq!(dora.get("/tickets/1").status, 404);
        assert_eq!(say(&dora, "Mine!", "yes"), 404);
    });
}

#[test]
fn tickets_are_given_to_staff_and_two_hands_do_not_cross() {
    on_both(|house| {
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        let cleo = house.join("Cleo", Role::EndUser);
        let gone = house.join_as("Gone", Role::Agent, Status::Suspended);
        let ben = house.join("Ben", Role::Agent);
        house.ticket("One", &cleo, None);
        let work = |version: &str, assignee: &str| {
            let form = [("version", version), ("status", "pending"), ("priority", "urgent"), ("assignee", assignee)];
            ada.post("/tickets/1", &form)
        };
        for (assignee, why) in [
            (format!("Cleo #{}", cleo.id.0), "given to agents and administrators"),
            (format!("Gone #{}", gone.id.0), "cannot sign in at present"),
            ("Nobody #999".into(), "nobody like this"),
        ] {
            let reply = work("1", &assignee);
            assert_eq!(reply.status, 422);
            assert!(reply.text().contains(why), "{}", reply.text());
            assert_eq!(reply.value("assignee"), assignee, "what was typed stays");
        }
        assert_eq!(work("1", &format!("Ben #{}", ben.id.0)).status, 303);
        let stale = work("1", "");
        assert_eq!(stale.status, 409);
        assert!(stale.text().contains("Priority") && stale.value("version") == "2");
        let before = house.entries();
        assert_eq!(work("2", "ben").status, 303);
        assert_eq!(house.entries(), before, "nothing changed, nothing written");
        assert!(ada.get("/audit?thing=ticket-1").text().contains("Assigned to now Ben"));
    });
}
