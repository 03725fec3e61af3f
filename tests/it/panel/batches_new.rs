//! Everybody who matches is changed by a job: shown first, begun once, reported, and taken back as a whole.
use crate::house::{Client, House, Reply, command_line, on_both};
use crate::undo::healthy;
use rollcall::domain::custom::FieldKind;
use rollcall::domain::{Field, PersonId, Role, Scope, Status};
use rollcall::jobs::{generate, worker};
use rollcall::store;
use std::time::Duration;

/// As the house does by the clock; how many turns that took.
fn work(house: &House) -> usize {
    let system = actix_web::rt::System::new();
    (0..100).take_while(|_| system.block_on(worker::once(&house.app)).unwrap()).count()
}

/// Somewhat fewer customers than this, because a few are staff; answers how many.
fn crowd(house: &House, many: u64) -> usize {
    generate::run(&house.app, &command_line(), many, 5, |_| {}).unwrap();
    customers(house).len()
}

/// What the list's form sends when everybody is meant.
fn all<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    [("all", "1"), ("filter", "role=end_user"), ("back", "/people?role=end_user")]
        .into_iter()
        .chain(more.to_vec())
        .collect()
}

/// Where what a job did is taken back.
fn undo(page: &Reply) -> String {
    let form = page.body.split("action=\"/batches/").nth(1).unwrap_or_else(|| panic!("{}", page.text()));
    format!("/batches/{}", form.split('"').next().unwrap())
}

/// Shown, confirmed and begun: where the job is shown.
fn begin(client: &Client, more: &[(&str, &str)]) -> String {
    let shown = client.post("/batches", &all(more));
    assert_eq!(shown.status, 303, "{}", shown.text());
    let page = client.get(shown.location());
    let (count, once) = (page.value("count"), page.value("once"));
    let form: Vec<_> = all(more).into_iter().chain([("count", count.as_str()), ("once", once.as_str())]).collect();
    let begun = client.post("/batches", &form);
    assert_eq!(begun.status, 303, "{}", begun.text());
    let again = client.post("/batches", &form);
    assert_eq!((again.status, again.location()), (303, begun.location()), "a form starts one job");
    begun.location().to_owned()
}

fn customers(house: &House) -> Vec<rollcall::domain::Person> {
    let filter = rollcall::domain::PeopleFilter { roles: vec![Role::EndUser], ..Default::default() };
    let sort = rollcall::domain::Sort::default();
    house.act(|act| store::list::numbered(act.conn, Scope::Everyone, &filter, &sort, (0, 10_000))).unwrap()
}

#[test]
fn everybody_who_matches_is_tagged_by_a_job_and_taken_back_by_another() {
    on_both(|house| {
        crowd(house, 260);
        let ben = house.sign_in(&house.join("Ben", Role::Agent));
        let before = customers(house);
        let list = ben.get("/people?role=end_user");
        assert!(list.text().contains(&format!("All {} who match", before.len())), "{}", list.text());
        let entries = house.entries();
        let form = [("deed", "tag"), ("tags", "spring sale")];
        let shown = ben.get(ben.post("/batches", &all(&form)).location());
        assert!(shown.text().contains("Add tags: spring sale"), "{}", shown.text());
        assert!(shown.text().contains(&format!("Change {} people", before.len())), "{}", shown.text());
        assert_eq!(house.entries(), entries, "looking changes nothing");
        let job = begin(&ben, &form);
        assert_eq!(house.entries(), entries + 1);
        let waiting = ben.get(&job);
        assert!(waiting.text().contains(&format!("Under way 0 / {}", before.len())), "{}", waiting.text());
        assert!(work(house) >= 1);
        assert_eq!(house.entries(), entries + 1 + before.len() as i64, "one for each and one for the start");
        let done = ben.get(&job);
        assert!(done.text().contains(&format!("Done {0} / {0}", before.len())), "{}", done.text());
        assert!(customers(house).iter().all(|person| person.fields.tags.contains(&"spring sale".to_owned())));
        let changed = &before[7];
        let version = house.person(changed.id.0).version.to_string();
        ben.post(&format!("/people/{}", changed.id.0), &[("version", &version), ("tags", "mine, spring sale")]);
        let undo = undo(&done);
        let undone = ben.post(&undo, &[("back", "/people")]);
        assert!(undone.location().starts_with("/jobs/"), "{}", undone.text());
        work(house);
        let tags = |person: &rollcall::domain::Person| person.fields.tags.clone();
        let was = |id: PersonId| before.iter().find(|person| person.id == id).map(tags).unwrap();
        for person in customers(house) {
            let expected = if person.id == changed.id { vec!["mine".to_owned()] } else { was(person.id) };
            assert_eq!(tags(&person), expected, "{}", person.label());
        }
        assert!(ben.get(undone.location()).text().contains(&format!("Undone {}", before.len())));
        let again = ben.post(&undo, &[("back", "/jobs")]);
        assert!(ben.get(again.location()).text().contains("This has been undone already."));
        let jobs = ben.get("/jobs").text();
        assert!(jobs.contains("Undo: Add tags: spring sale") && jobs.contains("Started by"), "{jobs}");
        healthy(house);
    });
}

#[test]
fn whoever_may_not_be_changed_is_left_alone_and_counted_by_reason() {
    on_both(|house| {
        for name in ["Cleo", "Dora"] {
            house.join(name, Role::EndUser);
        }
        let (ada, ben) = (house.join("Ada", Role::Admin), house.join("Ben", Role::Agent));
        house.join_as("Suse", Role::EndUser, Status::Suspended);
        let client = house.sign_in(&ben);
        let form = [("deed", "suspend"), ("all", "1"), ("filter", "")];
        let page = client.get(client.post("/batches", &form).location());
        let (count, once) = (page.value("count"), page.value("once"));
        let form = [form.as_slice(), &[("count", count.as_str()), ("once", &once)]].concat();
        let job = client.post("/batches", &form).location().to_owned();
        work(house);
        let done = client.get(&job).text();
        assert!(done.contains("Done 5 / 5 Changed 2 So already 1 Left alone 2"), "{done}");
        assert!(done.contains("Ada") && done.contains("Ben"), "they are named: {done}");
        assert_eq!(house.person(ada.id.0).status, Status::Active);
        assert_eq!(house.person(ben.id.0).status, Status::Active);
        healthy(house);
    });
}

#[test]
fn a_figure_that_is_not_right_any_more_is_shown_again() {
    on_both(|house| {
        house.join("Cleo", Role::EndUser);
        let ben = house.sign_in(&house.join("Ben", Role::Agent));
        let form = all(&[("deed", "suspend")]);
        let page = ben.get(ben.post("/batches", &form).location());
        let dora = house.join("Dora", Role::EndUser);
        let confirm = |count: &str, once: &str| {
            let form: Vec<_> = all(&[("deed", "suspend"), ("count", count), ("once", once)]);
            ben.post("/batches", &form)
        };
        let again = confirm("1", &page.value("once"));
        assert_eq!(again.status, 409);
        assert!(again.text().contains("The figures have changed meanwhile."), "{}", again.text());
        assert_eq!(again.value("count"), "2");
        work(house);
        assert_eq!(house.person(dora.id.0).status, Status::Active);
        assert_eq!(confirm("2", &again.value("once")).status, 303);
        work(house);
        assert_eq!(house.person(dora.id.0).status, Status::Suspended);
    });
}

#[test]
fn languages_and_fields_are_set_for_all_and_put_back_unless_somebody_changed_them_since() {
    on_both(|house| {
        crowd(house, 220);
        house.field("city", FieldKind::Text, |_| {});
        let ben = house.sign_in(&house.join("Ben", Role::Agent));
        let languages: Vec<String> = customers(house).iter().map(|one| one.fields.get(Field::Language)).collect();
        let job = begin(&ben, &[("deed", "language"), ("language", "pt-BR")]);
        work(house);
        assert!(customers(house).iter().all(|one| one.fields.get(Field::Language) == "pt-BR"));
        let other = begin(&ben, &[("deed", "field"), ("field", "city"), ("value", "Lisboa")]);
        work(house);
        assert!(customers(house).iter().all(|one| one.fields.get_custom("city") == "Lisboa"));
        let somebody = &customers(house)[3];
        let version = somebody.version.to_string();
        let edited = ben.post(
            &format!("/people/{}", somebody.id.0),
            &[("version", &version), ("field.city", "Porto"), ("language", "de")],
        );
        assert_eq!(edited.status, 303, "{}", edited.text());
        for job in [&other, &job] {
            let undone = ben.post(&undo(&ben.get(job)), &[]).location().to_owned();
            work(house);
            let said = ben.get(&undone).text();
            assert!(said.contains("Left alone 1") && said.contains("Changed by somebody since."), "{said}");
        }
        let now = customers(house);
        let kept = now.iter().find(|one| one.id == somebody.id).unwrap();
        assert_eq!((kept.fields.get_custom("city"), kept.fields.get(Field::Language).as_str()), ("Porto", "de"));
        let put_back = |(one, was): (&rollcall::domain::Person, &String)| {
            one.id == somebody.id
                || (one.fields.get_custom("city").is_empty() && one.fields.get(Field::Language) == *was)
        };
        assert!(now.iter().zip(&languages).all(put_back));
        let wrong = ben.post("/batches", &all(&[("deed", "field"), ("field", "nowhere"), ("value", "x")]));
        assert!(ben.get(wrong.location()).text().contains("Nothing was done: write or choose a value first."));
    });
}

#[test]
fn a_job_that_fails_is_tried_again_by_itself_and_by_hand() {
    on_both(|house| {
        let all = crowd(house, 210);
        let ben = house.sign_in(&house.join("Ben", Role::Agent));
        let job = begin(&ben, &[("deed", "tag"), ("tags", "x")]);
        house.sql("ALTER TABLE people_tags RENAME TO away");
        work(house);
        let said = ben.get(&job).text();
        assert!(said.contains(&format!("Under way 0 / {all}")) && said.contains("is tried again by itself"), "{said}");
        assert_eq!(work(house), 0, "not at once");
        for _ in 0..6 {
            house.wait(Duration::from_secs(200));
            work(house);
        }
        let said = ben.get(&job).text();
        assert!(said.contains(&format!("Failed 0 / {all}")) && said.contains("Try again"), "{said}");
        house.sql("ALTER TABLE away RENAME TO people_tags");
        assert_eq!(ben.post(&format!("{job}/attempts"), &[]).status, 303);
        work(house);
        assert!(ben.get(&job).text().contains(&format!("Done {all} / {all}")));
        healthy(house);
    });
}

#[test]
fn two_workers_do_nothing_twice_and_a_stopped_job_goes_no_further() {
    on_both(|house| {
        let all = crowd(house, 900) as i64;
        let ben = house.sign_in(&house.join("Ben", Role::Agent));
        let entries = house.entries();
        let job = begin(&ben, &[("deed", "tag"), ("tags", "x")]);
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| work(house));
            }
        });
        assert_eq!(house.entries(), entries + 1 + all);
        assert!(ben.get(&job).text().contains(&format!("Done {all} / {all} Changed {all} Left alone 0")));
        let job = begin(&ben, &[("deed", "untag"), ("tags", "x")]);
        let started = house.entries();
        std::thread::scope(|scope| {
            scope.spawn(|| work(house));
            while house.entries() == started {
                std::thread::yield_now();
            }
            ben.post(&format!("{job}?_method=delete"), &[]);
        });
        let stopped = ben.get(&job).text();
        assert!(stopped.contains("Stopped"), "{stopped}");
        let left = customers(house).iter().filter(|one| one.fields.tags.contains(&"x".to_owned())).count() as i64;
        assert!(left > 0 && left < all, "{left} are left");
        assert_eq!(house.entries(), started + (all - left) + 1, "as many entries as changes, and one for the stop");
        healthy(house);
    });
}

#[test]
fn it_is_told_how_many_are_so_already() {
    on_both(|house| {
        crowd(house, 120);
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        let (people, tag) = (customers(house), "vip".to_owned());
        let suspended = people.iter().filter(|one| one.status == Status::Suspended).count();
        let tagged = people.iter().filter(|one| one.fields.tags.contains(&tag)).count();
        assert!(suspended > 0 && tagged > 0);
        for (deed, so_already) in [
            ("deed=suspend", Some(suspended)),
            ("deed=reactivate", Some(people.len() - suspended)),
            ("deed=tag&tags=VIP", Some(tagged)),
            ("deed=untag&tags=vip", Some(people.len() - tagged)),
            ("deed=tag&tags=vip%2Cpress", None),
            ("deed=language&language=en", None),
        ] {
            let text = ada.get(&format!("/batches/new?{deed}&filter=role%3Dend_user")).text();
            match so_already {
                Some(count) => assert!(text.contains(&format!("Already so {count} ")), "{deed}: {text}"),
                None => assert!(!text.contains("Already so"), "{deed}: {text}"),
            }
        }
    });
}
