use crate::house::{House, on_both};
use rollcall::domain::{Field, Role, Status};

fn member(house: &House, name: &str, organisation: &str) -> i64 {
    let email = format!("{}@example.org", name.to_lowercase());
    let given = [(Field::Name, name), (Field::Email, email.as_str()), (Field::Organisation, organisation)];
    house.join_with(&given, Role::EndUser, Status::Active).id.0
}

#[test]
fn new_people_join_by_the_domain_of_their_email() {
    on_both(|house| {
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        let form =
            [("name", "Lanwan"), ("domains", "@LanWan.example\nlanwan.test, ｌａｎ.example"), ("description", "")];
        let made = ada.post("/organisations", &form);
        assert_eq!(made.status, 303);
        let page = ada.get(made.location());
        assert!(page.text().contains("lan.example, lanwan.example, lanwan.test"), "{}", page.text());
        for (email, organisation) in [("wang@lanwan.EXAMPLE", "Lanwan"), ("li@sub.lanwan.example", "")] {
            let form = [("email", email), ("role", "end_user"), ("status", "active")];
            let person = ada.post("/people", &form);
            let id: i64 = person.location().rsplit('/').next().unwrap().parse().unwrap();
            assert_eq!(house.person(id).fields.organisation, organisation, "{email}");
        }
        let said =
            [("email", "zhao@lanwan.test"), ("organisation", "Other"), ("role", "end_user"), ("status", "active")];
        let id: i64 = ada.post("/people", &said).location().rsplit('/').next().unwrap().parse().unwrap();
        assert_eq!(house.person(id).fields.organisation, "Other", "what was said wins");
        let taken = ada.post("/organisations", &[("name", "Second"), ("domains", "lanwan.test")]);
        assert_eq!(taken.status, 422);
        assert!(taken.text().contains("Another organisation has one of these domains."), "{}", taken.text());
        let bad = ada.post("/organisations", &[("name", ""), ("domains", "no domain")]);
        assert!(bad.text().contains("Give a name.") && bad.text().contains("This is no e-mail domain."));
    });
}

#[test]
fn renaming_one_moves_its_people_along() {
    on_both(|house| {
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        let id = house.organisation("Zebra", &[]);
        member(house, "Cleo", "Zebra");
        member(house, "Dora", "Middle");
        let renamed = ada.post(&format!("/organisations/{id}"), &[("version", "1"), ("name", "Aardvark")]);
        assert_eq!(renamed.status, 303);
        assert_eq!(ada.get("/people?sort=organisation&role=end_user").names(), ["Cleo", "Dora"]);
        assert_eq!(ada.get("/people?organisation=aardvark").names(), ["Cleo"]);
        let late = ada.post(&format!("/organisations/{id}"), &[("version", "1"), ("name", "Late")]);
        assert_eq!((late.status, late.value("name").as_str(), late.value("version").as_str()), (409, "Late", "2"));
        assert!(late.text().contains("Somebody else changed this while you were editing."));
        assert!(ada.get("/audit").text().contains("Zebra now Aardvark"), "{}", ada.get("/audit").text());
    });
}

#[test]
fn a_merge_says_first_what_it_moves_and_then_moves_just_that() {
    on_both(|house| {
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        let (old, kept) =
            (house.organisation("Acme Ltd", &["acme.test"]), house.organisation("Acme", &["acme.example"]));
        let (cleo, dora) = (member(house, "Cleo", "Acme Ltd"), member(house, "Dora", "Acme"));
        let plan = ada.get(&format!("/organisations/{old}/merge?into=acme"));
        insta::assert_snapshot!(plan.text().split("Cancel").nth(1).unwrap().trim(), @"People who move over 1 People who are there already 1 E-mail domains that move over 1 Acme Ltd goes; nobody is lost. Merge and keep Acme");
        member(house, "Eve", "Acme Ltd");
        let before = house.entries();
        let late = ada.post(&format!("/organisations/{old}/merge"), &[("into", "Acme"), ("members", "1")]);
        assert!(ada.get(late.location()).text().contains("The figures have changed meanwhile."));
        assert_eq!(house.entries(), before, "nothing was done on old figures");
        let done = ada.post(&format!("/organisations/{old}/merge"), &[("into", "Acme"), ("members", "2")]);
        assert_eq!((done.status, done.location()), (303, format!("/organisations/{kept}").as_str()));
        assert_eq!(house.entries() - before, 1);
        assert_eq!(ada.get(&format!("/organisations/{old}")).status, 404);
        for id in [cleo, dora] {
            assert_eq!(house.person(id).fields.organisation, "Acme");
        }
        assert!(ada.get(done.location()).text().contains("acme.example, acme.test"));
        let itself = ada.get(&format!("/organisations/{kept}/merge?into=Acme"));
        assert_eq!(itself.status, 422);
        assert!(itself.text().contains("It cannot be merged into itself."));
        assert!(
            ada.get(&format!("/organisations/{kept}/merge?into=Nobody")).text().contains("There is no organisation")
        );
    });
}

#[test]
fn deleting_one_leaves_its_people_without() {
    on_both(|house| {
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        let id = house.organisation("Acme", &[]);
        let cleo = member(house, "Cleo", "Acme");
        let version = house.person(cleo).version;
        let path = format!("/organisations/{id}/deletion");
        assert!(ada.get(&path).text().contains("Delete, and leave 1 person without an organisation"));
        assert_eq!(
            ada.post(&path, &[("members", "0"), ("tickets", "0")]).location(),
            path,
            "other figures are shown again"
        );
        assert_eq!(ada.post(&path, &[("members", "1"), ("tickets", "0")]).location(), "/organisations");
        let now = house.person(cleo);
        assert_eq!((now.fields.organisation.as_str(), now.version), ("", version + 1));
        assert!(ada.get("/organisations").text().contains("0 organisations"));
    });
}

#[test]
fn the_members_have_the_tools_of_the_list() {
    on_both(|house| {
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        let id = house.organisation("Acme", &[]);
        for name in ["Cleo", "Dora", "Eve"] {
            member(house, name, "Acme");
        }
        member(house, "Zoe", "Other");
        let path = format!("/organisations/{id}");
        assert_eq!(ada.get(&format!("{path}?sort=name")).names(), ["Cleo", "Dora", "Eve"]);
        assert_eq!(ada.get(&format!("{path}?q=do")).names(), ["Dora"]);
        assert!(ada.get(&format!("{path}?organisation=Other")).names().len() == 3, "the page's own filter stays");
        let first = ada.get(&format!("{path}?sort=name&per=25"));
        assert!(first.text().contains("3 people"), "{}", first.text());
        let part = ada.part(&format!("{path}?q=do"));
        assert!(part.headers["hx-push-url"].starts_with(&path) && !part.body.contains("<html"));
    });
}

#[test]
fn the_list_finds_and_turns() {
    on_both(|house| {
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        for n in 0..60 {
            house.organisation(&format!("Org {n:02}"), &[]);
        }
        member(house, "Cleo", "Org 07");
        let first = ada.get("/organisations");
        assert!(
            first.text().contains("60 organisations")
                && first.body.contains("Org 49")
                && !first.body.contains("Org 50")
        );
        let next = ada.get(&first.link("rel=\"next\"").unwrap());
        assert!(next.body.contains("Org 50") && next.body.contains("Org 59"));
        let back = ada.get(&next.link("rel=\"prev\"").unwrap());
        assert!(back.body.contains("Org 00") && back.body.contains("Org 49") && !back.body.contains("Org 50"));
        assert!(ada.get("/organisations?q=org+07").text().contains("1 organisation"));
        assert!(ada.get("/organisations?members=none").text().contains("59 organisations"));
        assert_eq!(ada.get("/organisations?members=many").status, 400);
        assert_eq!(ada.get("/organisations?after=x").status, 400);
    });
}

#[test]
fn a_merge_that_would_take_in_too_many_domains_says_so() {
    on_both(|house| {
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        let domains = |name: &str| (0..60).map(|n| format!("d{n}.{name}.example")).collect::<Vec<_>>();
        let made = |name: &str| {
            let domains = domains(&name.to_lowercase());
            house.organisation(name, &domains.iter().map(String::as_str).collect::<Vec<_>>())
        };
        let (old, _) = (made("Old"), made("New"));
        let before = house.entries();
        let refused = ada.post(&format!("/organisations/{old}/merge"), &[("into", "New"), ("members", "0")]);
        assert_eq!((refused.status, house.entries()), (422, before));
        assert!(refused.text().contains("At most 100 domains."), "{}", refused.text());
    });
}
