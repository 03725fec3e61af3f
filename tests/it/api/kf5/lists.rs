//! Reading users: one, several, pages, searches (contract, 4, 5 and 7.1 to 7.6).
use super::{ada, plain};
use crate::api::{json, send, told};
use crate::house::{Client, House, on_both};
use insta::assert_snapshot;
use rollcall::domain::custom::FieldKind;
use rollcall::domain::{Field, Role, Status};
use serde_json::{Value, json as object};

fn names(client: &Client, path: &str) -> Vec<String> {
    let list = json(&client.get(path));
    let users = list["users"].as_array().unwrap_or_else(|| panic!("{path}: {list}"));
    users.iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect()
}

fn wang(house: &House) {
    house.organisation("Northbank", &[]);
    house.group("Billing");
    house.field("size", FieldKind::Text, |_| ());
    let given = [
        (Field::Name, "王芳"),
        (Field::Email, "wang.fang@example.cn"),
        (Field::Phone, "+8613800003818"),
        (Field::Organisation, "Northbank"),
        (Field::Tags, "vip, 老客户"),
        (Field::Language, "zh-CN"),
        (Field::Details, "Details"),
        (Field::Notes, "Notes"),
        (Field::Remark, "Remark"),
        (Field::Groups, "Billing"),
    ];
    house.join_with(&given, Role::EndUser, Status::Active);
}

#[test]
fn staff_see_everything_of_somebody() {
    on_both(|house| {
        let (_, client) = ada(house);
        wang(house);
        let body = object!({ "user": {
            "mark_star": 1, "landline": "028-1234567", "wechat_appid": "wx1", "wechat_openid": "o-1",
            "wechat_miniprogram_appid": "wx2", "wechat_miniprogram_openid": "o-2",
            "user_fields": [{ "name": "field_1", "value": "L" }],
        } });
        assert_eq!(send(&client, "PUT", "/apiv2/users/2.json", body).status, 200);
        assert_snapshot!(plain(house, &told(&client.get("/apiv2/users/2.json"))), @r#"200 {"user":{"id":2,"url":"HOUSE/apiv2/users/2.json","email":"wang.fang@example.cn","name":"王芳","remark_name":"Remark","agent_display_name":"","mark_star":1,"role":"end_user","phone":"+8613800003818","phone_bind":false,"landline":"028-1234567","signature":"","details":"Details","notes":"Notes","organization_id":1,"language":"zh_cn","created_at":"2026-11-22 02:00:00","updated_at":"2026-11-22 02:00:00","last_login_at":null,"status":"active","groups_info":[],"photo":"","moderator":false,"public_comments":true,"manage_people":false,"ticket_restriction":"all","custom_role_id":null,"wechat_appid":"wx1","wechat_openid":"o-1","wechat_miniprogram_appid":"wx2","wechat_miniprogram_openid":"o-2","tags":["vip","老客户"],"user_fields":[{"name":"field_1","value":"L"}]}}"#);
        let rights = object!({ "agent_display_name": "Ada at your service", "signature": "Yours" });
        assert_eq!(send(&client, "PUT", "/apiv2/users/1.json", rights).status, 200);
        assert_snapshot!(plain(house, &told(&client.get("/apiv2/users/1.json"))), @r#"200 {"user":{"id":1,"url":"HOUSE/apiv2/users/1.json","email":"ada@example.org","name":"Ada","remark_name":"","agent_display_name":"Ada at your service","mark_star":0,"role":"admin","phone":"","phone_bind":false,"landline":"","signature":"Yours","details":"","notes":"","organization_id":null,"language":"","created_at":"2026-11-22 02:00:00","updated_at":"2026-11-22 02:00:00","last_login_at":null,"status":"active","groups_info":[],"photo":"","moderator":true,"public_comments":true,"manage_people":true,"ticket_restriction":"all","custom_role_id":null,"wechat_appid":"","wechat_openid":"","wechat_miniprogram_appid":"","wechat_miniprogram_openid":"","tags":[],"user_fields":[{"name":"field_1","value":""}]}}"#);
        let page = house.sign_in(&house.person(1)).get("/people/2").text();
        assert!(page.contains("Land line 028-1234567") && page.contains("Star yes"), "{page}");
        assert!(page.contains("WeChat o-1") && page.contains("WeChat mini program o-2"), "{page}");
        let lea = house.join_with_role("Lea", rollcall::domain::Reach::Everyone, &[], &[]);
        let page = house.sign_in(&lea).get("/people/2").text();
        assert!(
            page.contains("Land line 028-1234567") && !page.contains("Star yes") && !page.contains("o-1"),
            "{page}"
        );
    });
}

#[test]
fn a_list_comes_in_pages_with_whole_addresses() {
    on_both(|house| {
        let (_, client) = ada(house);
        for name in ["Ben", "Cleo", "Dan"] {
            house.join(name, if name == "Ben" { Role::Agent } else { Role::EndUser });
        }
        let paging = |path: &str| -> String {
            let list = json(&client.get(path));
            let names: Vec<&Value> = list["users"].as_array().unwrap().iter().map(|one| &one["name"]).collect();
            plain(house, &object!([names, list["count"], list["previous_page"], list["next_page"]]).to_string())
        };
        assert_snapshot!(paging("/apiv2/users?per_page=2&role=end_user,agent&"), @r#"[["Ben","Cleo"],3,null,"HOUSE/apiv2/users.json?per_page=2&role=end_user%2Cagent&page=2"]"#);
        assert_snapshot!(paging("/apiv2/users.json?page=2&per_page=2&created_order=desc"), @r#"[["Ben","Ada"],4,"HOUSE/apiv2/users.json?per_page=2&created_order=desc&page=1",null]"#);
        assert_snapshot!(paging("/apiv2/users.json?page=9"), @r#"[[],4,"HOUSE/apiv2/users.json?page=8",null]"#);
        assert_snapshot!(paging("/apiv2/users.json?per_page=9999&page=0"), @r#"[["Ada","Ben","Cleo","Dan"],4,null,null]"#);
        assert_snapshot!(paging("/apiv2/users.json?page=9223372036854775807"), @r#"[[],4,"HOUSE/apiv2/users.json?page=9223372036854775806",null]"#);
        let mut next = json(&client.get("/apiv2/users.json?per_page=1"))["next_page"].clone();
        let mut pages = 1;
        while let Some(url) = next.as_str() {
            next = json(&client.get(url.strip_prefix(&house.url).unwrap()))["next_page"].clone();
            pages += 1;
        }
        assert_eq!(pages, 4, "a client that follows the addresses comes to an end");
        let proxied = json(
            &client
                .with("x-forwarded-proto", "https")
                .with("x-forwarded-host", "desk.example")
                .get("/apiv2/users.json?per_page=1"),
        );
        assert_eq!(proxied["next_page"], "https://desk.example/apiv2/users.json?per_page=1&page=2");
    });
}

#[test]
fn pages_by_number_are_the_list_from_whichever_end_they_are_looked_for() {
    on_both(|house| {
        let (_, client) = ada(house);
        for n in 0..10 {
            house.join(&format!("Guest {n}"), Role::EndUser);
        }
        for asked in ["", "&created_order=desc", "&role=end_user", "&updated_order=desc"] {
            let whole = names(&client, &format!("/apiv2/users.json?{asked}"));
            for size in [1, 3, 4, 11] {
                for page in 1..=12 {
                    let expected: Vec<String> = whole.iter().skip((page - 1) * size).take(size).cloned().collect();
                    let path = format!("/apiv2/users.json?per_page={size}&page={page}{asked}");
                    assert_eq!(names(&client, &path), expected, "{path}");
                }
            }
        }
    });
}

#[test]
fn lists_narrow_by_role_and_date_and_sort_both_ways() {
    on_both(|house| {
        let (_, client) = ada(house);
        let days = |n: u64| std::time::Duration::from_secs(n * 86_400);
        house.join("Ben", Role::Agent);
        house.wait(days(1));
        house.join("Cleo", Role::EndUser);
        house.wait(days(1));
        house.join("Dan", Role::EndUser);
        send(&client, "PUT", "/apiv2/users/2.json", object!({ "details": "x" }));
        let at = |path: &str| names(&client, &format!("/apiv2/users.json?{path}"));
        assert_eq!(at("role=agent"), ["Ben"]);
        assert_eq!(at("role=admin,%20agent"), ["Ada", "Ben"]);
        // The house's clock begins on 2026-11-21 at 18:00 UTC, two in the morning there.
        assert_eq!(at("created_start=2026-11-23"), ["Cleo", "Dan"]);
        assert_eq!(at("created_end=2026-11-22"), ["Ada", "Ben"]);
        assert_eq!(
            at("created_start=2026-11-23+02:00:00&created_end=2026-11-23%2002:00:00"),
            ["Cleo"],
            "both ends count"
        );
        assert_eq!(at("created_start=2026-11-2302:00:01"), ["Dan"]);
        assert_eq!(at("created_end=1795284000"), ["Ada", "Ben"]);
        assert_eq!(at("updated_start=2026-11-24"), ["Ben", "Dan"]);
        assert_eq!(at("created_order=desc"), ["Dan", "Cleo", "Ben", "Ada"]);
        assert_eq!(at("updated_order=asc"), ["Ada", "Cleo", "Ben", "Dan"]);
        assert_eq!(at("updated_order=asc&created_order=desc"), ["Dan", "Cleo", "Ben", "Ada"], "creation counts first");
        for wrong in ["created_start=soon", "created_order=up", "updated_end=2026-13-01", "role=,"] {
            assert_eq!(client.get(&format!("/apiv2/users.json?{wrong}")).status, 400, "{wrong}");
        }
    });
}

#[test]
fn users_of_an_organization_and_several_at_once() {
    on_both(|house| {
        let (_, client) = ada(house);
        wang(house);
        house.join("Cleo", Role::EndUser);
        assert_eq!(names(&client, "/apiv2/organizations/1/users.json?id=1"), ["王芳"]);
        assert_eq!(names(&client, "/apiv2/organizations/1/users?role=agent"), [""; 0]);
        assert_eq!(client.get("/apiv2/organizations/9/users.json").status, 404);
        let list = json(&client.get("/apiv2/users/show_many.json?ids=3,1,99,1"));
        assert_eq!(names(&client, "/apiv2/users/show_many.json?ids=3,1,99,1"), ["Cleo", "Ada"]);
        assert_eq!((&list["count"], &list["next_page"]), (&object!(2), &Value::Null));
        let many: Vec<String> = (1..=101).map(|n| n.to_string()).collect();
        for ids in ["", "?ids=", "?ids=1,x", &format!("?ids={}", many.join(","))] {
            assert_eq!(client.get(&format!("/apiv2/users/show_many.json{ids}")).status, 400, "{ids}");
        }
    });
}

#[test]
fn a_search_looks_where_it_is_told_to() {
    on_both(|house| {
        let (_, client) = ada(house);
        wang(house);
        house.join("Mark Wang", Role::EndUser);
        let body = object!({ "landline": "028-1234567", "wechat_openid": "oAbC" });
        assert_eq!(send(&client, "PUT", "/apiv2/users/2.json", body).status, 200);
        let found = |query: &str| names(&client, &format!("/apiv2/users/search.json?{query}"));
        assert_eq!(found("query=WANG"), ["王芳", "Mark Wang"]);
        assert_eq!(found("query=mark+wang"), ["Mark Wang"]);
        assert_eq!(found("query=wang+mark"), ["Mark Wang"], "in any order, as in the panel");
        assert_eq!(found("query=%E7%8E%8B"), ["王芳"]);
        assert_eq!(found("query=0003818"), ["王芳"]);
        assert_eq!(found("query=oabc"), ["王芳"], "by what WeChat calls them");
        assert_eq!(found("query=wang&query_fields=name"), ["Mark Wang"]);
        assert_eq!(found("query=wang&query_fields=name%2Cemail"), ["王芳", "Mark Wang"]);
        assert_eq!(found("query=138+0000&query_fields=phone"), ["王芳"]);
        assert_eq!(found("query=1234567&query_fields=landline"), ["王芳"]);
        assert_eq!(found("query=OABC&query_fields=wechat_openid"), ["王芳"]);
        assert_eq!(found("query=%25&query_fields=phone,landline,wechat_openid"), [""; 0], "no pattern of ours");
        for wrong in ["", "query=", "query=x&query_fields=shoe", "exact_query_fields=x"] {
            assert_eq!(client.get(&format!("/apiv2/users/search.json?{wrong}")).status, 400, "{wrong}");
        }
    });
}
