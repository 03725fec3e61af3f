use super::{ada, fault, register, told};
use crate::api::{json, send};
use crate::house::on_both;
use insta::assert_snapshot;
use serde_json::json as object;

#[test]
fn what_belongs_to_a_user_goes_with_them() {
    on_both(|house| {
        let client = ada(house);
        for name in ["one", "two", "three"] {
            register(&client, name);
        }
        let users = "/acme/desk/users";
        let post = |path: &str, body: serde_json::Value| send(&client, "POST", path, body);
        let friend = client.send("POST", &format!("{users}/one/contacts/users/two"), None, b"");
        assert_eq!(json(&friend)["entities"][0]["username"], "two");
        assert_snapshot!(told(&client.get(&format!("{users}/two/contacts/users")), house), @r#"200 {"action":"get","application":"…","applicationName":"desk","count":1,"data":["one"],"duration":"…","entities":[],"organization":"acme","path":"/users","timestamp":"…","uri":"/acme/desk/users"}"#);
        let blocked = post(&format!("{users}/three/blocks/users"), object!({ "usernames": ["one", "two"] }));
        assert_eq!(json(&blocked)["data"], object!(["one", "two"]));
        assert_eq!(client.send("DELETE", &format!("{users}/three/blocks/users/two"), None, b"").status, 200);
        let group = post(
            "/acme/desk/chatgroups",
            object!({ "groupname": "Crew", "description": "Ours", "public": true, "owner": "one", "members": ["two"] }),
        );
        assert_snapshot!(told(&group, house), @r#"200 {"action":"post","application":"…","applicationName":"desk","data":{"groupid":"1"},"duration":"…","entities":[],"organization":"acme","path":"/users","timestamp":"…","uri":"/acme/desk/users"}"#);
        let room = post(
            "/acme/desk/chatrooms",
            object!({ "name": "Lobby", "description": "", "owner": "one", "members": ["three"] }),
        );
        assert_eq!(json(&room)["data"], object!({ "id": "2" }));
        assert_snapshot!(told(&client.get(&format!("{users}/two/joined_chatgroups")), house), @r#"200 {"action":"get","application":"…","applicationName":"desk","count":1,"data":[{"groupid":"1","groupname":"Crew"}],"duration":"…","entities":[],"organization":"acme","path":"/users","timestamp":"…","uri":"/acme/desk/users"}"#);
        let form = |path: &str, body: &str| {
            client.send("PUT", path, Some("application/x-www-form-urlencoded"), body.as_bytes())
        };
        assert_snapshot!(told(&form("/acme/desk/metadata/user/one", "nickname=Uno&ext=%E4%BD%A0"), house), @r#"200 {"action":"put","data":{"ext":"你","nickname":"Uno"},"duration":"…","timestamp":"…"}"#);
        assert_eq!(
            json(&form("/acme/desk/metadata/user/one", "sign=hi"))["data"],
            object!({ "nickname": "Uno", "ext": "你", "sign": "hi" })
        );
        let several =
            post("/acme/desk/metadata/user/get", object!({ "targets": ["one", "nobody"], "properties": ["ext"] }));
        assert_eq!(json(&several)["data"], object!({ "one": { "ext": "你" }, "nobody": {} }));
        assert!(json(&client.get("/acme/desk/metadata/user/capacity"))["data"].as_i64().unwrap() > 10);
        assert_eq!(client.send("DELETE", &format!("{users}/one"), None, b"").status, 200);
        assert_eq!(json(&client.get(&format!("{users}/two/contacts/users")))["data"], object!([]));
        assert_eq!(json(&client.get(&format!("{users}/three/blocks/users")))["data"], object!([]));
        assert_eq!(
            json(&client.get(&format!("{users}/two/joined_chatgroups")))["data"],
            object!([]),
            "the group is dissolved"
        );
        assert_eq!(json(&client.get("/acme/desk/metadata/user/one"))["data"], object!({}));
        assert_eq!(json(&client.send("DELETE", "/acme/desk/metadata/user/one", None, b""))["data"], true);
        assert_eq!(json(&client.get("/acme/desk/metadata/user/capacity"))["data"], 0);
    });
}

#[test]
fn relations_to_nobody_are_refused() {
    on_both(|house| {
        let client = ada(house);
        register(&client, "one");
        let users = "/acme/desk/users";
        let post = |path: &str, body: serde_json::Value| fault(&send(&client, "POST", path, body));
        let all = [
            post(&format!("{users}/one/contacts/users/nobody"), object!({})),
            post(&format!("{users}/one/contacts/users/one"), object!({})),
            post(&format!("{users}/one/blocks/users"), object!({ "usernames": "one" })),
            post("/acme/desk/chatgroups", object!({ "groupname": "Crew" })),
            post("/acme/desk/chatgroups", object!({ "groupname": "Crew", "owner": "nobody" })),
            post("/acme/desk/chatrooms", object!({ "name": "Lobby", "owner": "one", "members": ["nobody"] })),
            post("/acme/desk/metadata/user/get", object!({ "targets": [] })),
            fault(&client.send("PUT", "/acme/desk/metadata/user/one", None, b"")),
            fault(&client.send(
                "PUT",
                "/acme/desk/metadata/user/one",
                None,
                format!("ext={}", "x".repeat(3_000)).as_bytes(),
            )),
            fault(&client.send("PUT", "/acme/desk/metadata/user/nobody", None, b"a=b")),
        ];
        assert_snapshot!(all.join("\n"), @r#"404 service_resource_not_found Service resource not found
400 illegal_argument Choose somebody else.
400 illegal_argument usernames must be an array
400 illegal_argument owner is required
404 service_resource_not_found Service resource not found
404 service_resource_not_found Service resource not found
400 illegal_argument targets must have 1 to 100 names
400 illegal_argument The body must be a form with at least one value
400 illegal_argument All attributes together may have 2,048 bytes. Shorten them.
404 service_resource_not_found Service resource not found"#);
    });
}
