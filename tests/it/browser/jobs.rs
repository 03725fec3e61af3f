//! Everybody who matches is changed and changed back, and a file is brought in, mended and taken back; with script and
//! without.
use super::driver::{Browser, Script, open};
use crate::house::{Database, House, PASSWORD, command_line};
use rollcall::domain::Role;
use rollcall::jobs::{generate, worker};

/// As the house does by the clock.
async fn work(house: &House) {
    while worker::once(&house.app).await.unwrap() {}
}

async fn choose_all(browser: &Browser) {
    browser.go("/people?role=end_user").await;
    browser.click("td .tick input").await;
    browser.click(".bulk .all input").await;
}

fn everybody_is_tagged_and_untagged(database: Database, script: Script) {
    open(database, script, async |house, browser| {
        house.join("Ada", Role::Admin);
        generate::run(&house.app, &command_line(), 260, 5, |_| {}).unwrap();
        browser.sign_in("ada@example.org", PASSWORD).await;
        choose_all(&browser).await;
        browser.click("button[popovertarget=bulk-tags]").await;
        browser.fill("#b-tags", "spring sale").await;
        browser.click("button[name=deed][value=tag]").await;
        browser.see("Add tags: spring sale").await;
        browser.see("You can take it back as a whole until").await;
        browser.click("main form .primary").await;
        browser.see("Under way").await;
        work(&house).await;
        // The page looks again by itself.
        browser.see("Done").await;
        browser.click("main form[action^='/batches/'] button").await;
        browser.see("Undo: Add tags: spring sale").await;
        work(&house).await;
        browser.see("Done").await;
        browser.go("/people?tag=spring+sale").await;
        browser.see("No one matches").await;
        browser.go("/jobs").await;
        browser.see("Undo: Add tags: spring sale").await;
        choose_all(&browser).await;
        browser.click("button[name=deed][value=suspend]").await;
        browser.click("main form .primary").await;
        browser.see("Under way").await;
        browser.click("main form[action^='/jobs/'] button").await;
        browser.see("Stopped").await;
    });
}

fn a_file_is_brought_in_and_taken_back(database: Database, script: Script) {
    open(database, script, async |house, browser| {
        house.join("Ada", Role::Admin);
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("customers.csv");
        let rows: String = (0..30).map(|n| format!("Person {n};p{n}@fjord.example\n")).collect();
        std::fs::write(&file, format!("who;mail\n{rows}Nobody;nowhere\n")).unwrap();
        browser.sign_in("ada@example.org", PASSWORD).await;
        browser.go("/imports").await;
        browser.fill("#f-file", file.to_str().unwrap()).await;
        browser.click("main form .primary").await;
        browser.see("customers.csv").await;
        browser.see("Person 0 · Person 1").await;
        browser.choose("#c0", "Name").await;
        browser.choose("#c1", "Phone").await;
        browser.choose("#c1", "E-mail").await;
        browser.click("main form .primary").await;
        browser.see("Being tried").await;
        work(&house).await;
        browser.see("Nothing is written yet.").await;
        browser.see("There is no @ in it.").await;
        browser.click("main form .primary").await;
        browser.see("Under way").await;
        browser.click("#pause").await;
        browser.see("Paused").await;
        browser.click("main form .primary").await;
        browser.see("Under way").await;
        work(&house).await;
        browser.see("These rows as a file").await;
        browser.click("main .danger").await;
        browser.see("Take back customers.csv?").await;
        browser.click("main form .primary").await;
        browser.see("Under way").await;
        work(&house).await;
        browser.see("Done").await;
        browser.see("Undone").await;
        browser.go("/people?q=person").await;
        browser.see("No one matches").await;
        browser.go("/imports").await;
        browser.see("Taken back").await;
    });
}

fn everybody_leaves_and_is_deleted(database: Database, script: Script) {
    open(database, script, async |house, browser| {
        house.join("Ada", Role::Admin);
        generate::run(&house.app, &command_line(), 260, 5, |_| {}).unwrap();
        browser.sign_in("ada@example.org", PASSWORD).await;
        choose_all(&browser).await;
        browser.click("button[formaction='/exports/new']").await;
        browser.see("People in the file").await;
        browser.click("a[href^='/people.jsonl']").await;
        let file =
            |browser: &Browser| browser.downloads().into_iter().find(|path| path.extension().unwrap() == "jsonl");
        browser.until("the file", async |browser| file(browser).is_some()).await;
        let lines = std::fs::read_to_string(file(&browser).unwrap()).unwrap().lines().count();
        choose_all(&browser).await;
        browser.click("button[formaction='/people/deletion']").await;
        browser.see("Plan to delete people").await;
        browser.see(&format!("Plan for {lines} people")).await;
        browser.click("main form .primary").await;
        browser.see("Under way").await;
        work(&house).await;
        browser.see("See the plan").await;
        browser.click("a[href^='/people/plans/']").await;
        browser.see(&format!("Delete {lines} people?")).await;
        for name in ["workspaces", "owned_groups", "rooms"] {
            let gone = format!("input[name={name}][value=deleted]");
            if browser.has(&gone).await {
                browser.click(&gone).await;
            }
        }
        browser.fill("#f-typed", &lines.to_string()).await;
        browser.click("main form .danger").await;
        browser.see("Under way").await;
        work(&house).await;
        browser.see("Done").await;
        browser.go("/people?role=end_user").await;
        browser.see("No one matches").await;
    });
}

#[test]
fn everybody_leaves_as_a_file_and_is_deleted_by_a_plan() {
    for (database, script) in [(Database::Sqlite, Script::Off), (Database::Postgres, Script::On)] {
        everybody_leaves_and_is_deleted(database, script);
    }
}

#[test]
fn everybody_is_changed_by_a_job() {
    for (database, script) in [(Database::Sqlite, Script::On), (Database::Postgres, Script::Off)] {
        everybody_is_tagged_and_untagged(database, script);
    }
}

#[test]
fn people_come_in_from_a_file() {
    for (database, script) in [(Database::Sqlite, Script::Off), (Database::Postgres, Script::On)] {
        a_file_is_brought_in_and_taken_back(database, script);
    }
}
