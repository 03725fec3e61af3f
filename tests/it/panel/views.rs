use crate::house::on_both;
use rollcall::domain::Role;

#[test]
fn a_view_is_a_tab_with_its_count_and_only_its_owner_sees_it() {
    on_both(|house| {
        let (ben, bea) =
            (house.sign_in(&house.join("Ben", Role::Agent)), house.sign_in(&house.join("Bea", Role::Agent)));
        house.join("Cleo", Role::EndUser);
        let list = ben.get("/people?role=end_user&sort=name&per=25");
        let save = list.link("class=\"new\"").unwrap();
        assert!(save.starts_with("/views/new?query=role%3Dend_user"), "{save}");
        let made =
            ben.post("/views", &[("name", "Customers"), ("query", "role=end_user&sort=name&after=x&nonsense=1")]);
        assert_eq!(made.location(), "/people?role=end_user&sort=name");
        let page = ben.get(made.location());
        assert!(page.text().contains("Customers 1"), "{}", page.text());
        house.join("Dora", Role::EndUser);
        assert!(ben.get("/people").text().contains("Customers 2"));
        assert!(!bea.get("/people").text().contains("Customers"));
        let id = page.body.split("/views/").nth(1).unwrap().split('/').next().unwrap().to_owned();
        for (method, path) in [("GET", "/edit"), ("POST", ""), ("DELETE", "")] {
            assert_eq!(bea.form(method, &format!("/views/{id}{path}"), &[("name", "Mine")]).status, 404, "{method}");
        }
        assert_eq!(ben.post(&format!("/views/{id}"), &[("name", "Everybody we serve")]).status, 303);
        assert!(ben.get("/people").text().contains("Everybody we serve 2"));
        assert_eq!(ben.post("/views", &[("name", "everybody WE serve"), ("query", "q=a")]).status, 422);
        assert_eq!(ben.post("/views", &[("name", " "), ("query", "q=a")]).status, 422);
        assert_eq!(ben.form("DELETE", &format!("/views/{id}"), &[]).status, 303);
        assert!(!ben.get("/people").text().contains("Everybody we serve"));
        for n in 0..20 {
            assert_eq!(ben.post("/views", &[("name", &format!("V{n}")), ("query", "q=a")]).status, 303);
        }
        assert!(ben.post("/views", &[("name", "one more"), ("query", "q=a")]).text().contains("At most 20 views."));
    });
}

#[test]
fn columns_are_chosen_ordered_and_kept() {
    on_both(|house| {
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        let headings = || {
            let body = ada.get("/people").body;
            let head = body.split("<thead").nth(1).unwrap().split("</thead>").next().unwrap().to_owned();
            head.split("class=\"c-").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(headings(), ["name", "role", "status", "org", "tags", "seen", "made"]);
        let chosen = [("column", "phone"), ("column", "status"), ("back", "/people?q=a")];
        let saved = ada.post("/people/columns", &chosen);
        assert_eq!((saved.status, saved.location()), (303, "/people?q=a"));
        assert_eq!(headings(), ["name", "phone", "status"]);
        let moved = ada.post("/people/columns", &[("column", "phone"), ("column", "status"), ("up", "status")]);
        assert!(moved.location().starts_with("/people/columns"), "the page stays for the next move");
        assert_eq!(headings(), ["name", "status", "phone"]);
        let form = [("column", "status"), ("column", "nonsense"), ("column", "added"), ("column", "tier")];
        ada.post("/people/columns", &form);
        assert_eq!(headings(), ["name", "status", "tier"], "what there is not is left out");
        assert_eq!(ada.post("/people/columns", &[("back", "https://evil.example")]).location(), "/");
        ada.post("/people/columns", &[("usual", "yes")]);
        assert_eq!(headings().len(), 7);
    });
}

#[test]
fn the_list_leaves_as_a_file_that_comes_back_in() {
    on_both(|house| {
        use rollcall::domain::{Field, Status};
        let given = [
            (Field::Name, "=HYPERLINK(\"x\")"),
            (Field::Phone, "+8613816004471"),
            (Field::Email, "wang@lanwan.example"),
            (Field::Tags, "vip;续约"),
            (Field::Notes, "two\nlines, and \"quotes\""),
        ];
        house.join_with(&given, Role::EndUser, Status::Active);
        let ben = house.sign_in(&house.join("Ben", Role::Agent));
        let file = ben.get("/people.csv?role=end_user");
        assert_eq!(file.headers["content-type"], "text/csv; charset=utf-8");
        assert_eq!(file.headers["content-disposition"], "attachment; filename=\"people-2026-11-21.csv\"");
        let mut reader = csv::Reader::from_reader(file.body.trim_start_matches('\u{feff}').as_bytes());
        let names = reader.headers().unwrap().clone();
        let rows: Vec<_> = reader.records().map(|row| row.unwrap()).collect();
        let cell = |name: &str| &rows[0][names.iter().position(|one| one == name).unwrap()];
        assert_eq!(rows.len(), 1);
        assert_eq!(cell("name"), "'=HYPERLINK(\"x\")", "no spreadsheet runs it");
        assert_eq!(
            (cell("phone"), cell("tags"), cell("notes")),
            ("+8613816004471", "vip;续约", "two\nlines, and \"quotes\"")
        );
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("people.csv"), &file.body).unwrap();
        let catalogue = rollcall::domain::Catalogue::default();
        let mut source =
            rollcall::actions::imports::Source::open(&folder.path().join("people.csv"), &catalogue).unwrap();
        assert!(source.unknown.is_empty(), "{:?}", source.unknown);
        let report = rollcall::jobs::import::run(&house.app, &crate::house::command_line(), &mut source, true).unwrap();
        assert_eq!((report.unchanged, report.failed), (1, 0), "nothing was lost on the way");
        assert!(house.sign_in(&house.join("Ada", Role::Admin)).get("/audit").text().contains("exported people"));
    });
}
