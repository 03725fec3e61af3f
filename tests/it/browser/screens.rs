//! The sheet of all pages in `docs/screens/`, made anew by `tests/screens`.
use super::driver::{Browser, Script, open};
use crate::house::Database;
use std::path::Path;

const FOLDER: &str = "docs/screens";

/// What each picture is called, and its page. Person 2002 is an agent; 1990 a customer.
const PAGES: &[(&str, &str)] = &[
    ("overview", "/"),
    ("people", "/people"),
    ("people-filtered", "/people?tag=vip&status=quiet&sort=name"),
    ("people-nobody", "/people?q=wang+fnag&status=active"),
    ("people-line-wrong", "/people?q=role:agent+created:yesterday+wang"),
    ("people-facets", "/people/facets?q=an"),
    ("people-columns", "/people/columns"),
    ("person", "/people/1990"),
    ("person-new", "/people/new"),
    ("person-edit", "/people/1990/edit"),
    ("person-activity", "/people/1990/activity"),
    ("person-suspension", "/people/1990/suspension"),
    ("person-picture", "/people/1990/avatar"),
    ("person-password", "/people/2002/password"),
    ("person-role", "/people/2002/role"),
    ("person-profile", "/people/2002/profile"),
    ("person-permissions", "/people/2003/permissions"),
    ("person-access", "/people/2001/access"),
    ("organisations", "/organisations"),
    ("organisation", "/organisations/3"),
    ("organisation-new", "/organisations/new"),
    ("organisation-merge", "/organisations/3/merge?into=Northbank+Support"),
    ("organisation-deletion", "/organisations/3/deletion"),
    ("groups", "/groups"),
    ("group", "/groups/1"),
    ("group-deletion", "/groups/1/deletion"),
    ("tags", "/tags"),
    ("tag-edit", "/tags/1/edit"),
    ("tag-merge", "/tags/1/merge?into=vip"),
    ("fields", "/fields"),
    ("field-new", "/fields/new"),
    ("roles", "/roles"),
    ("role", "/roles/1"),
    ("role-edit", "/roles/1/edit"),
    ("keys", "/keys"),
    ("key-new", "/keys/new"),
    ("key-app", "/keys/6/app"),
    ("docs-api", "/docs/api"),
    ("docs-api-easemob", "/docs/api/easemob?key=6"),
    ("key-revocation", "/keys/1/revocation"),
    ("keys-settings", "/keys/settings"),
    ("view-new", "/views/new?query=status%3Dsuspended"),
    ("search", "/search?q=ada"),
    ("me", "/me"),
    ("person-tickets", "/people/2002/tickets"),
    ("person-chat", "/people/2002/chat"),
    ("person-deletion", "/people/2002/deletion"),
    ("person-merge", "/people/15/merge?into=%2318"),
    ("person-erasure", "/people/15/erasure"),
    ("people-deletion", "/people/deletion?id=7&id=9&id=15"),
    ("export-new", "/exports/new?filter=role%3Dend_user"),
    ("plan-new", "/people/plans/new?filter=role%3Dend_user"),
    ("batch-new", "/batches/new?deed=suspend&filter=role%3Dend_user"),
    ("jobs", "/jobs"),
    ("imports", "/imports"),
    ("duplicates", "/duplicates"),
    ("erasures", "/erasures"),
    ("retention-rules", "/erasures/rules?inactive=400&suspended=0"),
    ("tickets", "/tickets"),
    ("ticket", "/tickets/2"),
    ("workspaces", "/workspaces"),
    ("workspace", "/workspaces/1"),
    ("workspace-new", "/workspaces/new"),
    ("trash", "/trash"),
    ("trash-retention", "/trash/retention"),
    ("audit", "/audit"),
    ("not-found", "/nowhere"),
];

const LOOKS: [(&str, &str, &str, (i64, i64)); 2] =
    [("desk", "light", "en", (1440, 900)), ("phone", "dark", "zh", (390, 844))];

async fn picture(browser: &Browser, name: &str, look: &str) {
    let path = Path::new(FOLDER).join(format!("{name}.{look}.webp"));
    std::fs::write(path, browser.picture().await).unwrap();
}

#[test]
#[ignore = "makes files; run it by tests/screens"]
fn sheet_of_all_pages() {
    open(Database::Sqlite, Script::On, async |house, browser| {
        std::fs::create_dir_all(FOLDER).unwrap();
        browser.go("/setup").await;
        for (look, scheme, language, size) in LOOKS {
            browser.size(size).await;
            browser.light(scheme).await;
            browser.go(&format!("/setup?lang={language}")).await;
            picture(&browser, "setup", look).await;
        }
        let passwords = rollcall::cli::demo::fill(&house.app).unwrap();
        house.wait(std::time::Duration::from_secs(10));
        while house.act(rollcall::actions::duplicates::look_on).unwrap() {}
        for (look, scheme, language, size) in LOOKS {
            browser.size(size).await;
            browser.light(scheme).await;
            browser.go(&format!("/login?lang={language}")).await;
            picture(&browser, "login", look).await;
        }
        let ines = house.person(2001);
        for dialect in rollcall::domain::key::Dialect::ALL {
            house.key(*dialect, &ines, false);
        }
        browser.size(LOOKS[0].3).await;
        browser.sign_in("ines.okafor@northbank.example", &passwords[0]).await;
        for (look, scheme, language, size) in LOOKS {
            browser.light(scheme).await;
            let own = [(rollcall::domain::Field::Language, language)];
            house.act_as(&ines, |act| rollcall::actions::preferences::set_own(act, &own)).unwrap();
            browser.size(size).await;
            for (name, path) in PAGES {
                browser.go(path).await;
                picture(&browser, name, look).await;
            }
            browser.go("/people").await;
            for n in 3..6 {
                browser.click(&format!("tbody tr:nth-child({n}) .tick input")).await;
            }
            picture(&browser, "people-chosen", look).await;
        }
        std::fs::write(Path::new(FOLDER).join("README.md"), sheet()).unwrap();
    });
}

fn sheet() -> String {
    let first = ["setup", "login"].into_iter().chain(PAGES.iter().map(|(name, _)| *name)).chain(["people-chosen"]);
    let row = |name: &str| {
        format!(
            "| {name} | <img src=\"{name}.desk.webp\" width=\"560\"> | <img src=\"{name}.phone.webp\" width=\"180\"> |\n"
        )
    };
    let head = "# Every page\n\nMade by `tests/screens`: on a desk, light and in English; on a phone, dark and in Chinese.\n\n";
    format!("{head}| page | desk | phone |\n|---|---|---|\n{}", first.map(row).collect::<String>())
}
