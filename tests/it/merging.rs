//! Two people become one, and two again: nothing of theirs is lost, and nothing that others did meanwhile.
use crate::house::{House, on_both};
use crate::undo::{Rows, TABLES, differences, everything, furnish, healthy};
use fastrand::Rng;
use rollcall::actions::people::{deletion, merge, suspension};
use rollcall::actions::{chats, people, tickets, trash, workspaces};
use rollcall::domain::belonging::{Belonging, Choices};
use rollcall::domain::chat::Recipient;
use rollcall::domain::custom::FieldKind;
use rollcall::domain::merge::{Side, Sides};
use rollcall::domain::ticket::{Priority, TicketStatus};
use rollcall::domain::undo::Row;
use rollcall::domain::{Field, Fields, PersonId, Role, Status};
use rollcall::store::belongings;
use rollcall::store::rows::{self, REFERENCES};
use serde_json::Value;
use std::collections::BTreeMap;

fn customers(house: &House) -> Vec<PersonId> {
    let ids = house.act(|act| rows::ids(act.conn, "people", "role = 0")).unwrap();
    ids.into_iter().map(PersonId).collect()
}

fn two_of(rng: &mut Rng, people: &[PersonId]) -> (PersonId, PersonId) {
    let absorbed = people[rng.usize(..people.len())];
    let others: Vec<PersonId> = people.iter().copied().filter(|one| *one != absorbed).collect();
    (absorbed, others[rng.usize(..others.len())])
}

/// They know each other, and share what people share.
fn entangle(house: &House, one: PersonId, two: PersonId) {
    house
        .act(|act| {
            chats::add_contact(act, one, two)?;
            chats::send(act, one, Recipient::Person(two), "Is that you?")?;
            chats::send(act, two, Recipient::Person(one), "It is me.")
        })
        .unwrap();
}

fn merge_now(house: &House, absorbed: PersonId, survivor: PersonId, sides: &Sides) -> i64 {
    let plan = house.act(|act| merge::plan(act, absorbed, survivor)).unwrap();
    house.act(|act| merge::create(act, absorbed, survivor, &plan.seen, sides)).unwrap().unwrap()
}

fn undo(house: &House, kept: i64) -> trash::Restored {
    house.act(|act| trash::restore(act, kept, &BTreeMap::new())).unwrap()
}

#[test]
fn an_undone_merge_gives_every_row_back_and_the_plan_told_them_all() {
    on_both(|house| {
        furnish(house, 31);
        let people = customers(house);
        let mut rng = Rng::with_seed(8);
        for round in 0..20 {
            let (absorbed, survivor) = two_of(&mut rng, &people);
            entangle(house, absorbed, survivor);
            let before = everything(house);
            let plan = house.act(|act| merge::plan(act, absorbed, survivor)).unwrap();
            for what in Belonging::ALL.iter().filter(|what| **what != Belonging::Fields) {
                let (table, condition) = belongings::place(*what, absorbed);
                let there = house.act(|act| rows::count(act.conn, table, &condition)).unwrap();
                let (moved, dropped) = plan.line(*what);
                assert_eq!(moved + dropped, there, "{what:?} in round {round}");
            }
            let owned = |what: Belonging, who| {
                let (table, condition) = belongings::place(what, who);
                house.act(|act| rows::count(act.conn, table, &condition)).unwrap()
            };
            let had: Vec<i64> = Belonging::ALL.iter().map(|what| owned(*what, survivor)).collect();
            let sides: Sides = plan
                .pairs
                .iter()
                .map(|pair| (pair.name.clone(), if rng.bool() { Side::Survivor } else { Side::Absorbed }))
                .collect();
            let entries = house.entries();
            let kept = house.act(|act| merge::create(act, absorbed, survivor, &plan.seen, &sides)).unwrap().unwrap();
            assert_eq!(house.entries(), entries + 1);
            healthy(house);
            for (child, column, ..) in REFERENCES.iter().filter(|(.., parent, _)| *parent == "people") {
                let condition = format!("{column} = {}", absorbed.0);
                let left = house.act(|act| rows::count(act.conn, child, &condition)).unwrap();
                assert_eq!(left, 0, "{child}.{column} still names them in round {round}");
            }
            // What is known by its own number went over exactly as told.
            use Belonging as B;
            for (what, had) in Belonging::ALL.iter().zip(had) {
                let now = owned(*what, survivor);
                match what {
                    B::Fields
                    | B::Identities
                    | B::Sessions
                    | B::Conversations
                    | B::Messages
                    | B::Contacts
                    | B::Blocks => {}
                    _ => assert_eq!(now, had + plan.line(*what).0, "{what:?} in round {round}"),
                }
            }
            for pair in &plan.pairs {
                let field = Field::named(&pair.name);
                let now = field.map(|field| house.person(survivor.0).fields.get(field));
                let chosen = if sides[&pair.name] == Side::Survivor { &pair.survivor } else { &pair.absorbed };
                assert!(now.is_none_or(|now| now == *chosen), "{} in round {round}", pair.name);
            }
            let restored = undo(house, kept);
            assert_eq!(restored.losses, [], "round {round}");
            healthy(house);
            assert_eq!(house.entries(), entries + 2);
            let differing = differences(&before, &everything(house));
            assert_eq!(differing, [""; 0], "round {round} of {absorbed:?} into {survivor:?}");
        }
    });
}

/// Rows of everybody else, with the two made alike wherever a row of somebody else names them.
fn of_others(house: &House, two: [PersonId; 2]) -> Rows {
    let names = |column: &str, table: &str| {
        REFERENCES.iter().any(|(child, name, parent, _)| (*child, *name, *parent) == (table, column, "people"))
    };
    let is_one = |value: &Value| two.iter().any(|one| value.as_i64() == Some(one.0));
    let known = ["tickets", "ticket_comments", "workspaces", "chats"];
    let read = |table: &'static str| {
        let found = house.act(|act| rows::read(act.conn, table, "1 = 1")).unwrap();
        let text = |mut row: Row| {
            if table == "people" && row.get("id").is_some_and(is_one) {
                return None;
            }
            let touched: Vec<String> = row
                .iter()
                .filter(|(name, value)| names(name, table) && is_one(value))
                .map(|(name, _)| name.clone())
                .collect();
            if !touched.is_empty() && !known.contains(&table) {
                return None;
            }
            touched.iter().for_each(|name| drop(row.insert(name.clone(), "one of the two".into())));
            // When who is in a group changed last only goes forward.
            let forward = table == "groups" && row.contains_key("updated_at");
            row.retain(|name, _| name != "version" && name != "conversation_id" && !(forward && name == "updated_at"));
            Some(serde_json::to_string(&row).unwrap())
        };
        (table, found.into_iter().filter_map(text).collect())
    };
    let quiet = ["trash", "organisation_domains", "conversations"];
    TABLES.iter().copied().filter(|table| !quiet.contains(table)).map(read).collect()
}

#[test]
fn a_thousand_changes_to_others_outlive_the_undo_of_a_merge() {
    on_both(|house| {
        furnish(house, 47);
        let agent = house.join("Ines", Role::Agent).id;
        let people = customers(house);
        let mut rng = Rng::with_seed(3);
        let (absorbed, survivor) = two_of(&mut rng, &people);
        entangle(house, absorbed, survivor);
        let others: Vec<PersonId> = people.iter().copied().filter(|one| ![absorbed, survivor].contains(one)).collect();
        let before = [absorbed, survivor].map(|one| house.person(one.0));
        let asked =
            |who: PersonId| house.act(|act| rows::ids(act.conn, "tickets", &format!("requester_id = {}", who.0)));
        let tickets_before = [asked(absorbed).unwrap(), asked(survivor).unwrap()];
        let kept = merge_now(house, absorbed, survivor, &Sides::new());
        let all = house.act(|act| rows::ids(act.conn, "tickets", "1 = 1")).unwrap();
        house
            .act(|act| {
                for n in 0..1_000 {
                    let (one, two) = two_of(&mut rng, &others);
                    let ticket = all[rng.usize(..all.len())];
                    match n % 8 {
                        0 | 1 => {
                            let person = people::show(act, one)?;
                            let mut fields = person.fields.clone();
                            fields.notes = format!("Note {n}");
                            fields.tags = vec![format!("tag {}", n % 7)];
                            people::edit(act, one, person.version, fields)?;
                        }
                        2 => {
                            let found = tickets::show(act, ticket)?.shown.ticket;
                            let status = TicketStatus::ALL[rng.usize(..4)];
                            let work =
                                tickets::Work { status, priority: Priority::High, assignee: Some(agent), group: None };
                            tickets::update(act, ticket, found.version, work)?;
                        }
                        3 => tickets::comment(act, ticket, true, &format!("Comment {n}"))?,
                        4 => chats::add_contact(act, one, two)?,
                        5 => chats::send(act, one, Recipient::Person(two), "Hello")?,
                        6 => {
                            let asked = format!("New question {n}");
                            let work = tickets::Work {
                                status: TicketStatus::Open,
                                priority: Priority::Normal,
                                assignee: None,
                                group: None,
                            };
                            let draft = tickets::Draft {
                                subject: asked.clone(),
                                body: asked,
                                requester: one,
                                work,
                                collaborators: vec![],
                            };
                            tickets::create(act, draft)?;
                        }
                        _ => {
                            let person = people::show(act, one)?;
                            if person.status == Status::Suspended {
                                suspension::destroy(act, one)?;
                            } else {
                                suspension::create(act, one, "Meanwhile")?;
                            }
                        }
                    }
                }
                Ok(())
            })
            .unwrap();
        let meanwhile = of_others(house, [absorbed, survivor]);
        let restored = undo(house, kept);
        assert_eq!(restored.losses, []);
        healthy(house);
        assert_eq!(differences(&meanwhile, &of_others(house, [absorbed, survivor])), [""; 0]);
        for (one, before) in [absorbed, survivor].into_iter().zip(before) {
            let mut now = house.person(one.0);
            now.version = before.version;
            assert_eq!(now, before);
        }
        assert_eq!([asked(absorbed).unwrap(), asked(survivor).unwrap()], tickets_before);
    });
}

#[test]
fn what_the_one_does_after_the_merge_stays_with_the_survivor() {
    on_both(|house| {
        let ada = house.join("Ada", Role::EndUser);
        let (wang, fang) = (house.join("Wang Fang", Role::EndUser), house.join("Fang Wang", Role::EndUser));
        house.act(|act| chats::send(act, wang.id, Recipient::Person(ada.id), "Before")).unwrap();
        let first = house.ticket("Before the merge", &wang, None);
        let kept = merge_now(house, wang.id, fang.id, &Sides::new());
        let fang = house.person(fang.id.0);
        let second = house.ticket("After the merge", &fang, None);
        house.act(|act| chats::send(act, fang.id, Recipient::Person(ada.id), "After")).unwrap();
        let space = house.workspace("Pilots", &fang);
        assert_eq!(undo(house, kept).losses, []);
        healthy(house);
        let asked = |id: i64| house.act(|act| tickets::show(act, id)).unwrap().shown.ticket.requester;
        assert_eq!([asked(first), asked(second)], [Some(wang.id), Some(fang.id)]);
        let said = |who: PersonId| {
            let of =
                format!("conversation_id IN (SELECT id FROM conversations WHERE {0} IN (first_id, second_id))", who.0);
            house.act(|act| rows::samples(act.conn, "body", "messages", &of, 9)).unwrap()
        };
        assert_eq!((said(wang.id), said(fang.id)), (vec!["Before".to_owned()], vec!["After".to_owned()]));
        assert_eq!(house.act(|act| workspaces::show(act, space)).unwrap().0.owner, "Fang Wang");
    });
}

#[test]
fn values_are_chosen_and_the_others_kept() {
    on_both(|house| {
        let known = |email: &str, phone: &str| {
            let given = [(Field::Name, "Wang Fang"), (Field::Email, email), (Field::Phone, phone)];
            house.join_with(&given, Role::EndUser, Status::Active)
        };
        let (old, new) = (known("old@example.org", "+8613816004471"), known("new@example.org", ""));
        let sides: Sides = [("email".to_owned(), Side::Absorbed)].into();
        let kept = merge_now(house, old.id, new.id, &sides);
        let one = house.person(new.id.0);
        assert_eq!(one.fields.get(Field::Email), "old@example.org");
        assert_eq!(one.fields.get(Field::Phone), old.fields.get(Field::Phone), "an empty one is filled");
        let identities = house.act(|act| people::identities::index(act, new.id)).unwrap();
        let identities: Vec<_> = identities.iter().map(|one| (one.provider.as_str(), one.subject.as_str())).collect();
        assert_eq!(identities, [("email", "new@example.org")]);
        let found = |q: &str| {
            let filter = rollcall::domain::PeopleFilter { q: q.into(), ..Default::default() };
            house.act(|act| rollcall::store::list::count(act.conn, rollcall::domain::Scope::Everyone, &filter)).unwrap()
        };
        assert_eq!((found("new@example"), found("old@example")), (1, 1), "still found by what they were");
        // Both addresses are somebody else's by the time the merge is undone.
        let mut fields = one.fields.clone();
        fields.set(Field::Email, "third@example.org").unwrap();
        house.act(|act| people::edit(act, new.id, one.version, fields)).unwrap();
        let eve = known("old@example.org", "");
        let asked = house.act(|act| trash::restore(act, kept, &BTreeMap::new())).unwrap_err();
        assert_eq!(asked.fields().unwrap().on("email"), Some("email.taken"));
        let instead = [("email".to_owned(), "older@example.org".to_owned())].into();
        let restored = house.act(|act| trash::restore(act, kept, &instead)).unwrap();
        let losses: Vec<_> =
            restored.losses.iter().map(|one| (one.table.as_str(), one.count, one.why.name())).collect();
        assert_eq!(losses, [("people", 1, "changed")]);
        let email = |id: PersonId| house.person(id.0).fields.get(Field::Email);
        assert_eq!([old.id, new.id, eve.id].map(email), ["older@example.org", "third@example.org", "old@example.org"]);
        healthy(house);
    });
}

#[test]
fn an_address_that_the_survivor_gave_up_and_somebody_took_is_asked_about() {
    on_both(|house| {
        let join = |email: &str| {
            house.join_with(&[(Field::Name, "Wang Fang"), (Field::Email, email)], Role::EndUser, Status::Active)
        };
        let (one, two) = (join("one@example.org"), join("two@example.org"));
        let kept = merge_now(house, one.id, two.id, &[("email".to_owned(), Side::Absorbed)].into());
        join("two@example.org");
        let asked = house.act(|act| trash::restore(act, kept, &BTreeMap::new())).unwrap_err();
        assert_eq!(asked.fields().unwrap().on("survivor_email"), Some("email.taken"));
        let nobody = [("survivor_email".to_owned(), String::new())].into();
        let asked = house.act(|act| trash::restore(act, kept, &nobody)).unwrap_err();
        assert_eq!(asked.fields().unwrap().on("survivor_email"), Some("email.nobody"));
        let instead = [("survivor_email".to_owned(), "2@example.org".to_owned())].into();
        assert_eq!(house.act(|act| trash::restore(act, kept, &instead)).unwrap().losses, []);
        let email = |id: PersonId| house.person(id.0).fields.get(Field::Email);
        assert_eq!([one.id, two.id].map(email), ["one@example.org", "2@example.org"]);
        healthy(house);
    });
}

fn edit(house: &House, id: PersonId, change: impl FnOnce(&mut Fields)) {
    let person = house.person(id.0);
    let mut fields = person.fields.clone();
    change(&mut fields);
    house.act(|act| people::edit(act, id, person.version, fields)).unwrap();
}

#[test]
fn a_chosen_value_that_was_changed_after_the_merge_stays() {
    on_both(|house| {
        house.field("plan", FieldKind::Text, |_| {});
        let known = |name: &str, plan: &str| {
            let person = house.join(name, Role::EndUser);
            edit(house, person.id, |fields| fields.custom = [("plan".to_owned(), plan.to_owned())].into());
            person.id
        };
        let (one, two) = (known("One", "gold"), known("Two", "silver"));
        let kept = merge_now(house, one, two, &[("field.plan".to_owned(), Side::Absorbed)].into());
        assert_eq!(house.person(two.0).fields.custom["plan"], "gold");
        edit(house, two, |fields| fields.custom = [("plan".to_owned(), "platinum".to_owned())].into());
        let losses = undo(house, kept).losses;
        let losses: Vec<_> = losses.iter().map(|one| (one.table.as_str(), one.count)).collect();
        assert_eq!(losses, [("field_values", 1)], "silver does not return where platinum is");
        let plans = [one, two].map(|id| house.person(id.0).fields.custom["plan"].clone());
        assert_eq!(plans, ["gold", "platinum"]);
        healthy(house);
    });
}

#[test]
fn a_merge_is_undone_after_the_survivor_came_back() {
    on_both(|house| {
        let (one, two) = (house.join("One", Role::EndUser), house.join("Two", Role::EndUser));
        house.ticket("Whose is it?", &one, None);
        let kept = merge_now(house, one.id, two.id, &Sides::new());
        let plan = house.act(|act| deletion::plan(act, two.id)).unwrap();
        let choices = Choices::without_heirs();
        let consent = deletion::Consent { seen: plan.seen.clone(), choices, typed: plan.word() };
        let gone = house.act(|act| deletion::create(act, two.id, &consent)).unwrap().unwrap();
        let waits = house.act(|act| trash::restore(act, kept, &BTreeMap::new())).unwrap_err();
        assert_eq!(waits.fields().unwrap().on("survivor"), Some("trash.survivor_first"));
        undo(house, gone);
        assert_eq!(undo(house, kept).losses, []);
        assert_eq!(house.act(|act| tickets::show(act, 1)).unwrap().shown.ticket.requester, Some(one.id));
        healthy(house);
    });
}

#[test]
fn staff_and_oneself_are_not_merged() {
    on_both(|house| {
        let (ada, cleo) = (house.join("Ada", Role::Agent), house.join("Cleo", Role::EndUser));
        let fault = |id: PersonId, into: PersonId| {
            let refused = house.act(|act| merge::plan(act, id, into)).unwrap_err();
            refused.fields().map(|fields| fields.on("into").unwrap().to_owned()).unwrap_or_else(|| format!("{refused}"))
        };
        assert_eq!(fault(cleo.id, cleo.id), "merge.same_person");
        assert_eq!(fault(cleo.id, ada.id), "merge.end_users_only");
        assert!(fault(ada.id, cleo.id).contains("merge.end_users_only"));
        assert_eq!(fault(cleo.id, PersonId(99)), "person.unknown");
        let agent = house.join("Ben", Role::Agent);
        let other = house.join("Dora", Role::EndUser);
        let refused = house.act_as(&agent, |act| merge::plan(act, cleo.id, other.id));
        assert!(refused.is_err(), "agents who may not delete do not merge");
    });
}
