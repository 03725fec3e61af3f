//! A file is brought in, its columns are named, it is tried, and done with the numbers that were tried.
use crate::house::{Client, House, Reply, on_both};
use crate::jobs::{claim, step};
use crate::undo::healthy;
use crate::workbook::{DRAWING, packed};
use rollcall::domain::{Field, Role};
use rollcall::jobs::worker;
use rollcall::store;

/// As the house does by the clock; how many turns that took.
pub fn work(house: &House) -> usize {
    let system = actix_web::rt::System::new();
    (0..100).take_while(|_| system.block_on(worker::once(&house.app)).unwrap()).count()
}

fn upload(client: &Client, name: &str, bytes: &[u8]) -> Reply {
    let head = format!("content-disposition: form-data; name=\"file\"; filename=\"{name}\"");
    let mut body = format!("--cut\r\n{head}\r\ncontent-type: text/csv\r\n\r\n").into_bytes();
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--cut--\r\n");
    client.send("POST", "/imports", Some("multipart/form-data; boundary=cut"), &body)
}

/// What the form sends as it was shown.
fn shown(page: &Reply) -> Vec<(String, String)> {
    let mut form = vec![("version".to_owned(), page.value("version")), ("many".to_owned(), page.value("many"))];
    for select in page.body.split("<select ").skip(1) {
        let name = select.split("name=\"").nth(1).unwrap().split('"').next().unwrap();
        let options = select.split("</select>").next().unwrap().split("<option value=\"").skip(1);
        let chosen = options.filter(|option| option.split('>').next().unwrap().contains(" selected"));
        let value = chosen.map(|option| option.split('"').next().unwrap()).next().unwrap_or_default();
        form.push((name.to_owned(), value.to_owned()));
    }
    form
}

fn send(client: &Client, path: &str, form: &[(String, String)]) -> Reply {
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    client.post(path, &form)
}

/// Brought in with the columns as they are guessed: where the import is shown.
pub fn begin(client: &Client, bytes: &[u8]) -> String {
    let brought = upload(client, "people.csv", bytes);
    assert_eq!(brought.status, 303, "{}", brought.text());
    let page = client.get(brought.location());
    let path = brought.location().trim_end_matches("/edit").to_owned();
    let tried = send(client, &path, &shown(&page));
    assert_eq!((tried.status, tried.location()), (303, path.as_str()), "{}", tried.text());
    path
}

/// Done as it was tried.
pub fn run(client: &Client, path: &str) {
    let version = client.get(path).value("version");
    let started = client.post(&format!("{path}/run"), &[("version", &version)]);
    assert_eq!((started.status, started.location()), (303, path));
}

/// The five figures on the page.
pub fn figures(page: &Reply) -> Vec<i64> {
    let tally = page.body.split("class=\"tally\"").nth(1).unwrap();
    tally
        .split("<b>")
        .skip(1)
        .take(5)
        .map(|rest| rest.split('<').next().unwrap().replace(',', "").parse().unwrap())
        .collect()
}

/// Rows over more than one chunk: new ones, the same again, one to change, some at fault.
pub fn rows() -> String {
    let mut text = "Full name;E-mail;Rolle\n".replace("Rolle", "Role");
    for n in 0..2_300 {
        text.push_str(&format!("Person {n};p{n}@fjord.example;end_user\n"));
    }
    text.push_str("Again;P7@fjord.example;\nNobody;not an address;\nBoss;boss@fjord.example;emperor\n");
    text.push_str("Cleo Marsh;cleo@example.org;\nToo;many;cells;here\nDora;dora@example.org;end_user\n");
    text
}

#[test]
fn a_file_is_tried_and_then_done_with_the_same_numbers() {
    on_both(|house| {
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        let cleo = house.join("Cleo", Role::EndUser);
        house.join("Dora", Role::EndUser);
        let entries = house.entries();
        let path = begin(&ada, rows().as_bytes());
        assert_eq!(house.entries() - entries, 2, "one for the file, one for the trial");
        assert!(ada.get(&path).text().contains("Being tried 0 / 2,306"), "{}", ada.get(&path).text());
        work(house);
        let tried = ada.get(&path);
        assert_eq!(figures(&tried), [2_300, 1, 1, 1, 3], "{}", tried.text());
        assert!(tried.text().contains("Write 2,301 people"), "{}", tried.text());
        let faults = "E-mail: There is no @ in it. Write it like wang.fang@lanwan.example. (first: row 2,303)";
        assert!(
            tried.text().contains(faults) && tried.text().contains("This row has more or fewer cells"),
            "{}",
            tried.text()
        );
        assert_eq!((house.entries() - entries, house.person(cleo.id.0).fields.get(Field::Name)), (2, "Cleo".into()));
        run(&ada, &path);
        let again = ada.post(&format!("{path}/run"), &[("version", &tried.value("version"))]);
        assert_eq!((again.status, house.entries() - entries), (303, 3), "a second time it starts nothing");
        work(house);
        let done = ada.get(&path);
        assert!(done.text().contains("Done 2,306 / 2,306"), "{}", done.text());
        assert_eq!(figures(&done), figures(&tried));
        assert_eq!(house.entries() - entries, 3 + 2_301, "one for each who was written");
        assert_eq!(house.person(cleo.id.0).fields.get(Field::Name), "Cleo Marsh");
        let rejected = ada.get(&format!("{path}/rejected.csv"));
        let text = rejected.body.trim_start_matches('\u{feff}');
        let expected = "Full name,E-mail,Role,reason\n\
                        Nobody,not an address,,email: There is no @ in it. Write it like wang.fang@lanwan.example.\n\
                        Boss,boss@fjord.example,emperor,role: There is no such role: use end_user, agent or admin.\n\
                        Too,many,cells,here,This row has more or fewer cells than the header.\n";
        assert_eq!(text.replace('"', ""), expected);
        let list = ada.get("/imports").text();
        assert!(list.contains("people.csv Done 2,306 2,300 1 3"), "{list}");
        assert!(ada.get("/jobs").text().contains("Importing people"));
        healthy(house);
    });
}

#[test]
fn whoever_a_file_makes_an_agent_has_what_agents_have() {
    on_both(|house| {
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        let cleo = house.join("Cleo", Role::EndUser);
        let path = begin(&ada, b"email,role\ncleo@example.org,agent\n");
        work(house);
        run(&ada, &path);
        work(house);
        assert_eq!(house.person(cleo.id.0).role, Role::Agent);
        assert_eq!(house.act(|act| store::rows::count(act.conn, "agent_profiles", "1 = 1")).unwrap(), 1);
        healthy(house);
    });
}

/// What Excel makes of a few people: strings that are shared, with marks and how they are pronounced; a moment, a number
/// that is a phone, cells and rows that are left out, a formula, and text in its place; then another sheet of the same.
fn people_of_excel() -> Vec<u8> {
    let strings = r#"<si><t>E-Mail</t></si><si><t>Name</t></si><si><t>Created at</t></si><si><r><t xml:space="preserve">Grace </t></r><r><rPr><b/></rPr><t>Hopper &amp; co</t></r></si><si><t>王芳</t><rPh sb="0" eb="1"><t>ワン</t></rPh></si><si/>"#;
    let titles = r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c><c r="D1" t="inlineStr"><is><t>Phone</t></is></c></row>"#;
    let first = format!(
        r#"{titles}<row r="2"><c r="A2" t="str"><f>LOWER("GRACE@X.ORG")</f><v>grace@fjord.example</v></c><c r="B2" t="s"><v>3</v></c><c r="C2" s="1"><v>45000.75</v></c><c r="D2"><v>4.930123456E+9</v></c></row><row r="3"/><row r="5"><c r="A5" t="inlineStr"><is><t>wang_x0040_fjord.example</t></is></c><c r="B5" t="s"><v>4</v></c><c r="D5" t="e"><v>#N/A</v></c></row>"#
    );
    let second = format!(
        r#"{titles}<row r="2"><c t="inlineStr"><is><t>lin@fjord.example</t></is></c><c t="s"><v>5</v></c><c/><c><v>4930999888</v></c></row>"#
    );
    let other = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>Another table</t></is></c></row>"#;
    packed(
        &[
            ("Notes", false, other),
            ("Cover", true, ""),
            ("People", true, &first),
            ("Chart", true, DRAWING),
            ("Nobody", true, ""),
            ("People 2", true, &second),
            ("Sums", true, other),
        ],
        strings,
    )
}

#[test]
fn a_workbook_is_brought_in_as_excel_writes_it() {
    on_both(|house| {
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        let path = begin(&ada, &people_of_excel());
        work(house);
        let tried = ada.get(&path);
        assert_eq!(figures(&tried), [3, 0, 0, 0, 0], "{}", tried.text());
        run(&ada, &path);
        work(house);
        let found = |login: &str| {
            let found = house.act(|act| rollcall::store::people::by_login(act.conn, login)).unwrap();
            house.person(found[0].0)
        };
        let grace = found("grace@fjord.example");
        assert_eq!(
            (grace.fields.get(Field::Name), grace.fields.get(Field::Phone)),
            ("Grace Hopper & co".into(), "4930123456".into())
        );
        assert_eq!(grace.created_at.to_string(), "2023-03-15T18:00:00Z");
        assert_eq!(found("wang@fjord.example").fields.get(Field::Name), "王芳");
        let lin = found("lin@fjord.example").fields;
        assert_eq!((lin.get(Field::Name), lin.get(Field::Phone)), (String::new(), "4930999888".into()));
        healthy(house);
    });
}

#[test]
fn a_workbook_that_is_broken_or_locked_is_refused() {
    on_both(|house| {
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        let whole = people_of_excel();
        let twisted = packed(&[("People", true, r#"<row><c t="s"><v>77</v></c></row>"#)], "");
        let endless = packed(&[("People", true, &format!("<row><c><v>{}</v></c></row>", "1".repeat(5 << 20)))], "");
        let shared = packed(&[("People", true, "")], &format!("<si><t>{}</t></si>", "a".repeat(5 << 20)));
        let many: String = (0..9).map(|_| r#"<c t="s"><v>0</v></c>"#).collect();
        let repeated = packed(
            &[("People", true, &format!("<row>{many}</row>"))],
            &format!("<si><t>{}</t></si>", "a".repeat(1 << 20)),
        );
        let beyond =
            packed(&[("People", true, r#"<row><c t="s"><v>2305843009213693952</v></c></row>"#)], "<si><t>a</t></si>");
        let deep = packed(&[("People", true, &"<x><row></row>".repeat(100))], "");
        let deep_strings = packed(&[("People", true, "")], &"<x><si></si>".repeat(100));
        let two_ends = [whole.as_slice(), b"PK\x05\x06", &[0; 18]].concat();
        let locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more".to_vec();
        let empty = packed(&[("People", true, "")], "");
        let cases = [
            whole[..whole.len() - 40].to_vec(),
            b"PK\x03\x04 and no more".to_vec(),
            locked,
            twisted,
            repeated,
            endless,
            shared,
            empty,
            beyond,
            deep,
            deep_strings,
            two_ends,
        ];
        for (at, bytes) in cases.iter().enumerate() {
            let reply = upload(&ada, "people.xlsx", bytes);
            assert_eq!(reply.status, 422, "{at}: {}", reply.text());
            let text = reply.text();
            let said = [
                "This cannot be read as a table. Save it as .xlsx",
                "cannot be read to its end",
                "The file has no first row",
            ];
            assert!(said.iter().any(|said| text.contains(said)), "{at}: {text}");
        }
        let left: Vec<_> = std::fs::read_dir(house.app.folder.join("imports")).unwrap().collect();
        assert!(left.is_empty(), "{left:?}");
    });
}

#[test]
fn columns_are_named_by_hand_and_what_cannot_be_is_refused() {
    on_both(|house| {
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        let brought = upload(&ada, "C:/mine/list.csv", "wer,Adresse,Telefon\nCleo,cleo@example.org,x\n".as_bytes());
        let edit = brought.location().to_owned();
        let page = ada.get(&edit);
        let text = page.text();
        assert!(text.contains("list.csv") && !text.contains("mine"), "{text}");
        assert!(text.contains("cleo@example.org") && text.contains("Leave out"), "{text}");
        let path = edit.trim_end_matches("/edit");
        let chosen = |columns: [&str; 3]| {
            let columns = columns.iter().enumerate().map(|(at, name)| (format!("c{at}"), (*name).to_owned()));
            let form = [("version".to_owned(), page.value("version")), ("many".to_owned(), "3".to_owned())];
            send(&ada, path, &form.into_iter().chain(columns).collect::<Vec<_>>())
        };
        let nobody = chosen(["name", "", ""]);
        assert_eq!(nobody.status, 422);
        assert!(nobody.text().contains("Choose a column that tells people apart"), "{}", nobody.text());
        assert!(chosen(["email", "email", ""]).text().contains("Two columns mean the same."));
        assert_eq!(chosen(["name", "email", ""]).status, 303);
        assert_eq!(chosen(["name", "email", ""]).status, 409, "it is being tried already");
        work(house);
        assert_eq!(figures(&ada.get(path)), [1, 0, 0, 0, 0]);
        let again = ada.get(&edit);
        assert!(again.body.contains("value=\"email\" selected"), "what was chosen stays");
        assert_eq!(send(&ada, path, &shown(&again)).status, 303, "it may be tried again with other columns");
        work(house);
        run(&ada, path);
        work(house);
        let cleo = house.act(|act| rollcall::store::people::by_login(act.conn, "cleo@example.org")).unwrap();
        assert_eq!(cleo.len(), 1);
        assert_eq!(ada.get(&edit).status, 303, "what is done is not changed");
    });
}

#[test]
fn taking_back_that_was_stopped_goes_on_and_a_stopped_job_does_nothing_more() {
    on_both(|house| {
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        let rows: String = (0..60).map(|n| format!("p{n}@fjord.example\n")).collect();
        let path = begin(&ada, format!("email\n{rows}").as_bytes());
        work(house);
        run(&ada, &path);
        work(house);
        let version = ada.get(&format!("{path}/reversal")).value("version");
        let begun = ada.post(&format!("{path}/reversal"), &[("version", &version)]);
        let (job, actor) = claim(house).unwrap();
        assert!(step(house, &job, &actor));
        ada.post(&format!("{}?_method=delete", begun.location()), &[]);
        let entries = house.entries();
        assert!(!step(house, &job, &actor), "whoever works on it stops at once");
        assert_eq!((house.entries(), work(house)), (entries, 0));
        assert!(ada.get(begun.location()).text().contains("Stopped 50 / 60"), "{}", ada.get(begun.location()).text());
        let stopped = ada.get(&path);
        assert!(stopped.text().contains("Continue taking it back"), "{}", stopped.text());
        let begun = ada.post(&format!("{path}/reversal"), &[("version", &stopped.value("version"))]);
        work(house);
        let done = ada.get(begun.location()).text();
        assert!(done.contains("Done 10 / 10 Undone 10 Left alone 0"), "{done}");
        assert!(!ada.get(&path).text().contains("Continue taking it back"));
        healthy(house);
    });
}

#[test]
fn what_is_no_table_is_refused_and_nothing_of_it_is_kept() {
    on_both(|house| {
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        let said = |bytes: &[u8]| {
            let reply = upload(&ada, "x.csv", bytes);
            assert_eq!(reply.status, 422, "{}", reply.text());
            reply.text()
        };
        assert!(said(b"").contains("Choose a file first."));
        assert!(said(b"email,name\n").contains("The file has no rows below its titles."));
        assert!(said(b"\n\n").contains("The file has no first row"), "{}", said(b"\n\n"));
        assert!(said(&[0xff, 0xd8, 0xff, 0xe0, 0x81, 0x30]).contains("This cannot be read as a table."));
        assert!(said(vec!["c"; 201].join(",").as_bytes()).contains("more than 200 columns"));
        let unclosed = format!("email,name\n\"{}", "a".repeat(5 << 20));
        assert!(said(unclosed.as_bytes()).contains("cannot be read to its end"));
        let left: Vec<_> = std::fs::read_dir(house.app.folder.join("imports")).unwrap().collect();
        assert!(left.is_empty(), "{left:?}");
        assert_eq!(house.sign_in(&house.join("Ben", Role::Agent)).get("/imports/1").status, 404);
    });
}

#[test]
fn an_import_is_paused_and_goes_on_where_it_was_and_others_do_not_see_it() {
    on_both(|house| {
        let ben = house.sign_in(&house.join("Ben", Role::Agent));
        let path = begin(&ben, rows().as_bytes());
        work(house);
        let tried = figures(&ben.get(&path));
        run(&ben, &path);
        let pause = ben.get(&path).body.split("action=\"/jobs/").nth(1).unwrap().split('"').next().unwrap().to_owned();
        assert_eq!(ben.post(&format!("/jobs/{pause}"), &[("back", &path)]).location(), path);
        assert_eq!(work(house), 0);
        assert!(ben.get(&path).text().contains("Paused 0 / 2,306"), "{}", ben.get(&path).text());
        let bea = house.sign_in(&house.join("Bea", Role::Agent));
        assert_eq!(bea.get(&path).status, 404);
        assert_eq!(bea.post(&format!("/jobs/{pause}?_method=delete"), &[]).status, 404);
        assert_eq!(ben.post(&format!("/jobs/{pause}?_method=delete"), &[]).status, 303);
        work(house);
        assert_eq!(figures(&ben.get(&path)), tried);
        let events = ben.get(&format!("{path}/events"));
        assert_eq!(events.status, 200);
        assert!(events.body.starts_with("event: progress\ndata: <section"), "{}", events.body);
    });
}

#[test]
fn an_import_is_taken_back_as_a_whole_but_for_what_others_did_since() {
    on_both(|house| {
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        let (cleo, dora) = (house.join("Cleo", Role::EndUser), house.join("Dora", Role::EndUser));
        house.field("city", rollcall::domain::custom::FieldKind::Text, |_| {});
        let mut text = "name,email,title,tags,city\n".to_owned();
        for n in 0..60 {
            text.push_str(&format!("Person {n},p{n}@fjord.example,Buyer,\"b; a\",Bergen\n"));
        }
        text.push_str("Cleo Marsh,cleo@example.org,Lead,vip,Oslo\nDora,dora@example.org,Chief,,\n");
        let before = [&cleo, &dora].map(|one| house.person(one.id.0).fields);
        let path = begin(&ada, text.as_bytes());
        work(house);
        run(&ada, &path);
        work(house);
        assert_eq!(figures(&ada.get(&path)), [60, 2, 0, 0, 0]);
        let made = |n: usize| {
            let login = format!("p{n}@fjord.example");
            house.act(|act| rollcall::store::people::by_login(act.conn, &login)).unwrap().pop().map(|id| id.0)
        };
        let (third, fourth) = (made(3).unwrap(), made(4).unwrap());
        let edit = |id: i64, form: &[(&str, &str)]| {
            let version = house.person(id).version.to_string();
            let form = [&[("version", version.as_str())], form].concat();
            assert_eq!(ada.post(&format!("/people/{id}"), &form).status, 303);
        };
        edit(third, &[("bio", "Knows the harbour.")]);
        house.ticket("Where is it?", &house.person(fourth), None);
        edit(dora.id.0, &[("title", "Director")]);
        edit(cleo.id.0, &[("bio", "Calls on Mondays.")]);
        let asked = ada.get(&format!("{path}/reversal"));
        assert!(asked.text().contains("go to the trash 60 People who are changed back 2"), "{}", asked.text());
        let entries = house.entries();
        let begun = ada.post(&format!("{path}/reversal"), &[("version", &asked.value("version"))]);
        let again = ada.post(&format!("{path}/reversal"), &[("version", &asked.value("version"))]);
        assert_eq!((again.status, again.location()), (303, path.as_str()), "a second time it starts nothing");
        // What brought them in failed once, and is tried again only now.
        house.sql("UPDATE jobs SET state = 3 WHERE id = 2");
        assert_eq!(ada.post("/jobs/2/attempts", &[]).status, 303);
        work(house);
        let done = ada.get(begun.location()).text();
        assert!(done.contains("Undo: Importing people Done 62 / 62"), "{done}");
        assert!(done.contains("Undone 59 Left alone 3"), "{done}");
        assert!(done.contains("2 Changed by somebody since. 1 Something belongs to them by now."), "{done}");
        assert_eq!(house.entries() - entries, 2 + 58 + 1, "one for the start and the retry, each who went, and Cleo");
        assert_eq!([made(2), made(3), made(4), made(5)], [None, Some(third), Some(fourth), None]);
        let [mut was, _] = before;
        was.bio = "Calls on Mondays.".into();
        assert_eq!(house.person(cleo.id.0).fields, was, "but for what was written since");
        assert_eq!(house.person(dora.id.0).fields.get(Field::Title), "Director");
        let page = ada.get(&path).text();
        assert!(page.contains("Taken back") && !page.contains("Take back"), "{page}");
        let files = || std::fs::read_dir(house.app.folder.join("imports")).unwrap().count();
        let forget = || actix_web::rt::System::new().block_on(rollcall::jobs::purge::forget(&house.app)).unwrap();
        assert_eq!((forget(), files()), (0, 1), "the file is kept for a day");
        house.wait(std::time::Duration::from_secs(86_401));
        assert_eq!((forget(), files()), (1, 0));
        healthy(house);
    });
}

#[test]
fn taking_an_import_back_leaves_the_house_an_administrator() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        let cleo = house.join("Cleo", Role::Agent);
        let admin = house.sign_in(&ada);
        let path = begin(&admin, b"email,role,title\ncleo@example.org,admin,Lead\n");
        work(house);
        run(&admin, &path);
        work(house);
        let cleo_in = house.sign_in(&house.person(cleo.id.0));
        assert_eq!(cleo_in.post(&format!("/people/{}/suspension", ada.id.0), &[]).status, 303);
        let version = cleo_in.get(&format!("{path}/reversal")).value("version");
        let begun = cleo_in.post(&format!("{path}/reversal"), &[("version", &version)]);
        work(house);
        assert!(cleo_in.get(begun.location()).text().contains("Undone 0 Left alone 1"));
        let now = house.person(cleo.id.0);
        assert_eq!((now.role, now.fields.get(Field::Title)), (Role::Admin, "Lead".into()), "none of it is undone");
        healthy(house);
    });
}
