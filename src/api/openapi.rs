//! OpenAPI 3.1 documents, made of the same tables as the routes.
use crate::domain::key::Dialect;
use crate::domain::manual::{Auth, Body, Kind, Manual, Param, Route};
use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Map, Value, json};

/// Open to everybody: it tells nothing of the house but where it is.
pub async fn show(request: HttpRequest, dialect: web::Path<String>, manuals: web::Data<Vec<Manual>>) -> HttpResponse {
    let found = Dialect::parse(&dialect).and_then(|dialect| manuals.iter().find(|manual| manual.dialect == dialect));
    match found {
        Some(manual) => HttpResponse::Ok().json(document(manual, &crate::address::origin(&request))),
        None => HttpResponse::NotFound().json(json!({ "error": "There is no such API." })),
    }
}

/// For a house at this address.
fn document(manual: &Manual, url: &str) -> Value {
    let mut paths: Map<String, Value> = Map::new();
    for route in &manual.routes {
        let path = paths.entry(route.path).or_insert_with(|| json!({ "parameters": places(route.path) }));
        path[route.method] = operation(route);
    }
    json!({
        "openapi": "3.1.0",
        "info": { "title": format!("{} at Rollcall", manual.dialect.title()), "version": env!("CARGO_PKG_VERSION"),
                  "description": "What differs from the original stands in docs/dialects.md." },
        "servers": [{ "url": url }],
        "security": [{ "key": [] }],
        "paths": paths,
        "components": { "securitySchemes": { "key": scheme(manual.auth) } },
    })
}

fn scheme(auth: Auth) -> Value {
    match auth {
        Auth::Bearer => json!({ "type": "http", "scheme": "bearer" }),
        Auth::Basic => json!({ "type": "http", "scheme": "basic" }),
        Auth::Header(name) => json!({ "type": "apiKey", "in": "header", "name": name }),
    }
}

/// The names between the brackets of a path.
fn names(path: &str) -> Vec<&str> {
    path.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect()
}

fn places(path: &str) -> Value {
    let place = |name: &str| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } });
    names(path).into_iter().map(place).collect()
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "string",
        Kind::Integer => "integer",
        Kind::Flag => "boolean",
    }
}

fn operation(route: &Route) -> Value {
    let doc = &route.doc;
    let asked = |param: &Param| {
        let mut told = json!({ "name": param.name, "in": "query", "required": param.required,
                               "description": param.about, "schema": { "type": kind(param.kind) } });
        if let Some(example) = param.example {
            told["example"] = json!(example);
        }
        told
    };
    let mut told = json!({
        "operationId": route.words("_"), "summary": doc.says, "parameters": doc.asks.iter().map(asked).collect::<Value>(),
        "responses": { doc.gives.to_string(): { "description": "It worked." },
                       "default": { "description": "What went wrong, in the API's own envelope." } },
    });
    match doc.takes {
        Body::Nothing => {}
        Body::Json(example) => {
            let example: Value = serde_json::from_str(example).unwrap_or_default();
            told["requestBody"] =
                json!({ "content": { "application/json": { "schema": schema(&example), "example": example } } });
        }
        Body::Form(form) => {
            let values = form
                .iter()
                .map(|param| (param.name.to_owned(), json!({ "type": kind(param.kind), "description": param.about })));
            let required: Vec<&str> = form.iter().filter(|param| param.required).map(|param| param.name).collect();
            let schema = json!({ "type": "object", "properties": values.collect::<Map<_, _>>(), "required": required });
            told["requestBody"] = json!({ "content": { "application/x-www-form-urlencoded": { "schema": schema } } });
        }
    }
    told
}

/// Of whatever looks like the example.
fn schema(example: &Value) -> Value {
    match example {
        Value::Null => json!({}),
        Value::Bool(_) => json!({ "type": "boolean" }),
        Value::Number(_) => json!({ "type": "integer" }),
        Value::String(_) => json!({ "type": "string" }),
        Value::Array(list) => json!({ "type": "array", "items": list.first().map_or(json!({}), schema) }),
        Value::Object(map) => {
            let properties: Map<String, Value> =
                map.iter().map(|(name, value)| (name.clone(), schema(value))).collect();
            json!({ "type": "object", "properties": properties })
        }
    }
}
