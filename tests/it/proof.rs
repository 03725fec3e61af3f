//! The history can be proven: whatever is edited, inserted, deleted or cut off behind its back is found.
use crate::house::{House, on_both};
use crate::undo::{differences, everything, furnish, healthy};
use rollcall::actions::audit::{self, Checkpoint, Fault, Report};
use rollcall::actions::people::deletion::{self, Consent};
use rollcall::actions::people::erasure::{self, Receipt};
use rollcall::actions::people::merge;
use rollcall::actions::{chats, duplicates, people, tickets, workspaces};
use rollcall::domain::belonging::Choices;
use rollcall::domain::merge::Sides;
use rollcall::domain::ticket::{Priority, TicketStatus};
use rollcall::domain::{Field, Person, PersonId, Role, Status};
use std::time::Duration;

fn seal(house: &House) {
    house.act(audit::seal).unwrap();
}

fn verify(house: &House, checkpoint: Option<&Checkpoint>) -> Report {
    house.act(|act| audit::verify(act, checkpoint)).unwrap()
}

/// Twelve entries under three seals.
fn history(house: &House) -> Checkpoint {
    for round in 0..3 {
        for n in 0..4 {
            house.join(&format!("Person {round} {n}"), Role::EndUser);
        }
        seal(house);
    }
    house.act(audit::checkpoint).unwrap()
}

#[test]
fn an_untouched_history_is_proven() {
    on_both(|house| {
        let checkpoint = history(house);
        let report = verify(house, Some(&checkpoint));
        assert_eq!(report, Report { entries: 12, seals: 3, unsealed: 0, faults: vec![] });
        assert_eq!(house.act(audit::seal).unwrap(), None, "nothing new, nothing sealed");
        house.join("Late", Role::EndUser);
        let report = verify(house, Some(&checkpoint));
        assert_eq!((report.entries, report.unsealed, report.faults), (13, 1, vec![]));
    });
}

#[test]
fn an_edit_is_found() {
    on_both(|house| {
        history(house);
        house.sql("UPDATE audit_entries SET kind = 'person.suspended' WHERE id = 6");
        assert_eq!(verify(house, None).faults, [Fault::Forged { entry: 6 }]);
    });
}

#[test]
fn an_insertion_is_found_sealed_or_not() {
    on_both(|house| {
        history(house);
        let columns = "at, kind, actor_id, actor_label, door, request, person_id, person_label, changes, mac";
        house.sql(&format!(
            "INSERT INTO audit_entries (id, {columns}) SELECT 40, at, 'person.edited', actor_id, actor_label, door, request, person_id, person_label, changes, mac FROM audit_entries WHERE id = 2"
        ));
        assert_eq!(verify(house, None).faults, [Fault::Forged { entry: 40 }], "not sealed yet");
        seal(house);
        assert_eq!(verify(house, None).faults, [Fault::Forged { entry: 40 }], "a seal does not make it true");
    });
}

#[test]
fn a_repeated_entry_is_found() {
    on_both(|house| {
        history(house);
        house.sql("DELETE FROM audit_entries WHERE id = 7");
        let columns = "at, kind, actor_id, actor_label, door, request, person_id, person_label, changes, mac";
        house.sql(&format!(
            "INSERT INTO audit_entries (id, {columns}) SELECT 7, {columns} FROM audit_entries WHERE id = 6"
        ));
        assert_eq!(verify(house, None).faults, [Fault::Exchanged { after: 4, until: 8 }]);
    });
}

#[test]
fn a_deletion_is_found() {
    on_both(|house| {
        history(house);
        house.sql("DELETE FROM audit_entries WHERE id = 6 OR id = 7");
        assert_eq!(verify(house, None).faults, [Fault::Missing { after: 4, until: 8, count: 2 }]);
    });
}

#[test]
fn a_truncation_is_found_against_a_checkpoint() {
    on_both(|house| {
        let checkpoint = history(house);
        house.sql("DELETE FROM audit_entries WHERE id > 8");
        assert_eq!(verify(house, None).faults, [Fault::Missing { after: 8, until: 12, count: 4 }]);
        house.sql("DELETE FROM audit_seals WHERE id = 3");
        assert_eq!(verify(house, None).faults, [], "cut off at a seal, it looks whole");
        assert_eq!(verify(house, Some(&checkpoint)).faults, [Fault::Broken { seal: 3 }]);
        house.join("Another", Role::EndUser);
        seal(house);
        assert_eq!(verify(house, Some(&checkpoint)).faults, [Fault::Rewritten { seal: 3 }]);
    });
}

#[test]
fn a_forged_seal_is_found() {
    on_both(|house| {
        history(house);
        house.sql("UPDATE audit_seals SET entries = 7 WHERE id = 2");
        let faults = verify(house, None).faults;
        assert!(faults.contains(&Fault::Unsigned { seal: 2 }), "{faults:?}");
        assert!(faults.contains(&Fault::Added { after: 4, until: 8, count: 1 }), "{faults:?}");
    });
}

/// To an erasure, as one has who looked at what it touches.
pub fn consent(house: &House, id: PersonId) -> Consent {
    let plan = house.act(|act| erasure::plan(act, id)).unwrap();
    let choices = Choices::without_heirs();
    Consent { seen: plan.seen.clone(), choices, typed: plan.word() }
}

/// Every row but the history's, as one text.
fn dump(house: &House) -> String {
    everything(house).into_values().flatten().collect::<Vec<_>>().join("\n")
}

/// Somebody with a name that stands nowhere else, named in entries about others, too.
fn zenobia(house: &House) -> Person {
    let given = [
        (Field::Name, "Zenobia Quill"),
        (Field::Email, "zenobia@quill.example"),
        (Field::Phone, "+4930901820"),
        (Field::Tags, "vip"),
    ];
    let zenobia = house.join_with(&given, Role::Agent, Status::Active);
    let ben = house.join("Ben", Role::EndUser);
    let ticket = house.ticket("Quill pens", &ben, None);
    let work = tickets::Work {
        status: TicketStatus::Open,
        priority: Priority::Normal,
        assignee: Some(zenobia.id),
        group: None,
    };
    house.act(|act| tickets::update(act, ticket, 1, work)).unwrap();
    house.act_as(&zenobia, |act| tickets::comment(act, ticket, true, "On it.")).unwrap();
    house.act(|act| chats::add_contact(act, ben.id, zenobia.id)).unwrap();
    let space = house.workspace("Pilots", &ben);
    house
        .act(|act| workspaces::join(act, space, zenobia.id, rollcall::domain::workspace::MemberRole::MANAGER))
        .unwrap();
    zenobia
}

#[test]
fn what_the_history_said_of_an_erased_person_is_gone_for_ever_and_the_history_still_proven() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        let zenobia = zenobia(house);
        seal(house);
        let checkpoint = house.act(audit::checkpoint).unwrap();
        let admin = house.sign_in(&ada);
        assert!(admin.get("/audit").text().contains("Zenobia Quill"));
        let consent = consent(house, zenobia.id);
        let entries = house.entries();
        let kept = house.act_as(&ada, |act| erasure::create(act, zenobia.id, &consent, "Asked us to")).unwrap();
        assert_eq!(house.entries(), entries + 1);
        healthy(house);
        let page = admin.get("/audit");
        assert!(!page.body.contains("Zenobia") && !page.body.contains("zenobia"), "{}", page.text());
        assert!(page.text().contains("Erased person") && page.text().contains("Asked us to"), "{}", page.text());
        let left = dump(house);
        assert!(!left.to_lowercase().contains("zenobia") && !left.contains("4930901820"));
        assert!(house.act(|act| rollcall::store::trash::count(act.conn, None, act.now)).unwrap() == 0);
        assert!(admin.get("/tickets/1").text().contains("Somebody"), "what they wrote stays, without a name");
        seal(house);
        assert_eq!(verify(house, Some(&checkpoint)).faults, []);
        let receipt = house.act_as(&ada, |act| erasure::show(act, kept)).unwrap();
        assert_eq!((receipt.person, receipt.reason.as_str()), (zenobia.id.0, "Asked us to"));
        let genuine = |receipt: &Receipt| house.act(|act| erasure::is_genuine(act, receipt)).unwrap();
        assert!(genuine(&receipt));
        assert!(!genuine(&Receipt { reason: "Another".into(), ..receipt.clone() }));
        assert!(!serde_json::to_string(&receipt).unwrap().contains("Zenobia"));
        let again = house.act(|act| people::show(act, zenobia.id));
        assert!(again.is_err());
    });
}

#[test]
fn somebody_in_the_trash_is_erased_with_the_name_that_stayed() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        let zenobia = zenobia(house);
        let consent = consent(house, zenobia.id);
        let entry = house.act(|act| deletion::create(act, zenobia.id, &consent)).unwrap().unwrap();
        let admin = house.sign_in(&ada);
        assert!(admin.get("/tickets/1").text().contains("Zenobia Quill"), "they wrote there");
        assert!(admin.get("/trash").body.contains(&format!("/trash/{entry}/erasure")));
        let path = format!("/trash/{entry}/erasure");
        assert!(admin.get(&path).text().contains("Erase Zenobia Quill for ever?"));
        assert_eq!(admin.post(&path, &[("reason", "")]).status, 422);
        let entries = house.entries();
        assert_eq!(admin.post(&path, &[("reason", "Letter of May")]).location(), "/erasures");
        assert_eq!(house.entries(), entries + 1);
        assert!(!dump(house).to_lowercase().contains("zenobia"));
        for page in ["/audit", "/trash", "/tickets/1", "/erasures"] {
            assert!(!admin.get(page).body.to_lowercase().contains("zenobia"), "{page}");
        }
        seal(house);
        assert_eq!(verify(house, None).faults, []);
        healthy(house);
    });
}

#[test]
fn erasing_the_survivor_of_a_merge_forgets_whom_they_absorbed() {
    on_both(|house| {
        let known = |email: &str| {
            house.join_with(&[(Field::Name, "Zenobia Quill"), (Field::Email, email)], Role::EndUser, Status::Active)
        };
        let (one, two) = (known("zenobia@one.example"), known("zenobia@two.example"));
        house.wait(Duration::from_secs(10));
        while house.act(duplicates::look_on).unwrap() {}
        let plan = house.act(|act| merge::plan(act, one.id, two.id)).unwrap();
        house.act(|act| merge::create(act, one.id, two.id, &plan.seen, &Sides::new())).unwrap().unwrap();
        let consent = consent(house, two.id);
        house.act(|act| erasure::create(act, two.id, &consent, "Asked us to")).unwrap();
        let trash = house.act(|act| rollcall::store::trash::count(act.conn, None, act.now)).unwrap();
        assert_eq!(trash, 0);
        let ada = house.join("Ada", Role::Admin);
        let page = house.sign_in(&ada).get("/audit");
        assert!(!page.body.to_lowercase().contains("zenobia"), "{}", page.text());
        healthy(house);
    });
}

#[test]
fn an_erasure_needs_an_administrator_a_reason_and_the_typed_word() {
    on_both(|house| {
        let (ada, ben) = (house.join("Ada", Role::Admin), house.join("Ben", Role::Agent));
        let cleo = house.join("Cleo", Role::EndUser);
        let consent = consent(house, cleo.id);
        let before = everything(house);
        assert!(house.act_as(&ben, |act| erasure::create(act, cleo.id, &consent, "Asked us to")).is_err());
        let blank = house.act_as(&ada, |act| erasure::create(act, cleo.id, &consent, "  ")).unwrap_err();
        assert_eq!(blank.fields().unwrap().on("reason"), Some("erasure.reason_blank"));
        let untyped = Consent { typed: String::new(), ..consent.clone() };
        let unsure = house.act_as(&ada, |act| erasure::create(act, cleo.id, &untyped, "Asked us to")).unwrap_err();
        assert_eq!(unsure.fields().unwrap().on("typed"), Some("deletion.typed_wrong"));
        let oneself = house.act_as(&ada, |act| erasure::plan(act, ada.id));
        assert!(oneself.is_err(), "nobody erases themselves");
        assert_eq!(differences(&before, &everything(house)), [""; 0]);
    });
}

#[test]
fn an_administrator_erases_and_takes_the_receipt_along() {
    on_both(|house| {
        let (ada, cleo) = (house.join("Ada", Role::Admin), house.join("Cleo", Role::EndUser));
        house.ticket("Where is it?", &cleo, None);
        let admin = house.sign_in(&ada);
        let path = format!("/people/{}/erasure", cleo.id.0);
        let page = admin.get(&path);
        assert!(page.text().contains("Erase Cleo for ever?") && page.text().contains("No trash, no restore."));
        let seen = page.value("seen");
        let form =
            [("seen", seen.as_str()), ("typed", "cleo"), ("requested", "anonymous"), ("reason", "Letter of May")];
        let refused = admin.post(&path, &form[..3]);
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains("Say why."), "{}", refused.text());
        let done = admin.post(&path, &form);
        assert_eq!((done.status, done.location()), (303, "/erasures"));
        let list = admin.get("/erasures").text();
        assert!(list.contains("1 receipt") && list.contains("Letter of May"), "{list}");
        let file = admin.get("/erasures/1");
        assert_eq!(file.headers["content-disposition"], "attachment; filename=\"rollcall-erasure-1.json\"");
        let receipt: Receipt = serde_json::from_str(&file.body).unwrap();
        assert_eq!(receipt.touched["requested_tickets"], 1);
        assert!(house.act(|act| erasure::is_genuine(act, &receipt)).unwrap());
        assert_eq!(admin.get("/audit/checkpoint").status, 404, "nothing is sealed yet");
        seal(house);
        let checkpoint: Checkpoint = serde_json::from_str(&admin.get("/audit/checkpoint").body).unwrap();
        assert_eq!(verify(house, Some(&checkpoint)).faults, []);
    });
}

#[test]
fn a_deletion_keeps_the_history_readable() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        furnish(house, 5);
        let zenobia = zenobia(house);
        let consent = consent(house, zenobia.id);
        house.act(|act| deletion::create(act, zenobia.id, &consent)).unwrap();
        assert!(house.sign_in(&ada).get("/audit").text().contains("Zenobia Quill"));
        seal(house);
        assert_eq!(verify(house, None).faults, []);
    });
}

/// As the house does by the clock; answers how many.
fn erase_due(house: &House) -> i64 {
    actix_web::rt::System::new().block_on(rollcall::jobs::purge::erase_due(&house.app)).unwrap()
}

fn merge_now(house: &House, absorbed: PersonId, survivor: PersonId) -> i64 {
    let plan = house.act(|act| merge::plan(act, absorbed, survivor)).unwrap();
    house.act(|act| merge::create(act, absorbed, survivor, &plan.seen, &Sides::new())).unwrap().unwrap()
}

#[test]
fn whoever_became_somebody_by_way_of_another_is_erased_along() {
    on_both(|house| {
        let known = |email: &str| {
            house.join_with(&[(Field::Name, "Zenobia Quill"), (Field::Email, email)], Role::EndUser, Status::Active)
        };
        let [one, two, three] = ["one", "two", "three"].map(|name| known(&format!("zenobia@{name}.example")));
        let first = merge_now(house, one.id, two.id);
        merge_now(house, two.id, three.id);
        let ada = house.join("Ada", Role::Admin);
        let admin = house.sign_in(&ada);
        let refused = admin.post(&format!("/trash/{first}/erasure"), &[("reason", "Asked us to")]);
        assert_eq!(refused.status, 403, "what was theirs is somebody else's now");
        assert!(admin.get("/audit").body.contains("Zenobia"));
        let consent = consent(house, three.id);
        house.act(|act| erasure::create(act, three.id, &consent, "Asked us to")).unwrap();
        for page in ["/audit", "/trash", "/erasures", "/people"] {
            assert!(!admin.get(page).body.to_lowercase().contains("zenobia"), "{page}");
        }
        assert!(!dump(house).to_lowercase().contains("zenobia"));
        seal(house);
        assert_eq!(verify(house, None).faults, []);
        healthy(house);
    });
}

#[test]
fn customers_read_nobody_elses_name_in_their_own_history() {
    on_both(|house| {
        let known = |name: &str| house.join(name, Role::EndUser);
        let (wang, fang) = (known("Wang Fang"), known("Fang Wang"));
        let given = [(Field::Name, "Mei"), (Field::Email, "fang.wang+mei@example.org")];
        let mei = house.join_with(&given, Role::EndUser, Status::Active);
        merge_now(house, wang.id, fang.id);
        house.wait(Duration::from_secs(10));
        while house.act(duplicates::look_on).unwrap() {}
        let pair = house.act(|act| duplicates::between(act, fang.id, mei.id)).unwrap().1.unwrap();
        house.act(|act| duplicates::dismiss(act, pair)).unwrap();
        let ada = house.join("Ada", Role::Admin);
        let path = format!("/people/{}/activity", fang.id.0);
        let seen_by = |person: &Person| house.sign_in(person).get(&path).text();
        let staff = seen_by(&ada);
        assert!(staff.contains("Wang Fang") && staff.contains("Mei"), "{staff}");
        let own = seen_by(&fang);
        assert!(own.contains("merged another person") && !own.contains("Wang Fang") && !own.contains("Mei"), "{own}");
    });
}

#[test]
fn rules_spare_whoever_was_merged_or_restored_lately() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        let [one, two, three, quiet] = ["One", "Two", "Three", "Quiet"].map(|name| house.join(name, Role::EndUser));
        house.wait(Duration::from_secs(86_400 * 120));
        merge_now(house, one.id, two.id);
        let consent = consent(house, three.id);
        let entry = house.act(|act| deletion::create(act, three.id, &consent)).unwrap().unwrap();
        house.act(|act| rollcall::actions::trash::restore(act, entry, &Default::default())).unwrap();
        let admin = house.sign_in(&ada);
        assert_eq!(admin.post("/erasures/rules", &[("inactive", "100"), ("suspended", "0")]).status, 303);
        assert_eq!(erase_due(house), 1);
        let there = |person: &Person| house.act(|act| people::show(act, person.id)).is_ok();
        assert_eq!([&two, &three, &quiet].map(there), [true, true, false]);
        house.wait(Duration::from_secs(86_400 * 101));
        assert_eq!(erase_due(house), 2, "in their turn");
    });
}

#[test]
fn rules_erase_whom_they_named_before() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        let (quiet, asking) = (house.join("Quiet", Role::EndUser), house.join("Asking", Role::EndUser));
        let (owner, gone) = (house.join("Owner", Role::EndUser), house.join("Gone", Role::EndUser));
        house.workspace("Pilots", &owner);
        let old = house.ticket("Old", &quiet, None);
        house.wait(Duration::from_secs(86_400 * 60));
        house.act(|act| people::suspension::create(act, gone.id, "")).unwrap();
        house.ticket("New", &asking, None);
        house.wait(Duration::from_secs(86_400 * 60));
        let admin = house.sign_in(&ada);
        let refused = admin.get("/erasures/rules?inactive=5&suspended=x");
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains("from 30 to 36500"), "{}", refused.text());
        let preview = admin.get("/erasures/rules?inactive=100&suspended=0").text();
        assert!(preview.contains("2 people are due") && preview.contains("Quiet") && preview.contains("Gone"));
        assert!(preview.contains("1 more owns what others use"), "{preview}");
        let preview = admin.get("/erasures/rules?inactive=0&suspended=50").text();
        assert!(preview.contains("1 person is due") && preview.contains("Gone"), "{preview}");
        assert!(admin.get("/erasures/rules?inactive=0&suspended=70").text().contains("0 people are due"));
        assert_eq!(erase_due(house), 0, "nothing is set yet");
        let entries = house.entries();
        let set = [("inactive", "100"), ("suspended", "50")];
        assert_eq!(admin.post("/erasures/rules", &set).status, 303);
        assert_eq!(house.entries(), entries + 1);
        // Something that the house does not know of keeps one of them; the rest go all the same.
        house.sql("CREATE TABLE strangers (person_id BIGINT NOT NULL REFERENCES people (id))");
        house.sql(&format!("INSERT INTO strangers VALUES ({})", quiet.id.0));
        assert_eq!((erase_due(house), house.entries()), (1, entries + 2));
        house.sql("DROP TABLE strangers");
        assert_eq!((erase_due(house), house.entries()), (1, entries + 3));
        let there = |person: &Person| house.act(|act| people::show(act, person.id)).is_ok();
        assert_eq!([&ada, &quiet, &asking, &owner, &gone].map(there), [true, false, true, true, false]);
        assert_eq!(house.act(|act| tickets::show(act, old)).unwrap().shown.ticket.requester, None);
        let list = admin.get("/erasures").text();
        assert!(list.contains("no activity for 100 days") && list.contains("suspended for 50 days"), "{list}");
        healthy(house);
    });
}
