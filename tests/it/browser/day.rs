//! An administrator's first day: sets up, adds, searches, errs, mends, suspends, reads what was done.
use super::driver::{Browser, Script, open};
use crate::house::{Database, House, PASSWORD};
use rollcall::domain::{Field, Role, Status};

const STRONG: &str = "seven green umbrellas sing";

async fn first_day(house: House, browser: Browser) {
    browser.go(&format!("/setup?code={}", house.app.setup_code)).await;
    browser.fill("#f-house", "Northbank").await;
    browser.fill("#f-name", "Ines Okafor").await;
    browser.fill("#f-email", "ines@northbank.example").await;
    browser.fill("#f-password", "short").await;
    browser.click("main form button").await;
    browser.see("Use at least 10 characters.").await;
    browser.fill("#f-password", STRONG).await;
    browser.click("main form button").await;
    browser.see("Welcome. You are the first administrator.").await;
    for (name, email) in [("王芳", "wang.fang@lanwan.example"), ("Tomás Herrera", "tomas@puerto.example")] {
        house.join_with(&[(Field::Name, name), (Field::Email, email)], Role::EndUser, Status::Active);
    }

    browser.go("/people").await;
    browser.fill("#q", "芳").await;
    if !browser.has("html.script").await {
        browser.keys("\u{e007}").await;
    }
    browser.gone("Tomás Herrera").await;
    browser.see("of 3").await;
    assert!(browser.path().await.contains("q=%E8%8A%B3"), "{}", browser.path().await);
    browser.click("a.person").await;
    browser.see("Recent changes").await;
    browser.client.back().await.unwrap();
    browser.see("of 3").await;
    browser.gone("Tomás Herrera").await;
    browser.click("a.person").await;

    browser.click("a[data-key=e]").await;
    browser.fill("#f-email", "wang.fang@lanwan").await;
    browser.fill("#f-title", "采购经理").await;
    browser.click("button[data-key=save]").await;
    browser.see("The part after the @ has no ending.").await;
    browser.see("nothing you typed is lost").await;
    browser.fill("#f-email", "wang.fang@lanwan.example.cn").await;
    browser.click("button[data-key=save]").await;
    browser.see("Saved.").await;
    browser.see("采购经理").await;

    browser.click("a[href$='/suspension']").await;
    browser.see("Sessions that end now").await;
    browser.fill("#f-reason", "request 2214").await;
    browser.click("button.danger").await;
    browser.see("王芳 is suspended and cannot sign in.").await;
    browser.click("a[href$='/activity']").await;
    browser.see("suspended this person").await;
    browser.see("request 2214").await;
    browser.see("wang.fang@lanwan.example.cn").await;
    assert_eq!(house.entries(), 5);
}

#[test]
fn an_administrators_first_day() {
    open(Database::Sqlite, Script::On, first_day);
    open(Database::Postgres, Script::On, first_day);
}

#[test]
fn an_administrators_first_day_without_script() {
    open(Database::Sqlite, Script::Off, first_day);
    open(Database::Postgres, Script::Off, first_day);
}

#[test]
fn keys_do_what_the_list_of_keys_says() {
    open(Database::Sqlite, Script::On, async |house, browser| {
        house.join("Ada", Role::Admin);
        house.join("Cleo", Role::EndUser);
        browser.sign_in("ada@example.org", PASSWORD).await;
        browser.go("/people").await;
        browser.keys("?").await;
        browser.see("Shortcuts").await;
        browser.keys("\u{e00c}").await;
        browser.keys("ga").await;
        browser.at("/audit").await;
        browser.see("Every write, newest first").await;
        browser.keys("gp").await;
        browser.see("Add person").await;
        browser.keys("f").await;
        browser.keys("cleo").await;
        browser.gone("ada@example.org").await;
        browser.keys("\u{e004}").await;
        browser.client.execute("document.activeElement.blur()", vec![]).await.unwrap();
        browser.keys("j").await;
        browser.keys("\u{e007}").await;
        browser.see("Recent changes").await;
        browser.keys("e").await;
        browser.at("/people/2/edit").await;
        browser.fill("#f-title", "Buyer").await;
        browser.keys("\u{e009}\u{e007}").await;
        browser.see("Saved.").await;
    });
}

#[test]
fn two_editors_meet_and_one_chooses() {
    for script in [Script::On, Script::Off] {
        open(Database::Postgres, script, async |house, browser| {
            let (ada, cleo) = (house.join("Ada", Role::Admin), house.join("Cleo", Role::EndUser));
            browser.sign_in("ada@example.org", PASSWORD).await;
            browser.go(&format!("/people/{}/edit", cleo.id.0)).await;
            browser.fill("#f-title", "Mine").await;
            let other = house.sign_in(&ada);
            other.post(
                &format!("/people/{}", cleo.id.0),
                &[("version", "1"), ("title", "Theirs"), ("notes", "two\r\nlines")],
            );
            browser.click("button[data-key=save]").await;
            browser.see("Ada changed this person while you were editing.").await;
            browser.see("two").await;
            browser.click("main form .primary").await;
            browser.see("Saved.").await;
            let now = house.person(cleo.id.0).fields;
            assert_eq!((now.title.as_str(), now.notes.as_str()), ("Mine", "two\nlines"));
        });
    }
}

#[test]
fn the_focus_stays_where_it_was_when_the_list_changes() {
    open(Database::Sqlite, Script::On, async |house, browser| {
        house.join("Ada", Role::Admin);
        house.join("Cleo", Role::EndUser);
        browser.sign_in("ada@example.org", PASSWORD).await;
        browser.go("/people").await;
        let focused = "return document.activeElement.textContent.trim()";
        // Nothing empty stands in the address.
        let steps = [
            ("th.c-name a", "Name", "/people?sort=name"),
            (".tabs a:nth-of-type(2)", "End users", "/people?role=end_user&sort=name"),
        ];
        for (css, words, path) in steps {
            browser.client.execute(&format!("document.querySelector('{css}').focus()"), vec![]).await.unwrap();
            browser.keys("\u{e007}").await;
            let mut tries = 0;
            while browser.path().await != path || browser.client.execute(focused, vec![]).await.unwrap() != words {
                tries += 1;
                assert!(tries < 100, "{css}: {}", browser.path().await);
                tokio::time::sleep(std::time::Duration::from_millis(40)).await;
            }
        }
    });
}
