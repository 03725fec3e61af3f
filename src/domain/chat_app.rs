//! An app of Easemob's API: how its clients reach the house, and what they may do there.
use super::{Error, FieldErrors, Result};

/// First parts of the house's own addresses: no organisation's name may hide one. A test holds it against the routes.
const RESERVED: &[&str] = &[
    "api",
    "apiv2",
    "audit",
    "avatars",
    "batches",
    "completions",
    "docs",
    "duplicates",
    "entries",
    "erasures",
    "exports",
    "fields",
    "groups",
    "imports",
    "jobs",
    "keys",
    "login",
    "logout",
    "me",
    "oauth",
    "openapi",
    "organisations",
    "people",
    "portal",
    "preferences",
    "roles",
    "scim",
    "search",
    "self",
    "setup",
    "static",
    "tags",
    "tickets",
    "trash",
    "v1",
    "views",
    "workspaces",
];

/// Whether an address of the house begins so, with or without an ending such as that of a file.
pub fn is_reserved(name: &str) -> bool {
    RESERVED.contains(&name.split('.').next().unwrap_or(name))
}

/// Names may have so many letters.
const LONGEST: usize = 64;
/// No rate is higher.
const FASTEST: i32 = 10_000;

/// The API's own rates, per second.
pub const USUAL_RATES: Rates = Rates { users: 100, tokens: 300, deletions: 30 };

/// Requests per second: for managing users, for tokens, and for deleting many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rates {
    pub users: i32,
    pub tokens: i32,
    pub deletions: i32,
}

#[derive(Debug, Clone, PartialEq)]
pub struct ChatApp {
    pub org: String,
    pub app: String,
    /// Whoever wants to makes themselves a user, without a token.
    pub open_registration: bool,
    /// Whether many may be deleted with one request that names nobody.
    pub batch_delete: bool,
    pub rates: Rates,
}

impl ChatApp {
    pub fn parse(org: &str, app: &str, open_registration: bool) -> Result<Self> {
        let mut errors = FieldErrors::default();
        let org = errors.take("org", name(org).and_then(free));
        let app = errors.take("app", name(app));
        match (org, app) {
            (Some(org), Some(app)) => Ok(Self { org, app, open_registration, batch_delete: true, rates: USUAL_RATES }),
            _ => Err(Error::Invalid(errors)),
        }
    }
}

impl Rates {
    pub fn parse(users: &str, tokens: &str, deletions: &str) -> Result<Self> {
        let mut errors = FieldErrors::default();
        let rate = |raw: &str| {
            let rate = raw.trim().parse().ok().filter(|rate| (1..=FASTEST).contains(rate));
            rate.ok_or("chat_app.rate")
        };
        let users = errors.take("rate_users", rate(users));
        let tokens = errors.take("rate_tokens", rate(tokens));
        let deletions = errors.take("rate_deletions", rate(deletions));
        match (users, tokens, deletions) {
            (Some(users), Some(tokens), Some(deletions)) => Ok(Self { users, tokens, deletions }),
            _ => Err(Error::Invalid(errors)),
        }
    }
}

fn name(raw: &str) -> std::result::Result<String, &'static str> {
    let raw = raw.trim();
    let is_letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let fits = (1..=LONGEST).contains(&raw.len()) && raw.chars().all(is_letter) && raw.starts_with(|c: char| c != '.');
    if fits { Ok(raw.to_owned()) } else { Err("chat_app.name") }
}

fn free(org: String) -> std::result::Result<String, &'static str> {
    if is_reserved(&org) { Err("chat_app.reserved") } else { Ok(org) }
}
