//! Asking for people: the line, its completion and its mistakes, how many there are of each, and a place to go to.
use super::driver::{Browser, Script, open};
use crate::house::{Database, House, PASSWORD, command_line};
use rollcall::domain::{Field, Role, Status};
use rollcall::jobs::generate;

async fn enter(house: &House, browser: &Browser) {
    let ada: &[(Field, &str)] = &[(Field::Name, "Ada"), (Field::Email, "ada@example.org")];
    house.join_with(ada, Role::Admin, Status::Active);
    browser.go("/login").await;
    browser.sign_in("ada@example.org", PASSWORD).await;
}

async fn asks(house: House, browser: Browser) {
    let wang: &[(Field, &str)] = &[(Field::Name, "Wang Fang"), (Field::Username, "wang"), (Field::Tags, "vip")];
    house.join_with(wang, Role::EndUser, Status::Active);
    house.join_with(&[(Field::Name, "Tomas"), (Field::Username, "tomas")], Role::EndUser, Status::Suspended);
    enter(&house, &browser).await;
    let scripted = browser.has("html.script").await;
    browser.go("/people").await;
    browser.fill("#q", "role:end_user status:gone").await;
    if !scripted {
        browser.keys("\u{e007}").await;
    }
    browser.see("There is no such status: use active").await;
    assert!(browser.has("#wrong mark").await);
    browser.fill("#q", "role:end_user status:suspended").await;
    if !scripted {
        browser.keys("\u{e007}").await;
    }
    browser.gone("There is no such status").await;
    browser.gone("Wang Fang").await;
    browser.see("Tomas").await;
    let address = browser.path().await;
    assert!(!scripted || address.contains("role=end_user&status=suspended"), "{address}");

    browser.click("button[popovertarget=of-each]").await;
    if !scripted {
        browser.click("#of-each a").await;
    }
    browser.until("they are counted", async |browser| browser.has(".facet a[href*='status=active']").await).await;
    browser.go("/people/facets?role=end_user").await;
    browser.click(".facet a[href*='tag=vip']").await;
    browser.see("Wang Fang").await;
    browser.gone("Tomas").await;

    browser.go("/people?sort=name").await;
    browser.fill("#jump", "t").await;
    browser.click(".jump button").await;
    browser.until("the page begins there", async |browser| browser.has("a[rel=prev]").await).await;
    browser.see("Tomas").await;
    browser.see("Wang Fang").await;
    browser.click("a[rel=prev]").await;
    browser.gone("Wang Fang").await;
}

#[test]
fn people_are_asked_for_in_a_line() {
    open(Database::Sqlite, Script::On, asks);
    open(Database::Postgres, Script::Off, asks);
}

#[test]
fn a_line_goes_on_as_it_is_completed() {
    open(Database::Sqlite, Script::On, async |house, browser| {
        enter(&house, &browser).await;
        browser.go("/people").await;
        browser.fill("#q", "wang sta").await;
        let offered = "#q-goes-on option[value='wang status:']";
        browser.until("the filter is offered", async |browser| browser.has(offered).await).await;
        browser.fill("#q", "status:su").await;
        let offered = "#q-goes-on option[value='status:suspended']";
        browser.until("its value is offered", async |browser| browser.has(offered).await).await;
    });
}

#[test]
fn the_exact_figure_follows_a_count_that_stopped() {
    open(Database::Sqlite, Script::On, async |house, browser| {
        generate::run(&house.app, &command_line(), 2_400, 5, |_| {}).unwrap();
        enter(&house, &browser).await;
        let found = house.app.db.read(|conn| {
            use rollcall::domain::{PeopleFilter, Scope};
            let filter = PeopleFilter { q: "example".into(), status: Some(Status::Active), ..PeopleFilter::default() };
            rollcall::store::list::count(conn, Scope::Everyone, &filter)
        });
        let figure = found.unwrap().to_string();
        assert!(figure.len() == 4, "more than a page counts: {figure}");
        browser.go("/people?q=example&status=active").await;
        browser.see(&format!("{},{} found", &figure[..1], &figure[1..])).await;
        assert!(!browser.text().await.contains("+ found"));
        let focused = browser.client.execute("return document.activeElement.tagName", vec![]).await.unwrap();
        assert_eq!(focused, "BODY", "nobody asked for what followed by itself");
    });
}
