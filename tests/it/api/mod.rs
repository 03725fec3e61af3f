//! The APIs of other products, line by line of their contracts.
mod across;
mod audience;
mod clients;
mod credentials;
mod datarc;
mod easemob;
mod freescout;
pub mod kf5;
mod manual;
mod random;
mod routes;
mod scim;

use crate::house::{Client, Reply};
use serde_json::Value;

/// Sends JSON.
pub fn send(client: &Client, method: &str, path: &str, body: Value) -> Reply {
    client.send(method, path, Some("application/json"), body.to_string().as_bytes())
}

pub fn json(reply: &Reply) -> Value {
    serde_json::from_str(&reply.body).unwrap_or_else(|e| panic!("{e}: {} {}", reply.status, reply.body))
}

/// Status, and the body as it is sent.
pub fn told(reply: &Reply) -> String {
    format!("{} {}", reply.status, reply.body)
}
