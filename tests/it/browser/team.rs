//! An administrator furnishes the house, and three agents with different rights sort out two hundred
//! imported people; with script and without.
use super::driver::{Browser, Script, open};
use crate::house::{Database, House, PASSWORD};
use rollcall::actions::imports::Source;
use rollcall::domain::{Catalogue, Role};
use rollcall::jobs::import;

/// A field, a group and a role, made by hand.
async fn set_up(browser: &Browser) {
    browser.go("/fields").await;
    browser.see("There is no custom field yet").await;
    browser.click("a[href='/fields/new']").await;
    browser.fill("#f-label_en", "Plan").await;
    browser.fill("#f-label_zh", "套餐").await;
    browser.click("input[value=choice]").await;
    browser.click("button[data-key=save]").await;
    browser.see("Write at least one choice.").await;
    browser.fill("#f-choices", "Gold\nSilver").await;
    browser.click("button[data-key=save]").await;
    browser.see("Field added.").await;

    browser.go("/groups/new").await;
    browser.fill("#f-name", "Billing").await;
    browser.click("button[data-key=save]").await;
    browser.see("Group added.").await;

    browser.go("/roles/new").await;
    browser.fill("#f-name", "Billing desk").await;
    browser.click("input[value=suspend_people]").await;
    browser.click("input[name=reach][value=groups]").await;
    browser.click("button[data-key=save]").await;
    browser.see("Sees only people in the same groups.").await;
    browser.see("May suspend end users and let them back in.").await;
    browser.see("May not add end users.").await;
}

/// Priya gets the role and the group; Marcus may only look.
async fn give_rights(house: &House, browser: &Browser) {
    let id =
        |email: &str| house.act(|act| rollcall::store::people::by_login(act.conn, email)).unwrap().first().unwrap().0;
    let (priya, marcus) = (id("priya@example.org"), id("marcus@example.org"));
    browser.go(&format!("/people/{priya}/role")).await;
    browser.click("input[name=custom_role]:not([value=''])").await;
    browser.click("main form .primary").await;
    browser.see("Role and rights saved.").await;
    browser.go(&format!("/people/{priya}/edit")).await;
    browser.click("input[type=checkbox][name=groups]").await;
    browser.click("button[data-key=save]").await;
    browser.see("Saved.").await;
    browser.go(&format!("/people/{marcus}/role")).await;
    browser.click("input[name=manage_people]").await;
    browser.click("main form .primary").await;
    browser.see("Role and rights saved.").await;
    browser.go(&format!("/people/{marcus}/permissions")).await;
    browser.see("May not edit end users.").await;
}

/// Two hundred people come in, and the agent with full rights gives some of them away.
async fn sort_out(house: &House, browser: &Browser) {
    let rows: String = (0..200).map(|n| format!("Person {n:03},p{n:03}@lanwan.example\n")).collect();
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), format!("name,email\n{rows}")).unwrap();
    let mut source = Source::open(file.path(), &Catalogue::default()).unwrap();
    let report = import::run(&house.app, &crate::house::command_line(), &mut source, false).unwrap();
    assert_eq!(report.created, 200);

    browser.sign_in("ben@example.org", PASSWORD).await;
    browser.go("/people?q=lanwan&sort=name&per=50").await;
    browser.see("200 found").await;
    for n in 1..=3 {
        browser.click(&format!("tbody tr:nth-child({n}) .tick input")).await;
    }
    browser.see("chosen").await;
    assert_eq!(browser.chosen().await, 3);
    browser.click("button[popovertarget=bulk-groups]").await;
    browser.choose("#b-group", "Billing").await;
    browser.click("button[value=group]").await;
    browser.see("3 people put in the group.").await;
    browser.click("tbody tr:nth-child(4) .tick input").await;
    browser.click("button[name=deed][value=suspend]").await;
    browser.see("1 person suspended.").await;
    browser.click(".toast form button").await;
    browser.see("Undone for 1 person.").await;
    browser.click(".tabs a.new").await;
    browser.fill("#f-name", "From Lanwan").await;
    browser.click("main form .primary").await;
    browser.see("View saved.").await;
    browser.see("From Lanwan").await;
    browser.go("/people/columns").await;
    browser.click("input[value='field.plan']").await;
    browser.click("main form .btn.primary").await;
    browser.see("Plan").await;
    browser.go("/fields").await;
    browser.see("You may not do this").await;
}

/// The agent of the group sees three customers, a colleague less, and nothing else.
async fn keep_to_the_group(house: &House, browser: &Browser) {
    browser.sign_in("priya@example.org", PASSWORD).await;
    browser.go("/people?sort=name").await;
    browser.see("4 people").await;
    browser.gone("Person 003").await;
    browser.click("a.person").await;
    browser.click("a[data-key=e]").await;
    browser.choose("select[name='field.plan']", "Gold").await;
    browser.click("button[data-key=save]").await;
    browser.see("Saved.").await;
    browser.see("Gold").await;
    browser.go("/people?field.plan=Gold").await;
    browser.see("1 found of 4").await;
    let hidden = house.act(|act| rollcall::store::people::by_login(act.conn, "p003@lanwan.example")).unwrap()[0].0;
    browser.go(&format!("/people/{hidden}")).await;
    browser.see("There is nothing here").await;
    browser.go("/audit").await;
    browser.see("You may not do this").await;
    browser.go("/search?q=p003").await;
    browser.see("Nothing matches").await;
}

async fn only_look(browser: &Browser) {
    browser.sign_in("marcus@example.org", PASSWORD).await;
    browser.go("/people?q=p001").await;
    browser.see("Person 001").await;
    assert!(
        !browser.has("td .tick").await && !browser.has("a[href='/people/new']").await && !browser.has("#export").await
    );
    browser.go("/people/new").await;
    browser.see("Your role does not allow this. Ask an administrator.").await;
    browser.go("/roles").await;
    browser.see("You may not do this").await;
}

async fn a_day(house: House, browser: Browser) {
    house.join("Ada", Role::Admin);
    for name in ["Ben", "Priya", "Marcus"] {
        house.join(name, Role::Agent);
    }
    browser.sign_in("ada@example.org", PASSWORD).await;
    set_up(&browser).await;
    give_rights(&house, &browser).await;
    browser.sign_out().await;
    sort_out(&house, &browser).await;
    browser.sign_out().await;
    keep_to_the_group(&house, &browser).await;
    browser.sign_out().await;
    only_look(&browser).await;
    browser.sign_out().await;
    browser.sign_in("ada@example.org", PASSWORD).await;
    browser.go("/").await;
    browser.see("People by role and status").await;
    browser.see("204 people").await;
    browser.see("Latest changes").await;
}

#[test]
fn a_day_of_an_administrator_and_three_agents() {
    open(Database::Sqlite, Script::On, a_day);
    open(Database::Postgres, Script::On, a_day);
}

#[test]
fn a_day_of_an_administrator_and_three_agents_without_script() {
    open(Database::Sqlite, Script::Off, a_day);
    open(Database::Postgres, Script::Off, a_day);
}

#[test]
fn a_form_comes_back_after_the_session_ended_in_it() {
    for script in [Script::On, Script::Off] {
        open(Database::Sqlite, script, async |house, browser| {
            let (_, cleo) = (house.join("Ada", Role::Admin), house.join("Cleo", Role::EndUser));
            browser.sign_in("ada@example.org", PASSWORD).await;
            browser.go(&format!("/people/{}/edit", cleo.id.0)).await;
            browser.fill("#f-title", "Buyer of paper").await;
            house.wait(std::time::Duration::from_secs(3 * 86_400));
            browser.click("button[data-key=save]").await;
            browser.see("Your session has ended.").await;
            browser.fill("#f-login", "ada@example.org").await;
            browser.fill("#f-password", PASSWORD).await;
            browser.click("main form button").await;
            browser.see("What you typed is back").await;
            browser.click("button[data-key=save]").await;
            browser.see("Saved.").await;
            assert_eq!(house.person(cleo.id.0).fields.title, "Buyer of paper");
        });
    }
}

#[test]
fn rows_are_chosen_by_keys_and_all_at_once() {
    open(Database::Sqlite, Script::On, async |house, browser| {
        house.join("Ada", Role::Admin);
        for name in ["Cleo", "Dora", "Eve"] {
            house.join(name, Role::EndUser);
        }
        browser.sign_in("ada@example.org", PASSWORD).await;
        browser.go("/people?role=end_user&sort=name").await;
        browser.keys("jxjj").await;
        browser.keys("X").await;
        assert_eq!(browser.chosen().await, 3);
        browser.click("[data-pick-all]").await;
        browser.click("[data-pick-all]").await;
        browser.gone("chosen").await;
        browser.keys("j").await;
        browser.keys("e").await;
        browser.at("/people/2/edit").await;
        browser.go("/").await;
        browser.keys("/").await;
        browser.keys("dora\u{e007}").await;
        browser.see("Search for “dora”").await;
        browser.keys("\u{e004}").await;
        browser.client.execute("document.activeElement.blur()", vec![]).await.unwrap();
        browser.keys("go").await;
        browser.at("/organisations").await;
    });
}

#[test]
fn nothing_typed_is_lost_when_the_network_is() {
    open(Database::Sqlite, Script::On, async |house, browser| {
        let (_, cleo) = (house.join("Ada", Role::Admin), house.join("Cleo", Role::EndUser));
        browser.sign_in("ada@example.org", PASSWORD).await;
        browser.go(&format!("/people/{}/edit", cleo.id.0)).await;
        browser.fill("#f-title", "Buyer of paper").await;
        browser.offline(true).await;
        browser.see("You are offline. Nothing was sent").await;
        browser.click("button[data-key=save]").await;
        assert_eq!(house.person(cleo.id.0).version, 1);
        browser.offline(false).await;
        browser.gone("You are offline").await;
        browser.click("button[data-key=save]").await;
        browser.see("Saved.").await;
        assert_eq!(house.person(cleo.id.0).fields.title, "Buyer of paper");
    });
}
