use crate::house::{Client, House, on_both};
use rollcall::domain::{Field, Person, Role, Status};

fn desk(house: &House) -> (Client, Person) {
    let wang = [
        (Field::Name, "王芳"),
        (Field::Email, "wang.fang@lanwan.example"),
        (Field::Phone, "+8613816004417"),
        (Field::Notes, "calls\nafter 14:00"),
    ];
    let wang = house.join_with(&wang, Role::EndUser, Status::Active);
    (house.sign_in(&house.join("Priya", Role::Agent)), wang)
}

/// The form as a browser would send it, with some values typed over.
fn filled(form: &crate::house::Reply, typed: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = vec![("version".into(), form.value("version"))];
    for field in Field::ALL {
        let name = field.name();
        if !form.body.contains(&format!("name=\"{name}\"")) {
            continue;
        }
        let was = form.value(&format!("was_{name}"));
        let now = typed.iter().find(|(field, _)| *field == name).map_or(was.clone(), |(_, value)| (*value).to_owned());
        all.extend([(name.to_owned(), now), (format!("was_{name}"), was)]);
    }
    all
}

fn send(client: &Client, person: &Person, form: &[(String, String)]) -> crate::house::Reply {
    let pairs: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    client.post(&format!("/people/{}", person.id.0), &pairs)
}

#[test]
fn an_agent_edits_a_person() {
    on_both(|house| {
        let (priya, wang) = desk(house);
        let form = priya.get(&format!("/people/{}/edit", wang.id.0));
        let before = house.entries();
        let reply = send(
            &priya,
            &wang,
            &filled(
                &form,
                &[
                    ("title", "采购经理"),
                    ("tags", "续约, VIP，vip"),
                    ("organisation", "蓝湾物流"),
                    ("phone", "+86 138-1600-4471"),
                ],
            ),
        );
        assert_eq!((reply.status, reply.location()), (303, format!("/people/{}", wang.id.0).as_str()));
        let now = house.person(wang.id.0);
        assert_eq!(now.fields.title, "采购经理");
        assert_eq!(now.fields.tags, ["VIP", "续约"]);
        assert_eq!(now.fields.organisation, "蓝湾物流");
        assert_eq!(now.fields.phone.as_ref().unwrap().as_str(), "+8613816004471");
        assert_eq!(now.fields.notes, "calls\nafter 14:00", "what was not touched stays");
        assert_eq!((now.version, house.entries() - before), (2, 1));
        let page = priya.get(reply.location());
        assert!(page.text().contains("Saved."), "{}", page.text());
        insta::assert_snapshot!(recent(&page), @"Priya changed the profile Now Title now 采购经理 Phone was +8613816004417 now +8613816004471 Organisation now 蓝湾物流 Tags now VIP, 续约");
        assert!(!priya.get(reply.location()).text().contains("Saved."), "said once");
    });
}

fn recent(page: &crate::house::Reply) -> String {
    let text = page.text();
    let rest = text.split("Recent changes").nth(1).unwrap().trim();
    rest.split(" Command line").next().unwrap().to_owned()
}

#[test]
fn an_error_stands_under_its_field_and_nothing_typed_is_lost() {
    on_both(|house| {
        let (priya, wang) = desk(house);
        let form = priya.get(&format!("/people/{}/edit", wang.id.0));
        let before = house.entries();
        let typed = [
            ("email", "wang.fang@lanwan"),
            ("timezone", "Mars/Olympus"),
            ("title", "Buyer <b>"),
            ("notes", "kept\nas typed"),
        ];
        let reply = send(&priya, &wang, &filled(&form, &typed));
        assert_eq!(reply.status, 422);
        let text = reply.text();
        assert!(text.contains("2 fields need another look."), "{text}");
        assert!(
            text.contains("The part after the @ has no ending.") && text.contains("There is no such time zone."),
            "{text}"
        );
        assert_eq!(reply.value("email"), "wang.fang@lanwan");
        assert!(reply.body.contains("kept\nas typed"));
        assert!(reply.body.contains("id=\"f-email\"") && reply.body.matches("aria-invalid=\"true\"").count() == 2);
        assert_eq!(house.entries(), before);
        let part = priya.again().with("hx-request", "true");
        let reply = send(&part, &wang, &filled(&form, &typed));
        assert_eq!(reply.status, 422);
        assert!(reply.body.trim_start().starts_with("<form") && !reply.body.contains("<html"));
    });
}

#[test]
fn what_belongs_to_another_is_refused_whatever_its_case() {
    on_both(|house| {
        let (priya, wang) = desk(house);
        house.join_with(
            &[(Field::Email, "Taken@Example.org"), (Field::Phone, "+8613800000001"), (Field::Username, "Taken")],
            Role::EndUser,
            Status::Active,
        );
        let form = priya.get(&format!("/people/{}/edit", wang.id.0));
        for (field, value, why) in [
            ("email", "TAKEN@example.ORG", "Another person has this e-mail address."),
            ("phone", "+86 138 0000 0001", "Another person has this phone number."),
            ("username", "ｔａｋｅｎ", "Another person has this username."),
        ] {
            let reply = send(&priya, &wang, &filled(&form, &[(field, value)]));
            assert_eq!(reply.status, 422, "{field}");
            assert!(reply.text().contains(why), "{}", reply.text());
        }
        assert_eq!(house.person(wang.id.0).version, 1);
    });
}

#[test]
fn a_stale_form_shows_both_versions_and_a_way_on() {
    on_both(|house| {
        let (priya, wang) = desk(house);
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        let form = priya.get(&format!("/people/{}/edit", wang.id.0));
        assert_eq!(send(&ada, &wang, &filled(&form, &[("title", "Lead"), ("notes", "theirs")])).status, 303);
        let before = house.entries();
        let conflict = send(&priya, &wang, &filled(&form, &[("title", "Buyer"), ("bio", "mine")]));
        assert_eq!(conflict.status, 409);
        let text = conflict.text();
        assert!(text.contains("Ada changed this person while you were editing."), "{text}");
        insta::assert_snapshot!(text.split("Yours, not saved").nth(1).unwrap().trim(), @"Title empty Lead Buyer About empty empty mine Notes calls after 14:00 theirs calls after 14:00 Save with these choices Drop my changes");
        assert_eq!(house.entries(), before);
        assert_eq!(conflict.value("version"), "2");
        let kept = [("version", "2"), ("title", "Buyer"), ("bio", "mine"), ("notes", "theirs")];
        assert_eq!(priya.post(&format!("/people/{}", wang.id.0), &kept).status, 303);
        let now = house.person(wang.id.0).fields;
        assert_eq!((now.title.as_str(), now.bio.as_str(), now.notes.as_str()), ("Buyer", "mine", "theirs"));
    });
}

#[test]
fn saving_nothing_new_writes_nothing() {
    on_both(|house| {
        let (priya, wang) = desk(house);
        let form = priya.get(&format!("/people/{}/edit", wang.id.0));
        let before = house.entries();
        let reply = send(&priya, &wang, &filled(&form, &[]));
        assert_eq!(reply.status, 303);
        assert!(priya.get(reply.location()).text().contains("Nothing was different"));
        assert_eq!((house.entries(), house.person(wang.id.0).version), (before, 1));
    });
}

#[test]
fn an_agent_makes_end_users_only() {
    on_both(|house| {
        let (priya, _) = desk(house);
        let new = |role: &str, name: &str| {
            let email = format!("{name}@new.example");
            priya.post(
                "/people",
                &[("name", name), ("email", &email), ("role", role), ("status", "unverified"), ("tags", "new")],
            )
        };
        let made = new("end_user", "Tom");
        assert_eq!(made.status, 303);
        assert!(priya.get(made.location()).text().contains("Invited"));
        assert_eq!((new("agent", "Eve").status, new("admin", "Eve").status), (403, 403));
        assert!(!priya.get("/people/new").body.contains("value=\"agent\""));
        assert_eq!(
            priya.post("/people", &[("name", "Nobody"), ("role", "end_user"), ("status", "active")]).status,
            422
        );
    });
}

#[test]
fn an_end_user_edits_only_what_is_theirs() {
    on_both(|house| {
        let given = [
            (Field::Name, "Cleo"),
            (Field::Email, "cleo@example.org"),
            (Field::Notes, "secret note"),
            (Field::Tags, "difficult"),
            (Field::Remark, "owes us"),
        ];
        let cleo = house.join_with(&given, Role::EndUser, Status::Active);
        let client = house.sign_in(&cleo);
        let path = format!("/people/{}", cleo.id.0);
        for page in [path.clone(), format!("{path}/edit"), format!("{path}/activity")] {
            let body = client.get(&page).body;
            for hidden in ["secret note", "difficult", "owes us"] {
                assert!(!body.contains(hidden), "{page} shows {hidden}");
            }
        }
        let form = client.get(&format!("{path}/edit"));
        assert_eq!(send(&client, &cleo, &filled(&form, &[("title", "Buyer")])).status, 303);
        let now = house.person(cleo.id.0).fields;
        assert_eq!((now.title.as_str(), now.notes.as_str(), now.tags.len()), ("Buyer", "secret note", 1));
        let forged = client.post(&path, &[("version", "2"), ("tags", "vip")]);
        assert_eq!(forged.status, 403);
        let fished = client.post(&path, &[("version", "0"), ("notes", "x"), ("remark", "x"), ("tags", "x")]);
        assert_eq!(fished.status, 403, "a stale form shows what stands there now");
        let guessed = client.post(&path, &[("version", "1"), ("title", "Lead"), ("notes", "secret note")]);
        assert_eq!(guessed.status, 403, "a right guess is refused like a wrong one");
        let stale = client.post(&path, &[("version", "1"), ("title", "Lead")]);
        assert_eq!(stale.status, 409);
        assert!(!stale.body.contains("secret note") && !stale.body.contains("owes us"));
    });
}

#[test]
fn names_are_completed_while_typing() {
    on_both(|house| {
        let (priya, _) = desk(house);
        house.join_with(
            &[(Field::Email, "a@b.example"), (Field::Organisation, "Acme Labs"), (Field::Tags, "vip;vintage;beta")],
            Role::EndUser,
            Status::Active,
        );
        insta::assert_snapshot!(priya.get("/completions/organisations?organisation=ac").body.trim(), @r#"<option value="Acme Labs"></option>"#);
        insta::assert_snapshot!(priya.get("/completions/tags?tags=beta,+VI").body.trim(), @r#"<option value="beta, vintage"></option><option value="beta, vip"></option>"#);
        assert_eq!(priya.get("/completions/tags?tags=%25").body.trim(), "");
    });
}
