use crate::house::{Client, House, Reply, on_both};
use rollcall::domain::{Field, Permission, Person, Reach, Role, Status};
use std::time::Duration;

fn plan(client: &Client, person: &Person) -> Reply {
    client.get(&format!("/people/{}/deletion", person.id.0))
}

fn delete(client: &Client, person: &Person, more: &[(&str, &str)]) -> Reply {
    let seen = plan(client, person).value("seen");
    let mut form = vec![("seen", seen.as_str())];
    form.extend(more);
    client.post(&format!("/people/{}/deletion", person.id.0), &form)
}

/// The address of the undo in the toast.
fn undo(client: &Client) -> String {
    let page = client.get("/people");
    let at = page.body.find("action=\"/trash/").expect("an undo is offered");
    page.body[at + 8..].split('"').next().unwrap().to_owned()
}

fn with_ticket(house: &House, name: &str) -> Person {
    let person = house.join(name, Role::EndUser);
    house.ticket(&format!("A question of {name}"), &person, None);
    person
}

#[test]
fn the_plan_counts_and_names_what_a_deletion_touches() {
    on_both(|house| {
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        let ben = house.join("Ben", Role::Agent);
        let cleo = with_ticket(house, "Cleo");
        house.workspace("Pilots", &ben);
        let ticket = [("version", "1"), ("status", "open"), ("priority", "low"), ("assignee", "ben@example.org")];
        assert_eq!(ada.post("/tickets/1", &ticket).status, 303);
        house.sign_in(&ben);
        let text = plan(&ada, &ben).text();
        assert!(text.contains("Needs your decision Takes over what you choose below. Successor"), "{text}");
        assert!(text.contains("1 Open tickets assigned A question of Cleo Leave them unassigned"), "{text}");
        assert!(text.contains("1 Workspaces owned Pilots To the successor"), "{text}");
        assert!(text.contains("1 Sessions End at once and do not return"), "{text}");
        assert!(text.contains("Type ben to confirm") && text.contains("Move Ben to the trash"), "{text}");
        let text = plan(&ada, &cleo).text();
        assert!(text.contains("1 Tickets asked A question of Cleo Keep them, nobody named"), "{text}");
        let looker = house.join_with_role("Lou", Reach::Everyone, &[Permission::DeletePeople], &[]);
        assert_eq!(plan(&house.sign_in(&looker), &cleo).status, 200);
        assert_eq!(plan(&house.sign_in(&looker), &ben).status, 403, "staff are above them");
    });
}

#[test]
fn somebody_is_deleted_after_a_typed_word_and_comes_back_by_one_button() {
    on_both(|house| {
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        let (ben, olga) = (house.join("Ben", Role::Agent), house.join("Olga", Role::Agent));
        let cleo = with_ticket(house, "Cleo");
        house.workspace("Pilots", &ben);
        let ticket = [("version", "1"), ("status", "open"), ("priority", "low"), ("assignee", "ben@example.org")];
        assert_eq!(ada.post("/tickets/1", &ticket).status, 303);
        let refused = delete(&ada, &ben, &[("open", "person"), ("successor", "olga@example.org"), ("typed", "Bob")]);
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains("This is not what to type."), "{}", refused.text());
        assert_eq!(refused.value("successor"), "olga@example.org", "what was chosen stays");
        for (heir, why) in [("ben@example.org", "This is whom you delete."), ("cleo@example.org", "given to agents")] {
            let refused = delete(&ada, &ben, &[("open", "person"), ("successor", heir), ("typed", "ben")]);
            assert_eq!(refused.status, 422);
            assert!(refused.text().contains(why), "{heir}: {}", refused.text());
        }
        let before = house.entries();
        let client = house.sign_in(&ben);
        let done = delete(&ada, &ben, &[("open", "person"), ("successor", "olga@example.org"), ("typed", "BEN ")]);
        assert_eq!((done.status, done.location()), (303, "/people"), "{}", done.text());
        assert_eq!(house.entries() - before, 2, "a sign-in and a deletion");
        assert!(client.get("/people").location().starts_with("/login"), "signed out at once");
        assert_eq!(ada.get(&format!("/people/{}", ben.id.0)).status, 404);
        assert!(ada.get("/tickets/1").text().contains("Assigned to Olga"));
        assert!(ada.get("/workspaces").text().contains("Pilots Olga"));
        let told = ada.get("/audit").text();
        assert!(told.contains("Open tickets assigned was 1 now Olga"), "{told}");
        let again = house.join_with(&[(Field::Email, "new@example.org")], Role::EndUser, Status::Active);
        assert_ne!(again.id, ben.id, "no number is given twice");
        let trash = ada.get("/trash?q=BEN@example").text();
        assert!(trash.contains("1 entry") && trash.contains("Ben ben@example.org"), "{trash}");
        assert!(ada.get("/trash?q=nobody").text().contains("No entry matches"));
        delete(&ada, &again, &[]);
        let back = ada.post(&undo(&ada), &[]);
        assert_eq!(back.location(), format!("/people/{}", again.id.0));
        let back = ada.post("/trash/1/restoration", &[]);
        assert_eq!(back.location(), format!("/people/{}", ben.id.0), "{}", back.text());
        assert!(ada.get("/tickets/1").text().contains("Assigned to Ben"));
        assert!(ada.get("/workspaces").text().contains("Pilots Ben"));
        assert!(ada.get(&format!("/people/{}/activity", ben.id.0)).text().contains("restored this person"));
        assert_eq!(house.sign_in(&ben).get("/people").status, 200, "with the password they had");
        assert_eq!(ada.post("/trash/1/restoration", &[]).status, 404, "only once");
        assert!(cleo.id != olga.id);
    });
}

#[test]
fn facts_that_changed_since_the_plan_are_shown_again() {
    on_both(|house| {
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        let cleo = with_ticket(house, "Cleo");
        let seen = plan(&ada, &cleo).value("seen");
        house.ticket("One more", &cleo, None);
        let path = format!("/people/{}/deletion", cleo.id.0);
        let form = [("seen", seen.as_str()), ("requested", "deleted"), ("typed", "cleo")];
        let before = house.entries();
        let reply = ada.post(&path, &form);
        assert_eq!(reply.status, 409);
        let text = reply.text();
        assert!(text.contains("2 Tickets asked") && reply.value("typed").is_empty(), "{text}");
        assert!(reply.body.contains("name=\"requested\" value=\"deleted\" checked"), "the choice stays");
        assert_eq!(house.entries(), before);
        assert_eq!(ada.get("/tickets/2").status, 200);
        let done = delete(&ada, &cleo, &[("requested", "deleted"), ("typed", "cleo")]);
        assert_eq!(done.status, 303);
        assert_eq!(ada.get("/tickets/2").status, 404);
        ada.post("/trash/1/restoration", &[]);
        assert!(ada.get("/tickets/2").text().contains("What about “One more”?"));
    });
}

#[test]
fn a_value_that_was_taken_meanwhile_is_asked_about() {
    on_both(|house| {
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        let cleo = house.join("Cleo", Role::EndUser);
        assert_eq!(delete(&ada, &cleo, &[]).status, 303);
        let thief = house.join("Cleo", Role::EndUser);
        let asked = ada.post("/trash/1/restoration", &[]);
        assert_eq!(asked.status, 422);
        let text = asked.text();
        assert!(text.contains("Somebody else has this now.") && text.contains("It was cleo@example.org."), "{text}");
        let none = ada.post("/trash/1/restoration", &[("email", "")]);
        assert_eq!(none.status, 422, "somebody must be known by something: {}", none.text());
        let taken = ada.post("/trash/1/restoration", &[("email", "cleo@example.org")]);
        assert_eq!(taken.status, 422, "{}", taken.text());
        assert_eq!(ada.post("/trash/1/restoration", &[("email", "old.cleo@example.org")]).status, 303);
        assert_eq!(house.person(cleo.id.0).fields.get(Field::Email), "old.cleo@example.org");
        assert_eq!(house.person(thief.id.0).fields.get(Field::Email), "cleo@example.org");
        assert_eq!(ada.get("/people?q=old.cleo").names(), ["Cleo"]);
    });
}

#[test]
fn nobody_deletes_themselves_or_the_last_administrator() {
    on_both(|house| {
        let (ada, eve) = (house.join("Ada", Role::Admin), house.join("Eve", Role::Admin));
        let client = house.sign_in(&ada);
        let myself = plan(&client, &ada);
        assert_eq!(myself.status, 403);
        assert!(myself.text().contains("You cannot delete yourself."), "{}", myself.text());
        for round in 0..5 {
            let pair =
                [house.join(&format!("One {round}"), Role::Admin), house.join(&format!("Two {round}"), Role::Admin)];
            if round == 0 {
                for old in [&ada, &eve] {
                    assert_eq!(delete(&house.sign_in(&pair[0]), old, &[("typed", "ada")]).status, 303);
                }
            }
            let clients = [house.sign_in(&pair[0]), house.sign_in(&pair[1])];
            std::thread::scope(|scope| {
                for (client, other) in clients.into_iter().zip([&pair[1], &pair[0]]) {
                    scope.spawn(move || {
                        let seen = plan(&client, other);
                        if seen.status == 200 {
                            let form = [("seen", &*seen.value("seen"))];
                            client.post(&format!("/people/{}/deletion", other.id.0), &form);
                        }
                    });
                }
            });
            let left = house.act(|act| rollcall::store::people::active_admins(act.conn)).unwrap();
            assert!(!left.is_empty(), "round {round}");
        }
    });
}

#[test]
fn the_trash_is_sealed_and_forgets() {
    on_both(|house| {
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        let cleo = with_ticket(house, "Cleopatra");
        assert_eq!(delete(&ada, &cleo, &[("typed", "cleopatra")]).status, 303);
        let rows = house.act(|act| rollcall::store::trash::find(act.conn, 1, act.now)).unwrap();
        for bytes in [&rows.0.gist, &rows.1] {
            assert!(bytes.len() > 30 && !bytes.windows(9).any(|part| part.eq_ignore_ascii_case(b"cleopatra")));
        }
        house.wait(Duration::from_secs(31 * 86_400));
        let ada = house.sign_in(&house.person(1));
        assert!(ada.get("/trash").text().contains("The trash is empty"));
        assert_eq!(ada.post("/trash/1/restoration", &[]).status, 404);
        let purge = || actix_web::rt::System::new().block_on(rollcall::jobs::purge::once(&house.app)).unwrap();
        assert_eq!((purge(), purge()), (1, 0));
        let told = ada.get("/audit?kind=trash.purged").text();
        assert!(told.contains("The house emptied what had expired from the trash"), "{told}");
        assert!(told.contains("Entries was 1"), "{told}");
    });
}

#[test]
fn a_house_that_keeps_nothing_says_so_first() {
    on_both(|house| {
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        for days in ["-1", "many", "3651"] {
            let refused = ada.post("/trash/retention", &[("days", days)]);
            assert!(refused.status == 422 && refused.text().contains("Write a whole number from 0 to 3650"), "{days}");
        }
        assert_eq!(ada.post("/trash/retention", &[("days", "0")]).status, 303);
        let cleo = house.join("Cleo", Role::EndUser);
        let text = plan(&ada, &cleo).text();
        assert!(text.contains("This house keeps no trash") && text.contains("Delete Cleo for good"), "{text}");
        assert_eq!(delete(&ada, &cleo, &[]).status, 303);
        let text = ada.get("/trash").text();
        assert!(text.contains("0 entries") && text.contains("keeps nothing that is deleted"), "{text}");
    });
}

#[test]
fn an_agent_restores_only_whom_they_deleted() {
    on_both(|house| {
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        let ben = house.join_with_role("Ben", Reach::Everyone, &[Permission::DeletePeople], &[]);
        let client = house.sign_in(&ben);
        let (cleo, dora) = (house.join("Cleo", Role::EndUser), house.join("Dora", Role::EndUser));
        assert_eq!(delete(&ada, &cleo, &[]).status, 303);
        assert_eq!(delete(&client, &dora, &[]).status, 303);
        let text = client.get("/trash").text();
        assert!(text.contains("Dora") && !text.contains("Cleo"), "{text}");
        assert_eq!(client.post("/trash/1/restoration", &[]).status, 404);
        assert_eq!(client.post("/trash/2/restoration", &[]).status, 303);
        assert!(ada.get("/trash").text().contains("Cleo"));
    });
}
