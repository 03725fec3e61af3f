//! KF5's JSON (contract, 5 and 8).
use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// One of its clients only reads what says its charset.
pub fn answer(status: StatusCode, body: &impl Serialize) -> HttpResponse {
    HttpResponse::build(status).content_type("application/json; charset=utf-8").json(body)
}

/// Something under its name.
pub fn one(name: &str, thing: &impl Serialize) -> HttpResponse {
    answer(StatusCode::OK, &BTreeMap::from([(name, thing)]))
}

/// The same, with where it stands from now on.
pub fn placed(status: StatusCode, name: &str, thing: &impl Serialize, url: &str) -> HttpResponse {
    let mut answer = answer(status, &BTreeMap::from([(name, thing)]));
    if let Ok(url) = header::HeaderValue::from_str(url) {
        answer.headers_mut().insert(header::LOCATION, url);
    }
    answer
}

/// A page of a list (contract, 4).
#[derive(Serialize)]
pub struct Page<'a, T> {
    /// Under its name.
    #[serde(flatten)]
    pub list: BTreeMap<&'a str, Vec<T>>,
    /// On all pages.
    pub count: i64,
    pub next_page: Option<String>,
    pub previous_page: Option<String>,
}

/// Of a deletion.
pub fn gone() -> HttpResponse {
    answer(StatusCode::OK, &json!({}))
}

/// Where something of this kind stands.
pub fn url(origin: &str, kind: &str, id: i64) -> String {
    format!("{origin}/apiv2/{kind}/{id}.json")
}

/// As staff see somebody (contract, 5.1).
#[derive(Debug, Serialize)]
pub struct User {
    pub id: i64,
    pub url: String,
    pub email: String,
    pub name: String,
    pub remark_name: String,
    pub agent_display_name: String,
    pub mark_star: i64,
    pub role: &'static str,
    pub phone: String,
    pub phone_bind: bool,
    pub landline: String,
    pub signature: String,
    pub details: String,
    pub notes: String,
    pub organization_id: Option<i64>,
    pub language: String,
    pub created_at: String,
    pub updated_at: String,
    pub last_login_at: Option<String>,
    pub status: &'static str,
    pub groups_info: Vec<GroupInfo>,
    pub photo: String,
    pub moderator: bool,
    pub public_comments: bool,
    pub manage_people: bool,
    pub ticket_restriction: &'static str,
    pub custom_role_id: Option<i64>,
    pub wechat_appid: String,
    pub wechat_openid: String,
    pub wechat_miniprogram_appid: String,
    pub wechat_miniprogram_openid: String,
    pub tags: Vec<String>,
    pub user_fields: Vec<Named>,
}

#[derive(Debug, Serialize)]
pub struct GroupInfo {
    pub id: i64,
    pub name: String,
    pub display_name: String,
}

#[derive(Debug, Serialize)]
pub struct Named {
    pub name: String,
    pub value: String,
}

/// As end users see themselves (contract, 5.2).
const SHORT: [&str; 14] = [
    "id",
    "url",
    "email",
    "name",
    "role",
    "phone",
    "phone_bind",
    "organization_id",
    "language",
    "created_at",
    "updated_at",
    "last_login_at",
    "status",
    "photo",
];

/// The short view of what was told in full.
pub fn short(user: &Value) -> Value {
    SHORT.iter().map(|name| ((*name).to_owned(), user[*name].clone())).collect::<serde_json::Map<_, _>>().into()
}

#[derive(Serialize)]
pub struct Group {
    pub id: i64,
    pub url: String,
    pub name: String,
    pub created_at: String,
    pub agents: Vec<Agent>,
}

#[derive(Serialize)]
pub struct Agent {
    pub id: i64,
    pub url: String,
    /// Their e-mail.
    pub username: String,
    pub name: String,
}

#[derive(Serialize)]
pub struct Organization {
    pub id: i64,
    pub url: String,
    pub name: String,
    pub domain: String,
    pub description: String,
    pub group_id: Option<i64>,
    pub organization_fields: Vec<Named>,
    pub created_at: String,
    pub updated_at: String,
}

#[derive(Serialize)]
pub struct UserField {
    pub id: i64,
    pub url: String,
    pub name: String,
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub title: String,
    pub description: String,
    pub active: bool,
    pub custom_field_options: Vec<FieldOption>,
}

#[derive(Serialize)]
pub struct FieldOption {
    pub key: String,
    pub value: String,
}

#[derive(Serialize)]
pub struct Ticket {
    pub id: i64,
    pub title: String,
    pub status: &'static str,
    pub priority: &'static str,
    pub requester_id: Option<i64>,
    pub assignee_id: Option<i64>,
    pub organization_id: Option<i64>,
    pub group_id: Option<i64>,
    pub collaborator_ids: Vec<i64>,
    pub created_at: String,
    pub updated_at: String,
}

#[derive(Serialize)]
pub struct Logged {
    pub id: i64,
    pub user_id: Option<i64>,
    pub user_name: String,
    pub object_type: &'static str,
    pub object: String,
    pub action: &'static str,
    pub ip: String,
    /// Epoch seconds as a text.
    pub created_at: String,
}
