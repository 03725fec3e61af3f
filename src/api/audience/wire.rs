//! Audience Manager's JSON (contract, 3.1, 6 and 8).
use serde::Serialize;

/// The house is one company.
pub const PID: i64 = 1;

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct User {
    pub pid: i64,
    pub user_id: i64,
    pub username: String,
    pub status: &'static str,
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    pub title: Option<String>,
    pub phone_number: Option<String>,
    pub groups: Vec<i64>,
    pub is_admin: bool,
}

/// What somebody who changed themselves is told.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Own {
    pub user_id: i64,
    pub status: &'static str,
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    pub title: Option<String>,
    pub phone_number: Option<String>,
}

impl From<User> for Own {
    fn from(user: User) -> Self {
        let User { user_id, status, first_name, last_name, email, title, phone_number, .. } = user;
        Self { user_id, status, first_name, last_name, email, title, phone_number }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Group {
    pub group_id: i64,
    pub pid: i64,
    pub name: String,
    pub description: Option<String>,
    pub membership_count: i64,
    pub wildcards: Vec<String>,
    pub users: Vec<i64>,
}

#[derive(Serialize)]
pub struct Token {
    pub access_token: String,
    pub token_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<String>,
    pub expires_in: u64,
    pub scope: &'static str,
}
