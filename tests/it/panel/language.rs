use crate::house::on_both;
use rollcall::domain::{Field, Role, Status};

#[test]
fn the_browser_chooses_until_the_person_does() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        let chinese = house.stranger().with("accept-language", "zh-CN,zh;q=0.9,en;q=0.5");
        assert!(chinese.get("/login").body.contains("<html lang=\"zh\""));
        assert!(chinese.get("/login?lang=en").body.contains("<html lang=\"en\""));
        let page = chinese.get("/login?lang=en&next=%2Faudit");
        assert!(page.body.contains("?lang=zh&#38;next=%2Faudit"), "the way on is not lost");
        let refused = chinese.post("/login?lang=en", &[("login", "x"), ("password", "y")]);
        assert!(page.body.contains("action=\"/login?lang=en\"") && refused.text().contains("These do not match"));
        let client = house.sign_in(&ada).with("accept-language", "zh-CN");
        assert!(client.get("/people").text().contains("添加人员"));
        assert_eq!(client.post("/preferences", &[("language", "en")]).status, 303);
        assert!(client.get("/people").text().contains("Add person"));
        client.post("/preferences", &[("language", "zh")]);
        assert!(client.get("/people").body.contains("<html lang=\"zh\""));
    });
}

#[test]
fn times_are_told_in_the_readers_zone() {
    on_both(|house| {
        let given = [(Field::Email, "mei@example.org"), (Field::Timezone, "Asia/Shanghai")];
        let mei = house.join_with(&given, Role::Admin, Status::Active);
        let body = house.sign_in(&mei).get("/audit").body;
        assert!(body.contains("22 Nov 2026 <b>02:00</b>"), "six in the evening UTC is two at night in Shanghai");
        assert!(body.contains("datetime=\"2026-11-21T18:00:00Z\""));
    });
}

#[test]
fn the_chosen_light_stays() {
    on_both(|house| {
        let client = house.sign_in(&house.join("Ada", Role::Admin));
        assert!(!client.get("/people").body.contains("data-theme"));
        let before = house.entries();
        client.post("/preferences", &[("theme", "dark")]);
        client.post("/preferences", &[("theme", "dark")]);
        assert_eq!(house.entries() - before, 1, "the same again is no write");
        assert!(client.get("/people").body.contains("data-theme=\"dark\""));
        client.post("/preferences", &[("theme", "")]);
        assert!(!client.get("/people").body.contains("data-theme"));
    });
}
