//! Somebody is deleted with a successor after a typed word, or merged with a field chosen, and comes back by the
//! undo; with script and without.
use super::driver::{Script, open};
use crate::house::{Database, PASSWORD};
use rollcall::domain::Role;
use rollcall::jobs::worker;

fn an_agent_goes_and_comes_back(database: Database, script: Script) {
    open(database, script, async |house, browser| {
        house.join("Ada", Role::Admin);
        let (ben, cleo) = (house.join("Ben", Role::Agent), house.join("Cleo", Role::EndUser));
        let olga = house.join("Olga", Role::Agent);
        house.ticket("Where is our shipment?", &cleo, None);
        house.workspace("Pilots", &ben);
        browser.sign_in("ada@example.org", PASSWORD).await;
        browser.go("/tickets/1").await;
        browser.fill("#f-assignee", "ben@example.org").await;
        browser.click("aside form button").await;
        browser.see("Ticket saved.").await;
        browser.go(&format!("/people/{}/deletion", ben.id.0)).await;
        browser.see("Open tickets assigned").await;
        browser.click("input[name=open][value=person]").await;
        browser.fill("#f-successor", &format!("Olga #{}", olga.id.0)).await;
        browser.fill("#f-typed", "bob").await;
        browser.click(".confirm button").await;
        browser.see("This is not what to type.").await;
        browser.fill("#f-typed", "ben").await;
        browser.click(".confirm button").await;
        browser.see("Moved to the trash.").await;
        browser.go("/tickets/1").await;
        assert!(browser.text().await.contains("Olga"), "{}", browser.text().await);
        browser.go("/trash?q=ben").await;
        browser.see("ben@example.org").await;
        browser.click("td form button").await;
        browser.see("Restored as it was.").await;
        browser.at(&format!("/people/{}", ben.id.0)).await;
        browser.go("/tickets/1").await;
        browser.see("Assigned to").await;
        assert!(!browser.text().await.contains("Olga"), "{}", browser.text().await);
        browser.go(&format!("/people/{}/deletion", cleo.id.0)).await;
        browser.click("input[name=requested][value=deleted]").await;
        browser.fill("#f-typed", "cleo").await;
        browser.click(".confirm button").await;
        browser.see("Moved to the trash.").await;
        browser.click(".toast form button").await;
        browser.see("Restored as it was.").await;
        browser.go("/tickets").await;
        browser.see("Where is our shipment?").await;
    });
}

fn two_become_one_and_two_again(database: Database, script: Script) {
    open(database, script, async |house, browser| {
        house.join("Ada", Role::Admin);
        let (wang, fang) = (house.join("Wang Fang", Role::EndUser), house.join("Fang Wang", Role::EndUser));
        house.ticket("Where is our shipment?", &wang, None);
        browser.sign_in("ada@example.org", PASSWORD).await;
        browser.go(&format!("/people/{}/merge", wang.id.0)).await;
        browser.fill("#f-into", &format!("Fang Wang #{}", fang.id.0)).await;
        browser.click("main form button").await;
        browser.see("Merge two people").await;
        browser.see("Tickets asked").await;
        browser.click("input[name='side.email'][value=absorbed]").await;
        browser.see("fang.wang@example.org kept as well").await;
        browser.click("aside button").await;
        browser.see("Merged.").await;
        browser.at(&format!("/people/{}", fang.id.0)).await;
        browser.see("wang.fang@example.org").await;
        browser.see("Also known as").await;
        browser.go("/trash").await;
        browser.see("merged into Fang Wang").await;
        browser.click("td form button").await;
        browser.see("Restored as it was.").await;
        browser.at(&format!("/people/{}", wang.id.0)).await;
        browser.see("wang.fang@example.org").await;
        browser.go(&format!("/people/{}", fang.id.0)).await;
        browser.see("fang.wang@example.org").await;
        assert!(!browser.text().await.contains("Also known as"));
    });
}

fn several_go_and_one_comes_back(database: Database, script: Script) {
    open(database, script, async |house, browser| {
        house.join("Ada", Role::Admin);
        let (cleo, dora) = (house.join("Cleo", Role::EndUser), house.join("Dora", Role::EndUser));
        browser.sign_in("ada@example.org", PASSWORD).await;
        browser.go("/people?role=end_user").await;
        for person in [&cleo, &dora] {
            browser.click(&format!("td .tick input[value='{}']", person.id.0)).await;
        }
        browser.click("button[formaction='/people/deletion']").await;
        browser.see("Delete 2 people?").await;
        browser.fill("#f-typed", "3").await;
        browser.click(".confirm button").await;
        browser.see("This is not what to type.").await;
        browser.fill("#f-typed", "2").await;
        browser.click(".confirm button").await;
        browser.see("Under way").await;
        browser.at("/jobs/1").await;
        assert!(worker::once(&house.app).await.unwrap());
        // The page looks again by itself.
        browser.see("Done").await;
        browser.go("/trash?q=cleo").await;
        browser.click("td form button").await;
        browser.see("Restored as it was.").await;
        browser.at(&format!("/people/{}", cleo.id.0)).await;
        browser.go("/people?role=end_user").await;
        browser.see("Cleo").await;
        assert!(!browser.text().await.contains("Dora"));
    });
}

#[test]
fn many_go_with_one_job() {
    for database in [Database::Sqlite, Database::Postgres] {
        several_go_and_one_comes_back(database, Script::On);
    }
}

#[test]
fn many_go_with_one_job_without_script() {
    for database in [Database::Sqlite, Database::Postgres] {
        several_go_and_one_comes_back(database, Script::Off);
    }
}

#[test]
fn a_merge_and_its_undo() {
    for database in [Database::Sqlite, Database::Postgres] {
        two_become_one_and_two_again(database, Script::On);
    }
}

#[test]
fn a_merge_and_its_undo_without_script() {
    for database in [Database::Sqlite, Database::Postgres] {
        two_become_one_and_two_again(database, Script::Off);
    }
}

#[test]
fn a_deletion_and_its_undo() {
    for database in [Database::Sqlite, Database::Postgres] {
        an_agent_goes_and_comes_back(database, Script::On);
    }
}

#[test]
fn a_deletion_and_its_undo_without_script() {
    for database in [Database::Sqlite, Database::Postgres] {
        an_agent_goes_and_comes_back(database, Script::Off);
    }
}
