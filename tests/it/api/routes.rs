//! Every route of every API by every kind of reader: what it answers, and that a write adds exactly one entry.
use super::json;
use crate::house::{Client, House, on_both};
use rollcall::api::{audience, datarc, easemob, freescout, kf5, scim};
use rollcall::domain::custom::FieldKind;
use rollcall::domain::key::Dialect;
use rollcall::domain::{Field, Permission, Person, Reach, Role, Status};
use std::collections::BTreeSet;

/// Upon whom a request acts; somebody new for every request.
#[derive(Clone, Copy, PartialEq)]
enum On {
    Nobody,
    Customer,
    Agent,
    Group,
    Organisation,
    Field,
}
use On::{Agent, Customer, Group, Nobody, Organisation};

type Seven = [u16; 7];

struct Case {
    dialect: Dialect,
    method: &'static str,
    path: &'static str,
    query: &'static str,
    on: On,
    /// NEW stands for a name that nobody has, UID for the target's.
    body: &'static str,
    /// In the order of [`READERS`].
    answers: Seven,
}

const READERS: [&str; 7] = [
    "a stranger",
    "an end user",
    "an agent who only looks",
    "an agent",
    "an administrator",
    "an administrator whose key only reads",
    "an agent who may do all that a role can, but only reaches a group of their own",
];

const READ: Seven = [401, 403, 200, 200, 200, 200, 200];
const READ_ONE: Seven = [401, 403, 200, 200, 200, 200, 404];
const CHANGE: Seven = [401, 403, 403, 200, 200, 403, 404];
const ADMINISTER: Seven = [401, 403, 403, 403, 200, 403, 404];

const fn kf5(method: &'static str, path: &'static str, on: On, body: &'static str, answers: Seven) -> Case {
    Case { dialect: Dialect::Kf5, method, path, query: "", on, body, answers }
}

const fn freescout(method: &'static str, path: &'static str, on: On, body: &'static str, answers: Seven) -> Case {
    Case { dialect: Dialect::Freescout, method, path, query: "", on, body, answers }
}

const fn datarc(method: &'static str, path: &'static str, on: On, body: &'static str, answers: Seven) -> Case {
    Case { dialect: Dialect::Datarc, method, path, query: "", on, body, answers }
}

const fn audience(method: &'static str, path: &'static str, on: On, body: &'static str, answers: Seven) -> Case {
    Case { dialect: Dialect::Audience, method, path, query: "", on, body, answers }
}

const fn scim(method: &'static str, path: &'static str, on: On, body: &'static str, answers: Seven) -> Case {
    Case { dialect: Dialect::Scim, method, path, query: "", on, body, answers }
}

const fn easemob(method: &'static str, path: &'static str, on: On, body: &'static str, answers: Seven) -> Case {
    Case { dialect: Dialect::Easemob, method, path, query: "", on, body, answers }
}

const fn asked(query: &'static str, case: Case) -> Case {
    Case { query, ..case }
}

const NAMED: &str = r#"{"name":"NEW"}"#;
const STAFF: &str = r#"{"email":"NEW@example.org","firstName":"N","lastName":"W"}"#;

const CASES: &[Case] = &[
    kf5("get", "/apiv2/users", Nobody, "", READ),
    kf5("post", "/apiv2/users", Nobody, r#"{"user":{"email":"NEW@example.org"}}"#, [401, 403, 403, 201, 201, 403, 201]),
    kf5("get", "/apiv2/users/me", Nobody, "", [401, 200, 200, 200, 200, 200, 200]),
    asked("ids={id}", kf5("get", "/apiv2/users/show_many", Customer, "", READ)),
    asked("query=x", kf5("get", "/apiv2/users/search", Nobody, "", READ)),
    asked("query=x", kf5("get", "/apiv2/users/ticketsByIndication", Nobody, "", READ)),
    kf5("get", "/apiv2/users/{id}", Customer, "", READ_ONE),
    kf5("put", "/apiv2/users/{id}", Customer, NAMED, CHANGE),
    kf5("delete", "/apiv2/users/{id}", Customer, "", ADMINISTER),
    kf5("put", "/apiv2/users/{id}/merge", Customer, r#"{"user":{"id":1}}"#, ADMINISTER),
    kf5("get", "/apiv2/users/{id}/groups", Customer, "", READ_ONE),
    kf5("get", "/apiv2/users/{id}/requests", Customer, "", READ_ONE),
    kf5("get", "/apiv2/users/{id}/tickets", Customer, "", READ_ONE),
    kf5("get", "/apiv2/users/{id}/posts", Customer, "", READ_ONE),
    kf5("get", "/apiv2/users/{id}/questions", Customer, "", READ_ONE),
    kf5("get", "/apiv2/groups", Nobody, "", READ),
    kf5("post", "/apiv2/groups", Nobody, NAMED, [401, 403, 403, 403, 201, 403, 403]),
    kf5("get", "/apiv2/groups/{id}", Group, "", READ_ONE),
    kf5("put", "/apiv2/groups/{id}", Group, NAMED, ADMINISTER),
    kf5("delete", "/apiv2/groups/{id}", Group, "", ADMINISTER),
    kf5("get", "/apiv2/organizations", Nobody, "", READ),
    kf5("post", "/apiv2/organizations", Nobody, NAMED, [401, 403, 403, 403, 201, 403, 403]),
    kf5("get", "/apiv2/organizations/{id}", Organisation, "", READ_ONE),
    kf5("put", "/apiv2/organizations/{id}", Organisation, NAMED, ADMINISTER),
    kf5("delete", "/apiv2/organizations/{id}", Organisation, "", ADMINISTER),
    kf5("get", "/apiv2/organizations/{id}/users", Organisation, "", READ_ONE),
    kf5("get", "/apiv2/organizations/{id}/requests", Organisation, "", READ_ONE),
    kf5("get", "/apiv2/user_fields", Nobody, "", READ),
    kf5("get", "/apiv2/user_fields/active", Nobody, "", READ),
    kf5("get", "/apiv2/user_fields/{id}", On::Field, "", READ),
    kf5("delete", "/apiv2/user_fields/{id}", On::Field, "", [401, 403, 403, 403, 200, 403, 403]),
    kf5("get", "/apiv2/system_log", Nobody, "", [401, 403, 403, 403, 200, 200, 200]),
    freescout("get", "/api/users", Nobody, "", READ),
    freescout("post", "/api/users", Nobody, STAFF, [401, 403, 403, 403, 201, 403, 403]),
    freescout("get", "/api/users/{id}", Agent, "", [401, 404, 200, 200, 200, 200, 404]),
    freescout("put", "/api/users/{id}", Agent, r#"{"jobTitle":"NEW"}"#, [401, 404, 403, 403, 204, 403, 404]),
    freescout("patch", "/api/users/{id}", Agent, r#"{"jobTitle":"NEW"}"#, [401, 404, 403, 403, 204, 403, 404]),
    freescout("delete", "/api/users/{id}", Agent, "", [401, 404, 403, 403, 204, 403, 404]),
    freescout("get", "/api/mailboxes", Nobody, "", READ),
    freescout("get", "/api/mailboxes/{id}/folders", Group, "", READ_ONE),
    datarc("get", "/openapi/v1/accounts", Nobody, "", READ),
    datarc(
        "post",
        "/openapi/v1/accounts",
        Nobody,
        r#"{"email":"NEW@example.org"}"#,
        [401, 403, 403, 200, 200, 403, 200],
    ),
    datarc(
        "post",
        "/openapi/v1/accounts/create-accounts",
        Nobody,
        r#"{"accounts":[{"email":"NEW@example.org"}]}"#,
        [401, 403, 403, 200, 200, 403, 200],
    ),
    datarc(
        "put",
        "/openapi/v1/accounts/update-accounts",
        Customer,
        r#"{"accounts":[{"uid":"UID","nickname":"NEW"}]}"#,
        [401, 404, 403, 200, 200, 403, 404],
    ),
    // Whom they do not see, they pass over.
    datarc(DELETE, BATCH, Customer, r#"{"accountUids":["UID"]}"#, [401, 200, 403, 403, 200, 403, 200]),
    datarc("post", BATCH, Customer, r#"{"accountUids":["UID"]}"#, [401, 200, 403, 403, 200, 403, 200]),
    datarc("post", "/openapi/v1/accounts/fetch", Nobody, r#"{"username":"x"}"#, [401, 200, 200, 200, 200, 200, 200]),
    datarc("get", "/openapi/v1/accounts/{uid}", Customer, "", [401, 404, 200, 200, 200, 200, 404]),
    datarc("put", "/openapi/v1/accounts/{uid}", Customer, r#"{"nickname":"NEW"}"#, [401, 404, 403, 200, 200, 403, 404]),
    datarc(DELETE, "/openapi/v1/accounts/{uid}", Customer, "", [401, 404, 403, 403, 200, 403, 404]),
    datarc("get", "/openapi/v1/accounts/{uid}/projects", Customer, "", [401, 404, 200, 200, 200, 200, 404]),
    audience("get", "/v1/users", Nobody, "", READ),
    audience("post", "/v1/users", Nobody, FULL, [401, 403, 403, 201, 201, 403, 201]),
    audience("get", "/v1/users/self", Nobody, "", OWN),
    audience("put", "/v1/users/self/update", Nobody, TITLED, CHANGE_OWN),
    audience("post", "/v1/users/self/update", Nobody, TITLED, CHANGE_OWN),
    audience("put", "/v1/self/update", Nobody, TITLED, CHANGE_OWN),
    audience("post", "/v1/self/update", Nobody, TITLED, CHANGE_OWN),
    audience("put", "/self/update", Nobody, TITLED, CHANGE_OWN),
    audience("post", "/self/update", Nobody, TITLED, CHANGE_OWN),
    // Nobody's old password is that.
    audience("put", "/v1/users/self/update-password", Nobody, WORDS, WRONG),
    audience("post", "/v1/users/self/update-password", Nobody, WORDS, WRONG),
    audience("put", "/v1/self/update-password", Nobody, WORDS, WRONG),
    audience("post", "/v1/self/update-password", Nobody, WORDS, WRONG),
    audience("put", "/self/update-password", Nobody, WORDS, WRONG),
    audience("post", "/self/update-password", Nobody, WORDS, WRONG),
    // Whom they do not see, they pass over.
    audience("post", BULK, Customer, "[{id}]", [401, 403, 403, 403, 204, 403, 204]),
    audience("get", "/v1/users/{id}", Customer, "", READ_ONE),
    audience("put", "/v1/users/{id}", Customer, TITLED, CHANGE),
    audience("delete", "/v1/users/{id}", Customer, "", [401, 403, 403, 403, 204, 403, 404]),
    audience("get", "/v1/groups", Nobody, "", READ),
    audience("post", "/v1/groups", Nobody, NAMED, [401, 403, 403, 403, 201, 403, 403]),
    audience("delete", "/v1/groups/bulk-delete", Group, "[{id}]", [401, 403, 403, 403, 204, 403, 204]),
    audience("post", "/v1/groups/bulk-delete", Group, "[{id}]", [401, 403, 403, 403, 204, 403, 204]),
    audience("get", "/v1/groups/{id}", Group, "", READ_ONE),
    audience("put", "/v1/groups/{id}", Group, NAMED, ADMINISTER),
    audience("get", "/v1/groups/{id}/permissions", Group, "", [401, 403, 200, 200, 200, 200, 400]),
    audience("put", "/v1/groups/{id}/permissions", Group, OPENING, [401, 403, 403, 403, 200, 403, 400]),
    audience("get", "/v1/permissionable-object-types", Nobody, "", OWN),
    audience("get", "/v1/permissionable-object-types/{type}", Nobody, "", [401, 404, 404, 404, 404, 404, 404]),
    audience("delete", "/v1/groups/{id}", Group, "", [401, 403, 403, 403, 204, 403, 404]),
    // Last: it ends every token of whoever asks, so each is a stranger from then on.
    audience("put", "/v1/users/self/reset-password", Nobody, "", CHANGE_OWN),
    audience("post", "/v1/users/self/reset-password", Nobody, "", OUT),
    audience("put", "/v1/self/reset-password", Nobody, "", OUT),
    audience("post", "/v1/self/reset-password", Nobody, "", OUT),
    audience("put", "/self/reset-password", Nobody, "", OUT),
    audience("post", "/self/reset-password", Nobody, "", OUT),
    // Whoever shows a wrong token is refused even where none is needed.
    easemob("post", "/{org}/{app}/token", Nobody, "{}", [400, 401, 400, 400, 400, 400, 400]),
    easemob("get", "/{org}/{app}/users", Nobody, "", CHAT_READ),
    easemob("post", "/{org}/{app}/users", Nobody, CHAT_USER, [401, 401, 403, 403, 200, 403, 200]),
    easemob("post", "/{org}/{app}/users/batch/status", Nobody, r#"{"usernames":["x"]}"#, CHAT_READ),
    easemob("get", "/{org}/{app}/users/{user}", Customer, "", CHAT_READ_ONE),
    easemob("put", "/{org}/{app}/users/{user}", Customer, r#"{"nickname":"NEW"}"#, CHAT_CHANGE),
    easemob("delete", "/{org}/{app}/users/{user}", Customer, "", CHAT_ADMINISTER),
    easemob("put", "/{org}/{app}/users/{user}/password", Customer, r#"{"newpassword":"1"}"#, CHAT_ADMINISTER),
    easemob("post", "/{org}/{app}/users/{user}/deactivate", Customer, "", CHAT_CHANGE),
    easemob("post", "/{org}/{app}/users/{user}/activate", Customer, "", [401, 401, 200, 200, 200, 403, 404]),
    easemob("get", "/{org}/{app}/users/{user}/disconnect", Customer, "", [401, 401, 403, 403, 200, 403, 404]),
    easemob(
        "get",
        "/{org}/{app}/users/{user}/disconnect/{resource}",
        Customer,
        "",
        [401, 401, 403, 403, 200, 403, 404],
    ),
    easemob(
        "delete",
        "/{org}/{app}/users/{user}/disconnect/{resource}",
        Customer,
        "",
        [401, 401, 403, 403, 200, 403, 404],
    ),
    easemob("get", "/{org}/{app}/users/{user}/resources", Customer, "", [401, 401, 403, 403, 200, 200, 404]),
    easemob("get", "/{org}/{app}/users/{user}/status", Customer, "", CHAT_READ_ONE),
    easemob("get", "/{org}/{app}/users/{user}/contacts/users", Customer, "", CHAT_READ_ONE),
    easemob("post", "/{org}/{app}/users/{user}/contacts/users/{other}", Customer, "", CHAT_CHANGE),
    easemob("delete", "/{org}/{app}/users/{user}/contacts/users/{other}", Customer, "", CHAT_CHANGE),
    easemob("get", "/{org}/{app}/users/{user}/blocks/users", Customer, "", CHAT_READ_ONE),
    easemob("post", "/{org}/{app}/users/{user}/blocks/users", Customer, r#"{"usernames":["other"]}"#, CHAT_CHANGE),
    easemob("delete", "/{org}/{app}/users/{user}/blocks/users/{other}", Customer, "", CHAT_CHANGE),
    easemob("get", "/{org}/{app}/users/{user}/joined_chatgroups", Customer, "", CHAT_READ_ONE),
    easemob("post", "/{org}/{app}/chatgroups", Customer, r#"{"groupname":"NEW","owner":"UID"}"#, CHAT_CHANGE),
    easemob("post", "/{org}/{app}/chatrooms", Customer, r#"{"name":"NEW","owner":"UID"}"#, CHAT_CHANGE),
    easemob("post", "/{org}/{app}/metadata/user/get", Nobody, r#"{"targets":["x"]}"#, CHAT_READ),
    easemob("get", "/{org}/{app}/metadata/user/capacity", Nobody, "", CHAT_READ),
    easemob("get", "/{org}/{app}/metadata/user/{user}", Customer, "", CHAT_READ),
    easemob("put", "/{org}/{app}/metadata/user/{user}", Customer, "sign=NEW", CHAT_CHANGE),
    easemob("delete", "/{org}/{app}/metadata/user/{user}", Customer, "", [401, 401, 403, 200, 200, 403, 200]),
    easemob(
        "put",
        "/{org}/{app}/push/nickname",
        Customer,
        r#"[{"username":"UID","push_nickname":"NEW"}]"#,
        CHAT_CHANGE,
    ),
    // Last: it deletes the oldest one whom the reader sees, and everybody made one.
    asked("limit=1", easemob("delete", OLDEST, Nobody, "", [401, 401, 403, 403, 200, 403, 200])),
    scim("get", "/scim/v2/", Nobody, "", ABSENT),
    scim("get", "/scim/v2/Me", Nobody, "", ABSENT),
    scim("post", "/scim/v2/Me", Nobody, "", ABSENT),
    scim("put", "/scim/v2/Me", Nobody, "", ABSENT),
    scim("patch", "/scim/v2/Me", Nobody, "", ABSENT),
    scim("delete", "/scim/v2/Me", Nobody, "", ABSENT),
    scim("get", "/scim/v2/ServiceProviderConfig", Nobody, "", OWN),
    scim("get", "/scim/v2/ResourceTypes", Nobody, "", OWN),
    scim("get", "/scim/v2/ResourceTypes/{kind}", Nobody, "", [401, 404, 404, 404, 404, 404, 404]),
    scim("get", "/scim/v2/Schemas", Nobody, "", OWN),
    scim("get", "/scim/v2/Schemas/{urn}", Nobody, "", [401, 404, 404, 404, 404, 404, 404]),
    scim("post", "/scim/v2/.search", Nobody, SEARCH, READ),
    scim("post", "/scim/v2/Users/.search", Nobody, SEARCH, READ),
    scim("post", "/scim/v2/Groups/.search", Nobody, SEARCH, READ),
    // Each of its operations answers for itself.
    scim("post", "/scim/v2/Bulk", Nobody, BULK_OF_NOTHING, OWN),
    scim("get", "/scim/v2/Users", Nobody, "", READ),
    scim("post", "/scim/v2/Users", Nobody, SCIM_USER, [401, 403, 403, 201, 201, 403, 201]),
    scim("get", "/scim/v2/Users/{id}", Customer, "", READ_ONE),
    scim("put", "/scim/v2/Users/{id}", Customer, SCIM_USER, CHANGE),
    scim("patch", "/scim/v2/Users/{id}", Customer, SCIM_TITLE, CHANGE),
    scim("delete", "/scim/v2/Users/{id}", Customer, "", [401, 403, 403, 403, 204, 403, 404]),
    scim("get", "/scim/v2/Groups", Nobody, "", READ),
    scim("post", "/scim/v2/Groups", Nobody, SCIM_GROUP, [401, 403, 403, 403, 201, 403, 403]),
    scim("get", "/scim/v2/Groups/{id}", Group, "", READ_ONE),
    scim("put", "/scim/v2/Groups/{id}", Group, SCIM_GROUP, ADMINISTER),
    scim("patch", "/scim/v2/Groups/{id}", Group, SCIM_NAME, ADMINISTER),
    scim("delete", "/scim/v2/Groups/{id}", Group, "", [401, 403, 403, 403, 204, 403, 404]),
];

const OLDEST: &str = "/{org}/{app}/users";
/// Nothing is there for these to change.
const IDLE: [(&str, &str); 7] = [
    ("post", "/{org}/{app}/token"),
    ("post", "/{org}/{app}/users/batch/status"),
    ("post", "/{org}/{app}/metadata/user/get"),
    ("post", "/{org}/{app}/users/{user}/activate"),
    ("delete", "/{org}/{app}/users/{user}/disconnect/{resource}"),
    ("delete", "/{org}/{app}/users/{user}/contacts/users/{other}"),
    ("delete", "/{org}/{app}/users/{user}/blocks/users/{other}"),
];
const CHAT_USER: &str = r#"{"username":"NEW","password":"1"}"#;
const CHAT_READ: Seven = [401, 401, 200, 200, 200, 200, 200];
const CHAT_READ_ONE: Seven = [401, 401, 200, 200, 200, 200, 404];
const CHAT_CHANGE: Seven = [401, 401, 403, 200, 200, 403, 404];
const CHAT_ADMINISTER: Seven = [401, 401, 403, 403, 200, 403, 404];
const ABSENT: Seven = [401, 501, 501, 501, 501, 501, 501];
const SEARCH: &str = r#"{"schemas":["urn:ietf:params:scim:api:messages:2.0:SearchRequest"]}"#;
const BULK_OF_NOTHING: &str = r#"{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":[]}"#;
const SCIM_USER: &str = r#"{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"NEW"}"#;
const SCIM_GROUP: &str = r#"{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"displayName":"NEW"}"#;
const SCIM_TITLE: &str = r#"{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"add","path":"title","value":"NEW"}]}"#;
const SCIM_NAME: &str = r#"{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[{"op":"add","path":"displayName","value":"NEW"}]}"#;

const FULL: &str = r#"{"username":"NEW","firstName":"N","lastName":"W","email":"NEW@example.org"}"#;
const TITLED: &str = r#"{"title":"NEW"}"#;
const WORDS: &str = r#"{"oldPassword":"not this one","newPassword":"seven green umbrellas sing"}"#;
const OUT: Seven = [401, 401, 401, 401, 401, 403, 401];
const OPENING: &str = r#"[{"objectType":"SEGMENT","objectId":"563","permissions":["READ"]}]"#;
const OWN: Seven = [401, 200, 200, 200, 200, 200, 200];
const CHANGE_OWN: Seven = [401, 200, 200, 200, 200, 403, 200];
const WRONG: Seven = [401, 400, 400, 400, 400, 403, 400];
const BULK: &str = "/v1/users/bulk-delete";
const DELETE: &str = "delete";
const BATCH: &str = "/openapi/v1/accounts/delete-accounts";

/// With a key of their own, as clients of this API show it.
fn client(house: &House, dialect: Dialect, person: &Person, read_only: bool) -> Client {
    let (_, secret) = house.key(dialect, person, read_only);
    match dialect {
        Dialect::Freescout => house.stranger().with("x-freescout-api-key", &secret),
        Dialect::Datarc => house.stranger().with("authorization", &secret),
        Dialect::Audience => super::audience::of(house, person, read_only),
        Dialect::Scim | Dialect::Easemob => house.stranger().with("authorization", &format!("Bearer {secret}")),
        Dialect::Kf5 => super::kf5::basic(house, &format!("{}/token", super::kf5::email(person)), &secret),
    }
}

fn reader(house: &House, dialect: Dialect, which: usize) -> Client {
    let name = format!("Reader {which}");
    let person = match which {
        0 => return house.stranger(),
        1 => house.join(&name, Role::EndUser),
        2 => house.join_looker(&name),
        3 => house.join(&name, Role::Agent),
        4 | 5 => house.join(&name, Role::Admin),
        _ => {
            house.group("Theirs");
            house.join_with_role(&name, Reach::Groups, Permission::ALL, &[(Field::Groups, "Theirs")])
        }
    };
    if dialect == Dialect::Easemob {
        return of_app(house, &person, which);
    }
    client(house, dialect, &person, which == 5)
}

/// With a token of an app of their own; end users own none.
fn of_app(house: &House, person: &Person, which: usize) -> Client {
    use super::easemob::{app_of, bearer, rates, token};
    if !person.role.is_staff() {
        return bearer(house, "none");
    }
    let name = format!("reader{which}");
    let app = app_of(house, person, (&name, which == 5), |app| app.rates = rates(10_000, 10_000, 10_000));
    bearer(house, &token(house, &app))
}

/// The number and the uid of what a request is about.
fn target(house: &House, on: On, name: &str) -> (i64, String) {
    let of = |person: Person| (person.id.0, person.uid.to_string());
    match on {
        Nobody => (0, String::new()),
        Customer => of(house.join(name, Role::EndUser)),
        Agent => of(house.join(name, Role::Agent)),
        Group => (house.group(name), String::new()),
        Organisation => (house.organisation(name, &[]), String::new()),
        On::Field => (
            house.field(&format!("f_{}", name.replace(' ', "_").to_lowercase()), FieldKind::Text, |_| {}),
            String::new(),
        ),
    }
}

#[test]
fn every_route_of_an_api_answers_every_reader_as_the_table_says() {
    let known: BTreeSet<(&str, &str)> = CASES.iter().map(|case| (case.method, case.path)).collect();
    let tables =
        [kf5::TABLE, freescout::TABLE, datarc::TABLE, audience::TABLE, audience::OWN, scim::TABLE, easemob::TABLE];
    let all: BTreeSet<(&str, &str)> = tables.concat().into_iter().collect();
    assert_eq!(known, all, "the routes and this table are the same");
    for dialect in Dialect::ALL {
        on_both(|house| {
            house.join("Signer", Role::EndUser);
            let boss = house.join("Boss", Role::Admin);
            house.join_with(&[(Field::Username, "other")], Role::EndUser, Status::Active);
            if *dialect == Dialect::Easemob {
                // So that a stranger and an end user knock at a door that is there.
                for which in [0, 1] {
                    super::easemob::app(house, &boss, &format!("reader{which}"), |_| {});
                }
            }
            let readers: Vec<Client> = (0..READERS.len()).map(|which| reader(house, *dialect, which)).collect();
            let mut wrong = vec![];
            for (number, case) in CASES.iter().enumerate().filter(|(_, case)| case.dialect == *dialect) {
                for (which, expected) in case.answers.into_iter().enumerate() {
                    let (id, uid) = target(house, case.on, &format!("Target {which} {number}"));
                    let path =
                        format!("{}?{}", case.path, case.query).replace("{id}", &id.to_string()).replace("{uid}", &uid);
                    let path = path
                        .replace("{org}/{app}", &format!("acme/reader{which}"))
                        .replace("{user}", &uid)
                        .replace("{other}", "other")
                        .replace("{resource}", "web_1");
                    let body = case
                        .body
                        .replace("NEW", &format!("new{which}x{number}"))
                        .replace("UID", &uid)
                        .replace("{id}", &id.to_string());
                    let before = house.entries();
                    let reply = readers[which].send(
                        &case.method.to_uppercase(),
                        &path,
                        Some("application/json"),
                        body.as_bytes(),
                    );
                    let added = house.entries() - before;
                    let asks = ["/fetch", "/.search", "/Bulk"].iter().any(|end| case.path.ends_with(end));
                    let idle = IDLE.contains(&(case.method, case.path))
                        || case.method == "delete" && case.path.contains("/metadata/");
                    let reads = case.method == "get" || asks || idle;
                    let skips = [BATCH, BULK, "/v1/groups/bulk-delete"].contains(&case.path);
                    let passed_over = skips && which != 4;
                    let writes = reply.status < 300 && !reads && !passed_over;
                    if (reply.status, added) != (expected, writes.into()) {
                        wrong.push(format!(
                            "{} {path} by {}: {} and {added} entries, not {expected}: {}",
                            case.method, READERS[which], reply.status, reply.body
                        ));
                    }
                }
            }
            assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        });
    }
}

/// Lists, counts, searches and lookups tell nothing of people out of reach.
#[test]
fn nobody_out_of_reach_is_listed_counted_or_found() {
    on_both(|house| {
        house.group("Theirs");
        house.group("Others");
        let there = [(Field::Name, "Inga Inside"), (Field::Email, "inga@example.org"), (Field::Groups, "Theirs")];
        let inga = house.join_with(&there, Role::EndUser, Status::Active);
        let gone = [
            (Field::Name, "Olaf Outside"),
            (Field::Email, "olaf@example.org"),
            (Field::Phone, "+8613800003818"),
            (Field::Groups, "Others"),
            (Field::Organisation, "Far"),
            (Field::Details, "olaf again"),
        ];
        house.organisation("Far", &[]);
        let olaf = house.join_with(&gone, Role::EndUser, Status::Active);
        house.ticket("Olaf asks", &olaf, None);
        house.ticket("Inga asks", &inga, None);
        let rita = house.join_with_role("Rita", Reach::Groups, Permission::ALL, &[(Field::Groups, "Theirs")]);
        let kf5 = client(house, Dialect::Kf5, &rita, false);
        let freescout = client(house, Dialect::Freescout, &rita, false);
        let datarc = client(house, Dialect::Datarc, &rita, false);
        let seen = |client: &Client, path: &str| {
            let body = client.get(path).body;
            assert!(!body.to_lowercase().contains("olaf") && !body.contains("3818"), "{path}: {body}");
            serde_json::from_str::<serde_json::Value>(&body).unwrap()
        };
        for (path, count) in [
            ("/apiv2/users", 2),
            ("/apiv2/users?role=end_user", 1),
            ("/apiv2/users/search?query=olaf", 0),
            ("/apiv2/users/search?query=olaf&query_fields=name,email", 0),
            ("/apiv2/users/search?query=3818&query_fields=phone", 0),
            ("/apiv2/users/search?query=example.org", 2),
            ("/apiv2/users/show_many?ids=1,2,3", 2),
            ("/apiv2/users/ticketsByIndication?query=olaf@example.org", 0),
            ("/apiv2/organizations", 0),
            ("/apiv2/groups", 1),
            ("/apiv2/system_log?object=ticket", 0),
            ("/apiv2/users/1/requests", 1),
        ] {
            assert_eq!(seen(&kf5, path)["count"], count, "{path}");
        }
        seen(&kf5, "/apiv2/system_log");
        assert_eq!(seen(&freescout, "/api/users")["page"]["totalElements"], 1);
        assert_eq!(seen(&freescout, "/api/users?email=olaf@example.org")["page"]["totalElements"], 0);
        assert_eq!(seen(&freescout, "/api/mailboxes")["page"]["totalElements"], 1);
        assert_eq!(seen(&datarc, "/openapi/v1/accounts/")["data"].as_array().unwrap().len(), 2);
        assert_eq!(seen(&datarc, "/openapi/v1/accounts/?q=olaf")["data"], serde_json::json!([]));
        for login in ["olaf@example.org", "+8613800003818"] {
            let found =
                super::send(&datarc, "POST", "/openapi/v1/accounts/fetch/", serde_json::json!({ "username": login }));
            assert_eq!(json(&found)["data"], serde_json::Value::Null, "{login}");
        }
        let taken = super::send(&kf5, "POST", "/apiv2/users", serde_json::json!({ "email": "olaf@example.org" }));
        assert_eq!(taken.status, 422, "an address is taken, whoever it is: {}", taken.body);
    });
}
