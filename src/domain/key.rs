//! Keys with which programs come in through the APIs.
use super::chat_app::ChatApp;
use super::{Door, PersonId, Time};
use std::collections::BTreeMap;

macro_rules! dialects {
    ($($variant:ident $name:literal $title:literal),+ $(,)?) => {
        /// An API of another product that the house speaks.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Dialect { $($variant),+ }

        impl Dialect {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// As its makers write it.
            pub fn title(self) -> &'static str {
                match self { $(Self::$variant => $title),+ }
            }

            pub fn door(self) -> Door {
                match self { $(Self::$variant => Door::$variant),+ }
            }
        }
    };
}

dialects! {
    Kf5 "kf5" "KF5", Freescout "freescout" "FreeScout", Datarc "datarc" "datarc",
    Audience "audience" "Audience Manager", Scim "scim" "SCIM", Easemob "easemob" "Easemob",
}

impl Dialect {
    pub fn parse(raw: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.name() == raw)
    }

    /// Its clients come with an id and a secret; the id is how the secret begins.
    pub fn has_client_id(self) -> bool {
        matches!(self, Self::Audience | Self::Easemob)
    }
}

/// With which key somebody acts, whose it is, and whether it only reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grant {
    pub key: i64,
    pub owner: PersonId,
    pub read_only: bool,
}

/// A key as it is looked after; its secret is kept nowhere.
#[derive(Debug, Clone)]
pub struct Key {
    pub id: i64,
    pub dialect: Dialect,
    pub name: String,
    pub owner: PersonId,
    /// The first letters of the secret, by which it is found.
    pub prefix: String,
    pub read_only: bool,
    pub created_at: Time,
    pub expires_at: Option<Time>,
    pub last_used_at: Option<Time>,
    pub uses: Uses,
    /// Of a key for Easemob's API.
    pub chat_app: Option<ChatApp>,
}

impl Key {
    pub fn has_expired(&self, now: Time) -> bool {
        self.expires_at.is_some_and(|at| at <= now)
    }

    pub fn grant(&self) -> Grant {
        Grant { key: self.id, owner: self.owner, read_only: self.read_only }
    }
}

/// Secrets are so many hexadecimal digits, as FreeScout's are.
pub const SECRET_LENGTH: usize = 32;
/// So many of them find the key.
pub const PREFIX_LENGTH: usize = 8;

/// The part of a secret that finds its key; nothing when this cannot be one.
pub fn prefix_of(secret: &str) -> Option<&str> {
    let is_digit = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
    (secret.len() == SECRET_LENGTH && secret.chars().all(is_digit)).then(|| &secret[..PREFIX_LENGTH])
}

const HOUR: i64 = 3_600_000_000;
const DAY: i64 = 24;

/// Requests of the last day, by the hour since the epoch.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Uses(BTreeMap<i64, i64>);

impl Uses {
    /// Written `hour:count` with blanks between; anything else is left out.
    pub fn parse(raw: &str) -> Self {
        let pair = |part: &str| part.split_once(':').and_then(|(hour, n)| Some((hour.parse().ok()?, n.parse().ok()?)));
        Self(raw.split(' ').filter_map(pair).collect())
    }

    /// Hours of before yesterday are forgotten.
    pub fn add(&mut self, now: Time, requests: i64) {
        let hour = now.micros() / HOUR;
        *self.0.entry(hour).or_default() += requests;
        self.0.retain(|one, _| *one > hour - DAY);
    }

    pub fn of_last_day(&self, now: Time) -> i64 {
        let hour = now.micros() / HOUR;
        self.0.iter().filter(|(one, _)| **one > hour - DAY).map(|(_, n)| n).sum()
    }
}

impl std::fmt::Display for Uses {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str(&self.0.iter().map(|(hour, n)| format!("{hour}:{n}")).collect::<Vec<_>>().join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uses_of_a_day_survive_their_text_and_older_ones_go() {
        let at = |hour: i64| Time::from_micros(hour * HOUR + 5);
        let mut uses = Uses::default();
        uses.add(at(100), 3);
        uses.add(at(100), 4);
        uses.add(at(123), 1);
        assert_eq!((uses.to_string().as_str(), uses.of_last_day(at(123))), ("100:7 123:1", 8));
        assert_eq!((Uses::parse("100:7 x 123:1"), uses.of_last_day(at(124))), (uses.clone(), 1));
        uses.add(at(150), 2);
        assert_eq!(uses.to_string(), "150:2");
    }

    #[test]
    fn a_secret_is_found_by_its_first_letters() {
        let secret = "0123456789abcdef0123456789abcdef";
        assert_eq!(prefix_of(secret), Some("01234567"));
        for wrong in ["", "0123", &secret.to_uppercase(), &format!("{secret}0"), "éééééééééééééééé"] {
            assert_eq!(prefix_of(wrong), None, "{wrong}");
        }
    }
}
