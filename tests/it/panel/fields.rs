use crate::house::{Client, House, on_both};
use rollcall::actions::imports::Source;
use rollcall::domain::custom::{Audience, FieldKind};
use rollcall::domain::{Catalogue, Role};
use rollcall::jobs::import;

fn catalogue(house: &House) -> Catalogue {
    house.act(rollcall::actions::people::list::catalogue).unwrap()
}

fn customer(admin: &Client, name: &str, custom: &[(&str, &str)]) -> i64 {
    let mut form = vec![("name", name), ("username", name), ("role", "end_user"), ("status", "active")];
    form.extend(custom);
    let reply = admin.post("/people", &form);
    assert_eq!(reply.status, 303, "{}", reply.text());
    reply.location().rsplit('/').next().unwrap().parse().unwrap()
}

#[test]
fn a_field_is_at_once_on_form_page_list_filter_sort_import_and_history() {
    on_both(|house| {
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        let before = house.person(1).version;
        let form = [
            ("label_en", "Seats"),
            ("label_zh", "席位数"),
            ("help_en", "As in the contract"),
            ("kind", "number"),
            ("audience", "end_users"),
        ];
        assert_eq!(ada.post("/fields", &form).status, 303);
        assert_eq!(house.person(1).version, before, "nobody is touched by it");
        let cleo = customer(&ada, "Cleo", &[("field.seats", "12.50")]);
        let dora = customer(&ada, "Dora", &[("field.seats", "9")]);
        let eve = customer(&ada, "Eve", &[]);
        let edit = ada.get(&format!("/people/{cleo}/edit"));
        assert!(edit.text().contains("Seats") && edit.text().contains("As in the contract"));
        assert_eq!(edit.value("field.seats"), "12.5");
        assert!(ada.get(&format!("/people/{cleo}")).text().contains("Seats 12.5"));
        assert!(!ada.get("/people/1/edit").body.contains("field.seats"), "administrators do not have it");
        assert_eq!(ada.get("/people?sort=field.seats&role=end_user").names(), ["Dora", "Cleo", "Eve"]);
        assert_eq!(ada.get("/people?sort=-field.seats&role=end_user").names(), ["Cleo", "Dora", "Eve"]);
        assert_eq!(ada.get("/people?field.seats.from=10").names(), ["Cleo"]);
        assert_eq!(ada.get("/people?field.seats.until=9").names(), ["Dora"]);
        assert_eq!(ada.get("/people?field.seats.from=many").status, 400);
        assert_eq!(ada.post("/people/columns", &[("column", "field.seats"), ("back", "/people")]).status, 303);
        let list = ada.get("/people?sort=field.seats");
        assert!(list.text().contains("Name Seats") && list.body.contains("aria-sort=\"ascending\""));
        ada.post(&format!("/people/{eve}"), &[("version", "1"), ("field.seats", "-3")]);
        let history = ada.get(&format!("/people/{eve}/activity"));
        assert!(history.text().contains("Seats now -3"), "{}", history.text());
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "username,席位数\ndora,40\nnew,1\nada,2\nbad,x\n").unwrap();
        let mut source = Source::open(file.path(), &catalogue(house)).unwrap();
        let report = import::run(&house.app, &crate::house::command_line(), &mut source, false).unwrap();
        assert_eq!((report.updated, report.created, report.failed), (1, 2, 1), "{:?}", report.errors);
        assert_eq!(report.errors[0].1.column.as_deref(), Some("field.seats"));
        assert_eq!(house.person(dora).fields.get_custom("seats"), "40");
    });
}

#[test]
fn every_kind_is_kept_and_filtered() {
    on_both(|house| {
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        house.field("city", FieldKind::Text, |_| {});
        house.field("since", FieldKind::Date, |_| {});
        house.field("plan", FieldKind::Choice, |field| field.choices = vec!["Gold".into(), "银".into()]);
        house.field("uses", FieldKind::Choices, |field| field.choices = vec!["Chat".into(), "Phone".into()]);
        house.field("partner", FieldKind::YesNo, |_| {});
        house.field("contract", FieldKind::Pattern, |field| field.pattern = "[A-Z]{2}-\\d+".into());
        let values = [
            ("field.city", "São Paulo"),
            ("field.since", "2026-02-28"),
            ("field.plan", "银"),
            ("field.uses", ""),
            ("field.uses", "Phone"),
            ("field.uses", "Chat"),
            ("field.partner", "yes"),
            ("field.contract", "AB-7"),
        ];
        let cleo = customer(&ada, "Cleo", &values);
        customer(&ada, "Dora", &[("field.city", "Saigon"), ("field.uses", "Phone"), ("field.partner", "no")]);
        assert_eq!(house.person(cleo).fields.get_custom("uses"), "Chat; Phone");
        let found = |query: &str| ada.get(&format!("/people?sort=name&{query}")).names();
        assert_eq!(found("field.city=s%C3%A3o"), ["Cleo"]);
        assert_eq!(found("field.city=SA"), ["Dora"]);
        assert_eq!(found("field.since.from=2026-02-28&field.since.until=2026-02-28"), ["Cleo"]);
        assert_eq!(found("field.plan=%E9%93%B6"), ["Cleo"]);
        assert_eq!(found("field.uses=phone"), ["Cleo", "Dora"]);
        assert_eq!(found("field.uses=Chat"), ["Cleo"]);
        assert_eq!(found("field.partner=yes"), ["Cleo"]);
        assert_eq!(found("field.contract=AB"), ["Cleo"]);
        let page = ada.get(&format!("/people/{cleo}")).text();
        assert!(page.contains("since 28 Feb 2026") && page.contains("partner yes"), "{page}");
        for (field, value, why) in [
            ("since", "31.12.2026", "Write a date like 2026-11-21."),
            ("plan", "Lead", "This is none of the choices."),
            ("partner", "perhaps", "Write yes or no."),
            ("contract", "7-AB", "This does not have the shape"),
        ] {
            let name = format!("field.{field}");
            let reply = ada.post(&format!("/people/{cleo}"), &[("version", "1"), (name.as_str(), value)]);
            assert_eq!(reply.status, 422, "{field}");
            assert!(reply.text().contains(why), "{}", reply.text());
            assert!(reply.body.contains(&format!("id=\"e-field.{field}\"")));
        }
    });
}

#[test]
fn required_fields_and_defaults_count_for_new_people() {
    on_both(|house| {
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        let old = house.join("Old", Role::EndUser).id.0;
        house.field("plan", FieldKind::Text, |field| field.required = true);
        house.field("seats", FieldKind::Number, |field| field.initial = "1".into());
        house.field("desk", FieldKind::Text, |field| (field.required, field.audience) = (true, Audience::Agents));
        let form = [("username", "cleo"), ("role", "end_user"), ("status", "active")];
        let refused = ada.post("/people", &form);
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains("This field is required."));
        let cleo = customer(&ada, "Cleo", &[("field.plan", "Gold")]);
        assert_eq!(house.person(cleo).fields.get_custom("seats"), "1");
        assert_eq!(house.person(old).fields.get_custom("seats"), "");
        let cleared = ada.post(&format!("/people/{cleo}"), &[("version", "1"), ("field.plan", " ")]);
        assert_eq!(cleared.status, 422, "a required value cannot be cleared");
        let form = [("version", "1"), ("title", "Buyer"), ("field.plan", "")];
        assert_eq!(ada.post(&format!("/people/{old}"), &form).status, 303, "it is not asked of who was here before");
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "username,title\nnew,x\ncleo,y\n").unwrap();
        let mut source = Source::open(file.path(), &catalogue(house)).unwrap();
        let report = import::run(&house.app, &crate::house::command_line(), &mut source, true).unwrap();
        assert_eq!((report.updated, report.failed), (1, 1));
        assert_eq!(report.errors[0].1.column.as_deref(), Some("field.plan"));
    });
}

#[test]
fn a_retired_field_is_gone_everywhere_and_loses_nothing() {
    on_both(|house| {
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        let id = house.field("city", FieldKind::Text, |_| {});
        let cleo = customer(&ada, "Cleo", &[("field.city", "Berlin")]);
        assert_eq!(ada.post(&format!("/fields/{id}/retirement"), &[]).status, 303);
        assert!(!ada.get(&format!("/people/{cleo}/edit")).body.contains("field.city"));
        assert!(!ada.get(&format!("/people/{cleo}")).body.contains("Berlin</span>"));
        assert_eq!(ada.get("/people?sort=field.city").status, 400);
        ada.post(&format!("/people/{cleo}"), &[("version", "1"), ("title", "Buyer"), ("field.city", "Paris")]);
        assert!(ada.get("/fields").text().contains("1 value kept"));
        assert_eq!(ada.form("DELETE", &format!("/fields/{id}/retirement"), &[]).status, 303);
        assert_eq!(house.person(cleo).fields.get_custom("city"), "Berlin");
        assert_eq!(ada.get("/people?field.city=ber").names(), ["Cleo"]);
    });
}

#[test]
fn a_choice_that_is_offered_no_more_stays_until_somebody_chooses_another() {
    on_both(|house| {
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        let id = house.field("plan", FieldKind::Choice, |field| field.choices = vec!["Gold".into(), "Free".into()]);
        let cleo = customer(&ada, "Cleo", &[("field.plan", "Free")]);
        let form = [("version", "1"), ("label_en", "Plan"), ("audience", "all"), ("choices", "Gold\r\nSilver")];
        assert_eq!(ada.post(&format!("/fields/{id}"), &form).status, 303);
        let edit = ada.get(&format!("/people/{cleo}/edit"));
        assert!(edit.body.contains("<option value=\"Free\" selected>"));
        let kept = ada.post(&format!("/people/{cleo}"), &[("version", "1"), ("field.plan", "Free"), ("title", "x")]);
        assert_eq!(kept.status, 303, "{}", kept.text());
        assert_eq!(ada.post(&format!("/people/{cleo}"), &[("version", "2"), ("field.plan", "Silver")]).status, 303);
        assert_eq!(ada.post(&format!("/people/{cleo}"), &[("version", "3"), ("field.plan", "Free")]).status, 422);
    });
}

#[test]
fn people_see_and_fill_their_own_fields_unless_only_staff_do() {
    on_both(|house| {
        house.field("city", FieldKind::Text, |_| {});
        house.field("risk", FieldKind::Text, |field| field.staff_only = true);
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        let cleo = house.join("Cleo", Role::EndUser);
        ada.post(
            &format!("/people/{}", cleo.id.0),
            &[("version", "1"), ("field.risk", "high"), ("field.city", "Rome")],
        );
        let client = house.sign_in(&cleo);
        let page = client.get(&format!("/people/{}", cleo.id.0));
        assert!(page.body.contains("Rome") && !page.body.contains("high") && !page.body.contains("risk"));
        assert!(!client.get(&format!("/people/{}/activity", cleo.id.0)).body.contains("high"));
        let own = client.post(
            &format!("/people/{}", cleo.id.0),
            &[("version", "2"), ("field.city", "Oslo"), ("field.risk", "none")],
        );
        assert_eq!(own.status, 303);
        let now = house.person(cleo.id.0);
        assert_eq!((now.fields.get_custom("city"), now.fields.get_custom("risk")), ("Oslo", "high"));
    });
}

#[test]
fn a_definition_that_makes_no_sense_is_refused_with_what_to_do() {
    on_both(|house| {
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        let base = [("label_en", "Thing"), ("kind", "text"), ("audience", "all")];
        for (change, why) in [
            (vec![("label_en", "")], "Give a label in at least one language."),
            (vec![("kind", "shape")], "Choose a kind."),
            (vec![("kind", "choice"), ("choices", " \n ")], "Write at least one choice."),
            (vec![("kind", "choice"), ("choices", "a;b")], "A choice may not hold a semicolon."),
            (vec![("kind", "choice"), ("choices", "a\nb\nA")], "Two of the choices are the same."),
            (vec![("kind", "pattern"), ("pattern", "(")], "This is no regular expression."),
            (vec![("kind", "number"), ("initial", "many")], "Write a number like 1250.5."),
            (vec![("name", "Two Words")], "Use small letters, figures and _"),
        ] {
            let mut form: Vec<(&str, &str)> =
                base.iter().filter(|(name, _)| !change.iter().any(|(other, _)| other == name)).copied().collect();
            form.extend(change);
            let reply = ada.post("/fields", &form);
            assert_eq!(reply.status, 422, "{form:?}");
            assert!(reply.text().contains(why), "{form:?}: {}", reply.text());
        }
        assert_eq!(ada.post("/fields", &base).status, 303);
        assert!(ada.post("/fields", &base).text().contains("This name is taken."));
        for name in ["field_1", "field_2"] {
            let form = [("label_zh", "合同"), ("kind", "text"), ("audience", "all")];
            assert_eq!(ada.post("/fields", &form).status, 303, "a label without Latin letters is enough");
            assert!(catalogue(house).0.iter().any(|field| field.name == name), "{name}");
        }
    });
}
