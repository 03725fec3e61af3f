//! Several people are deleted with one plan and one job; who stays is named with the reason.
use crate::house::{House, on_both};
use crate::undo::healthy;
use rollcall::actions::{people, tickets};
use rollcall::domain::ticket::{Priority, TicketStatus};
use rollcall::domain::{Person, Role, Scope};
use rollcall::jobs::worker;
use rollcall::store;

/// As the house does by the clock.
fn work(house: &House) -> bool {
    actix_web::rt::System::new().block_on(worker::once(&house.app)).unwrap()
}

fn there(house: &House, person: &Person) -> bool {
    !house.act(|act| store::people::find_many(act.conn, Scope::Everyone, &[person.id])).unwrap().is_empty()
}

#[test]
fn several_people_go_with_one_plan_and_one_job() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        let (ben, cleo) = (house.join("Ben", Role::Agent), house.join("Cleo", Role::EndUser));
        let dora = house.join("Dora", Role::EndUser);
        house.join("Heir", Role::Agent);
        let ticket = house.ticket("Where is it?", &cleo, None);
        let assigned = tickets::Work {
            status: TicketStatus::Open,
            priority: Priority::Normal,
            assignee: Some(ben.id),
            group: None,
        };
        house.act(|act| tickets::update(act, ticket, 1, assigned)).unwrap();
        let admin = house.sign_in(&ada);
        let list = admin.get("/people");
        assert!(list.body.contains("formaction=\"/people/deletion\""), "the bar of the list leads there");
        let ids: Vec<String> =
            [&ada, &ben, &cleo, &dora].iter().map(|person| person.id.0.to_string()).chain(["999".into()]).collect();
        let query: Vec<String> = ids.iter().map(|id| format!("id={id}")).collect();
        let page = admin.get(&format!("/people/deletion?{}&deed=x", query.join("&")));
        let text = page.text();
        assert!(text.contains("Delete 3 people?") && text.contains("1 of them stays"), "{text}");
        assert!(text.contains("1 of them stays Ada This is the last administrator who can sign in."), "{text}");
        assert!(text.contains("1 Open tickets assigned") && text.contains("1 Tickets asked"), "{text}");
        assert!(text.contains("Type 3"), "{text}");
        let seen = page.value("seen");
        let form = |typed: &'static str, successor: &str| -> Vec<(&'static str, String)> {
            let mut form: Vec<(&'static str, String)> = ids[..4].iter().map(|id| ("id", id.clone())).collect();
            form.extend([("seen", seen.clone()), ("typed", typed.into()), ("open", "person".into())]);
            form.extend([("requested", "anonymous".into()), ("successor", successor.into())]);
            form
        };
        let send = |form: Vec<(&'static str, String)>| {
            let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
            admin.post("/people/deletion", &form)
        };
        let before = house.entries();
        let wrong = send(form("2", "heir@example.org"));
        assert_eq!(wrong.status, 422);
        assert!(wrong.text().contains("This is not what to type."), "{}", wrong.text());
        let gone = send(form("3", "ben@example.org"));
        assert_eq!(gone.status, 422, "nobody takes over who goes along");
        assert_eq!(house.entries(), before);
        let started = send(form("3", "heir@example.org"));
        assert_eq!((started.status, started.location()), (303, "/jobs/1"));
        assert_eq!(house.entries(), before + 1);
        let waiting = admin.get("/jobs/1");
        assert!(waiting.text().contains("Under way 0 / 3"), "{}", waiting.text());
        assert!(waiting.body.contains("hx-trigger=\"every 1s\"") && waiting.body.contains("http-equiv=\"refresh\""));
        // Somebody comes to own something that nobody was asked about.
        house.workspace("Pilots", &dora);
        assert!(work(house));
        assert!(!work(house), "there is no other");
        assert_eq!([&ada, &ben, &cleo, &dora].map(|person| there(house, person)), [true, false, false, true]);
        let done = admin.get("/jobs/1").text();
        assert!(done.contains("Done 3 / 3 Deleted 2 Refused 1"), "{done}");
        assert!(
            done.contains("Who stays, and why Dora The figures have changed meanwhile. Look at them again."),
            "{done}"
        );
        assert_eq!(house.entries(), before + 4, "one for the start, the workspace and each who went");
        let left = house.act(|act| tickets::show(act, ticket)).unwrap().shown;
        assert_eq!((left.assignee.as_str(), left.ticket.requester), ("Heir", None));
        let history = admin.get("/audit?kind=person.deleted").text();
        assert!(history.contains("Ada") && history.contains("Heir"), "as whoever started it: {history}");
        let trash = admin.get("/trash").text();
        assert!(trash.contains("2 entries"), "{trash}");
        healthy(house);
    });
}

#[test]
fn facts_that_changed_are_shown_again_and_a_stopped_job_deletes_nobody() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        let (cleo, dora) = (house.join("Cleo", Role::EndUser), house.join("Dora", Role::EndUser));
        let admin = house.sign_in(&ada);
        let (one, two) = (cleo.id.0.to_string(), dora.id.0.to_string());
        let path = format!("/people/deletion?id={one}&id={two}");
        let seen = admin.get(&path).value("seen");
        house.ticket("Where is it?", &cleo, None);
        let form = [("id", one.as_str()), ("id", two.as_str()), ("seen", &seen), ("typed", "2")];
        let again = admin.post("/people/deletion", &form);
        assert_eq!(again.status, 409);
        assert!(again.text().contains("Tickets asked"), "{}", again.text());
        let seen = again.value("seen");
        let form = [("id", one.as_str()), ("id", two.as_str()), ("seen", &seen), ("typed", "2")];
        assert_eq!(admin.post("/people/deletion", &form).location(), "/jobs/1");
        let stranger = house.join("Mei", Role::Agent);
        assert_eq!(house.sign_in(&stranger).get("/jobs/1").status, 404, "it is not theirs");
        assert_eq!(admin.post("/jobs/1?_method=delete", &[]).status, 303);
        assert!(!work(house));
        assert!(there(house, &cleo) && there(house, &dora));
        assert!(admin.get("/jobs/1").text().contains("Stopped 0 / 2"));
    });
}

#[test]
fn one_step_that_fails_holds_up_no_other() {
    on_both(|house| {
        let admin = house.sign_in(&house.join("Ada", Role::Admin));
        let people = ["Cleo", "Dora", "Eve"].map(|name| house.join(name, Role::EndUser));
        let ids = people.clone().map(|person| person.id.0.to_string());
        let query: Vec<String> = ids.iter().map(|id| format!("id={id}")).collect();
        let seen = admin.get(&format!("/people/deletion?{}", query.join("&"))).value("seen");
        let mut form: Vec<(&str, &str)> = ids.iter().map(|id| ("id", id.as_str())).collect();
        form.extend([("seen", seen.as_str()), ("typed", "3")]);
        assert_eq!(admin.post("/people/deletion", &form).location(), "/jobs/1");
        // Something that the house does not know of refers to one of them.
        house.sql("CREATE TABLE strangers (person_id BIGINT NOT NULL REFERENCES people (id))");
        house.sql(&format!("INSERT INTO strangers VALUES ({})", ids[1]));
        assert!(work(house));
        assert_eq!(people.each_ref().map(|person| there(house, person)), [false, true, false]);
        let done = admin.get("/jobs/1").text();
        assert!(done.contains("Deleted 2 Refused 1") && done.contains("Dora"), "{done}");
        healthy(house);
        house.sql("DROP TABLE strangers");
    });
}

#[test]
fn a_job_stops_when_whoever_started_it_may_not_act_any_more() {
    on_both(|house| {
        let (ada, eve) = (house.join("Ada", Role::Admin), house.join("Eve", Role::Admin));
        let cleo = house.join("Cleo", Role::EndUser);
        let admin = house.sign_in(&eve);
        let id = cleo.id.0.to_string();
        let seen = admin.get(&format!("/people/deletion?id={id}")).value("seen");
        let form = [("id", id.as_str()), ("seen", &seen), ("typed", "1")];
        assert_eq!(admin.post("/people/deletion", &form).status, 303);
        house.act(|act| people::suspension::create(act, eve.id, "")).unwrap();
        assert!(!work(house));
        assert!(there(house, &cleo));
        assert!(house.sign_in(&ada).get("/jobs/1").text().contains("Stopped"));
    });
}
