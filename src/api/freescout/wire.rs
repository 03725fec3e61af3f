//! FreeScout's JSON (contract, 2.3 and 3).
use actix_web::HttpResponse;
use serde::Serialize;
use serde_json::json;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct User {
    pub id: i64,
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    pub role: &'static str,
    pub alternate_emails: Option<String>,
    pub job_title: Option<String>,
    pub phone: Option<String>,
    pub timezone: String,
    pub photo_url: String,
    pub language: Option<String>,
    pub created_at: String,
    pub updated_at: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Mailbox {
    pub id: i64,
    pub name: String,
    pub email: String,
    pub created_at: String,
    pub updated_at: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Folder {
    pub id: i64,
    pub name: &'static str,
    #[serde(rename = "type")]
    pub kind: i64,
    pub user_id: Option<i64>,
    pub total_count: i64,
    pub active_count: i64,
    pub meta: serde_json::Map<String, serde_json::Value>,
}

/// Which page somebody asks for, and how many there are on one.
#[derive(Debug, Clone, Copy)]
pub struct Paging {
    pub number: i64,
    pub size: i64,
}

const USUAL_SIZE: i64 = 50;
const LARGEST_SIZE: i64 = 200;

impl Paging {
    pub fn of(call: &crate::api::Call) -> Self {
        let size = call.number("pageSize", USUAL_SIZE).min(LARGEST_SIZE);
        Self { number: call.number("page", 1), size }
    }

    pub fn answer<T: Serialize>(self, name: &str, list: &[T], total: i64) -> HttpResponse {
        let pages = (total + self.size - 1) / self.size;
        HttpResponse::Ok().json(json!({
            "_embedded": { name: list },
            "page": {
                "size": self.size,
                "totalElements": total,
                "totalPages": pages.max(1),
                "number": self.number,
            },
        }))
    }
}
