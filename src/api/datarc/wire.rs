//! datarc's JSON (contract, 3, 4 and 5.10).
use actix_web::HttpResponse;
use serde::Serialize;
use serde_json::Value;

#[derive(Serialize)]
pub struct Envelope<T> {
    pub errcode: u16,
    pub errmsg: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<T>,
}

/// Success with something to tell.
pub fn success<T: Serialize>(data: T) -> HttpResponse {
    HttpResponse::Ok().json(Envelope { errcode: 200, errmsg: "success".into(), data: Some(data) })
}

/// Success of a deletion, which tells nothing.
pub fn done() -> HttpResponse {
    HttpResponse::Ok().json(Envelope { errcode: 200, errmsg: "success".into(), data: None::<Value> })
}

#[derive(Serialize)]
pub struct Account {
    pub uid: String,
    pub status: i64,
    pub username: String,
    pub phone: String,
    pub email: String,
    pub nickname: String,
    pub desc: String,
    pub role: i64,
    pub tier: i64,
    #[serde(rename = "type")]
    pub kind: i64,
    pub metadata: Value,
}

#[derive(Serialize)]
pub struct Project {
    pub id: i64,
    pub name: String,
    pub desc: String,
    /// Null when the owner is out of the key's reach.
    pub owner: Option<Owner>,
    pub locked: bool,
}

#[derive(Serialize)]
pub struct Owner {
    pub uid: String,
    pub email: String,
    pub nickname: String,
    pub desc: String,
    pub status: i64,
}
