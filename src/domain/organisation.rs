//! Organisations and groups: whom people belong to and who looks after them; and tags.
use super::{Email, Time, fold, text};

/// A company or an institution that people belong to.
#[derive(Debug, Clone, PartialEq)]
pub struct Organisation {
    pub id: i64,
    pub name: String,
    pub description: String,
    /// People who come in with an e-mail at one of these join by themselves; sorted.
    pub domains: Vec<String>,
    pub created_at: Time,
    pub updated_at: Time,
    pub version: i64,
}

/// A team of agents and the people in its care.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    pub id: i64,
    pub name: String,
    pub description: String,
    pub created_at: Time,
    pub version: i64,
    /// What an identity provider calls it; often nothing.
    pub external_id: String,
    /// When it or who is in it was changed last.
    pub updated_at: Time,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Tag {
    pub id: i64,
    pub name: String,
    /// 0 for none, else one of eight.
    pub hue: i16,
    pub version: i64,
}

/// An organisation takes in so many.
pub const MOST_DOMAINS: usize = 100;

/// Domains of e-mail addresses between blanks or separators, folded, sorted, each once; 100 at most.
pub fn domains(raw: &str) -> Result<Vec<String>, &'static str> {
    let parts = raw.split(|c: char| c.is_whitespace() || text::SEPARATORS.contains(&c));
    let mut found: Vec<String> = vec![];
    for part in parts.map(|part| part.trim_start_matches('@')).filter(|part| !part.is_empty()) {
        Email::parse(&format!("somebody@{part}")).map_err(|_| "domains.malformed")?;
        found.push(fold(part));
    }
    found.sort_unstable();
    found.dedup();
    if found.len() > MOST_DOMAINS { Err("domains.too_many") } else { Ok(found) }
}

/// The domain of an address as [`domains`] writes it.
pub fn domain_of(email: &Email) -> String {
    email.key().rsplit_once('@').map(|(_, domain)| domain.to_owned()).unwrap_or_default()
}
