//! `/Bulk`: many operations in one request, each for itself (RFC 7644, 3.7; contract, 2.8).
use super::references::{self, Made};
use super::{answer, groups, object, users};
use crate::api::{Answer, Call, Fault};
use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use serde_json::{Map, Value, json};

pub const MOST: usize = 500;
/// In bytes.
pub const LARGEST: usize = crate::api::call::LARGEST;
const REQUEST: &str = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";
const RESPONSE: &str = "urn:ietf:params:scim:api:messages:2.0:BulkResponse";
const PATCH: &str = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

struct Operation {
    method: String,
    path: String,
    bulk_id: Option<String>,
    version: Option<String>,
    data: Value,
}

impl Operation {
    fn parse(raw: &Value) -> Result<Self, Fault> {
        let malformed = |message: &str| Fault::Body(format!("Each of Operations {message}."));
        let raw = raw.as_object().ok_or_else(|| malformed("must be an object"))?;
        let get = |name: &str| raw.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value);
        let text = |name: &str| get(name).and_then(Value::as_str).map(str::to_owned);
        let method = text("method").ok_or_else(|| malformed("must have a method"))?.to_uppercase();
        let path = text("path").ok_or_else(|| malformed("must have a path"))?;
        let bulk_id = text("bulkId").filter(|id| !id.is_empty());
        if method == "POST" && bulk_id.is_none() {
            return Err(malformed("that is a POST must have a bulkId"));
        }
        Ok(Self { method, path, bulk_id, version: text("version"), data: get("data").cloned().unwrap_or_default() })
    }
}

pub async fn create(call: Call) -> Answer {
    let body = object(&call)?;
    let named = body.get("schemas").and_then(Value::as_array);
    if !named.is_some_and(|urns| urns.iter().any(|urn| urn == REQUEST)) {
        return Err(Fault::Body(format!("schemas must be [\"{REQUEST}\"].")));
    }
    let Some(Value::Array(operations)) = body.get("Operations") else {
        return Err(Fault::Body("Operations must be an array.".into()));
    };
    if operations.len() > MOST {
        return Err(Fault::Told(413, format!("A request may have {MOST} operations at most (maxOperations).")));
    }
    let operations: Vec<Operation> = operations.iter().map(Operation::parse).collect::<Result<_, _>>()?;
    let most_errors = match body.get("failOnErrors") {
        None | Some(Value::Null) => usize::MAX,
        Some(most) => most
            .as_u64()
            .filter(|most| *most > 0)
            .and_then(|most| usize::try_from(most).ok())
            .ok_or_else(|| Fault::value("failOnErrors", "must be an integer from 1"))?,
    };
    let done = run(&call, &operations, most_errors).await;
    answer(StatusCode::OK, &json!({ "schemas": [RESPONSE], "Operations": done }), None)
}

/// In their order, but what refers to something later waits for it. What refers in a circle is made without that, and
/// gets it afterwards.
async fn run(call: &Call, operations: &[Operation], most_errors: usize) -> Vec<Value> {
    let mut made = Made::default();
    let mut done: Vec<Option<Value>> = operations.iter().map(|_| None).collect();
    let mut late: Vec<(usize, Value)> = vec![];
    let mut errors = 0;
    while errors < most_errors {
        let ready = |place: &usize| {
            let operation = &operations[*place];
            made.knows(&operation.data) && made.resolve_path(&operation.path).is_some()
        };
        let waiting = || (0..operations.len()).filter(|place| done[*place].is_none());
        let next = waiting().find(ready);
        let Some(place) =
            next.or_else(|| waiting().find(|place| operations[*place].method == "POST")).or_else(|| waiting().next())
        else {
            break;
        };
        let operation = &operations[place];
        let mut data = operation.data.clone();
        if !made.resolve(&mut data) && operation.method == "POST" {
            let whole = data.clone();
            let lost = references::without(&mut data);
            let later: Map<String, Value> =
                lost.into_iter().filter_map(|name| Some((name.clone(), whole.get(&name)?.clone()))).collect();
            late.push((place, Value::Object(later)));
        }
        let (is_error, outcome) = one(call, operation, made.resolve_path(&operation.path), &data).await;
        if let (Some(name), Some(id)) = (&operation.bulk_id, id_of(&outcome)) {
            made.note(name, &id);
        }
        errors += usize::from(is_error);
        done[place] = Some(outcome);
    }
    for (place, value) in late {
        if let Some(outcome) = &mut done[place] {
            complete(call, &operations[place], &made, value, outcome).await;
        }
    }
    done.into_iter().flatten().collect()
}

/// Tells what was made without them of those that were made later.
async fn complete(call: &Call, operation: &Operation, made: &Made, mut value: Value, outcome: &mut Value) {
    let Some(id) = id_of(outcome) else { return };
    let path = format!("{}/{id}", operation.path.trim_end_matches('/'));
    let is_whole = made.resolve(&mut value);
    let data = json!({ "schemas": [PATCH], "Operations": [{ "op": "add", "value": value }] });
    let patch =
        Operation { method: "PATCH".into(), path: path.clone(), bulk_id: None, version: None, data: Value::Null };
    let (is_error, told) = match is_whole {
        true => one(call, &patch, Some(path), &data).await,
        false => failed(&patch, &Fault::value("bulkId", "names nothing that was made")),
    };
    for name in if is_error { &["status", "response"][..] } else { &["version"] } {
        if let Some(said) = told.get(*name) {
            outcome[*name] = said.clone();
        }
    }
}

/// Of what an outcome says was made.
fn id_of(outcome: &Value) -> Option<String> {
    outcome["location"].as_str()?.rsplit('/').next().map(str::to_owned)
}

fn failed(operation: &Operation, fault: &Fault) -> (bool, Value) {
    let (status, body) = super::error::body(fault);
    let mut told = told(operation, status);
    told["response"] = body;
    (true, told)
}

fn told(operation: &Operation, status: StatusCode) -> Value {
    let mut told = json!({ "method": operation.method, "status": status.as_u16().to_string() });
    if let Some(bulk_id) = &operation.bulk_id {
        told["bulkId"] = json!(bulk_id);
    }
    told
}

/// Whether it failed, and what is told of it.
async fn one(call: &Call, operation: &Operation, path: Option<String>, data: &Value) -> (bool, Value) {
    let Some(path) = path else { return failed(operation, &Fault::value("bulkId", "names nothing that was made")) };
    match routed(call, operation, &path, data).await {
        Err(fault) => failed(operation, &fault),
        Ok(answer) => {
            let mut told = told(operation, answer.status());
            let header = |name: header::HeaderName| answer.headers().get(name).and_then(|value| value.to_str().ok());
            let location = header(header::LOCATION).or_else(|| header(header::CONTENT_LOCATION)).map(str::to_owned);
            let location = location.unwrap_or_else(|| format!("{}{path}", super::base(call)));
            if let Some(version) = header(header::ETAG) {
                told["version"] = json!(version);
            }
            told["location"] = json!(location);
            (false, told)
        }
    }
}

async fn routed(call: &Call, operation: &Operation, path: &str, data: &Value) -> Result<HttpResponse, Fault> {
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    let (endpoint, id) = match parts.as_slice() {
        [endpoint] => (*endpoint, None),
        [endpoint, id] => (*endpoint, Some(*id)),
        _ => return Err(Fault::Route),
    };
    let part = call.part(path, id, data.to_string().into(), operation.version.as_deref());
    match (operation.method.as_str(), endpoint, id.is_some()) {
        ("POST", "Users", false) => users::create(part).await,
        ("PUT", "Users", true) => users::replace(part).await,
        ("PATCH", "Users", true) => users::update(part).await,
        ("DELETE", "Users", true) => users::destroy(part).await,
        ("POST", "Groups", false) => groups::create(part).await,
        ("PUT", "Groups", true) => groups::replace(part).await,
        ("PATCH", "Groups", true) => groups::update(part).await,
        ("DELETE", "Groups", true) => groups::destroy(part).await,
        (_, "Users" | "Groups", _) => Err(Fault::Method),
        _ => Err(Fault::Route),
    }
}
