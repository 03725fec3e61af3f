//! Every page, light and dark, English and Chinese: nothing for axe to find.
use super::driver::{Browser, Script, open};
use crate::house::{Client, Database, House, PASSWORD};
use rollcall::actions::{Act, chats, tags, tickets};
use rollcall::domain::chat::{ChatKind, Recipient};
use rollcall::domain::custom::FieldKind;
use rollcall::domain::key::Dialect;
use rollcall::domain::{Error, Field, Permission, Reach, Role, Status};

const PAGES: &[&str] = &[
    "/people",
    "/people?q=zzz&status=active",
    "/people?q=created:yesterday",
    "/people/facets?q=a",
    "/people?tag=vip&sort=name&created_from=2026-01-01",
    "/people/new",
    "/people/3",
    "/people/3/edit",
    "/people/3/activity",
    "/people/3/suspension",
    "/people/3/role",
    "/people/1/password",
    "/people/1",
    "/",
    "/me",
    "/search?q=a",
    "/search?q=zzz",
    "/people/columns",
    "/people/3/avatar",
    "/people/3/permissions",
    "/people/4/permissions",
    "/people/4/access",
    "/people/4/profile",
    "/people/4/role",
    "/organisations",
    "/organisations?q=zzz",
    "/organisations/new",
    "/organisations/1",
    "/organisations/1/edit",
    "/organisations/1/merge?into=Heir",
    "/organisations/1/merge?into=nobody",
    "/organisations/1/deletion",
    "/groups",
    "/groups/new",
    "/groups/1",
    "/groups/1/deletion",
    "/tags",
    "/tags/new",
    "/tags/1/edit",
    "/tags/1/merge?into=third",
    "/tags/1/deletion",
    "/fields",
    "/fields/new",
    "/fields/1/edit",
    "/roles",
    "/roles/new",
    "/roles/1",
    "/roles/1/edit",
    "/views/new?query=status%3Dactive",
    "/people/3/tickets",
    "/people/3/chat",
    "/people/3/deletion",
    "/people/3/erasure",
    "/people/deletion?id=1&id=2&id=3",
    "/jobs",
    "/jobs/1",
    "/jobs/2",
    "/exports/new?filter=role%3Dend_user",
    "/people/plans/new?filter=role%3Dend_user",
    "/batches/new?deed=suspend&filter=role%3Dend_user",
    "/imports",
    "/imports/1",
    "/imports/1/edit",
    "/keys",
    "/keys/new",
    "/keys/settings",
    "/keys/1/revocation",
    "/keys/2/app",
    "/docs/api",
    "/docs/api/easemob?key=2",
    "/erasures",
    "/erasures/rules",
    "/erasures/rules?inactive=5",
    "/people/3/merge",
    "/people/3/merge?into=nobody",
    "/people/3/merge?into=%232",
    "/duplicates",
    "/tickets",
    "/tickets?q=zzz",
    "/tickets/1",
    "/workspaces",
    "/workspaces/new",
    "/workspaces/1",
    "/trash",
    "/trash/retention",
    "/trash/1/restoration",
    "/audit",
    "/audit?person=nobody",
    "/nowhere",
];

/// In the light and in the dark; only colours differ between them.
async fn look(browser: &Browser, what: &str, found: &mut Vec<String>) {
    for fault in browser.faults().await {
        found.push(format!("{what}: {fault}"));
    }
    for fault in browser.faults_of_colour("dark").await {
        found.push(format!("{what} in the dark: {fault}"));
    }
}

/// One of everything that has a page; the fourth person is an agent with a role of their own.
fn furnish(house: &House) {
    house.join_with_role("Bea", Reach::Groups, &[Permission::EditPeople], &[]);
    house.organisation("Heir", &["heir.example"]);
    house.tag("Heir");
    house.tag("Third");
    house.group("Billing");
    for (kind, name) in FieldKind::ALL.iter().zip(["city", "seats", "since", "plan", "uses", "partner", "contract"]) {
        house.field(name, *kind, |field| {
            field.choices = if kind.has_choices() { vec!["Gold".into(), "银".into()] } else { vec![] };
            field.pattern = if *kind == FieldKind::Pattern { "[A-Z]+".into() } else { String::new() };
            field.help.en = "As in the contract.".into();
            field.staff_only = *kind == FieldKind::Number;
        });
    }
    let (ada, wang) = (house.person(1), house.person(3));
    house.ticket("Where is our shipment?", &wang, Some(1));
    let said = |act: &mut Act| tickets::comment(act, 1, false, "She called twice.");
    house.act_as(&ada, said).unwrap();
    house.workspace("Pilots", &wang);
    house
        .act(|act| {
            chats::add_contact(act, wang.id, ada.id)?;
            chats::create(act, ChatKind::Room, wang.id, "Lobby", "")?;
            chats::send(act, wang.id, Recipient::Person(ada.id), "Hello")?;
            let gone = tags::index(act, "third")?.remove(0);
            tags::destroy(act, gone.tag.id, 0).map(drop)
        })
        .unwrap();
    house.tag("third");
    let last = house.field("former", FieldKind::Text, |_| {});
    house.act(|act| rollcall::actions::fields::retire(act, last, true)).unwrap();
    house.key(Dialect::Freescout, &ada, true);
    house.key(Dialect::Easemob, &ada, false);
    let admin = house.sign_in(&ada);
    two_jobs(house, &admin);
    crate::panel::imports::begin(&admin, b"name,email\nAda,\nBo,bo@fjord.example\n");
}

/// One that refused somebody, and one that waits.
fn two_jobs(house: &House, admin: &Client) {
    let gone = house.join("Gone", Role::EndUser);
    let id = gone.id.0.to_string();
    let start = || {
        let seen = admin.get(&format!("/people/deletion?id={id}")).value("seen");
        admin.post("/people/deletion", &[("id", &id), ("seen", &seen), ("typed", "1")])
    };
    assert_eq!(start().location(), "/jobs/1");
    let (job, _) = house.act(rollcall::actions::jobs::claim).unwrap().unwrap();
    house.act(|act| rollcall::actions::jobs::stumble(act, &job, Error::Stale)).unwrap();
    assert!(!house.act(|act| rollcall::actions::jobs::step(act, &job)).unwrap());
    assert_eq!(start().location(), "/jobs/2");
}

#[test]
fn no_page_has_a_fault_in_any_light_or_language() {
    open(Database::Sqlite, Script::On, async |house, browser| {
        let mut found = vec![];
        browser.go("/setup").await;
        look(&browser, "/setup", &mut found).await;
        house.join("Ada", Role::Admin);
        house.join_as("Suse", Role::EndUser, Status::Suspended);
        let given = [
            (Field::Name, "王芳"),
            (Field::Email, "wang@lanwan.example"),
            (Field::Organisation, "蓝湾物流"),
            (Field::Tags, "vip;续约"),
            (Field::Bio, "两\n行"),
        ];
        house.join_with(&given, Role::EndUser, Status::Active);
        furnish(&house);
        browser.go("/login?lang=zh").await;
        look(&browser, "/login", &mut found).await;
        browser.sign_in("ada@example.org", PASSWORD).await;
        let ada = house.sign_in(&house.person(1));
        for language in ["en", "zh"] {
            ada.post("/preferences", &[("language", language)]);
            for path in PAGES {
                browser.go(path).await;
                look(&browser, &format!("{path} {language}"), &mut found).await;
            }
        }
        browser.go("/people").await;
        browser.click("button[popovertarget=add-filter]").await;
        look(&browser, "the open filter", &mut found).await;
        browser.go("/people").await;
        browser.click("button[popovertarget=me]").await;
        look(&browser, "the open menu", &mut found).await;
        browser.go("/people").await;
        browser.click("td .tick input").await;
        browser.click("button[popovertarget=bulk-tags]").await;
        look(&browser, "chosen rows", &mut found).await;
        assert!(found.is_empty(), "\n{}", found.join("\n"));
    });
}

#[test]
fn a_form_with_errors_and_a_conflict_have_no_fault() {
    open(Database::Sqlite, Script::On, async |house, browser| {
        let (ada, cleo) = (house.join("Ada", Role::Admin), house.join("Cleo", Role::EndUser));
        let acme = [(Field::Email, "eve@example.org"), (Field::Organisation, "Acme Labs")];
        house.join_with(&acme, Role::EndUser, Status::Active);
        browser.sign_in("ada@example.org", PASSWORD).await;
        let mut found = vec![];
        browser.go(&format!("/people/{}/edit", cleo.id.0)).await;
        browser.fill("#f-email", "wrong").await;
        browser.click("button[data-key=save]").await;
        browser.see("There is no @ in it.").await;
        let focused = browser.client.active_element().await.unwrap().attr("id").await.unwrap();
        assert_eq!(focused.as_deref(), Some("f-email"), "the first wrong field has the focus");
        look(&browser, "errors", &mut found).await;
        browser.fill("#f-organisation", "Ac").await;
        browser.until("Acme Labs", async |browser| browser.has("#organisations option[value='Acme Labs']").await).await;
        let focused = browser.client.active_element().await.unwrap().attr("id").await.unwrap();
        assert_eq!(focused.as_deref(), Some("f-organisation"), "a completion takes no focus");
        browser.fill("#f-email", "right@example.org").await;
        let version = house.person(cleo.id.0).version.to_string();
        let other = house.sign_in(&ada);
        other.post(&format!("/people/{}", cleo.id.0), &[("version", &version), ("title", "Theirs")]);
        browser.click("button[data-key=save]").await;
        browser.see("while you were editing").await;
        look(&browser, "conflict", &mut found).await;
        assert!(found.is_empty(), "\n{}", found.join("\n"));
    });
}

#[test]
fn nothing_scrolls_sideways_on_a_phone() {
    open(Database::Sqlite, Script::On, async |house, browser| {
        house.join("Ada", Role::Admin);
        house.join_as("Suse", Role::EndUser, Status::Suspended);
        let long = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrente";
        let email = format!("{long}@example.org").replace('ä', "ae");
        house.join_with(
            &[(Field::Name, long), (Field::Email, &email), (Field::Notes, long)],
            Role::EndUser,
            Status::Active,
        );
        furnish(&house);
        browser.sign_in("ada@example.org", PASSWORD).await;
        browser.client.set_window_size(390, 844).await.unwrap();
        for path in PAGES {
            browser.go(path).await;
            let wide = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
            let over = browser.client.execute(wide, vec![]).await.unwrap();
            assert!(over.as_i64().unwrap() <= 0, "{path} is {over} px too wide");
        }
    });
}
