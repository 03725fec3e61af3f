use super::{ENTERPRISE, ada, fault, group, names, user};
use crate::api::{json, send};
use crate::house::{Client, House, on_both};
use insta::assert_snapshot;
use serde_json::{Value, json as object};
use std::time::Duration;

fn cast(house: &House) -> Client {
    let client = ada(house);
    house.wait(Duration::from_secs(60));
    user(
        &client,
        "Zoë",
        object!({ "displayName": "Zoë Ångström", "title": "Dr.", "externalId": "X-1",
        "name": { "givenName": "Zoë", "familyName": "Ångström" },
        "emails": [{ "value": "zoe@example.org", "type": "work", "primary": true }, { "value": "zoe@home.example", "type": "home" }],
        "phoneNumbers": [{ "value": "+1 (202) 555-0143", "type": "mobile" }],
        "addresses": [{ "type": "work", "locality": "Lund", "country": "SE" }, { "type": "home", "locality": "Malmö", "country": "SE" }],
        ENTERPRISE: { "department": "Physics", "manager": "1" } }),
    );
    user(
        &client,
        "bob",
        object!({ "active": false, "nickName": "Bobby", "preferredLanguage": "zh", "externalId": "x-1" }),
    );
    user(&client, "carol%_", object!({ "title": "CEO \"and\" \\ owner", "roles": [{ "value": "agent" }] }));
    client
}

fn query(pairs: &[(&str, &str)]) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    format!("/scim/v2/Users?{}", query.extend_pairs(pairs).finish())
}

fn find(client: &Client, filter: &str) -> String {
    names(&client.get(&query(&[("filter", filter)])))
}

#[test]
fn every_filter_of_the_grammar_finds_whom_it_means() {
    on_both(|house| {
        let client = cast(house);
        group(&client, "Staff", &["2", "4"]);
        let enterprise = format!("{ENTERPRISE}:department eq \"PHYSICS\"");
        let filters = [
            "userName eq \"ZOË\"",
            "USERNAME Eq \"bob\"",
            "userName ne \"bob\"",
            "userName co \"o\"",
            "userName sw \"c\"",
            "userName ew \"%_\"",
            "userName eq \"ada@example.org\"",
            "userName gt \"bob\"",
            "userName ge \"bob\"",
            "userName lt \"bob\"",
            "userName le \"bob\"",
            "title pr",
            "not (title pr)",
            "title eq null",
            "title ne null",
            "title eq \"ceo \\\"and\\\" \\\\ owner\"",
            "id eq \"2\"",
            "id eq \"02\"",
            "id ne \"2\"",
            "id sw \"3\"",
            "externalId eq \"X-1\"",
            "externalId co \"x\"",
            "externalId sw \"X\"",
            "externalId ew \"1\"",
            "active eq true",
            "active eq false",
            "active eq \"False\"",
            "active ne true",
            "name.familyName eq \"ÅNGSTRÖM\"",
            "name.givenName sw \"zo\"",
            "name.formatted co \"ström\"",
            "displayName eq \"zoë ångström\"",
            "name co \"ång\"",
            "name pr",
            "emails eq \"ZOE@example.org\"",
            "emails.value ew \"home.example\"",
            "emails[type eq \"work\"]",
            "emails[type eq \"home\" and value co \"example\"]",
            "emails[type eq \"home\"].value eq \"zoe@home.example\"",
            "emails[type eq \"home\"].value eq \"zoe@example.org\"",
            "emails[primary eq true]",
            "emails[not (type eq \"work\")]",
            "emails.type eq \"home\"",
            "emails pr",
            "phoneNumbers eq \"+1 (202) 555-0143\"",
            "phoneNumbers.value co \"555-01\"",
            "phoneNumbers[type eq \"mobile\"]",
            "phoneNumbers[type eq \"work\"]",
            "addresses[type eq \"work\" and locality eq \"lund\"]",
            "addresses[type eq \"home\" and locality eq \"lund\"]",
            "addresses.country eq \"se\"",
            "addresses pr",
            "roles eq \"agent\"",
            "roles[value eq \"admin\"]",
            "roles.type eq \"rollcall\"",
            "nickName eq \"BOBBY\"",
            "nickName pr",
            "preferredLanguage eq \"zh\"",
            &enterprise,
            "manager eq \"1\"",
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value eq \"1\"",
            "groups.value eq \"1\"",
            "groups eq \"1\"",
            "groups pr",
            "groups[value eq \"1\"]",
            "groups.value eq \"x\"",
            "meta.created gt \"2000-01-01T00:00:00Z\"",
            "meta.lastModified lt \"2000-01-01T00:00:00Z\"",
            "meta.resourceType eq \"User\"",
            "title pr and active eq true or userName eq \"bob\"",
            "title pr and (active eq true or userName eq \"bob\")",
            "not (userName eq \"bob\") and not (title pr)",
            "shoeSize eq \"9\"",
            "not (shoeSize eq \"9\")",
            "shoeSize ne \"9\"",
            "shoeSize co \"9\"",
            "password eq \"x\"",
            "title eq 9",
        ];
        let all: Vec<String> = filters.iter().map(|filter| format!("{filter} => {}", find(&client, filter))).collect();
        assert_snapshot!(all.join("\n"), @r#"userName eq "ZOË" => Zoë
USERNAME Eq "bob" => bob
userName ne "bob" => ada@example.org Zoë carol%_
userName co "o" => ada@example.org Zoë bob carol%_
userName sw "c" => carol%_
userName ew "%_" => carol%_
userName eq "ada@example.org" => ada@example.org
userName gt "bob" => Zoë carol%_
userName ge "bob" => Zoë bob carol%_
userName lt "bob" => ada@example.org
userName le "bob" => ada@example.org bob
title pr => Zoë carol%_
not (title pr) => ada@example.org bob
title eq null => ada@example.org bob
title ne null => Zoë carol%_
title eq "ceo \"and\" \\ owner" => carol%_
id eq "2" => Zoë
id eq "02" => 
id ne "2" => ada@example.org bob carol%_
id sw "3" => bob
externalId eq "X-1" => Zoë
externalId co "x" => bob
externalId sw "X" => Zoë
externalId ew "1" => Zoë bob
active eq true => ada@example.org Zoë carol%_
active eq false => bob
active eq "False" => bob
active ne true => bob
name.familyName eq "ÅNGSTRÖM" => Zoë
name.givenName sw "zo" => Zoë
name.formatted co "ström" => Zoë
displayName eq "zoë ångström" => Zoë
name co "ång" => Zoë
name pr => ada@example.org Zoë
emails eq "ZOE@example.org" => Zoë
emails.value ew "home.example" => Zoë
emails[type eq "work"] => ada@example.org Zoë
emails[type eq "home" and value co "example"] => Zoë
emails[type eq "home"].value eq "zoe@home.example" => Zoë
emails[type eq "home"].value eq "zoe@example.org" => 
emails[primary eq true] => ada@example.org Zoë
emails[not (type eq "work")] => Zoë
emails.type eq "home" => Zoë
emails pr => ada@example.org Zoë
phoneNumbers eq "+1 (202) 555-0143" => Zoë
phoneNumbers.value co "555-01" => Zoë
phoneNumbers[type eq "mobile"] => Zoë
phoneNumbers[type eq "work"] => 
addresses[type eq "work" and locality eq "lund"] => Zoë
addresses[type eq "home" and locality eq "lund"] => 
addresses.country eq "se" => Zoë
addresses pr => Zoë
roles eq "agent" => carol%_
roles[value eq "admin"] => ada@example.org
roles.type eq "rollcall" => ada@example.org
nickName eq "BOBBY" => bob
nickName pr => bob
preferredLanguage eq "zh" => bob
urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department eq "PHYSICS" => Zoë
manager eq "1" => 
urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value eq "1" => Zoë
groups.value eq "1" => Zoë carol%_
groups eq "1" => Zoë carol%_
groups pr => Zoë carol%_
groups[value eq "1"] => Zoë carol%_
groups.value eq "x" => 
meta.created gt "2000-01-01T00:00:00Z" => ada@example.org Zoë bob carol%_
meta.lastModified lt "2000-01-01T00:00:00Z" => 
meta.resourceType eq "User" => ada@example.org Zoë bob carol%_
title pr and active eq true or userName eq "bob" => Zoë bob carol%_
title pr and (active eq true or userName eq "bob") => Zoë carol%_
not (userName eq "bob") and not (title pr) => ada@example.org
shoeSize eq "9" => 
not (shoeSize eq "9") => ada@example.org Zoë bob carol%_
shoeSize ne "9" => ada@example.org Zoë bob carol%_
shoeSize co "9" => 
password eq "x" => 
title eq 9 =>"#);
    });
}

#[test]
fn what_is_no_filter_says_so() {
    on_both(|house| {
        let client = ada(house);
        let deep = format!("{}userName pr{}", "(".repeat(60), ")".repeat(60));
        let wrong = [
            "userName",
            "userName eq",
            "userName is \"x\"",
            "userName eq x",
            "userName eq \"x",
            "(userName pr",
            "userName pr)",
            "emails[type eq \"work\"",
            "not userName pr",
            "1name eq \"x\"",
            "active gt true",
            "x509Certificates.value gt \"x\"",
            "meta.created gt \"yesterday\"",
            "and",
            "emails[",
            "userName pr or",
            "title gt null",
            &deep,
        ];
        let all: Vec<String> = wrong.iter().map(|filter| find(&client, filter)).collect();
        assert_snapshot!(all.join("\n"), @r#"400 invalidFilter What to do with "userName" is not said: eq, co, pr, …
400 invalidFilter What to compare "userName" with is not said.
400 invalidFilter "is" is no operator.
400 invalidFilter The text "x" must stand in double quotes.
400 invalidFilter This is no JSON value: "\"x".
400 invalidFilter The filter lacks a ')'.
400 invalidFilter The filter goes on after it should end: ")".
400 invalidFilter The filter lacks a ']'.
400 invalidFilter The filter lacks an attribute or a bracket.
400 invalidFilter This is no JSON value: "1name eq \"x\"".
400 invalidFilter active knows no order.
400 invalidFilter value knows no order.
400 invalidFilter "yesterday" is no moment.
400 invalidFilter What to do with "and" is not said: eq, co, pr, …
400 invalidFilter The filter lacks an attribute or a bracket.
400 invalidFilter The filter lacks an attribute or a bracket.
400 invalidFilter title knows no order.
400 invalidFilter The filter is nested too deep."#);
        assert_eq!(client.get("/scim/v2/Schemas?filter=id%20pr").status, 403);
    });
}

#[test]
fn lists_are_sorted_and_cut() {
    on_both(|house| {
        let client = cast(house);
        let list = |pairs: &[(&str, &str)]| names(&client.get(&query(pairs)));
        let all = [
            list(&[("sortBy", "userName")]),
            list(&[("sortBy", "userName"), ("sortOrder", "descending")]),
            list(&[("sortBy", "title")]),
            list(&[("sortBy", "title"), ("sortOrder", "descending")]),
            list(&[("sortBy", "emails")]),
            list(&[("sortBy", "emails.value"), ("sortOrder", "descending")]),
            list(&[("sortBy", "nickName")]),
            list(&[("sortBy", "addresses.locality")]),
            list(&[("sortBy", "meta.created"), ("sortOrder", "descending")]),
            list(&[("sortBy", "unknown")]),
            list(&[("sortOrder", "sideways")]),
            list(&[("startIndex", "2"), ("count", "2")]),
            list(&[("startIndex", "-5"), ("count", "1")]),
            list(&[("startIndex", "9")]),
            list(&[("count", "x")]),
        ];
        assert_snapshot!(all.join("\n"), @r#"ada@example.org bob carol%_ Zoë
Zoë carol%_ bob ada@example.org
carol%_ Zoë ada@example.org bob
bob ada@example.org Zoë carol%_
ada@example.org Zoë bob carol%_
carol%_ bob Zoë ada@example.org
bob ada@example.org Zoë carol%_
Zoë ada@example.org bob carol%_
carol%_ bob Zoë ada@example.org
ada@example.org Zoë bob carol%_
400 invalidValue sortOrder must be ascending or descending.
Zoë bob
ada@example.org

400 invalidValue count must be an integer."#);
        let told = |pairs: &[(&str, &str)]| {
            let told = json(&client.get(&query(pairs)));
            ["totalResults", "startIndex", "itemsPerPage"].map(|name| told[name].to_string()).join(" ")
        };
        assert_eq!(told(&[("count", "0")]), "4 1 0");
        assert_eq!(told(&[("count", "-3")]), "4 1 0");
        assert_eq!(told(&[("startIndex", "3"), ("count", "5000")]), "4 3 2");
    });
}

#[test]
fn a_cursor_goes_through_every_order_without_gap_or_double() {
    on_both(|house| {
        let client = cast(house);
        for (by, way) in [
            ("", ""),
            ("userName", "ascending"),
            ("title", "descending"),
            ("meta.created", "descending"),
            ("nickName", ""),
        ] {
            let page = |cursor: &str| {
                json(&client.get(&query(&[("cursor", cursor), ("count", "1"), ("sortBy", by), ("sortOrder", way)])))
            };
            let whole = names(&client.get(&query(&[("sortBy", by), ("sortOrder", way)])));
            let (mut seen, mut cursor) = (vec![], Some(String::new()));
            while let Some(at) = cursor {
                let told = page(&at);
                assert!(told.get("startIndex").is_none() && told["totalResults"] == 4, "{told}");
                seen.push(told["Resources"][0]["userName"].as_str().unwrap().to_owned());
                assert!(seen.len() < 9, "{seen:?}");
                cursor = told["nextCursor"].as_str().map(str::to_owned);
            }
            assert_eq!(seen.join(" "), whole, "by {by} {way}");
        }
        let first = json(&client.get("/scim/v2/Users?cursor&count=2"));
        let next = first["nextCursor"].as_str().unwrap();
        assert!(next.chars().all(|c| c.is_ascii_alphanumeric() || "-._~".contains(c)), "{next}");
        let refused = |pairs: &[(&str, &str)]| fault(&client.get(&query(pairs)));
        let mut forged = next.to_owned();
        forged.replace_range(9..10, if &next[9..10] == "A" { "B" } else { "A" });
        let all = [
            refused(&[("cursor", "nonsense")]),
            refused(&[("cursor", &forged), ("count", "2")]),
            refused(&[("cursor", next), ("count", "3")]),
            refused(&[("cursor", next), ("count", "2"), ("filter", "title pr")]),
            refused(&[("cursor", ""), ("count", "5000")]),
        ];
        assert_snapshot!(all.join("\n"), @r#"400 invalidCursor The cursor is not one of this list.
400 invalidCursor The cursor is not one of this list.
400 invalidCount count must be 2, as for the first page.
400 invalidCursor The cursor is not one of this list.
400 invalidCount count may be 1000 at most."#);
        house.wait(Duration::from_secs(3_700));
        assert_snapshot!(refused(&[("cursor", next), ("count", "2")]), @r#"400 expiredCursor The cursor is too old. Begin again with the first page."#);
    });
}

#[test]
fn a_search_is_a_list_that_is_posted() {
    on_both(|house| {
        let client = cast(house);
        group(&client, "Staff", &["2"]);
        let search = |path: &str, more: Value| {
            let mut body = object!({ "schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"] });
            body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            send(&client, "POST", path, body)
        };
        let all = [
            names(&search(
                "/scim/v2/Users/.search",
                object!({ "filter": "title pr", "sortBy": "title", "count": 1, "startIndex": 2 }),
            )),
            names(&search("/scim/v2/Groups/.search", object!({ "attributes": ["displayName"] }))),
            names(&search("/scim/v2/.search", object!({ "filter": "displayName pr", "startIndex": 1, "count": 10 }))),
            names(&search("/scim/v2/.search", object!({ "startIndex": 4, "count": 2 }))),
            names(&search("/scim/v2/.search", object!({ "filter": "meta.resourceType eq \"Group\"" }))),
            fault(&search("/scim/v2/.search", object!({ "cursor": "" }))),
            fault(&search("/scim/v2/.search", object!({ "count": "many" }))),
            fault(&send(&client, "POST", "/scim/v2/Users/.search", object!({ "filter": "title pr" }))),
        ];
        assert_snapshot!(all.join("\n"), @r#"Zoë
Staff
ada@example.org Zoë Staff
carol%_ Staff
Staff
400 invalidCursor Lists of users and groups together know no cursors.
400 invalidValue count must be an integer.
400 invalidSyntax schemas must be ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"]."#);
    });
}

#[test]
fn what_is_not_offered_says_so() {
    on_both(|house| {
        let client = ada(house);
        let all = [
            fault(&client.get("/scim/v2/Me")),
            fault(&client.get("/scim/v2/")),
            fault(&client.get("/scim/v2/Shoes")),
            fault(&client.send("DELETE", "/scim/v2/Users", None, b"")),
            client.get("/scim/v2/ServiceProviderConfig").body.replace(&house.url, ""),
        ];
        assert_snapshot!(all.join("\n"), @r#"501 - A key is nobody's own: ask for /Users/{id}.
501 - Search users and groups together with POST /.search.
404 - Not Found
405 - Method Not Allowed
{"authenticationSchemes":[{"description":"A key that an administrator makes, behind Bearer","name":"Bearer token","primary":true,"specUri":"https://www.rfc-editor.org/rfc/rfc6750","type":"oauthbearertoken"}],"bulk":{"maxOperations":500,"maxPayloadSize":1048576,"supported":true},"changePassword":{"supported":true},"etag":{"supported":true},"filter":{"maxResults":1000,"supported":true},"meta":{"location":"/scim/v2/ServiceProviderConfig","resourceType":"ServiceProviderConfig"},"pagination":{"cursor":true,"cursorTimeout":3600,"defaultPageSize":100,"defaultPaginationMethod":"index","index":true,"maxPageSize":1000},"patch":{"supported":true},"schemas":["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],"sort":{"supported":true}}"#);
    });
}
