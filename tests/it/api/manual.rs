//! What the house tells of its APIs: documents for programs, pages for people.
use super::clients::tool;
use super::json;
use crate::house::{House, on_both};
use rollcall::api::{audience, datarc, easemob, freescout, kf5, manuals, scim};
use rollcall::domain::Role;
use rollcall::domain::key::Dialect;
use rollcall::domain::manual::Body;
use serde_json::Value;
use std::collections::BTreeSet;

/// The OpenAPI document of this API, as the house serves it.
pub fn document(house: &House, dialect: Dialect) -> Value {
    let reply = house.stranger().get(&format!("/docs/api/{}/openapi.json", dialect.name()));
    assert_eq!((reply.status, reply.headers["content-type"].as_str()), (200, "application/json"));
    json(&reply)
}

#[test]
fn every_openapi_document_is_valid_and_knows_every_route() {
    on_both(|house| {
        let folder = tempfile::tempdir().unwrap();
        for dialect in Dialect::ALL {
            let document = document(house, *dialect);
            let file = folder.path().join(format!("{}.json", dialect.name()));
            std::fs::write(&file, document.to_string()).unwrap();
            let told = tool("openapi-spec-validator").arg(&file).output().unwrap();
            let (said, complaint) = super::clients::said(&told);
            assert!(told.status.success(), "{dialect:?}: {said} {complaint}");
            assert_eq!(document["openapi"], "3.1.0");
            assert_eq!(document["servers"][0]["url"], house.url.as_str());
            let mut routes: BTreeSet<(String, String)> = match dialect {
                Dialect::Kf5 => kf5::TABLE.to_vec(),
                Dialect::Freescout => freescout::TABLE.to_vec(),
                Dialect::Datarc => datarc::TABLE.to_vec(),
                Dialect::Audience => [audience::TABLE, audience::OWN, &[("post", "/oauth/token")]].concat(),
                Dialect::Scim => scim::TABLE.to_vec(),
                Dialect::Easemob => easemob::TABLE.to_vec(),
            }
            .into_iter()
            .map(|(method, path)| (method.to_owned(), path.to_owned()))
            .collect();
            for (path, operations) in document["paths"].as_object().unwrap() {
                for method in operations.as_object().unwrap().keys().filter(|key| *key != "parameters") {
                    assert!(routes.remove(&(method.clone(), path.clone())), "{method} {path} is no route");
                }
            }
            assert!(routes.is_empty(), "{routes:?} are told nowhere");
        }
        assert_eq!(house.stranger().get("/docs/api/cobol/openapi.json").status, 404);
    });
}

#[test]
fn every_example_is_json() {
    for manual in manuals() {
        for route in &manual.routes {
            if let Body::Json(example) = route.doc.takes {
                let read = serde_json::from_str::<Value>(example);
                assert!(read.is_ok(), "{} {}: {read:?}", route.method, route.path);
            }
        }
    }
}

#[test]
fn a_page_shows_every_route_with_a_line_for_a_shell() {
    on_both(|house| {
        let ada = house.join("Ada", Role::Admin);
        let (key, secret) = house.key(Dialect::Easemob, &ada, false);
        let desk = house.sign_in(&ada);
        let index = desk.get("/docs/api");
        for manual in manuals() {
            assert!(index.body.contains(&format!("href=\"/docs/api/{}\"", manual.dialect.name())));
            let page = desk.get(&format!("/docs/api/{}", manual.dialect.name()));
            let lines = page.text().matches("curl ").count();
            assert!(lines >= manual.routes.len(), "{:?}: {lines}", manual.dialect);
            assert!(page.body.contains(&house.url), "with the reader's own host");
        }
        let page = desk.get(&format!("/docs/api/easemob?key={key}")).body;
        assert!(page.contains("/acme/desk1/users"), "the app of the key they picked");
        assert!(!page.contains(&secret), "nobody knows its secret");
        assert_eq!(desk.get("/docs/api/cobol").status, 404);
        let bea = house.sign_in(&house.join("Bea", Role::Agent));
        let page = bea.get(&format!("/docs/api/easemob?key={key}")).body;
        assert!(!page.contains("/acme/desk1/users"), "an agent looks after no keys");
        let cleo = house.sign_in(&house.join("Cleo", Role::EndUser));
        assert_eq!(cleo.get("/docs/api").status, 403);
    });
}
