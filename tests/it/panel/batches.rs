use crate::house::{Client, House, Reply, on_both};
use rollcall::domain::{Field, Role, Status};

fn desk(house: &House) -> (Client, Vec<String>) {
    let given = |name: &str, tags: &str| {
        let given = [(Field::Name, name), (Field::Username, name), (Field::Tags, tags)];
        house.join_with(&given, Role::EndUser, Status::Active).id.0.to_string()
    };
    let ids = vec![given("Cleo", "vip"), given("Dora", ""), given("Eve", "vip;press")];
    (house.sign_in(&house.join("Ben", Role::Agent)), ids)
}

fn send(client: &Client, ids: &[String], more: &[(&str, &str)]) -> Reply {
    let mut form: Vec<(&str, &str)> = ids.iter().map(|id| ("id", id.as_str())).collect();
    form.extend(more);
    form.push(("back", "/people?role=end_user"));
    client.post("/batches", &form)
}

/// What the toast says, and where its undo leads.
fn toast(client: &Client, reply: &Reply) -> (String, Option<String>) {
    assert_eq!((reply.status, reply.location()), (303, "/people?role=end_user"), "{}", reply.text());
    let page = client.get(reply.location());
    let text = page.text();
    let said = text.rsplit("Next").next().unwrap().trim().replace(" Undo", "");
    let undo = page.body.split("action=\"/batches/").nth(1).map(|rest| rest.split('"').next().unwrap().to_owned());
    (said, undo.map(|rest| format!("/batches/{rest}")))
}

fn tags(house: &House, ids: &[String]) -> Vec<String> {
    ids.iter().map(|id| house.person(id.parse().unwrap()).fields.tags.join("+")).collect()
}

#[test]
fn several_are_suspended_in_one_step_and_taken_back_in_one() {
    on_both(|house| {
        let (ben, mut ids) = desk(house);
        ids.push(house.join("Ada", Role::Admin).id.0.to_string());
        ids.push(house.join_as("Suse", Role::EndUser, Status::Suspended).id.0.to_string());
        ids.push("987654".into());
        let before = house.entries();
        let (said, undo) = toast(&ben, &send(&ben, &ids, &[("deed", "suspend")]));
        assert_eq!(
            said,
            "3 people suspended. 1 was so already. 2 were left as they are: not yours to change, or changed meanwhile."
        );
        assert_eq!(house.entries() - before, 3, "one entry for each");
        assert_eq!(house.person(ids[0].parse().unwrap()).status, Status::Suspended);
        ben.form("DELETE", &format!("/people/{}/suspension", ids[1]), &[]);
        let before = house.entries();
        let undone = ben.post(&undo.clone().unwrap(), &[("back", "/people?role=end_user")]);
        let (said, none) = toast(&ben, &undone);
        assert_eq!(said, "Undone for 2 people. 1 was left as they are: not yours to change, or changed meanwhile.");
        assert_eq!((house.entries() - before, none), (2, None));
        assert_eq!(house.person(ids[0].parse().unwrap()).status, Status::Active);
        assert_eq!(house.person(ids[4].parse().unwrap()).status, Status::Suspended, "that was so before");
        let (said, _) = toast(&ben, &ben.post(&undo.unwrap(), &[("back", "/people?role=end_user")]));
        assert_eq!(said, "This has been undone already.");
    });
}

#[test]
fn tags_come_and_go_and_come_back_as_they_were() {
    on_both(|house| {
        let (ben, ids) = desk(house);
        let (said, undo) = toast(&ben, &send(&ben, &ids, &[("deed", "tag"), ("tags", "VIP, trial")]));
        assert_eq!(said, "3 people tagged.");
        assert_eq!(tags(house, &ids), ["trial+vip", "trial+vip", "press+trial+vip"]);
        let added = house.person(ids[0].parse().unwrap());
        ben.post(
            &format!("/people/{}", ids[0]),
            &[("version", &added.version.to_string()), ("tags", "vip, trial, mine")],
        );
        ben.post(&undo.unwrap(), &[]);
        assert_eq!(tags(house, &ids), ["mine+vip", "", "press+vip"], "what others did meanwhile stays");
        let (said, undo) = toast(&ben, &send(&ben, &ids, &[("deed", "untag"), ("tags", "vip")]));
        assert_eq!(said, "Tags removed from 2 people. 1 was so already.");
        ben.post(&undo.unwrap(), &[]);
        assert_eq!(tags(house, &ids), ["mine+vip", "", "press+vip"]);
    });
}

#[test]
fn organisation_and_groups_are_set_and_taken_back() {
    on_both(|house| {
        let (ben, ids) = desk(house);
        house.group("Billing");
        house.organisation("Acme", &[]);
        let field =
            |field: Field| ids.iter().map(|id| house.person(id.parse().unwrap()).fields.get(field)).collect::<Vec<_>>();
        let (_, undo) = toast(&ben, &send(&ben, &ids[..2], &[("deed", "organisation"), ("organisation", "Acme")]));
        assert_eq!(field(Field::Organisation), ["Acme", "Acme", ""]);
        ben.post(&undo.unwrap(), &[]);
        assert_eq!(field(Field::Organisation), ["", "", ""]);
        let (said, _) = toast(&ben, &send(&ben, &ids, &[("deed", "organisation"), ("organisation", "Acmee")]));
        assert!(said.starts_with("Nothing was done: nothing of this name is there."), "{said}");
        let (_, undo) = toast(&ben, &send(&ben, &ids, &[("deed", "group"), ("group", "Billing")]));
        assert_eq!(field(Field::Groups), ["Billing", "Billing", "Billing"]);
        let (said, _) = toast(&ben, &send(&ben, &ids[..1], &[("deed", "ungroup"), ("group", "Billing")]));
        assert_eq!(said, "1 person taken out of the group.");
        ben.post(&undo.unwrap(), &[]);
        assert_eq!(field(Field::Groups), ["", "", ""]);
        let (said, _) = toast(&ben, &send(&ben, &ids, &[("deed", "group"), ("group", "Nowhere")]));
        assert!(said.starts_with("Nothing was done: nothing of this name is there."), "{said}");
        assert_eq!(field(Field::Groups), ["", "", ""]);
    });
}

#[test]
fn a_step_of_another_cannot_be_taken_back() {
    on_both(|house| {
        let (ben, ids) = desk(house);
        let (_, undo) = toast(&ben, &send(&ben, &ids, &[("deed", "suspend")]));
        let bea = house.sign_in(&house.join("Bea", Role::Agent));
        assert_eq!(bea.post(undo.as_ref().unwrap(), &[]).status, 404);
        house.wait(std::time::Duration::from_secs(31 * 86_400));
        let later = house.sign_in(
            &house
                .person(house.act(|act| rollcall::store::people::by_login(act.conn, "ben@example.org")).unwrap()[0].0),
        );
        assert_eq!(later.post(&undo.unwrap(), &[]).status, 404, "nor after thirty days");
    });
}

#[test]
fn what_cannot_be_done_does_nothing_and_says_why() {
    on_both(|house| {
        let (ben, ids) = desk(house);
        let before = house.entries();
        let said = |more: &[(&str, &str)], ids: &[String]| toast(&ben, &send(&ben, ids, more)).0;
        assert_eq!(said(&[("deed", "suspend")], &[]), "Nobody was chosen. Tick the boxes beside the names first.");
        assert_eq!(said(&[("deed", "tag"), ("tags", " ,")], &ids), "Nothing was done: write or choose a value first.");
        let many: Vec<String> = (1..=201).map(|n| n.to_string()).collect();
        assert_eq!(send(&ben, &many, &[("deed", "suspend")]).status, 400);
        assert_eq!(send(&ben, &["x".into()], &[("deed", "suspend")]).status, 400);
        assert_eq!(send(&ben, &ids, &[("deed", "delete")]).status, 400);
        assert_eq!(house.entries(), before);
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        house.join("Bob", Role::Admin);
        let admins: Vec<String> = ada
            .get("/people?role=admin")
            .body
            .split("name=\"id\" value=\"")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap().to_owned())
            .collect();
        assert_eq!(admins.len(), 2);
        let (said, _) = toast(&ada, &send(&ada, &admins, &[("deed", "suspend")]));
        assert!(said.starts_with("1 person suspended. 1 was left as they are"), "nobody suspends themselves: {said}");
    });
}
