use super::{ENTERPRISE, GROUP, USER, ada, fault, look, names, user};
use crate::api::{json, send};
use crate::house::{Client, Reply, on_both};
use insta::assert_snapshot;
use serde_json::{Value, json as object};

fn bulk(client: &Client, more: Value) -> Reply {
    let mut body = object!({ "schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"] });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    send(client, "POST", "/scim/v2/Bulk", body)
}

/// Method, name, status, where it is now, and what went wrong, operation by operation.
fn told(reply: &Reply) -> String {
    let told = json(reply);
    let Some(list) = told["Operations"].as_array() else { return fault(reply) };
    let line = |one: &Value| {
        let at = one["location"].as_str().and_then(|at| at.split("/v2").nth(1)).unwrap_or("-");
        let said = one["response"]["detail"].as_str().unwrap_or_default();
        format!("{} {} {} {at} {said}", one["method"], one["bulkId"], one["status"])
    };
    list.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn operations_refer_to_each_other_in_any_order() {
    on_both(|house| {
        let client = ada(house);
        let reply = bulk(
            &client,
            object!({ "Operations": [
            { "method": "POST", "path": "/Groups", "bulkId": "navy", "data": { "schemas": [GROUP], "displayName": "Navy",
                "members": [{ "value": "bulkId:grace" }, { "value": "1" }] } },
            { "method": "POST", "path": "/Users", "bulkId": "grace", "data": { "schemas": [USER], "userName": "grace",
                ENTERPRISE: { "manager": { "value": "bulkId:howard" } } } },
            { "method": "POST", "path": "/Users", "bulkId": "howard", "data": { "schemas": [USER], "userName": "howard", "nickName": "H",
                ENTERPRISE: { "manager": { "value": "bulkId:grace" }, "department": "C" } } },
            { "method": "PATCH", "path": "/Users/bulkId:grace", "data": { "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                "Operations": [{ "op": "add", "path": "title", "value": "Dr." }] } },
        ] }),
        );
        assert_snapshot!(told(&reply), @r#""POST" "navy" "201" /Groups/1 
"POST" "grace" "201" /Users/2 
"POST" "howard" "201" /Users/3 
"PATCH" null "200" /Users/2"#);
        let manager = format!("/{ENTERPRISE}/manager/value");
        assert_snapshot!(look(&client, "/scim/v2/Users/2", &["/userName", "/title", "/nickName", &manager, "/groups/0/display"]), @r#"/userName "grace"
/title "Dr."
/nickName null
/urn:ietf:params:scim:schemas:extension:enterprise:2.0:User/manager/value "3"
/groups/0/display "Navy""#);
        assert_snapshot!(look(&client, "/scim/v2/Users/3", &["/userName", "/title", &manager, "/groups/0/display"]), @r#"/userName "howard"
/title null
/urn:ietf:params:scim:schemas:extension:enterprise:2.0:User/manager/value "2"
/groups/0/display null"#);
    });
}

#[test]
fn each_operation_stands_for_itself_until_there_are_too_many_errors() {
    on_both(|house| {
        let client = ada(house);
        user(&client, "grace", object!({}));
        let operations = object!([
            { "method": "POST", "path": "/Users", "bulkId": "a", "data": { "schemas": [USER], "userName": "GRACE" } },
            { "method": "DELETE", "path": "/Users/2", "version": "W/\"99\"" },
            { "method": "PUT", "path": "/Users/bulkId:nobody", "data": { "schemas": [USER], "userName": "x" } },
            { "method": "GET", "path": "/Users/2" },
            { "method": "POST", "path": "/Shoes", "bulkId": "b", "data": {} },
            { "method": "DELETE", "path": "/Users/2", "version": "W/\"1\"" },
        ]);
        assert_snapshot!(told(&bulk(&client, object!({ "failOnErrors": 2, "Operations": operations }))), @r#""POST" "a" "409" - userName: Another person has this username.
"DELETE" null "412" - Somebody else changed this meanwhile. Read it again and repeat."#);
        assert_snapshot!(told(&bulk(&client, object!({ "Operations": operations }))), @r#""POST" "a" "409" - userName: Another person has this username.
"DELETE" null "412" - Somebody else changed this meanwhile. Read it again and repeat.
"PUT" null "400" - bulkId names nothing that was made.
"GET" null "405" - Method Not Allowed
"POST" "b" "404" - Not Found
"DELETE" null "204" /Users/2"#);
        assert_eq!(names(&client.get("/scim/v2/Users")), "ada@example.org", "the good one was done");
    });
}

#[test]
fn too_much_or_too_little_is_refused_whole() {
    on_both(|house| {
        let client = ada(house);
        let many: Vec<Value> = (0..501).map(|_| object!({ "method": "DELETE", "path": "/Users/9" })).collect();
        let all = [
            told(&bulk(&client, object!({ "Operations": many }))),
            told(&bulk(&client, object!({ "Operations": [{ "method": "POST", "path": "/Users" }] }))),
            told(&bulk(&client, object!({ "Operations": {} }))),
            told(&bulk(&client, object!({ "Operations": [], "failOnErrors": 0 }))),
            fault(&send(&client, "POST", "/scim/v2/Bulk", object!({ "Operations": [] }))),
            fault(&client.send("POST", "/scim/v2/Bulk", None, &vec![b' '; 1_100_000])),
        ];
        assert_snapshot!(all.join("\n"), @r#"413 - A request may have 500 operations at most (maxOperations).
400 invalidSyntax Each of Operations that is a POST must have a bulkId.
400 invalidSyntax Operations must be an array.
400 invalidValue failOnErrors must be an integer from 1.
400 invalidSyntax schemas must be ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"].
413 - Payload Too Large"#);
    });
}
