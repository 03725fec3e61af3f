use crate::house::{Client, House, on_both};
use rollcall::domain::{Field, Role, Status, Time};
use rollcall::jobs::generate;
use std::time::Duration;

fn cast(house: &House) -> Client {
    let people: [&[(Field, &str)]; 5] = [
        &[
            (Field::Name, "王芳"),
            (Field::Email, "wang.fang@lanwan.example"),
            (Field::Phone, "+86 138 1600 4471"),
            (Field::Tags, "VIP;续约"),
            (Field::Organisation, "蓝湾物流"),
        ],
        &[(Field::Name, "Tomás Herrera"), (Field::Email, "tomas@puerto.example"), (Field::Organisation, "Puerto Azul")],
        &[(Field::Name, "ＦＵＬＬ　ＷＩＤＴＨ"), (Field::Username, "full_width%")],
        &[(Field::Name, "प्रिया O'Brien"), (Field::Username, "o.brien")],
        &[(Field::Name, "👩‍💻 Emoji"), (Field::Username, "emoji"), (Field::Tags, "vip")],
    ];
    for given in people {
        house.join_with(given, Role::EndUser, Status::Active);
    }
    house.join_as("Suse Pended", Role::EndUser, Status::Suspended);
    house.sign_in(&house.join("Ada", Role::Admin))
}

fn found(client: &Client, query: &str) -> Vec<String> {
    client.get(&format!("/people?sort=added&{query}")).names()
}

fn search(client: &Client, q: &str) -> Vec<String> {
    found(client, &url::form_urlencoded::Serializer::new(String::new()).append_pair("q", q).finish())
}

#[test]
fn any_part_in_any_script_is_found() {
    on_both(|house| {
        let client = cast(house);
        for q in [
            "王",
            "芳",
            "王芳",
            "fang@lan",
            "LANWAN",
            "1600",
            "138 1600",
            "138-1600-4471",
            "(138) 1600-4471",
            "+86 (0138) 1600-44 71",
            "138\u{2011}1600\u{2013}4471",
            "ng.fa",
            "+86138",
            "芳 wang",
        ] {
            assert_eq!(search(&client, q), ["王芳"], "{q}");
        }
        assert_eq!(search(&client, "tomas"), ["Tomás Herrera"], "accents do not matter");
        assert_eq!(search(&client, "HERRERA tomás"), ["Tomás Herrera"], "nor does order");
        assert_eq!(search(&client, "full width"), ["ＦＵＬＬ　ＷＩＤＴＨ"], "nor width");
        assert_eq!(search(&client, "प्रिया"), ["प्रिया O&#39;Brien"]);
        assert_eq!(search(&client, "o'b"), ["प्रिया O&#39;Brien"]);
        assert_eq!(search(&client, "👩"), ["👩‍💻 Emoji"]);
        assert_eq!(search(&client, "h%"), ["ＦＵＬＬ　ＷＩＤＴＨ"], "a percent sign is only itself");
        house.join_with(
            &[(Field::Name, "Release 2024.01.15"), (Field::Username, "1000-2000")],
            Role::EndUser,
            Status::Active,
        );
        for q in ["1000-2000", "10002000", "000-20", "2024.01.15"] {
            assert_eq!(search(&client, q), ["Release 2024.01.15"], "{q}");
        }
        for name in ["Łukasz Sørensen", "Işık Yılmaz", "Große Straße"] {
            house.join(name, Role::EndUser);
        }
        for (q, name) in [
            ("lukasz sorensen", "Łukasz Sørensen"),
            ("ŁUKASZ", "Łukasz Sørensen"),
            ("isik", "Işık Yılmaz"),
            ("ışık yilmaz", "Işık Yılmaz"),
            ("GROSSE strasse", "Große Straße"),
            ("straße", "Große Straße"),
        ] {
            assert_eq!(search(&client, q), [name], "{q}");
        }
        for q in ["%", "_", "\"", "'", "*", "\\", "(", "a\"b", "NEAR(", "' OR 1=1", ":*", "zzzq"] {
            assert!(search(&client, q).len() <= 1, "{q}");
        }
    });
}

#[test]
fn a_change_is_found_at_once_and_the_old_no_more() {
    on_both(|house| {
        let client = cast(house);
        let id = house.join("Before", Role::EndUser).id.0;
        client.post(&format!("/people/{id}"), &[("version", "1"), ("name", "After"), ("email", "after@y.example")]);
        assert_eq!(search(&client, "before"), Vec::<String>::new());
        client.post(&format!("/people/{id}"), &[("version", "2"), ("name", "Afterwards"), ("email", "x@y.example")]);
        assert_eq!(search(&client, "afterw"), ["Afterwards"]);
        assert_eq!(search(&client, "before"), Vec::<String>::new());
    });
}

#[test]
fn filters_narrow_and_add_up() {
    on_both(|house| {
        let client = cast(house);
        assert_eq!(found(&client, "role=admin"), ["Ada"]);
        assert_eq!(found(&client, "status=suspended"), ["Suse Pended"]);
        assert_eq!(found(&client, "tag=Vip"), ["王芳", "👩‍💻 Emoji"]);
        assert_eq!(found(&client, "tag=vip&organisation=%E8%93%9D%E6%B9%BE%E7%89%A9%E6%B5%81"), ["王芳"]);
        assert_eq!(found(&client, "organisation=puerto+AZUL&q=tom"), ["Tomás Herrera"]);
        assert_eq!(found(&client, "created_from=2026-11-21&role=admin"), ["Ada"]);
        assert!(found(&client, "created_until=2026-11-20").is_empty());
        assert_eq!(found(&client, "seen_from=2026-11-21"), ["Ada"], "the others were never seen");
        assert!(found(&client, "status=quiet").is_empty());
        house.wait(Duration::from_secs(91 * 86_400));
        let ben = house.sign_in(&house.join("Ben", Role::Agent));
        assert_eq!(found(&ben, "status=quiet"), ["Ada"]);
        assert!(ben.get("/people?status=quiet").text().contains("Quiet"));
    });
}

#[test]
fn the_total_and_the_match_are_counted() {
    on_both(|house| {
        let client = cast(house);
        assert!(client.get("/people").text().contains("7 people"));
        assert!(client.get("/people?q=a").text().contains("found of 7"));
        assert!(client.get("/people?role=admin").text().contains("1 found of 7"));
    });
}

#[test]
fn nobody_found_says_what_to_do() {
    on_both(|house| {
        let client = cast(house);
        let reply = client.get("/people?q=wang+fnag&status=active");
        assert!(reply.text().contains("No one matches “wang fnag”"), "{}", reply.text());
        assert!(reply.body.contains("/people?q=wang+fnag\""), "the way on without the filter");
        assert_eq!(client.get("/people/new?name=wang+fnag").value("name"), "wang fnag");
    });
}

#[test]
fn every_order_pages_both_ways_without_gap_or_double() {
    on_both(|house| {
        generate::run(&house.app, &crate::house::command_line(), 230, 3, |_| {}).unwrap();
        let client = house.sign_in(&house.join("Ada", Role::Admin));
        for sort in [
            "added",
            "-added",
            "name",
            "-name",
            "role",
            "-role",
            "status",
            "-status",
            "organisation",
            "-organisation",
            "seen",
            "-seen",
            "created",
            "-created",
            "changed",
            "-changed",
        ] {
            let (mut there, mut pages) = (vec![], vec![format!("/people?per=50&sort={sort}")]);
            loop {
                let reply = client.get(pages.last().unwrap());
                there.push(reply.names());
                match reply.link("rel=\"next\"") {
                    Some(next) => pages.push(next),
                    None => break,
                }
            }
            let sizes: Vec<usize> = there.iter().map(Vec::len).collect();
            assert_eq!(sizes, [50, 50, 50, 50, 31], "{sort}");
            let mut back = vec![there.last().unwrap().clone()];
            let mut at = pages.last().unwrap().clone();
            while let Some(previous) = client.get(&at).link("rel=\"prev\"") {
                at = previous;
                back.insert(0, client.get(&at).names());
            }
            assert_eq!(back, there, "{sort}: back is the same way");
        }
    });
}

#[test]
fn paging_is_stable_while_people_come_and_go() {
    on_both(|house| {
        generate::run(&house.app, &crate::house::command_line(), 100, 4, |_| {}).unwrap();
        let client = house.sign_in(&house.join("Ada", Role::Admin));
        let first = client.get("/people?per=25&sort=-added");
        let next = first.link("rel=\"next\"").unwrap();
        let before = client.get(&next).names();
        house.join("Newcomer", Role::EndUser);
        assert_eq!(client.get(&next).names(), before);
    });
}

#[test]
fn the_page_size_is_kept() {
    on_both(|house| {
        generate::run(&house.app, &crate::house::command_line(), 60, 5, |_| {}).unwrap();
        let client = house.sign_in(&house.join("Ada", Role::Admin));
        assert_eq!(client.get("/people").names().len(), 50);
        assert_eq!(client.get("/people?per=25").names().len(), 25);
        assert_eq!(client.get("/people?q=a").names().len(), 25, "kept");
        assert_eq!(client.get("/people?per=1000000").names().len(), 25, "bounded");
    });
}

#[test]
fn htmx_gets_the_list_and_what_changes_with_it() {
    on_both(|house| {
        let client = cast(house);
        let part = client.part("/people?q=%E7%8E%8B");
        assert!(part.body.trim_start().starts_with("<div id=\"list\""), "{}", &part.body[..80]);
        assert!(!part.body.contains("<html"));
        for id in ["count", "find", "tabs", "chips", "wrong"] {
            assert!(part.body.contains(&format!("id=\"{id}\"")), "{id}");
        }
        assert_eq!(part.body.matches("hx-swap-oob=\"true\"").count(), 5);
        let typed = client.again().with("hx-request", "true").with("hx-source", "form#filters").get("/people?q=a");
        assert!(!typed.body.contains("id=\"find\""), "a line that somebody is typing in stays");
        assert!(part.headers["vary"].contains("HX-Request"));
        assert!(!client.get("/people").body.contains("hx-swap-oob"));
        let restored =
            client.again().with("hx-request", "true").with("hx-history-restore-request", "true").get("/people");
        assert!(restored.body.contains("<html"), "Back gets the whole page");
    });
}

#[test]
fn the_same_seed_gives_the_same_people() {
    on_both(|house| {
        generate::run(&house.app, &crate::house::command_line(), 1_200, 9, |_| {}).unwrap();
        let first = house.person(1);
        assert_eq!(first.fields.name, "Tomás D'Angelo");
        assert!(first.created_at < Time::from_seconds(1_793_491_200));
        let again = generate::run(&house.app, &crate::house::command_line(), 1_200, 9, |_| {});
        assert!(again.is_err(), "the same people cannot come twice");
        let chinese = house.sign_in(&house.join("Ada", Role::Admin)).get("/people?q=%E7%8E%8B&per=200").names();
        assert!(!chinese.is_empty() && chinese.iter().all(|name| name.contains('王')));
    });
}
