use crate::house::{Client, House, command_line, on_both};
use crate::jobs::{claim, step};
use crate::panel::imports::work;
use crate::undo::healthy;
use rollcall::actions::imports::{Cells, Column, Source};
use rollcall::actions::people::{erasure, export};
use rollcall::actions::{Caller, sessions};
use rollcall::domain::export::Whom;
use rollcall::domain::{Catalogue, Error, Field, Permission, Reach, Role, Sort, Turn};
use rollcall::jobs::generate;
use serde_json::{Value, json};
use std::collections::HashSet;
use std::io::{Read, Write};
use std::time::Duration;

#[test]
fn a_list_of_several_pages_leaves_whole_and_in_its_order() {
    on_both(|house| {
        generate::run(&house.app, &command_line(), 4_100, 7, |_| {}).unwrap();
        let client = house.sign_in(&house.join("Ada", Role::Admin));
        let before = house.entries();
        for (query, column, rows) in [
            ("sort=-created", "created_at", Some(4_101)),
            ("sort=seen&role=end_user", "last_login_at", None),
            ("q=example", "uid", Some(4_101)),
        ] {
            let file = client.get(&format!("/people.csv?{query}"));
            let mut reader = csv::Reader::from_reader(file.body.trim_start_matches('\u{feff}').as_bytes());
            let names = reader.headers().unwrap().clone();
            let at = |name: &str| names.iter().position(|one| one == name).unwrap();
            let records: Vec<csv::StringRecord> = reader.records().map(|row| row.unwrap()).collect();
            let uids: HashSet<&str> = records.iter().map(|row| &row[at("uid")]).collect();
            assert_eq!(uids.len(), records.len(), "{query}: each once");
            let mut values: Vec<&str> = records.iter().map(|row| &row[at(column)]).collect();
            if query.contains("sort=-") {
                values.reverse();
            }
            assert!(column == "uid" || values.is_sorted(), "{query}: in the order asked for");
            match rows {
                Some(rows) => assert_eq!(records.len(), rows, "{query}"),
                None => {
                    let told = client.part(&format!("/people/count?{query}")).text().replace(',', "");
                    assert!(told.contains(&records.len().to_string()), "{query}: {told}");
                }
            }
        }
        assert_eq!(house.entries(), before + 3, "each is in the history once, whatever its length");
    });
}

#[test]
fn nothing_more_leaves_once_somebody_lost_their_rights() {
    on_both(|house| {
        let ben = house.join("Ben", Role::Agent);
        let email = ben.fields.email.as_ref().unwrap().as_str().to_owned();
        let actor = house.act(|act| sessions::acting_as(act, &email)).unwrap();
        let caller = Caller { actor, ..command_line() };
        let whom = Whom::Matching(Box::default(), Sort::default());
        let begun = house.app.read_here(&caller, |act| export::show(act, whom.clone(), ""));
        let (export, count) = begun.unwrap();
        let next = || house.app.read_here(&caller, |act| export::page(act, &export, &Turn::First));
        assert_eq!(next().unwrap().0.len() as i64, count);
        for change in ["role = 0", "role = 1, status = 2"] {
            house.sql(&format!("UPDATE people SET {change} WHERE id = {}", ben.id.0));
            assert!(matches!(next(), Err(Error::Forbidden("forbidden.role"))), "{change}");
        }
    });
}

/// Somebody whose fields try what files do with them.
fn wang(house: &House) {
    let fields = [
        (Field::Name, "王芳, \"Fang\" & <co>"),
        (Field::Email, "wang@fjord.example"),
        (Field::Phone, "+49301234567"),
        (Field::Tags, "vip;press"),
        (Field::Notes, "=HYPERLINK(\"x\")\n second line _x0041_"),
    ];
    house.join_without_password(&fields, Role::EndUser);
}

/// The cells of the rows of a file, as an import reads them.
fn cells(bytes: &[u8]) -> Vec<Cells> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    let mut source = Source::open(file.path(), &Catalogue::default()).unwrap();
    assert!(source.unknown.is_empty(), "{:?}", source.unknown);
    source.take(10_000).unwrap().into_iter().map(|row| row.cells.unwrap()).collect()
}

#[test]
fn a_list_leaves_as_text_as_a_workbook_and_as_json_lines() {
    on_both(|house| {
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        wang(house);
        let (before, phone) = (house.entries(), Column::Field(Field::Phone));
        let (headers, text) = ada.bytes("/people.csv?sort=name");
        assert_eq!(headers["content-disposition"], "attachment; filename=\"people-2026-11-21.csv\"");
        let (headers, book) = ada.bytes("/people.xlsx?sort=name");
        assert_eq!(headers["content-disposition"], "attachment; filename=\"people-2026-11-21.xlsx\"");
        assert!(headers["content-type"].ends_with("spreadsheetml.sheet"), "{headers:?}");
        let (headers, lines) = ada.bytes("/people.jsonl?sort=name");
        assert_eq!(headers["content-type"], "application/jsonl; charset=utf-8");
        assert_eq!(house.entries(), before + 3, "each is in the history");
        assert_eq!(ada.get("/people.pdf").status, 404);
        let (text, read) = (cells(&text), cells(&book));
        let notes = Column::Field(Field::Notes);
        let of = |rows: &[Cells], column: &Column| rows[1].iter().find(|(one, _)| one == column).unwrap().1.clone();
        assert_eq!(of(&text, &phone), "+49301234567", "a number is no formula");
        assert_eq!(of(&text, &notes), "'=HYPERLINK(\"x\")\n second line _x0041_", "made text for spreadsheets");
        assert_eq!(of(&read, &notes), "=HYPERLINK(\"x\")\n second line _x0041_", "text already");
        let rest = |rows: &[Cells]| -> Vec<Cells> {
            rows.iter().map(|row| row.iter().filter(|(column, _)| *column != notes).cloned().collect()).collect()
        };
        assert_eq!(rest(&text), rest(&read));
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(&book)).unwrap();
        let mut sheet = String::new();
        zip.by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut sheet).unwrap();
        assert!(!sheet.contains("<f>") && sheet.contains("state=\"frozen\""), "{sheet}");
        let objects: Vec<Value> =
            String::from_utf8(lines).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(objects.len(), 2);
        assert_eq!(objects[1]["tags"], json!(["press", "vip"]));
        assert_eq!((&objects[1]["phone"], &objects[1]["bio"]), (&json!("+49301234567"), &Value::Null));
        assert_eq!(objects[1]["notes"], "=HYPERLINK(\"x\")\n second line _x0041_");
        let chosen = objects[1]["uid"].as_str().unwrap();
        let page = ada.get("/exports/new?id=2&filter=role%3Dadmin");
        assert!(page.text().contains("People in the file 1"), "{}", page.text());
        let (_, one) = ada.bytes("/people.jsonl?id=2");
        assert!(String::from_utf8(one).unwrap().contains(chosen));
        assert!(ada.get("/audit").text().contains("Who now #2"), "{}", ada.get("/audit").text());
        assert!(ada.get("/people.jsonl?id=").body.is_empty(), "nobody was named");
        house.join_without_password(&[(Field::Name, "Zed"), (Field::Phone, "=SUM(123)")], Role::EndUser);
        let (text, book) = (ada.bytes("/people.csv?sort=-name").1, ada.bytes("/people.xlsx?sort=-name").1);
        assert!(String::from_utf8(text).unwrap().contains("'=SUM(123)"));
        assert!(cells(&book).iter().any(|row| row.contains(&(phone.clone(), "=SUM(123)".into()))));
    });
}

/// Asks for the file of a list as its form does: where the job is shown.
fn begin(client: &Client, filter: &str) -> String {
    let form = form(client, filter);
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let begun = client.post("/exports", &form);
    assert_eq!(begun.status, 303, "{}", begun.text());
    assert_eq!(client.post("/exports", &form).location(), begun.location(), "a second time it starts nothing");
    begun.location().to_owned()
}

fn form(client: &Client, filter: &str) -> [(&'static str, String); 3] {
    let asked = url::form_urlencoded::Serializer::new(String::new()).append_pair("filter", filter).finish();
    let page = client.get(&format!("/exports/new?{asked}"));
    [("filter", filter.to_owned()), ("count", page.value("count")), ("once", page.value("once"))]
}

#[test]
fn a_long_list_is_written_by_a_job_and_its_file_is_kept_for_a_day() {
    on_both(|house| {
        generate::run(&house.app, &command_line(), 2_400, 7, |_| {}).unwrap();
        wang(house);
        let (ada, ben) =
            (house.sign_in(&house.join("Ada", Role::Admin)), house.sign_in(&house.join("Ben", Role::Admin)));
        let before = house.entries();
        let path = begin(&ada, "role=end_user&sort=name");
        assert_eq!(house.entries(), before + 1);
        work(house);
        let done = ada.get(&path);
        assert!(done.text().contains("The file is ready") && done.text().contains("Exported"), "{}", done.text());
        let direct = ada.bytes("/people.csv?role=end_user&sort=name").1;
        let file = |client: &Client, ending: &str| client.bytes(&format!("{path}/people.{ending}"));
        assert!(file(&ada, "csv").1 == direct, "the same as at once");
        assert_eq!(cells(&file(&ada, "xlsx").1).len(), cells(&direct).len());
        assert_eq!(file(&ada, "jsonl").1.iter().filter(|byte| **byte == b'\n').count(), cells(&direct).len());
        assert_eq!(house.entries(), before + 5, "who fetches it is in the history");
        assert_eq!(ada.get(&format!("{path}/people.pdf")).status, 404);
        assert_eq!(ben.get(&format!("{path}/people.csv")).status, 404, "it is whose who asked for it");
        assert!(!ben.get(&path).text().contains("JSON lines"));
        house.wait(Duration::from_secs(86_400));
        assert!(ada.get(&path).text().contains("The file is not kept any more"), "{}", ada.get(&path).text());
        assert_eq!(ada.get(&format!("{path}/people.csv")).status, 404);
        actix_web::rt::System::new().block_on(rollcall::jobs::purge::forget(&house.app)).unwrap();
        assert_eq!(std::fs::read_dir(house.app.folder.join("exports")).unwrap().count(), 0);
        healthy(house);
    });
}

#[test]
fn a_file_that_was_lost_is_written_anew_and_nobody_gets_more_than_they_may_see() {
    on_both(|house| {
        generate::run(&house.app, &command_line(), 1_500, 7, |_| {}).unwrap();
        let person = house.join("Ben", Role::Agent);
        let (ada, ben) = (house.sign_in(&house.join("Ada", Role::Admin)), house.sign_in(&person));
        let step_once = || {
            let (job, actor) = claim(house).unwrap();
            assert!(step(house, &job, &actor));
            house.sql("UPDATE jobs SET locked_until = 0");
        };
        let path = begin(&ada, "role=end_user");
        step_once();
        std::fs::remove_file(house.app.folder.join("exports/1.csv")).unwrap();
        work(house);
        let direct = ada.bytes("/people.csv?role=end_user").1;
        assert!(ada.bytes(&format!("{path}/people.csv")).1 == direct);
        let stale = form(&ada, "role=end_user");
        house.join("Cleo", Role::EndUser);
        let stale: Vec<(&str, &str)> = stale.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let refused = ada.post("/exports", &stale);
        assert_eq!(refused.status, 409);
        assert!(refused.text().contains("have changed meanwhile"), "{}", refused.text());
        let path = begin(&ben, "role=end_user");
        step_once();
        house.sql(&format!("UPDATE people SET role = 0 WHERE id = {}", person.id.0));
        work(house);
        let state = house.act(|act| rollcall::store::jobs::find(act.conn, 2)).unwrap().state;
        assert_ne!(state, rollcall::domain::job::State::Done);
        assert_ne!(ben.get(&format!("{path}/people.csv")).status, 200);
        healthy(house);
    });
}

#[test]
fn a_file_is_not_given_to_whoever_sees_less_than_when_they_asked() {
    on_both(|house| {
        let (all, some) = (Reach::Everyone, Reach::Groups);
        let given = [Permission::ExportPeople];
        let (wide, narrow) = (house.role("Front", all, &given), house.role("Back", some, &given));
        let (billing, north) = (house.group("Billing"), house.group("North"));
        let bea = house.join_in_role("Bea", wide, &[]);
        // Whoever loses something is signed out.
        let fetch = |path: &str| house.sign_in(&bea).get(&format!("{path}/people.csv")).status;
        let first = begin(&house.sign_in(&bea), "");
        work(house);
        assert_eq!(fetch(&first), 200);
        house.sql(&format!("UPDATE agent_profiles SET custom_role_id = {narrow} WHERE person_id = {}", bea.id.0));
        assert_eq!(fetch(&first), 404);
        assert!(house.sign_in(&bea).get(&first).text().contains("or shows more than you may see now"));
        let put = |group: i64| {
            house.sql(&format!("INSERT INTO people_groups (person_id, group_id) VALUES ({}, {group})", bea.id.0))
        };
        put(billing);
        let second = begin(&house.sign_in(&bea), "");
        work(house);
        put(north);
        assert_eq!(fetch(&second), 200, "she sees more than then");
        house.sql(&format!("DELETE FROM people_groups WHERE group_id = {billing}"));
        assert_eq!(fetch(&second), 404);
    });
}

#[test]
fn files_go_with_their_job_with_whoever_was_erased_and_when_there_are_many() {
    on_both(|house| {
        let person = house.join("Ada", Role::Admin);
        let ada = house.sign_in(&person);
        let files = || std::fs::read_dir(house.app.folder.join("exports")).unwrap().count();
        generate::run(&house.app, &command_line(), 1_500, 7, |_| {}).unwrap();
        let path = begin(&ada, "");
        let (job, actor) = claim(house).unwrap();
        assert!(step(house, &job, &actor));
        assert_eq!(files(), 1);
        assert_eq!(ada.post(&format!("{path}?_method=delete"), &[("a", "b")]).status, 303);
        assert_eq!(files(), 0);
        let paths: Vec<String> = (0..3).map(|_| begin(&ada, "role=admin")).collect();
        let form = form(&ada, "role=admin");
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let refused = ada.post("/exports", &form);
        assert!(
            refused.status == 403 && refused.text().contains("You have three exports under way"),
            "{}",
            refused.text()
        );
        work(house);
        for _ in 0..8 {
            begin(&ada, "role=admin");
            work(house);
        }
        assert_eq!((files(), ada.get(&format!("{}/people.csv", paths[0])).status), (10, 404), "the oldest are gone");
        let zoe = house.join("Zoe", Role::EndUser);
        let consent = crate::proof::consent(house, zoe.id);
        house.act_as(&person, |act| erasure::create(act, zoe.id, &consent, "Asked us to")).unwrap();
        assert_eq!(files(), 0, "whoever was erased may have been in them");
    });
}

#[test]
fn a_job_whose_file_lies_elsewhere_is_left_to_whoever_is_there() {
    on_both(|house| {
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        let path = begin(&ada, "");
        house.sql("UPDATE jobs SET place = 'elsewhere'");
        assert_eq!(work(house), 0);
        let page = ada.get(&path).text();
        assert!(page.contains("Under way 0 / 1") && page.contains("lies with another server"), "{page}");
    });
}
