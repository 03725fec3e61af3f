use crate::house::on_both;
use rollcall::domain::Role;

#[test]
fn a_workspace_has_an_owner_and_members_with_roles() {
    on_both(|house| {
        let ada = house.sign_in(&house.join("Ada", Role::Admin));
        let (ben, cleo) = (house.join("Ben", Role::Agent), house.join("Cleo", Role::EndUser));
        let refused = ada.post("/workspaces", &[("name", ""), ("owner", "nobody@example.org")]);
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains("There is nobody like this"), "{}", refused.text());
        let made = ada.post("/workspaces", &[("name", "Pilots"), ("owner", "ben@example.org"), ("locked", "yes")]);
        assert_eq!((made.status, made.location()), (303, "/workspaces/1"));
        assert!(ada.get("/workspaces").text().contains("Pilots Locked Ben"));
        let put =
            |member: &str, role: &str| ada.post("/workspaces/1/members", &[("member", member), ("role", role)]).status;
        assert_eq!(put("cleo@example.org", "3"), 303);
        assert_eq!(put("cleo@example.org", "2"), 303, "whoever is in it changes role");
        assert_eq!(put("cleo@example.org", "4"), 422);
        let page = ada.get("/workspaces/1");
        assert_eq!(page.names(), ["Ben", "Cleo"]);
        assert!(page.text().contains("Cleo Edits"), "{}", page.text());
        let out = |id: i64| ada.form("DELETE", &format!("/workspaces/1/members/{id}"), &[]);
        assert!(out(ben.id.0).text().contains("Choose another owner first"));
        let handed = [("version", "1"), ("name", "Pilots"), ("owner", &*format!("Cleo #{}", cleo.id.0))];
        assert_eq!(ada.post("/workspaces/1", &handed).status, 303);
        assert_eq!(out(ben.id.0).status, 303);
        assert_eq!(ada.get("/workspaces/1").names(), ["Cleo"]);
        assert_eq!(ada.post("/workspaces/1", &handed).status, 409);
        assert_eq!(house.sign_in(&ben).get("/workspaces/1").status, 200);
        assert_eq!(house.sign_in(&ben).get("/workspaces/1/edit").status, 403);
    });
}
