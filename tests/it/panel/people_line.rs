use crate::house::{Client, House, command_line, on_both};
use rollcall::domain::custom::FieldKind;
use rollcall::domain::{Field, Permission, Reach, Role, Status};
use rollcall::jobs::generate;
use std::time::Duration;

fn cast(house: &House) -> Client {
    house.field("city", FieldKind::Text, |_| {});
    house.field("seats", FieldKind::Number, |_| {});
    house.field("renewal", FieldKind::Date, |_| {});
    let people: [&[(Field, &str)]; 3] = [
        &[
            (Field::Name, "Wang Fang"),
            (Field::Username, "wang"),
            (Field::Tags, "vip"),
            (Field::Organisation, "Acme North"),
        ],
        &[(Field::Name, "Wang Lei"), (Field::Username, "lei"), (Field::Tags, "a:b")],
        &[(Field::Name, "Tomas"), (Field::Username, "tomas"), (Field::Organisation, "Acme North")],
    ];
    let ada = house.sign_in(&house.join("Ada", Role::Admin));
    for (given, custom) in people.into_iter().zip([("Berlin", "5", "2026-12-01"), ("", "20", ""), ("Bern", "", "")]) {
        let id = house.join_with(given, Role::EndUser, Status::Active).id.0;
        let form = [("field.city", custom.0), ("field.seats", custom.1), ("field.renewal", custom.2), ("version", "1")];
        assert_eq!(ada.post(&format!("/people/{id}"), &form).status, 303);
    }
    ada
}

/// As it is shown in a text field.
fn shown(html: &str) -> String {
    html.replace("&#34;", "\"").replace("&#60;", "<").replace("&#62;", ">").replace("&#38;", "&")
}

fn address(line: &str) -> String {
    format!("/people?{}", url::form_urlencoded::Serializer::new(String::new()).append_pair("q", line).finish())
}

fn found(client: &Client, line: &str) -> Vec<String> {
    let reply = client.get(&format!("{}&sort=added", address(line)));
    assert_eq!(reply.status, 200, "{line}: {}", reply.text());
    reply.names()
}

#[test]
fn a_line_says_what_filters_say() {
    on_both(|house| {
        let ada = cast(house);
        for (line, names) in [
            ("role:admin", &["Ada"][..]),
            ("role:end_user wang", &["Wang Fang", "Wang Lei"]),
            ("organisation:\"acme north\" wang", &["Wang Fang"]),
            ("org:\"Acme North\"", &["Wang Fang", "Tomas"]),
            ("tag:vip status:active", &["Wang Fang"]),
            ("tag:a:b", &["Wang Lei"]),
            ("Tag：VIP", &["Wang Fang"]),
            ("contact:none role:end_user", &["Wang Fang", "Wang Lei", "Tomas"]),
            ("field.city:ber", &["Wang Fang", "Tomas"]),
            ("field.seats:>5", &["Wang Lei"]),
            ("field.seats:5..20", &["Wang Fang", "Wang Lei"]),
            ("field.seats:<20", &["Wang Fang"]),
            ("field.renewal:>2026-11-30", &["Wang Fang"]),
            ("field.renewal:<2026-12-01", &[]),
            ("created:2026-11-21 tomas", &["Tomas"]),
            ("created:<2026-11-21", &[]),
            ("created:>2026-11-21", &[]),
            ("created:..2026-11-21 changed:>=2026-11-21 tomas", &["Tomas"]),
            ("seen:<90d", &["Ada"]),
            ("seen:>90d", &[]),
            ("seen:<57y", &["Ada"]),
            ("seen:>=1970-01-01", &["Ada"]),
        ] {
            assert_eq!(found(&ada, line), names, "{line}");
        }
        house.wait(Duration::from_secs(8 * 86_400));
        let bo = house.sign_in(&house.join("Bo", Role::Admin));
        assert_eq!(found(&bo, "created:<1w"), ["Bo"]);
        assert_eq!(found(&bo, "created:>7d role:end_user tomas"), ["Tomas"]);
    });
}

#[test]
fn the_line_on_the_page_is_what_the_filters_wrote() {
    on_both(|house| {
        let ada = cast(house);
        let line_of = |body: &str| {
            let field = body.split("id=\"q\"").nth(1).and_then(|rest| rest.split("value=\"").nth(1)).unwrap();
            shown(field.split('"').next().unwrap())
        };
        let line = |path: &str| line_of(&ada.get(path).body);
        assert_eq!(line("/people?role=end_user&tag=vip&q=wang"), "role:end_user tag:vip wang");
        assert_eq!(line("/people?organisation=Acme+North"), "organisation:\"Acme North\"");
        assert_eq!(line("/people?created_from=2026-01-01&created_until="), "created:>=2026-01-01");
        assert_eq!(line("/people?seen_from=2026-01-01&seen_until=2026-02-01"), "seen:2026-01-01..2026-02-01");
        assert_eq!(line("/people?field.seats.from=5&field.seats.until=5"), "field.seats:5");
        let page = ada.get(&address("seen:<90d \"role:admin\" tag:vip"));
        assert_eq!(line_of(&page.body), "tag:vip seen:<90d \"role:admin\"");
        assert!(page.text().contains("in the last 90 days"), "{}", page.text());
        assert!(page.text().contains("No one matches “role:admin”"), "{}", page.text());
        let part = ada.part(&address("role:end_user wang"));
        assert_eq!(part.headers.get("hx-push-url").unwrap(), "/people?q=wang&role=end_user");
    });
}

#[test]
fn what_is_wrong_in_a_line_is_pointed_at_and_lists_nobody() {
    on_both(|house| {
        let ada = cast(house);
        for (line, piece, advice) in [
            ("role:agent status:gone wang", "status:gone", "There is no such status: use active"),
            ("created:>2026-13-01", "created:>2026-13-01", "Write a date like 2026-11-21, a span"),
            ("seen:<90x", "seen:<90x", "Write a date like"),
            ("wang staus:active", "staus:active", "There is no such filter. Put it into quotation marks"),
            ("tag:vip tag:a", "tag:a", "This filter stands there twice"),
            ("wang role:", "role:", "Say what to look for behind the colon"),
            ("role:boss", "role:boss", "There is no such role: use"),
            ("contact:some", "contact:some", "Use contact:none"),
            ("field.seats:many", "field.seats:many", "Write a number"),
            ("field.shoe:44", "field.shoe:44", "There is no such filter"),
            ("field.seats:>", "field.seats:>", "Say what to look for behind the colon"),
            ("created:>=2026-11-21T23:59", "created:>=2026-11-21T23:59", "Write a date like"),
            ("created:20261121", "created:20261121", "Write a date like"),
            ("org:a Org:b", "Org:b", "This filter stands there twice"),
            ("a b \"c d\" e f g h i j", "i", "There may be eight words at most"),
            (&format!("wang {}", "w".repeat(65)), &"w".repeat(65), "64 letters at most"),
        ] {
            let page = ada.get(&address(line));
            assert_eq!(page.status, 400, "{line}");
            assert!(shown(&page.body).contains(&format!("<mark>{piece}</mark>")), "{line}: {}", page.text());
            assert!(page.text().contains(advice), "{line}: {}", page.text());
            assert!(page.names().is_empty(), "{line}");
            let part = ada.part(&address(line));
            assert_eq!((part.status, &part.headers["hx-retarget"]), (400, &"#wrong".parse().unwrap()), "{line}");
            assert!(!part.body.contains("id=\"list\""), "the list that they see stays");
        }
        assert_eq!(ada.get(&address("\"staus:active\"")).status, 200, "in quotation marks it is only words");
        for line in ["a b \"c d\" e f g h", &"w".repeat(64), "created:<9999-12-31", "created:>9999-12-31"] {
            assert_eq!(ada.get(&address(line)).status, 200, "{line}");
        }
        for (line, marked) in [
            ("tag:vip2 wang tag:vip", "tag:vip2 wang <mark>tag:vip</mark>"),
            ("\"foo:bar x\" foo:bar", "\"foo:bar x\" <mark>foo:bar</mark>"),
            ("role:agent role:agent", "role:agent <mark>role:agent</mark>"),
        ] {
            let page = ada.get(&address(line));
            assert!(shown(&page.body).contains(marked), "{line}: {}", page.text());
            assert!(!page.body.contains("href=\"/exports/new"), "what is not understood is not exported: {line}");
            assert!(!page.body.contains("href=\"/views/new"), "nor kept: {line}");
        }
    });
}

#[test]
fn who_may_not_see_staff_fields_is_told_in_the_line() {
    on_both(|house| {
        let ada = cast(house);
        let bo = house.sign_in(&house.join_with_role("Bo", Reach::Everyone, &[Permission::EditPeople], &[]));
        for line in ["wang tag:vip", "wang group:none", "wang org:Acme"] {
            let piece = line.strip_prefix("wang ").unwrap();
            let page = bo.get(&address(line));
            assert_eq!(page.status, 400, "{line}");
            assert!(page.body.contains(&format!("wang <mark>{piece}</mark>")), "{line}: {}", page.text());
            assert!(page.text().contains("Your role does not let you see this"), "{line}: {}", page.text());
            assert_eq!(ada.get(&address(line)).status, 200, "{line}");
        }
    });
}

#[test]
fn the_last_piece_of_a_line_is_completed() {
    on_both(|house| {
        let ada = cast(house);
        let goes_on = |line: &str| {
            let reply = ada.get(&address(line).replace("/people", "/completions/line"));
            let values = reply.body.split("value=\"").skip(1).map(|rest| shown(rest.split('"').next().unwrap()));
            values.collect::<Vec<_>>()
        };
        assert_eq!(goes_on("wang ro"), ["wang role:"]);
        assert_eq!(goes_on("wang role:a"), ["wang role:agent", "wang role:admin"]);
        assert_eq!(goes_on("status:q"), ["status:quiet"]);
        assert_eq!(goes_on("tag:v"), ["tag:vip"]);
        assert_eq!(goes_on("org"), ["organisation:"]);
        for name in ["organisation", "org", "Organization"] {
            assert_eq!(goes_on(&format!("{name}:ac")), ["organisation:\"Acme North\""]);
        }
        assert_eq!(goes_on("field."), ["field.city:", "field.seats:", "field.renewal:"]);
        assert_eq!(goes_on("seen:<"), ["seen:<7d", "seen:<30d", "seen:<90d", "seen:<2026-11-21"]);
        for done in ["", "wang ", "zzz", "role:agent "] {
            assert!(goes_on(done).is_empty(), "{done}");
        }
        let cleo = house.sign_in(&house.join("Cleo", Role::EndUser));
        assert_eq!(cleo.get("/completions/line?q=ro").status, 403);
    });
}

#[test]
fn a_place_in_the_order_is_gone_to() {
    on_both(|house| {
        house.join("Ada", Role::Admin);
        for name in ["Bea", "Cleo", "Dora", "王芳"] {
            house.join(name, Role::EndUser);
            house.wait(Duration::from_secs(86_400));
        }
        let ada = house.sign_in(&house.person(1));
        let from = |query: &str| ada.get(&format!("/people?{query}")).names();
        assert_eq!(from("sort=name&from=c"), ["Cleo", "Dora", "王芳"]);
        assert_eq!(from("sort=name&from=CLEO"), ["Cleo", "Dora", "王芳"]);
        assert_eq!(from("sort=-name&from=c"), ["Cleo", "Bea", "Ada"]);
        assert_eq!(from("sort=name&from=%E7%8E%8B"), ["王芳"]);
        let everybody = ["Ada", "Bea", "Cleo", "Dora", "王芳"];
        assert_eq!(from("sort=name&from=%E9%BE%98"), everybody, "beyond the last place stands the end of the list");
        assert!(!ada.get("/people?sort=name&from=%E9%BE%98").body.contains("rel=\"next\""));
        assert_eq!(from("sort=created&from=2026-11-23"), ["Dora", "王芳"]);
        assert_eq!(from("sort=-created&from=2026-11-22"), ["Cleo", "Bea", "Ada"]);
        let page = ada.get("/people?sort=name&from=c&role=end_user");
        assert_eq!(page.names(), ["Cleo", "Dora", "王芳"]);
        let back = page.link("rel=\"prev\"").expect("what stands before is a page back");
        assert_eq!(ada.get(&back).names(), ["Bea"]);
        let start = ada.get("/people?sort=name&from=0");
        assert_eq!(start.names(), everybody);
        let first = ada.get(&start.link("rel=\"prev\"").expect("nobody has looked whether somebody is before"));
        assert_eq!(first.names(), everybody, "nobody is before, so this is the first page");
        assert!(first.link("rel=\"prev\"").is_none());
        assert!(ada.get("/people").body.contains("name=\"sort\" value=\"-created\""), "newest first means by day");
        let wrong = ada.get("/people?sort=created&from=yesterday");
        assert_eq!((wrong.status, wrong.text().contains("Write a date like")), (400, true));
        assert_eq!(ada.get("/people?sort=role&from=a").status, 400);
    });
}

#[test]
fn facets_count_within_the_filter_and_the_scope() {
    on_both(|house| {
        let ada = cast(house);
        let text = |client: &Client, query: &str| client.get(&format!("/people/facets?{query}")).text();
        let all = text(&ada, "");
        for value in
            ["End user 3", "Agent 0", "Administrator 1", "Active, quiet or not 4", "Acme North 2", "vip 1", "a:b 1"]
        {
            assert!(all.contains(value), "{value}: {all}");
        }
        let narrowed = text(&ada, "q=wang");
        for value in ["End user 2", "Administrator 0", "Acme North 1"] {
            assert!(narrowed.contains(value), "{value}: {narrowed}");
        }
        let own = text(&ada, "tag=vip");
        assert!(own.contains("a:b 1") && own.contains("End user 1"), "its own choice does not narrow a facet: {own}");
        let body = ada.get("/people/facets?tag=vip&q=wang").body;
        assert!(shown(&body).contains("href=\"/people?q=wang&tag=a%3Ab\""), "{body}");
        assert!(body.contains("href=\"/people?q=wang\" aria-current"), "the chosen one is dropped by its link: {body}");
        house.join_as("Sue", Role::EndUser, Status::Suspended);
        let quiet = text(&ada, "status=quiet");
        for value in ["Suspended 1", "Quiet for 90 days 0", "Active, quiet or not 4"] {
            assert!(quiet.contains(value), "who is quiet is not asked of the others: {value}: {quiet}");
        }
        assert_eq!(ada.get("/people/facets?status=gone").status, 400);
        assert_eq!(ada.get("/people/facets?q=role:boss").status, 400);
    });
}

/// The first number in a text.
fn number(text: &str) -> i64 {
    let digits = text.replace(',', "");
    let digits = digits.split(|c: char| !c.is_ascii_digit()).find(|digits| !digits.is_empty());
    digits.unwrap_or_else(|| panic!("no number: {text}")).parse().unwrap()
}

#[test]
fn each_figure_is_what_its_link_finds() {
    on_both(|house| {
        generate::run(&house.app, &command_line(), 1_300, 3, |_| {}).unwrap();
        house.sql("UPDATE people SET status = 2 WHERE id % 3 = 0");
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        let mut exact = 0;
        // More than the newest thousand, and fewer.
        for query in ["", "role=end_user", "role=agent", "q=wang", "tag=vip&status=suspended"] {
            let body = shown(&ada.get(&format!("/people/facets?{query}")).body);
            let values = body.split("<li><a href=\"").skip(1);
            for value in values.filter(|value| !value.contains("aria-current")) {
                let link = value.split('"').next().unwrap().replace("/people", "/people/count");
                let figure = value.split("class=\"n\">").nth(1).unwrap().split('<').next().unwrap();
                let found = number(&ada.part(&link).text());
                match figure.strip_suffix('+') {
                    Some(least) => assert!(number(least) < found, "{query}: {link}: {figure}"),
                    None => assert_eq!(number(figure), found, "{query}: {link}"),
                }
                exact += i32::from(!figure.ends_with('+'));
            }
        }
        assert!(exact > 100, "{exact}");
    });
}
